"""The day's check-in: whether it is due, for which day it is, and how to be reminded of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dbtcoach.errors import UsageError
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.state import read_state

if TYPE_CHECKING:
    from dbtcoach.world.surroundings import Surroundings

DUE = "dbtcoach: today's page is still open."


def due_line(around: Surroundings) -> str:
    """Return one neutral line when the day's check-in is due, else an empty text."""
    today = day_of(around.clock())
    # A day ahead is somebody who flew west; a later one comes from a clock that was wrong.
    done = {today.isoformat(), (today + timedelta(days=1)).isoformat()}
    return "" if read_state(around.home).checked_in in done else DUE


def day_given(around: Surroundings, text: str) -> date:
    """Return the day that was asked for; raise UsageError when it is none, or has not been yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError("--date needs a day such as 2026-11-22.") from None
    if day > day_of(around.clock()):
        raise UsageError("--date needs a day that has been. Today's page is: dbtcoach reflect")
    return day
