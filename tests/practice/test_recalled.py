"""Earlier words stay in sight while somebody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.practice.test_moves import begun, on
from tests.practice.test_worksheet import SHIPPED

from dbtcoach.errors import ScriptError
from dbtcoach.practice.course import pending
from dbtcoach.practice.page import Recalled
from dbtcoach.practice.play import page_of
from dbtcoach.practice.session import start

if TYPE_CHECKING:
    from dbtcoach.practice.session import Session

CARD = """
  - {id: said, type: text, message: What did they say?}
  - {id: describe, type: text, message: "Describe: what happened?"}
  - {id: express, type: text, message: "Express: what was it?", sentence: "I felt ${}"}
  - {id: aside, type: text, message: m}
  - {id: plain, type: text, message: m, recall: []}
  - id: ask
    type: text
    message: m
    recall: [{step: said, label: They said, theirs: true}, express, follow_up]
  - {id: sure, type: confirm, message: m, recall: ask}
  - {id: card, type: card, title: t, message: "${describe}\\n${express}\\n${plain}\\n${ask}"}
"""


def above(session: Session) -> list[tuple[str, str]]:
    step = pending(session)
    assert step is not None
    return [(each.label, each.words) for each in page_of(session, step).recalled]


def test_a_line_for_a_card_has_those_above_it_that_stand_there_too() -> None:
    session = on(begun(CARD), "Nothing.", "It was late.")
    assert above(session) == [("Describe", "It was late.")]
    assert above(on(begun(CARD), "Nothing.")) == []
    assert above(on(session, None)) == []  # what is for no card has none


def test_what_stands_on_a_card_for_oneself_is_no_line_to_recall_and_several_items_stand_in_one() -> None:
    steps = """
  - {id: say_it, type: text, message: "Assert: what?", count: 2}
  - {id: side, type: text, message: Their side?}
  - {id: again, type: text, message: Which line again?}
  - id: card
    type: card
    title: t
    parts: [{title: Say, message: "${say_it}\\n${again}"}, {title: Mind, for: me, message: "${side}"}]
"""
    session = on(begun(steps), ["No.", "My answer stays."])
    assert above(session) == [("Assert", "No. / My answer stays.")]
    assert above(on(session, "They are tired.")) == [("Assert", "No. / My answer stays.")]


def test_the_exercise_may_say_which_and_whose_words_they_are() -> None:
    session = on(begun(CARD), "Nothing.", "It was late.", "hurt", None)
    assert above(session) == []
    asks = on(session, None)
    step = pending(asks)
    assert step is not None
    assert page_of(asks, step).recalled == (
        Recalled("They said", "Nothing.", theirs=True),
        Recalled("Express", "I felt hurt."),
    )
    assert above(on(asks, "Would you call?")) == [("", "Would you call?")]


def test_a_line_that_belongs_to_a_part_of_a_menu_is_called_as_that_is() -> None:
    session = begun("""
  - id: more
    type: menu
    message: m
    choices:
      - {value: side, label: Their side, steps: [{id: theirs, type: text, message: How is it for them?}]}
      - {value: when, label: When, steps: [{id: hour, type: text, message: m}]}
  - {id: card, type: card, title: t, message: "${theirs}\\n${hour}"}
""")
    assert above(on(on(session, "side"), "He is tired.", "when")) == [("Their side", "He is tired.")]


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ("recall: [sayd]", "no step above is called 'sayd'; did you mean 'said'?"),
        ("recall: [{step: last}]", "no step above is called 'last'"),
        ("recall: [{label: x}]", "'step' is missing"),
        ("recall: [{step: said, whose: x}]", "unknown key 'whose'"),
        ("recall: [[said]]", "expected a text"),
        ('sentence: "I felt"', "a sentence has one gap, written ${}, and no names"),
        ('sentence: "${} and ${}"', "a sentence has one gap, written ${}, and no names"),
        ('sentence: "${said} ${}"', "a sentence has one gap, written ${}, and no names"),
        ('sentence: "I felt ${}", count: 3', "several items make no sentence: leave out 'count'"),
    ],
)
def test_what_cannot_be_recalled_or_built_is_told_to_the_author(keys: str, problem: str) -> None:
    steps = "  - {id: said, type: text, message: m}\n"
    with pytest.raises(ScriptError, match=r"x\.yaml:7:") as wrong:
        begun(f"{steps}  - {{id: b, type: text, message: m, {keys}}}\n")
    assert problem in str(wrong.value)


GIVEN = {"pace": "whole", "path": "say_it", "afraid": "not_afraid"}


@pytest.mark.parametrize("name", ["pause", "express"])
@pytest.mark.parametrize(
    ("emotion", "shown"),
    [("hurt", [("You chose", "Hurt")]), ("other", [("You chose", "Another word"), ("", "Small")])],
)
def test_a_feeling_is_named_where_it_is_asked_how_strong_it_is(
    name: str, emotion: str, shown: list[tuple[str, str]]
) -> None:
    session = start(SHIPPED.read(name), {}, "now")
    given = {**GIVEN, "emotion": emotion, "emotion_own": "Small"}
    while (step := pending(session)) is not None and step.id != "strength":
        session = on(session, given.get(step.id))
    assert above(session) == shown
