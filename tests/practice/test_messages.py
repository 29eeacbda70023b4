"""What a step says: names filled in, emptied lines gone, the message of the day."""

from __future__ import annotations

import pytest

from dbtcoach.practice import moves
from dbtcoach.practice.course import pending
from dbtcoach.practice.messages import fill, message
from dbtcoach.practice.session import Session, start
from dbtcoach.practice.written import written
from dbtcoach.script.decode import decode

STEPS = """format: 1
name: x
title: T
summary: S
steps:
  - {id: words, type: text, message: m}
  - {id: kind, type: select, message: m, choices: [{value: ask, label: Ask for something}]}
  - id: rights
    type: select
    multiple: true
    message: m
    choices: [{value: a, label: First}, {value: b, label: Second}]
  - {id: sure, type: confirm, message: m}
  - {id: much, type: scale, message: m}
  - {id: felt, type: scales, message: m, rows: [{id: joy, label: Joy}, {id: fear, label: Fear}]}
  - {id: items, type: text, count: 3, message: m}
  - {id: skipped, type: text, message: m}
"""
RAWS = ("my ${kind} $$ words", "ask", ["b", "a"], False, 7, [2, 0], ["one", "two"])


def session(facts: dict[str, str] | None = None, raws: tuple[object, ...] = RAWS) -> Session:
    now = start(decode(STEPS, "x.yaml"), {"today": "Monday", **(facts or {})}, "now")
    for raw in raws:
        step = pending(now)
        assert step is not None
        now = moves.answer(now, step, raw, "m")
    return now


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("plain", "plain"),
        ("${words}", "my ${kind} $$ words"),  # what a person writes is not filled in again
        ("It is ${today}.", "It is Monday."),
        ("${kind}, ${rights}", "Ask for something, First, Second"),
        ("${sure} ${much}", "no 7"),
        ("${felt} ${felt.joy} ${felt.fear}", "Joy 2, Fear 0 2 0"),
        ("${items}", "one\ntwo"),
        ("$$5 and $${words} and $$$$", "$5 and ${words} and $$"),
        ("a\n${skipped}\nb", "a\nb"),
        ("a\n  ${skipped} ${nothing}\nb", "a\nb"),
        ("a\n\nb ${skipped}", "a\n\nb"),
        ("${skipped}", ""),
        ("${skipped}\na", "a"),
        ("a ${skipped}!", "a !"),
        ("Now: ${skipped}\nLater: ${words}", "Later: my ${kind} $$ words"),  # no name without what it names
        ("a\nOne: ${skipped}\nTwo: ${nothing} ${skipped}\nb:", "a\nb:"),
        ("${items}:\n${skipped}:", "one\ntwo:"),
        ("At ${today}: ${skipped}", "At Monday:"),
        ("a $ b ${ c", "a $ b ${ c"),
        ("a $b", "a $b"),
    ],
)
def test_names_are_filled_in(text: str, filled: str) -> None:
    assert fill(session(), text) == filled


def test_facts_are_cleaned_and_missing_ones_give_nothing() -> None:
    now = session({"last.x.y": "a\x1b[2J\u202eb"})
    assert fill(now, "${last.x.y}") == "a\ufffd[2J\ufffdb"
    assert fill(now, "x\n${last.x.z}") == "x"


def test_what_was_chosen_last_time_in_this_exercise_is_called_as_on_the_screen() -> None:
    now = session(
        {"last.x.rights": "b\na", "last.x.kind": "ask", "last.other.rights": "b", "last.x.words": "a\nb"}
    )
    assert fill(now, "${last.x.rights}") == "Second, First"
    assert fill(now, "${last.x.kind}") == "Ask for something"
    assert fill(now, "${last.other.rights}") == "b"
    assert fill(now, "${last.x.words}") == "a\nb"


def test_an_answer_wins_over_a_fact_and_only_when_it_counts() -> None:
    assert fill(session(raws=()), "${words}") == ""
    assert fill(session({"words": "a fact"}), "${words}") == "my ${kind} $$ words"


@pytest.mark.parametrize(
    ("day", "expected"), [("0", "one"), ("1", "two ${x}"), ("2", "three"), ("3", "one"), ("739943", "three")]
)
def test_messages_take_turns_by_the_day(day: str, expected: str) -> None:
    steps = STEPS + "  - {id: q, type: text, rotate: daily, message: [one, 'two $${x}', three]}\n"
    exercise = decode(steps, "x.yaml")
    now = start(exercise, {"day_number": day}, "now")
    assert message(now, exercise.steps[-1]) == expected
    assert message(now, exercise.steps[0]) == "m"


def test_without_a_day_the_first_message_stands() -> None:
    exercise = decode(STEPS + "  - {id: q, type: say, rotate: daily, message: [one, two]}\n", "x.yaml")
    assert message(start(exercise, {}, "now"), exercise.steps[-1]) == "one"


def test_values_as_words() -> None:
    assert written(value=True) == "yes"
    assert written(value=False) == "no"
    assert written(3) == "3"
    assert written("ask", {"ask": "Ask"}) == "Ask"
    assert written("free words", {"ask": "Ask"}) == "free words"
    assert written(("b", "a"), {"a": "A", "b": "B"}) == "B, A"
    assert written(("one", "two")) == "one\ntwo"
    assert written({"joy": 2, "fear": 0}, {"joy": "Joy"}) == "Joy 2, fear 0"
