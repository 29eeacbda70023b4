"""About how much of an exercise is left: guards make the exact number unknowable before the answers.

What is counted is the usual way. Whoever opens a longer one, such as “No hurry”, sees the number grow when
they do so, and nobody begins with a number that holds what most people never see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dbtcoach.practice.course import chosen, holds, live_answers, pending
from dbtcoach.script.model import Asked, Confirm, Drill, Menu, Run, Scale, Scales, Select, Step, Text

if TYPE_CHECKING:
    from dbtcoach.practice.session import Session, Value


def remaining(session: Session) -> int:
    """Return about how many screens are left on the usual way, the due one included; 0 at the end.

    On the usual way the first choice is taken that is not unsafe, a scale is at its middle, and an offer of
    more is declined; exercises name their plain way first. What a menu offers does not count
    until it is taken.
    """
    if pending(session) is None:
        return 0
    return max(1, _count(session.exercise.steps, session, live_answers(session)))


def _count(steps: tuple[Step, ...], session: Session, live: dict[str, Value]) -> int:
    """Return how many of these steps are ahead, and put the usual answers to them into ``live``."""
    ahead = 0
    for step in steps:
        if not holds(step.when, live, session.facts):
            continue
        if isinstance(step, Run | Drill):
            ahead += _count(step.steps, session, live)
            continue
        if isinstance(step, Menu):
            live[step.id] = taken = chosen(session, step.id)
            ahead += sum(_count(part.steps, session, live) for part in step.parts if part.value in taken)
        if step.id not in session.passed:
            ahead += 1
            if isinstance(step, Asked):
                live[step.id] = _usual(step)
    return ahead


def _usual(step: Asked) -> Value:
    match step:
        case Select(choices=choices, multiple=multiple):
            first = next((choice.value for choice in choices if not choice.unsafe), choices[0].value)
            return (first,) if multiple else first
        case Confirm():
            return False
        case Scale():
            return _middle(step)
        case Scales(rows=rows):
            return {row.id: _middle(step) for row in rows}
        case Text():
            return "some words"
        case _:
            assert_never(step)


def _middle(step: Scale | Scales) -> int:
    return (step.low + step.high) // 2
