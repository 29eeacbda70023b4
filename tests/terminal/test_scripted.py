"""Scripted answers: everything wrong at once, nothing asked twice, no time taken."""

from __future__ import annotations

import pytest

from dbtcoach.errors import UsageError
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.decode import decode
from dbtcoach.terminal.scripted import Script

EXERCISE = decode(
    """
format: 1
name: x
title: Title
summary: S
steps:
  - {id: hello, type: say, message: Hello.}
  - {id: calm, type: breathe, rounds: 200}
  - {id: pause, type: wait, message: m, seconds: 3600}
  - {id: distress, type: scale, message: How strong?, required: true}
  - {id: kind, type: select, message: What?, required: true,
     choices: [{value: ask, label: Ask for it}, {value: refuse, label: Refuse}]}
  - {id: asking, type: text, message: Ask what?, required: true, when: {kind: ask}}
  - {id: refusing, type: text, message: Refuse what?, required: true, when: {kind: refuse}}
  - {id: rows, type: scales, message: Rows?, required: true,
     rows: [{id: joy, label: Joy}, {id: ire, label: Ire}]}
  - {id: sure, type: confirm, message: Sure?, required: true}
  - {id: items, type: text, count: 3, message: Which?}
  - {id: card, type: card, title: Say, message: "${asking}"}
  - id: more
    type: menu
    message: More?
    choices:
      - {value: one, label: One, steps: [{id: first, type: text, message: First?, required: true}]}
      - {value: two, label: Two, steps: [{id: second, type: text, message: Second?}]}
      - {value: edit, label: Edit, change: asking}
""",
    "x.yaml",
)
WHOLE: dict[str, object] = {
    "distress": 7,
    "kind": "ask",
    "asking": "please",
    "rows": {"joy": 2},
    "sure": True,
}


def run(answers: dict[str, object]) -> tuple[dict[str, object], list[str], list[str]]:
    """Return the answers that count, what was told, and what was left out."""
    told: list[str] = []
    script = Script(answers, told.append)
    session = start(EXERCISE, {}, "now")
    for latest in play(session, script, dict):
        session = latest
    return dict(live_answers(session)), told, script.finish(EXERCISE)


def problems(answers: dict[str, object]) -> list[str]:
    with pytest.raises(UsageError) as raised:
        run(answers)
    first, *lines = str(raised.value).split("\n")
    assert "nothing was saved" in first
    return [line.strip() for line in lines]


def test_a_whole_script() -> None:
    answers, told, left_out = run({**WHOLE, "items": ["a", "b"]})
    assert answers == {**WHOLE, "items": ("a", "b")}
    assert left_out == []
    assert told == [
        "Hello.",
        "How strong?\n> 7",
        "What?\n> Ask for it",
        "Ask what?\n> please",
        "Rows?\n> Joy 2",
        "Sure?\n> yes",
        "Which?\n> a\nb",
        "please",
    ]


def test_steps_that_are_not_mentioned_are_skipped() -> None:
    assert run(WHOLE)[0] == WHOLE
    assert run({**WHOLE, "items": None})[0] == WHOLE


def test_everything_wrong_is_named_at_once() -> None:
    assert problems(
        {"distress": 11, "kind": "aks", "sure": "maybe", "itmes": "a", "items": ["1", "2", "3", "4"]}
    ) == [
        "distress: Please type a number from 0 to 10.",
        "kind: Please choose one of: ask, refuse.",
        "asking: this step needs an answer",
        "rows: this step needs an answer",
        "sure: Please answer yes or no.",
        "items: At most 3, please.",
        "an answer: there is no step 'itmes'; did you mean 'items'?",
    ]


def test_an_empty_script_names_every_step_that_needs_an_answer() -> None:
    assert problems({}) == [
        f"{name}: this step needs an answer" for name in ("distress", "kind", "asking", "rows", "sure")
    ]


def test_a_step_that_takes_no_answer_cannot_be_given_one() -> None:
    assert problems({**WHOLE, "hello": "hi", "card": "x"}) == [
        "an answer: there is no step 'hello'",
        "an answer: there is no step 'card'",
    ]


@pytest.mark.parametrize(
    "line", ["Tom", "he hit me", "why?", "", "x" * 41, "you_never_listen_to_me_when_I_speak"]
)
def test_a_line_that_somebody_wrote_is_not_repeated(line: str) -> None:
    assert problems({**WHOLE, line: "x"}) == ["an answer: there is no such step"]


def test_an_answer_to_a_step_that_did_not_come_is_left_out_and_said_so() -> None:
    answers, _told, left_out = run({**WHOLE, "refusing": "never", "first": "x"})
    assert "refusing" not in answers
    assert left_out == [
        "refusing: not asked this time, so its answer is left out.",
        "first: not asked this time, so its answer is left out.",
    ]


def test_a_menu_goes_through_the_parts_that_are_named_once_each() -> None:
    answers, _told, left_out = run(
        {**WHOLE, "more": ["two", "one", "two", "done"], "first": "a", "second": "b"}
    )
    assert answers["more"] == ("two", "one")
    assert (answers["first"], answers["second"]) == ("a", "b")
    assert left_out == []
    assert run({**WHOLE, "more": "two"})[0]["more"] == ("two",)
    assert "more" not in run({**WHOLE, "more": "done"})[0]


def test_a_wrong_part_of_a_menu_is_named_once_with_the_nearest() -> None:
    assert problems({**WHOLE, "more": ["tow", "two"]}) == [
        "more: there is no such part of this menu; did you mean 'two'?"
    ]
    assert problems({**WHOLE, "more": "edit"}) == ["more: there is no such part of this menu"]
    assert problems({**WHOLE, "more": 5}) == ["more: there is no such part of this menu"]
    assert problems({**WHOLE, "more": "one"}) == ["first: this step needs an answer"]


@pytest.mark.parametrize("secret", ["SECRET words", ["SECRET"], {"SECRET": 1}])
def test_no_message_repeats_what_was_written(secret: object) -> None:
    wrong = dict.fromkeys(("distress", "kind", "rows", "sure"), secret)
    more = secret if isinstance(secret, str | list) else "SECRET"
    given = {**wrong, "asking": {"SECRET": 1}, "more": more, "SECRET words": 1}
    assert "SECRET" not in "\n".join(problems(given))
