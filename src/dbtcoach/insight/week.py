"""The last seven days of check-ins in one plain line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dbtcoach.insight.days import WEEK, Span
from dbtcoach.insight.noted import of_entry
from dbtcoach.insight.sentences import plural, shown_name
from dbtcoach.insight.series import spoken
from dbtcoach.insight.trends import tally
from dbtcoach.insight.wanted import within
from dbtcoach.journal.versions import CHECK_IN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dbtcoach.journal.entry import Entry

FEWEST_FOR_MEDIANS = 2  # one check-in is no week


def last_week(entries: Iterable[Entry], today: date) -> str:
    """Return one line about the check-ins of the seven days before ``today``: how many, and raw medians.

    ``entries`` come newest first and may hold anything; reading stops soon after the week is over. The
    line is empty where there was no check-in.
    """
    week = Span(today - timedelta(days=WEEK), today - timedelta(days=1))
    noted = [
        found
        for entry in within(entries, week)
        if entry.exercise == CHECK_IN and (found := of_entry(entry)) is not None
    ]
    if not noted:
        return ""
    trends = tally(noted).trends(None, today.toordinal())
    days = len(trends.checked)
    said = f"Last week: check-ins on {plural(days, 'day')}."
    rows = [*trends.emotions, *trends.urges]
    if days < FEWEST_FOR_MEDIANS or not rows:
        return said
    medians = ", ".join(f"{shown_name(row.name).lower()} {spoken(row.middle)}" for row in rows)
    return f"{said} In the middle: {medians}."
