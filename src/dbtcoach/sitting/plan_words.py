"""A person's own plan where people to call are shown: below the numbers, and only after a key."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dbtcoach.errors import CoachError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.journal.seal import Opener
    from dbtcoach.world.surroundings import Surroundings

UNREADABLE = "Your plan could not be read. The numbers above are right all the same."


def has_plan(around: Surroundings) -> bool:
    """Tell whether there is a plan, by one look at the folder and without opening it."""
    try:
        return os.path.lexists(around.home.plan)
    except CoachError:  # no home folder
        return False


def plan_words(around: Surroundings, opener: Callable[[], Opener]) -> str:
    """Return the plan as lines; where it cannot be read or stays locked, why. Never fails."""
    from dbtcoach.insight.plan_lines import TITLE, plan_lines
    from dbtcoach.journal.plan import read

    try:
        plan = read(around.home, opener)
    except CoachError as error:
        return str(error)
    return UNREADABLE if plan is None else "\n".join([TITLE.upper(), "", *plan_lines(plan)])
