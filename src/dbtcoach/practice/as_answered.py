"""A session as answers that were kept make it: every step passed, and every part of a menu that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.practice.messages import message, quoted_in
from dbtcoach.practice.session import Answer, Session
from dbtcoach.script.model import Menu, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dbtcoach.practice.session import Facts, Value
    from dbtcoach.script.model import Exercise


def as_answered(
    exercise: Exercise, values: Mapping[str, Value], reached: Collection[str] = (), facts: Facts | None = None
) -> Session:
    """Return the session; of a draft, ``reached`` has the parts of menus that were chosen."""
    steps = walk(exercise.steps)
    answers = {name: Answer(name, "", value) for name, value in values.items()}
    parts = [
        f"{step.id}:{part}"
        for step in steps
        if isinstance(step, Menu) and isinstance(chosen := values.get(step.id), tuple)
        for part in chosen
    ]
    parts += [name for name in reached if ":" in name]
    return Session(exercise, facts or {}, "", answers, passed=(*(step.id for step in steps), *parts))


def prompts_anew(exercise: Exercise, values: Mapping[str, Value], changed: frozenset[str]) -> dict[str, str]:
    """Return the prompts, by step id, of the steps that quote an answer that was changed."""
    session = as_answered(exercise, values)
    return {
        step.id: message(session, step)
        for step in walk(exercise.steps)
        if not changed.isdisjoint(quoted_in(session, step))
    }
