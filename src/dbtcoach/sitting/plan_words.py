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
    """Return whom to call in a crisis, and the plan below; where it cannot be read or opened, why."""
    from dbtcoach.insight.plan_lines import plan_lines
    from dbtcoach.journal.plan import read
    from dbtcoach.script.countries import say_lines

    country = around.country
    try:
        plan = read(around.home, opener)
        words = UNREADABLE if plan is None else "\n".join(plan_lines(plan))
    except CoachError as error:
        words = str(error)
    return f"{say_lines(country, country.crisis, around.clock().date())}\n\n{words}"
