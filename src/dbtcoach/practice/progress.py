"""About how much of an exercise is left: guards make the exact number unknowable before the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from dbtcoach.practice.course import holds, live_answers, pending
from dbtcoach.script.conditions import Between, Guard, OneOf, Present
from dbtcoach.script.model import Confirm, Drill, Menu, Run, Scale, Select, Step, walk

if TYPE_CHECKING:
    from dbtcoach.practice.session import Session, Value

_UNSAFE = 0.1  # how likely an unsafe choice is beside a safe one; most people are safe most of the time
_RARE = 0.25  # conditions of which nothing can be said before: a rise, a count


def remaining(session: Session) -> int:
    """Return about how many screens are left, the one that is due included; 0 at the end.

    A step behind a guard that is still open counts by its share: of the choices that lead to it, or of
    the scale. What a menu offers does not count, because nobody has to take it.
    """
    if pending(session) is None:
        return 0
    forecast = _Forecast(session, live_answers(session))
    return max(1, ceil(forecast.total(session.exercise.steps, 1.0) - 0.25))


@dataclass(slots=True)
class _Forecast:
    """One walk ahead: how likely each step is to be answered, as far as the choices tell."""

    session: Session
    live: dict[str, Value]
    likely: dict[str, float] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.steps = {step.id: step for step in walk(self.session.exercise.steps)}

    def total(self, steps: tuple[Step, ...], outer: float) -> float:
        """Return the expected number of screens in these steps, inside something of likelihood ``outer``."""
        expected = 0.0
        for step in steps:
            share = outer * self._share(step.when)
            self.likely[step.id] = share
            if isinstance(step, Run | Drill):
                expected += self.total(step.steps, share)
            elif step.id not in self.session.passed:
                expected += share
            if isinstance(step, Menu):
                for part in step.parts:
                    self.total(part.steps, 0.0)
        return expected

    def _share(self, guards: tuple[Guard, ...]) -> float:
        share = 1.0
        for guard in guards:
            share *= self._chance(guard)
        return share

    def _chance(self, guard: Guard) -> float:
        key = guard.key
        step = self.steps.get(key)
        if step is None or key in self.live or key in self.session.passed:
            return 1.0 if holds((guard,), self.live, self.session.facts) else 0.0
        return self.likely.get(key, 1.0) * _fraction(guard, step)


def _fraction(guard: Guard, step: Step) -> float:
    match guard.condition, step:
        case OneOf(values), Select(choices=choices):
            weights = {choice.value: _UNSAFE if choice.unsafe else 1.0 for choice in choices}
            return sum(weights.get(str(value), 0.0) for value in values) / sum(weights.values())
        case OneOf(values), Confirm():
            return len(values) / 2
        case OneOf(values), Scale(low=low, high=high):
            return len(values) / (high - low + 1)
        case Between(low, high), Scale() as scale:
            return max(0, min(high, scale.high) - max(low, scale.low) + 1) / (scale.high - scale.low + 1)
        case Present(wanted), _:
            return 1.0 if wanted else 0.0
        case _:
            return _RARE
