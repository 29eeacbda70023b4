"""An exercise as it fits on two pages: its own line, without what a menu, a timer or another sheet adds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.script.conditions import Present
from dbtcoach.script.model import Menu, Run, Wait

if TYPE_CHECKING:
    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Exercise, Step


def short_sheet(exercise: Exercise) -> Exercise:
    """Return the exercise with the steps that one writes on; what waits for a step that is gone goes, too."""
    kept: dict[str, Step] = {}
    for step in exercise.steps:
        if isinstance(step, Menu | Run | Wait) or step.role == "closing":
            continue
        if all(_can_hold(guard, kept) for guard in step.when):
            known = tuple(guard for guard in step.when if guard.key in kept)
            kept[step.id] = replace(step, when=known)
    return replace(exercise, steps=tuple(kept.values()))


def _can_hold(guard: Guard, kept: dict[str, Step]) -> bool:
    absent = isinstance(guard.condition, Present) and not guard.condition.wanted
    return guard.key in kept or absent
