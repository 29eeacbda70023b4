"""What there is to go on with when an exercise is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.practice.course import holds, live_answers
from dbtcoach.script.model import walk

if TYPE_CHECKING:
    from dbtcoach.practice.session import Session
    from dbtcoach.script.model import Next

HELP_NOW = "help-now"
VERY_HIGH, RISEN = 8, 2  # from here on no second exercise is offered: a person helps more


def strength_after(session: Session) -> int | None:
    """Return the distress that was given last: at the end, or where there was no end, at the start."""
    before, after = strengths(session)
    return before if after is None else after


def ahead(session: Session) -> tuple[Next, ...]:
    """Return what may be gone on with; nothing after an early end.

    No exercise is offered in a storm, or after words of danger: the next one could be an ask, or bearing it.
    """
    if session.ended or session.numbers:
        return ()
    live = live_answers(session)
    offered = tuple(each for each in session.exercise.next if holds(each.when, live, session.facts))
    before, after = strengths(session)
    last = before if after is None else after
    risen = after is not None and before is not None and after - before >= RISEN
    if session.unkept or risen or (last is not None and last >= VERY_HIGH):
        return tuple(each for each in offered if each.exercise == HELP_NOW)
    return offered


def strengths(session: Session) -> tuple[int | None, int | None]:
    """Return the distress before and after, as far as it was given."""
    live = live_answers(session)
    found: dict[str, int] = {}
    for step in walk(session.exercise.steps):
        given = live.get(step.id)
        if step.role in ("distress_before", "distress_after") and isinstance(given, int):
            found[step.role] = given
    return found.get("distress_before"), found.get("distress_after")
