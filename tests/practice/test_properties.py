"""What holds for every exercise, whatever is answered: on generated exercises and on the shipped ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dbtcoach.practice import draft, moves
from dbtcoach.practice.course import MENU_ROUNDS, events, holds, live_answers, pending, taken
from dbtcoach.practice.page import ON, Given, Move, Page, Typed
from dbtcoach.practice.play import play
from dbtcoach.practice.progress import Way
from dbtcoach.practice.session import Session, start
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.conditions import Between, Condition, Count, Guard, OneOf, Present, Rise
from dbtcoach.script.link import deal, draw, drills
from dbtcoach.script.model import (
    Asked,
    Breathe,
    Card,
    Choice,
    Confirm,
    Drill,
    Exercise,
    Menu,
    Part,
    Row,
    Run,
    Say,
    Scale,
    Scales,
    Select,
    Step,
    Text,
    Wait,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable


FACTS = {"today": "Monday 23 November", "now": "20:40", "follow_up": "DEAR MAN", "day_number": "739943"}
SHIPPED = sorted(Catalogue(shipped_folder()).paths())
KINDS = [
    "say",
    "text",
    "text",
    "select",
    "select",
    "confirm",
    "scale",
    "scales",
    "quiet",
    "quiet",
    "run",
    "menu",
]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
seeds = st.integers(0, 2**32)


# Exercises that nobody would write: every kind of step, guards on anything above, runs and menus nested.


@dataclass
class Author:
    """Writes a random exercise; what a guard may name grows as the steps do."""

    random: Random
    count: int = 0

    def exercise(self) -> Exercise:
        return Exercise(name="made", title="Made", summary="Made.", steps=self.steps([], "", 0))

    def steps(self, known: list[Step], prefix: str, depth: int) -> tuple[Step, ...]:
        made: list[Step] = []
        for _ in range(self.random.randint(1, 6 - depth)):
            step = self.step(known, prefix, depth)
            made.append(step)
            known.extend(walk((step,)))
        return tuple(made)

    def step(self, known: list[Step], prefix: str, depth: int) -> Step:
        self.count += 1
        name = f"{prefix}s{self.count}"
        when = (
            tuple(self.guard(known) for _ in range(self.random.choice((0, 0, 0, 1, 1, 2)))) if known else ()
        )
        kind = self.random.choice(KINDS)
        if kind == "run" and depth < 2:
            return Run(id=name, when=when, exercise="x", steps=self.steps([*known], f"{name}.", depth + 1))
        if kind == "menu" and depth < 2:
            return Menu(id=name, when=when, message="m", parts=self.parts(known, prefix, depth))
        return self.simple(kind, name, when)

    def parts(self, known: list[Step], prefix: str, depth: int) -> tuple[Part, ...]:
        parts = [
            Part(f"p{number}", f"Part {number}", steps=self.steps([*known], prefix, depth + 1))
            for number in range(self.random.randint(1, 3))
        ]
        names = [step.id for step in known if isinstance(step, Asked)]
        if names and self.random.random() < 0.5:
            parts.append(
                Part("change", "Change", change=tuple(self.random.sample(names, min(2, len(names)))))
            )
        return tuple(parts)

    def simple(self, kind: str, name: str, when: tuple[Guard, ...]) -> Step:
        pick = self.random.choice
        required, keep = pick((True, False)), pick((True, True, True, False))
        choices = tuple(
            Choice(v, label, unsafe=pick((False,) * 4 + (True,))) for v, label in ("ab", "bc", "ca")
        )
        match kind:
            case "text":
                return Text(
                    id=name,
                    when=when,
                    message=f"{name}?",
                    count=pick((0, 0, 3)),
                    required=required,
                    keep=keep,
                )
            case "select":
                how: Literal["", "several", "ranked"] = pick(("", "several", "ranked"))
                return Select(
                    id=name,
                    when=when,
                    message="m",
                    choices=choices,
                    multiple=how,
                    required=required,
                    keep=keep,
                )
            case "confirm":
                return Confirm(id=name, when=when, message="m", required=required, keep=keep)
            case "scale":
                return Scale(id=name, when=when, message="m", low=-2, high=5, required=required, keep=keep)
            case "scales":
                return Scales(
                    id=name,
                    when=when,
                    message="m",
                    rows=(Row("x", "X"), Row("y", "Y")),
                    required=required,
                    keep=keep,
                )
            case "quiet":
                others: list[Step] = [
                    Wait(id=name, when=when, message="m"),
                    Breathe(id=name, when=when),
                    Card(id=name, when=when, title="t", message="m"),
                    Say(id=name, when=when, message="m", end=pick((False,) * 5 + (True,))),
                ]
                return pick(others)
            case _:
                return Say(id=name, when=when, message="m ${today}")

    def guard(self, known: list[Step]) -> Guard:
        step = self.random.choice(known)
        scales = [other.id for other in known if isinstance(other, Scale)]
        conditions: list[Condition] = [Present(self.random.choice((True, False)))]
        match step:
            case Confirm():
                conditions.append(OneOf((self.random.choice((True, False)),)))
            case Scale():
                conditions += [Between(0, 3), OneOf((1, 2)), Rise(self.random.choice(scales), 0, 9)]
            case Select():
                conditions += [OneOf(("a",)), OneOf(("b", "c")), Count(2, 3)]
            case Menu(parts=parts):
                conditions += [OneOf((parts[0].value,)), Count(1, 9)]
            case Scales():
                return Guard(f"{step.id}.x", Between(1, 5))
            case _ if self.random.random() < 0.2:
                return Guard("follow_up", Present(self.random.choice((True, False))))
            case _:
                pass
        return Guard(step.id, self.random.choice(conditions))


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - an exercise, not a secret


def made(seed: int) -> Exercise:
    return Author(chance(seed)).exercise()


@cache
def shipped(name: str) -> Exercise:
    catalogue = Catalogue(shipped_folder())
    exercise = catalogue.read(name)
    scenes = {drill.id: catalogue.scenes(drill.scenes) for drill in drills(exercise)}
    return deal(
        exercise,
        {
            drill.id: tuple(
                s for s in scenes[drill.id] if s.id in draw(scenes[drill.id], drill.count, (), "seed")
            )
            for drill in drills(exercise)
        },
    )


# A person who answers anything, but does not leave.


def some_answer(step: Asked, random: Random) -> object:
    match step:
        case Text(count=count) if count:
            return [random.choice("äöü") for _ in range(random.randint(1, count))]
        case Text():
            return random.choice(("words", "two\nlines", "${today} $$ [/] \x1b", "5"))
        case Select(choices=choices, multiple=multiple):
            values = [choice.value for choice in choices]
            return (
                random.sample(values, random.randint(1, len(values))) if multiple else random.choice(values)
            )
        case Confirm():
            return random.choice((True, False))
        case Scale(low=low, high=high):
            return random.randint(low, high)
        case Scales(rows=rows, low=low, high=high):
            return {row.id: random.randint(low, high) for row in rows}


@dataclass
class Anybody:
    """A front end that answers at random, wrongly too, skips what it may, and never goes back or leaves."""

    random: Random
    leaves_menus: float
    pages: int = 0

    def present(self, page: Page) -> Move:
        self.pages += 1
        step = page.step
        assert page.progress is None or 1 <= page.progress.number <= page.progress.of
        if isinstance(step, Menu):
            if self.random.random() < self.leaves_menus:
                leaving: list[Move] = [Given("done"), Typed("0"), ON]
                return self.random.choice(leaving)
            parts = [part.value for part in step.parts if not (page.error and part.change)]
            return Given(self.random.choice(parts)) if parts else Given("done")
        if not isinstance(step, Asked):
            return ON
        if not page.error and self.random.random() < 0.1:
            wrong: list[Move] = [Typed("?!"), Given(None), Given(10**9), Given({}), Given([])]
            return self.random.choice(wrong)
        if moves.may_skip(step) and self.random.random() < 0.3:
            return ON
        return Given(some_answer(step, self.random))


def walked(exercise: Exercise, random: Random, most: int) -> Session:
    """Return a session somewhere on its way: answers, skipping, going back, changing lines, in any order."""
    session = start(exercise, FACTS, "2026-11-23T20:40:00+00:00")
    for _ in range(random.randint(0, most)):
        step = pending(session)
        if step is None:
            break
        session = one_move(session, step, random)
    return session


def one_move(session: Session, step: Step, random: Random) -> Session:
    if random.random() < 0.2:
        return moves.back(session)
    if isinstance(step, Menu):
        part = random.choice((*step.parts, None))
        lines = moves.lines_to_change(session, part.change) if part is not None else []
        if lines:
            return moves.change(session, random.choice(lines))
        return moves.answer(session, step, part.value if part is not None and part.steps else "done", "m")
    if not isinstance(step, Asked) or (moves.may_skip(step) and random.random() < 0.3):
        return moves.move_on(session, step)
    return moves.answer(session, step, some_answer(step, random), "prompt")


def essence(session: Session) -> dict[str, object]:
    """Return what makes two sessions the same; the order of passing and the rounds of a menu do not."""
    due = pending(session)
    menus = {step.id for step in walk(session.exercise.steps) if isinstance(step, Menu)}
    return {
        "due": due.id if due is not None else None,
        "passed": sorted(set(session.passed) - menus),  # going back into a menu that was left opens it again
        "answers": session.answers,
        "aside": session.aside,
        "ended": session.ended,
        "private": session.private,
        "exercise": session.exercise,
        "started": session.started,
    }


# The properties.


def ends(exercise: Exercise, seed: int, leaves_menus: float) -> None:
    person = Anybody(chance(seed), leaves_menus)
    session = start(exercise, FACTS, "2026-11-23T20:40:00+00:00")
    most = 3 * (MENU_ROUNDS + 1) * len(walk(exercise.steps)) + 100
    for latest in play(session, person, lambda: FACTS):
        session = latest
        assert person.pages < most
    assert pending(session) is None
    assert session.rounds <= MENU_ROUNDS


def goes_back_and_forward(session: Session) -> None:
    done = events(session)
    earlier = moves.back(session)
    if not done:
        assert earlier == session
        return
    name, _colon, part = done[-1].partition(":")
    step = pending(earlier)
    assert step is not None
    assert step.id == name
    if part:
        again = moves.answer(earlier, step, part, "m")
    elif name in session.answers:
        given_before = session.answers[name]
        assert earlier.aside.get(step.id) == given_before.value
        again = moves.answer(earlier, step, earlier.aside.get(step.id), given_before.prompt)
    else:
        again = moves.move_on(earlier, step)
    assert essence(again) == essence(session)


def goes_on_the_same_after_a_load(session: Session) -> None:
    if session.ended or session.private:
        return  # that is never drafted
    data = json.loads(json.dumps(draft.dump(session)))
    loaded = draft.load(data, session.exercise, FACTS)
    hidden = {step.id for step in walk(session.exercise.steps) if isinstance(step, Asked) and not step.keep}
    assert not hidden & {*loaded.answers, *loaded.passed, *loaded.aside}
    assert loaded.rounds == session.rounds
    live, asked_again = live_answers(session), set(events(session)) & hidden
    while (step := pending(loaded)) is not None and step.id in asked_again:
        if step.id in live:
            loaded = moves.answer(loaded, step, live[step.id], session.answers[step.id].prompt)
        else:
            loaded = moves.move_on(loaded, step)
        asked_again.remove(step.id)
    assert live_answers(loaded) == live
    assert events(loaded) == events(session)
    due, due_before = pending(loaded), pending(session)
    assert due == due_before
    kept = {name for name in session.aside if name not in hidden}
    assert {name: loaded.aside[name] for name in kept} == {name: session.aside[name] for name in kept}


def counts_only_what_is_due(session: Session) -> None:
    live = live_answers(session)
    way = set(events(session))

    def look(steps: tuple[Step, ...], *, due: bool) -> None:
        for step in steps:
            here = due and holds(step.when, live, FACTS)
            if isinstance(step, Asked | Menu) and not here:
                assert step.id not in live, step.id
                assert step.id not in way, step.id
            match step:
                case Run(steps=inner) | Drill(steps=inner):
                    look(inner, due=here)
                case Menu(parts=parts):
                    for part in parts:
                        look(part.steps, due=here and part.value in taken(session, step))
                case _:
                    pass

    look(session.exercise.steps, due=True)
    assert all(live[name] == session.answers[name].value for name in live if name in session.answers)


def says_where_it_stands(session: Session) -> None:
    found = Way.through(session.exercise).progress(session)
    if found is not None:
        assert pending(session) is not None
        assert 1 <= found.number <= found.of <= len(walk(session.exercise.steps))


CHECKS: list[Callable[[Session], None]] = [
    goes_back_and_forward,
    goes_on_the_same_after_a_load,
    counts_only_what_is_due,
    says_where_it_stands,
]


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=SLOW)
@given(seed=seeds, answers=seeds)
def test_a_made_exercise_ends(seed: int, answers: int) -> None:
    ends(made(seed), answers, leaves_menus=0.3)


@settings(max_examples=25, suppress_health_check=SLOW)
@given(seed=seeds, answers=seeds)
def test_a_made_exercise_ends_though_nobody_leaves_its_menus(seed: int, answers: int) -> None:
    ends(made(seed), answers, leaves_menus=0.0)


@settings(max_examples=6, suppress_health_check=SLOW)
@given(answers=seeds)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_exercise_ends(name: str, answers: int) -> None:
    ends(shipped(name), answers, leaves_menus=0.3)


@settings(max_examples=2, suppress_health_check=SLOW)
@given(answers=seeds)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_exercise_ends_though_nobody_leaves_its_menus(name: str, answers: int) -> None:
    ends(shipped(name), answers, leaves_menus=0.0)


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@settings(max_examples=300, suppress_health_check=SLOW)
@given(seed=seeds, answers=seeds)
def test_anywhere_in_a_made_exercise(check: Callable[[Session], None], seed: int, answers: int) -> None:
    session = walked(made(seed), chance(answers), 60)
    assume(session.rounds < MENU_ROUNDS)  # a menu that has come too often does not come again
    check(session)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=15, suppress_health_check=SLOW)
@given(answers=seeds)
def test_anywhere_in_a_shipped_exercise(check: Callable[[Session], None], name: str, answers: int) -> None:
    check(walked(shipped(name), chance(answers), 80))


def test_made_exercises_have_everything_in_them() -> None:
    steps = [step for seed in range(200) for step in walk(made(seed).steps)]
    assert {type(step) for step in steps} >= {
        Say,
        Text,
        Select,
        Confirm,
        Scale,
        Scales,
        Breathe,
        Wait,
        Card,
        Run,
        Menu,
    }
    conditions = {type(guard.condition) for step in steps for guard in step.when}
    assert conditions == {OneOf, Between, Count, Rise, Present}
    ways = [walked(made(seed), chance(seed + 1000), 60) for seed in range(200)]
    assert any(way.aside for way in ways)
    assert any(way.private for way in ways)
    assert any(way.rounds > 2 for way in ways)
    assert any(pending(way) is None for way in ways)
    assert any(len(events(way)) > 15 for way in ways)
