"""What may be gone on with at the end: by its guards, and never a second exercise in a storm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbtcoach.practice import moves
from dbtcoach.practice.course import pending
from dbtcoach.practice.endings import ahead, strength_after
from dbtcoach.practice.session import Session, start
from dbtcoach.script.decode import decode

EXERCISE = decode(
    """
format: 1
name: x
title: T
summary: S
steps:
  - {id: before, type: scale, message: b, role: distress_before}
  - {id: sure, type: confirm, message: s}
  - {id: stop, type: say, message: Stop., end: true, when: {sure: false}}
  - {id: after, type: scale, message: a, role: distress_after}
next:
  - {label: "Stirred up?", exercise: ground}
  - {label: "A talk?", exercise: dear-man, when: {sure: true}}
  - {label: "People:", exercise: help-now}
""",
    "x.yaml",
)


def over(before: int | None, after: int | None, *, sure: bool | None = None) -> Session:
    session = start(EXERCISE, {}, "")
    for value in (before, sure, after):
        step = pending(session)
        if step is not None:
            given = moves.answer(session, step, value, "") if value is not None else None
            session = given or moves.move_on(session, step)
    assert pending(session) is None
    return session


def offered(session: Session) -> list[str]:
    return [each.exercise for each in ahead(session)]


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (5, 3, ["ground", "help-now"]),
        (7, 7, ["ground", "help-now"]),
        (None, None, ["ground", "help-now"]),
        (9, 8, ["help-now"]),
        (2, 4, ["help-now"]),
        (2, 3, ["ground", "help-now"]),
        (8, None, ["help-now"]),  # it may still be so
    ],
)
def test_in_a_storm_only_people_are_offered(before: int | None, after: int | None, names: list[str]) -> None:
    assert offered(over(before, after)) == names


def test_a_guard_decides_as_with_a_step() -> None:
    assert offered(over(5, 5, sure=True)) == ["ground", "dear-man", "help-now"]


def test_after_an_early_end_nothing_is_offered() -> None:
    assert offered(over(5, 5, sure=False)) == []


@pytest.mark.parametrize(("before", "after", "last"), [(5, 3, 3), (5, None, 5), (None, None, None)])
def test_the_distress_that_was_told_last_is_known(
    before: int | None, after: int | None, last: int | None
) -> None:
    assert strength_after(over(before, after)) == last


def test_after_words_of_danger_only_people_are_offered() -> None:
    assert offered(replace(over(5, 3), unkept=frozenset({"sure"}))) == ["help-now"]
