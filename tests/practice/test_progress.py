"""Where a page stands: said once the way is known, never taken back, and true at the end."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.practice.test_moves import MENU, TALK, begun, due, on
from tests.practice.ways import FACTS, SKIPPED, Walker, shipped

from dbtcoach.practice import moves
from dbtcoach.practice.course import pending
from dbtcoach.practice.progress import SHARE, Way
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.model import Card, Menu, Say, walk

if TYPE_CHECKING:
    from collections.abc import Hashable

    from dbtcoach.practice.page import Progress
    from dbtcoach.practice.session import Session
    from dbtcoach.script.model import Exercise

YES, NO = True, False
OPEN = {
    "ground",
    "pause",
    "reflect",
    "reflect-week",
    "mend-drill",
    "validate-drill",
}  # one answer decides much
MOST_PAGES = 1200  # met on one exercise: all that there are, save in the longest, where these are drawn
LONGER = """
  - {id: before, type: scale, message: m, min: 0, max: 10}
  - {id: calm_down, type: confirm, message: m, when: {before: {min: 7}}}
  - {id: time, type: select, message: m, choices: [{value: short, label: S}, {value: long, label: L}]}
  - {id: one, type: say, message: m, when: {time: long}}
  - {id: two, type: say, message: m, when: {time: long}}
  - {id: three, type: say, message: m, when: {time: long}}
  - {id: four, type: say, message: m, when: {time: long}}
  - {id: lower, type: say, message: m, when: {time: [short, long], before: {max: 3}}}
  - {id: higher, type: say, message: m, when: {time: [short, long], before: {min: 4}}}
  - {id: end, type: say, message: m}
"""

CARD = """
  - {id: line, type: text, message: m}
  - {id: aside, type: card, title: t, message: m, when: {line: absent}}
  - {id: more, type: text, message: m}
  - {id: card, type: card, title: t, message: m}
  - {id: after, type: scale, message: m, min: 0, max: 10}
  - {id: end, type: say, message: m, when: {after: {min: 8}}}
"""


def where(session: Session) -> tuple[int, int] | None:
    found = Way.through(session.exercise).progress(session)
    return (found.number, found.of) if found is not None else None


def test_nothing_is_said_before_it_is_known_how_long_the_way_is_at_most() -> None:
    session = begun(LONGER)
    assert where(session) is None  # long or short, four screens lie between them
    assert where(on(session, 8, YES)) is None
    assert where(on(session, 8, YES, "long")) == (4, 9)
    assert where(on(session, 2, "long")) == (3, 8)
    assert where(on(session, 2, "long", None, None, None, None)) == (7, 8)


def test_what_is_known_only_when_more_is_behind_than_ahead_is_not_said() -> None:
    assert where(on(begun(LONGER), 8, YES, "short")) is None
    assert where(on(begun(LONGER), 8, YES, "short", None)) is None


@pytest.mark.parametrize(
    ("ruled_out", "others", "said"), [(1, 1, (2, 4)), (2, 1, None), (2, 9, (2, 13)), (3, 9, None)]
)
def test_no_number_leaps_far(ruled_out: int, others: int, said: tuple[int, int] | None) -> None:
    asked = "  - {id: hi, type: say, message: m}\n  - {id: sure, type: confirm, message: m}\n"
    maybe = "".join(
        f"  - {{id: s{n}, type: say, message: m, when: {{sure: true}}}}\n" for n in range(ruled_out)
    )
    always = "".join(f"  - {{id: o{n}, type: say, message: m}}\n" for n in range(others))
    session = begun(asked + maybe + always)
    assert where(session) is None  # an opening has no number
    assert where(on(session, None)) == said
    if said:
        assert where(on(session, None, NO)) == (said[0] + ruled_out + 1, said[1])


def test_where_it_ends_early_no_number_stands() -> None:
    steps = """
  - {id: sure, type: confirm, message: m}
  - {id: stop, type: say, message: m, when: {sure: false}, end: true}
  - {id: one, type: say, message: m}
  - {id: two, type: say, message: m}
  - {id: three, type: say, message: m}
  - {id: four, type: say, message: m}
"""
    assert where(on(begun(steps), NO)) is None
    assert where(on(begun(steps), YES)) == (2, 5)


def test_of_screens_that_rule_each_other_out_one_is_counted() -> None:
    assert where(on(begun(LONGER), 2, "long", *[None] * 4)) == (7, 8)
    assert where(on(begun(TALK), None, "ask")) == (3, 4)


def test_what_an_answer_rules_out_is_behind() -> None:
    assert where(on(begun(TALK), None)) == (2, 4)
    assert where(on(begun(TALK), None, None)) == (4, 4)  # no kind was chosen, so no line is written


def test_a_menu_is_one_screen_whatever_is_taken_from_it() -> None:
    session = on(begun(MENU.replace("type: card, title: t", "type: say")), "words", None)
    assert due(session) == "more"
    assert where(session) == (3, 4)
    inside = on(session, "extra", "one")
    assert (due(inside), where(inside)) == ("two", (3, 4))
    for menu in (session, on(inside, "two")):
        changed = moves.change(menu, "line")
        assert (due(changed), where(changed)) == ("line", (3, 4))
        assert where(on(changed, "other words")) == (3, 4)
    assert where(on(changed, "words", "done")) == (4, 4)


def test_going_back_opens_the_way_again() -> None:
    session = on(begun(LONGER), 2, "long", None)
    assert where(session) == (4, 8)
    assert where(moves.back(session)) == (3, 8)
    assert where(moves.back(moves.back(session))) is None


def test_the_number_says_how_far_the_card_is() -> None:
    session = begun(CARD)
    assert where(on(session, "words")) == (2, 3)
    assert where(on(session, "words", None)) == (3, 3)
    assert where(on(session, "words", None, None)) is None
    assert where(moves.back(on(session, "words", None, None))) == (3, 3)


def test_when_it_is_over_nothing_is_said() -> None:
    assert where(moves.finish(begun(LONGER))) is None


@pytest.mark.parametrize("name", sorted(Catalogue(shipped_folder()).paths()))
def test_on_no_way_through_an_exercise_it_goes_back_or_grows(name: str) -> None:
    exercise = shipped(name)
    way, walker, said = Way.through(exercise), Walker(exercise), 0
    cards = {step.id for step in exercise.steps if isinstance(step, Card) and not step.when}
    in_menus, chance = _in_menus(exercise), Random(7)  # noqa: S311 - a way, not a secret
    waiting: list[tuple[Session, Progress | None]] = [(start(exercise, FACTS, ""), None)]
    seen: set[Hashable] = set()
    while waiting and len(seen) < MOST_PAGES:
        session, before = waiting.pop(chance.randrange(len(waiting)))
        step, now = pending(session), way.progress(session)
        if step is None:
            continue
        if before is not None:
            ends = isinstance(step, Say) and step.end
            assert now is not None or ends or cards.intersection(session.passed), step.id
        if before is not None and now is not None:
            assert (now.of, now.number >= before.number, now.number <= now.of) == (before.of, True, True)
            assert now.number - before.number - 1 <= max(1, now.of // SHARE), step.id
        mark = (walker.place(session, step), now)
        if mark in seen:
            continue
        seen.add(mark)
        after = []
        for value in walker.answers(session, step):
            passed = moves.move_on(session, step) if value is SKIPPED else None
            after.append(passed or moves.answer(session, step, value, ""))
        if now is not None and step.id not in in_menus:
            said += 1
            over = step.id in cards or all(pending(next_one) is None for next_one in after)
            assert (now.number == now.of) == over, step.id
        waiting += [(next_one, now) for next_one in after]
    assert bool(said) == (name not in OPEN)


def _in_menus(exercise: Exercise) -> set[str]:
    menus = [step for step in walk(exercise.steps) if isinstance(step, Menu)]
    return {step.id for menu in menus for step in walk((menu,))}
