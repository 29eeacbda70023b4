"""How much is left: the usual way, counted exactly, and more only for whoever opens more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.practice.test_moves import MENU, TALK, begun, due, on

from dbtcoach.practice import moves
from dbtcoach.practice.course import pending
from dbtcoach.practice.progress import remaining
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.model import Asked, Confirm, Scale, Scales, Select, Step

if TYPE_CHECKING:
    from dbtcoach.practice.session import Session

LONGER = """
  - {id: before, type: scale, message: m, min: 0, max: 10}
  - {id: calm_down, type: confirm, message: m, when: {before: {min: 7}}}
  - id: fear
    type: select
    message: m
    choices: [{value: "yes", label: Y, unsafe: true}, {value: "no", label: N}]
  - {id: numbers, type: say, message: m, when: {fear: "yes"}}
  - {id: time, type: select, message: m, choices: [{value: short, label: S}, {value: long, label: L}]}
  - {id: one, type: say, message: m, when: {time: long}}
  - {id: two, type: say, message: m, when: {time: long}}
  - {id: offer, type: confirm, message: m}
  - {id: extra, type: say, message: m, when: {offer: true}}
  - {id: short, type: say, message: m, when: {calm_down: absent, time: [short, long]}}
  - {id: end, type: say, message: m}
"""


def usual(step: Step) -> object:
    """Return what most people answer: none of what opens more."""
    match step:
        case Select(choices=choices, multiple=multiple):
            first = next(choice.value for choice in choices if not choice.unsafe)
            return [first] if multiple else first
        case Confirm():
            return False
        case Scale(low=low, high=high):
            return (low + high) // 2
        case Scales(rows=rows, low=low, high=high):
            return {row.id: (low + high) // 2 for row in rows}
        case _ if isinstance(step, Asked):
            return ["words"] if getattr(step, "count", 0) else "words"
        case _:
            return "done"


def counted(session: Session) -> list[int]:
    """Return what is said to be left on every page of the usual way."""
    found = []
    while (step := pending(session)) is not None:
        found.append(remaining(session))
        session = moves.answer(session, step, usual(step), "m")
    return found


@pytest.mark.parametrize("steps", [TALK, MENU, LONGER])
def test_on_the_usual_way_it_is_exact(steps: str) -> None:
    found = counted(begun(steps))
    assert found == list(range(len(found), 0, -1))


@pytest.mark.parametrize("name", [item.name for item in Catalogue(shipped_folder()).listed()])
def test_in_every_shipped_exercise_it_is_exact_on_the_usual_way(name: str) -> None:
    exercise = Catalogue(shipped_folder()).read(name)
    found = counted(start(exercise, {}, "now"))
    assert found == list(range(len(found), 0, -1))


def test_it_grows_only_when_more_is_opened() -> None:
    session = begun(LONGER)
    assert remaining(session) == 6
    assert remaining(on(session, 5)) == 5
    assert remaining(on(session, 8)) == 5  # `calm_down` comes, and `short` does not
    assert remaining(on(session, 5, "no", "short")) == 3
    assert remaining(on(session, 5, "no", "long")) == 5
    assert remaining(on(session, None, None, None)) == 2  # skipped: no guard on them holds


def test_what_was_taken_from_a_menu_counts() -> None:
    session = on(begun(MENU), "words", None)
    assert due(session) == "more"
    assert remaining(session) == 1
    assert remaining(on(session, "extra")) == 4  # its two lines, the menu again, and what follows


def test_when_it_is_over_nothing_is_left() -> None:
    assert remaining(moves.finish(begun(LONGER))) == 0
