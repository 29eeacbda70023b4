"""A menu that begins with what was chosen before it, in the order in which it was chosen."""

from __future__ import annotations

import pytest

from dbtcoach.practice import moves
from dbtcoach.practice.course import gone_through, live_answers, pending, taken
from dbtcoach.practice.session import Session, start
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Menu, Step

TALK = decode(
    """
format: 1
name: talk
title: T
summary: S
steps:
  - id: dread
    type: select
    multiple: ranked
    message: What?
    choices: [{value: a, label: A}, {value: b, label: B}, {value: c, label: C}]
  - id: rounds
    type: menu
    begin: dread
    message: One more?
    choices:
      - value: a
        label: A
        steps: [{id: a_move, type: text, message: m}, {id: a_line, type: text, message: l}]
      - {value: b, label: B, steps: [{id: b_line, type: text, message: l}]}
      - {value: c, label: C, steps: [{id: c_line, type: text, message: l}]}
  - {id: end, type: say, message: Done.}
""",
    "talk.yaml",
)


def due(session: Session) -> Step:
    step = pending(session)
    assert step is not None
    return step


def played(*answers: object) -> tuple[Session, list[str]]:
    """Return the session after these answers, each to what is due, and what was due in turn; None passes."""
    session, met = start(TALK, {}, ""), []
    for given in answers:
        step = due(session)
        met.append(step.id)
        session = moves.move_on(session, step) if given is None else moves.answer(session, step, given, "")
    return session, [*met, due(session).id]


@pytest.mark.parametrize(
    ("dread", "way"),
    [
        (["c", "a"], ["c_line", "a_move", "a_line"]),
        (["a", "c"], ["a_move", "a_line", "c_line"]),
        (["b"], ["b_line"]),
        (None, []),
    ],
)
def test_what_was_chosen_is_played_in_its_order_before_anything_is_offered(
    dread: list[str] | None, way: list[str]
) -> None:
    session, met = played(dread, *["words"] * len(way))
    assert met == ["dread", *way, "rounds"]
    menu = due(session)
    assert isinstance(menu, Menu)
    assert taken(session, menu) == tuple(dread or ())


def test_one_more_round_is_another_one_or_the_same_again_with_its_words() -> None:
    session, met = played(["b"], "first", "c", "more", "b")
    assert met == ["dread", "b_line", "rounds", "c_line", "rounds", "b_line"]
    assert session.aside.get(due(session).id) == "first"
    session = moves.answer(session, due(session), "second", "")
    session = moves.answer(session, due(session), "done", "")
    assert due(session).id == "end"
    assert live_answers(session) == {
        "dread": ("b",), "rounds": ("b", "c"), "b_line": "second", "c_line": "more",
    }  # fmt: skip


def test_back_leads_from_what_was_begun_to_where_it_was_chosen() -> None:
    session, _met = played(["a", "b"], "move", "line")
    for step in ("a_line", "a_move", "dread"):
        session = moves.back(session)
        assert due(session).id == step


def test_only_what_was_answered_is_marked_as_done() -> None:
    session, met = played(["a", "b"], "move", None, None)
    assert met[-1] == "rounds"
    menu = due(session)
    assert isinstance(menu, Menu)
    assert gone_through(session, menu) == ("a",)
