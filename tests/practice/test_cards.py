"""A card in parts: what stands in them, for whom, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.practice import moves
from dbtcoach.practice.cards import cards_from, cards_of
from dbtcoach.practice.course import pending
from dbtcoach.practice.messages import card_text
from dbtcoach.practice.page import CardPart
from dbtcoach.practice.play import page_of
from dbtcoach.practice.session import Session, start
from dbtcoach.script.decode import decode

if TYPE_CHECKING:
    from dbtcoach.script.model import Exercise

EXERCISE = """
format: 1
name: mine
title: t
summary: s
steps:
  - {id: afraid, type: confirm, keep: false, message: m}
  - {id: kind, type: select, message: m, choices: [{value: ask, label: Ask}, {value: refuse, label: No}]}
  - id: line
    type: text
    message: What do you ask for?
    placeholder: Would you?
    instead:
      - {when: {kind: refuse}, message: What do you say no to?, placeholder: I will not.}
  - {id: side, type: text, message: m}
  - {id: half, type: text, message: m}
  - id: card
    type: card
    title: Your card
    parts:
      - {title: Say, message: "${line}"}
      - {title: If they can't, message: "${half}", when: {kind: ask}}
      - {title: Remember, for: me, message: "${side}"}
      - {title: Remember, for: me, when: {kind: refuse}, message: No reasons are needed.}
  - {id: alone, type: card, title: For you alone, when: {afraid: true}, message: "${line}"}
  - {id: plain, type: card, title: Plain, message: "${line}"}
"""


def exercise() -> Exercise:
    return decode(EXERCISE, "mine.yaml")


def reached(**answers: object) -> Session:
    """Return the session at its end, with these answers."""
    session = start(exercise(), {}, "")
    while (step := pending(session)) is not None:
        given = answers.get(step.id)
        session = moves.move_on(session, step) if given is None else moves.answer(session, step, given, "")
    return session


def test_a_card_has_its_parts_under_their_names_and_none_that_is_empty() -> None:
    session = reached(kind="ask", line="Would you text me?\nBy eight.", half="At nine then.")
    card, plain = cards_of(session)
    assert card.parts == (
        CardPart("Say", "Would you text me?\nBy eight."),
        CardPart("If they can't", "At nine then."),
    )
    assert card_text(card.parts) == "Say\n  Would you text me?\n  By eight.\n\nIf they can't\n  At nine then."
    assert card_text(plain.parts) == "Would you text me?\nBy eight."


def test_what_is_for_me_is_marked_and_neighbours_with_one_title_are_one() -> None:
    card, _plain = cards_of(reached(kind="refuse", line="No.", half="Half", side="They are tired."))
    assert card.parts == (
        CardPart("Say", "No."),
        CardPart("Remember", "They are tired.\nNo reasons are needed.", for_me=True),
    )


def test_answers_that_are_not_to_be_kept_are_not_filled_in() -> None:
    session = reached(afraid=True, kind="ask", line="Words of danger", half="At nine then.")
    for card in cards_of(session, frozenset({"line"})):
        assert "danger" not in card_text(card.parts)


def test_saved_answers_make_the_card_that_is_certain() -> None:
    cards = cards_from(exercise(), {"kind": "ask", "line": "Would you?", "half": "Nine."})
    assert [card.title for card in cards] == ["Your card", "Plain"]  # whether they are afraid is kept nowhere
    assert cards_from(exercise(), {"kind": "ask"}) == []


def test_a_question_is_worded_for_what_was_answered_before() -> None:
    asks = {}
    for kind in ("ask", "refuse"):
        session = start(exercise(), {}, "")
        while (step := pending(session)) is not None and step.id != "line":
            given = kind if step.id == "kind" else False
            session = moves.answer(session, step, given, "")
        assert step is not None
        page = page_of(session, step)
        asks[kind] = (page.message, page.placeholder)
    assert asks == {
        "ask": ("What do you ask for?", "Would you?"),
        "refuse": ("What do you say no to?", "I will not."),
    }
