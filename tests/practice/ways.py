"""Every way through an exercise, played with the engine: each answer that a guard can tell from another.

What no guard asks about is answered once. Two ways that stand before the same page, with the same answers
ahead of them and the same past as far as a promise looks at it, are one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.practice import moves
from dbtcoach.practice.course import live_answers, pending, taken
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.conditions import Between, Count, Guard, OneOf, Rise
from dbtcoach.script.link import deal, drills
from dbtcoach.script.model import Asked, Confirm, Menu, Scale, Scales, Select, Step, Text, children, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from dbtcoach.practice.session import Session
    from dbtcoach.script.model import Exercise

SKIPPED = None
CALM, FLOODED = 3, 9
FACTS = {
    "lines.crisis": "A line",
    "lines.abuse": "A line",
    "last.dear-man.assert": "An ask",
    "last.connect.risk": "A risk",
    "follow_up": "A talk",
}


@dataclass(frozen=True, slots=True)
class Met:
    """A page that was met on a way, and what was answered there; ``SKIPPED`` where nothing was."""

    step: Step
    answer: object


Past = tuple[Met, ...]


def shipped(name: str) -> Exercise:
    """Return an exercise as it is shipped, with two scenes in its drills: one of them about a no to touch."""
    catalogue = Catalogue(shipped_folder())
    exercise = catalogue.read(name)
    wanted = {"no_touch", "insult"}
    scenes = {drill.id: catalogue.scenes(drill.scenes) for drill in drills(exercise)}
    dealt = {name: tuple(scene for scene in found if scene.id in wanted) for name, found in scenes.items()}
    return deal(exercise, dealt)


def ways(exercise: Exercise, promised: Callable[[Past], Hashable]) -> Iterator[tuple[Past, Step | None]]:
    """Yield each page that can be met, None for the end, with a way that leads there.

    ``promised`` says what of the past matters to a promise; ways that agree in it may be taken for one.
    """
    walker = Walker(exercise)
    waiting: list[tuple[Session, Past]] = [(start(exercise, FACTS, ""), ())]
    seen: set[Hashable] = set()
    while waiting:
        session, past = waiting.pop()
        step = pending(session)
        mark = (walker.place(session, step), promised(past))
        if mark in seen:
            continue
        seen.add(mark)
        yield past, step
        if step is not None:
            for value in walker.answers(session, step):
                after = moves.move_on(session, step) if value is SKIPPED else None
                after = after or moves.answer(session, step, value, "")
                waiting.append((after, (*past, Met(step, value))))


@dataclass(slots=True)
class Walker:
    """The pages that can come, and what can be answered on them."""

    exercise: Exercise
    guards: dict[str, list[Guard]] = field(default_factory=lambda: defaultdict(list))
    begun: set[str] = field(default_factory=set)  # choices that a menu begins with
    ahead: dict[str, frozenset[str]] = field(default_factory=dict)  # what is asked about from a step on

    def __post_init__(self) -> None:
        for step in walk(self.exercise.steps):
            for guard in step.when:
                self.guards[guard.key].append(guard)
            if isinstance(step, Menu) and step.begin:  # each part that can be begun with makes a difference
                self.begun.add(step.begin)
        self._look(self.exercise.steps, frozenset())

    def _look(self, steps: tuple[Step, ...], after: frozenset[str]) -> frozenset[str]:
        """Note what is asked about from each of these steps on; ``after`` is asked about behind them."""
        for step in reversed(steps):
            if isinstance(step, Menu):
                keys = {part.value: _keys(walk(part.steps)) for part in step.parts}
                for part in step.parts:
                    # One part is chosen on a way; only where it begins by itself others follow.
                    others = (
                        [{step.begin}, *(keys[name] for name in keys if name != part.value)]
                        if step.begin
                        else []
                    )
                    self._look(part.steps, after.union(*others))
                after = after.union(*keys.values())
            else:
                after = self._look(children(step), after)
            after |= _keys((step,))
            self.ahead[step.id] = after
        return after

    def place(self, session: Session, step: Step | None) -> Hashable:
        """Return what decides the rest of the way."""
        if step is None:
            return None
        live = live_answers(session)
        parts = tuple(event for event in session.passed if ":" in event)
        answers = frozenset((key, live[key]) for key in self.ahead[step.id] if key in live)
        return step.id, answers, parts

    def answers(self, session: Session, step: Step) -> list[object]:
        """Return what could be answered to a step, as far as it makes a difference."""
        if not isinstance(step, Asked | Menu):
            return [SKIPPED]
        values = self._values(session, step)
        if moves.may_skip(step) and self.guards[step.id] and not isinstance(step, Menu):
            values.append(SKIPPED)
        return values

    def _values(self, session: Session, step: Asked | Menu) -> list[object]:
        guards = self.guards[step.id]
        match step:
            case Menu(parts=parts):
                fresh = [part.value for part in parts if part.steps and not taken(session, step)]
                return [*fresh, moves.DONE]
            case Text(count=count):
                return [["words"] if count else "words"]
            case Confirm():
                return [True, False] if guards else [True]
            case Scales(rows=rows, low=low):
                return [{row.id: low for row in rows}]
            case Scale(low=low, high=high):
                ends = {end for guard in guards for end in _ends(guard)} or {CALM, FLOODED}
                return [end for end in sorted(ends) if low <= end <= high]
            case Select(choices=choices, multiple=""):
                first = choices[0].value
                return [choice.value for choice in choices] if guards else [first]
            case Select(choices=choices) if step.id in self.begun:
                first, second, *_ = names = [choice.value for choice in choices]
                return [*([name] for name in names), [second, first]]
            case Select(choices=choices):
                names = [choice.value for choice in choices]
                counts = {end for guard in guards for end in _ends(guard) if 1 <= end <= len(names)}
                singles = {
                    value for g in guards if isinstance(g.condition, OneOf) for value in g.condition.values
                }
                return [
                    *([name] for name in names if name in singles),
                    *(names[:count] for count in sorted(counts | {1, len(names)})),
                ]


def _keys(steps: Sequence[Step]) -> frozenset[str]:
    """Return what these steps ask about in their conditions."""
    keys = {guard.key for step in steps for guard in step.when}
    keys |= {g.condition.since for step in steps for g in step.when if isinstance(g.condition, Rise)}
    return frozenset(keys | {step.begin for step in steps if isinstance(step, Menu) and step.begin})


def _ends(guard: Guard) -> set[int]:
    """Return a number on either side of each end that a guard draws."""
    match guard.condition:
        case Rise():
            return {CALM, FLOODED}
        case Between(low, high) | Count(low, high):
            return {low - 1, low, high, high + 1}
        case _:
            return set()
