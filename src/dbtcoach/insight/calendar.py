"""Days on a calendar: weeks as columns, so that half a year fits on a screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.insight.days import WEEK, month_name

if TYPE_CHECKING:
    from dbtcoach.insight.pictures import Pens
    from dbtcoach.insight.trends import Trends

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LEFT = 4  # the weekday's name and a blank
_CELL = 2
MOST_WEEKS = 53


def monday(day: int) -> int:
    """Return the Monday of the week of a day, both as ordinals."""
    return day - (day - 1) % WEEK  # day 1 of the calendar is a Monday


def weeks_shown(trends: Trends, width: int) -> range:
    """Return the Mondays of the weeks that fit into ``width``, the last ones of the span."""
    most = max(1, min(MOST_WEEKS, (width - _LEFT) // _CELL))
    last = monday(trends.last)
    first = max(monday(trends.first), last - (most - 1) * WEEK)
    return range(first, last + 1, WEEK)


def heat_map(trends: Trends, width: int, pens: Pens) -> list[str]:
    """Return the calendar as lines: months above, a line a weekday, a column a week."""
    weeks = weeks_shown(trends, width)
    lines = [" " * _LEFT + _months(weeks)]
    for offset, name in enumerate(_NAMES):
        cells = [_cell(trends, week + offset, pens) for week in weeks]
        lines.append(f"{name} {' '.join(cells)}".rstrip())
    return lines


def _cell(trends: Trends, day: int, pens: Pens) -> str:
    if not trends.first <= day <= trends.last:
        return " "
    if day in trends.checked:
        return pens.checked
    return pens.practised if day in trends.practised else pens.nothing


def _months(weeks: range) -> str:
    line = ""
    named = 0
    for place, week in enumerate(weeks):
        month = date.fromordinal(week).month
        if month != named and len(line) <= place * _CELL:
            line = line.ljust(place * _CELL) + month_name(month) + " "
            named = month
    return line.rstrip()


def key(pens: Pens) -> str:
    """Return what the marks of the calendar mean."""
    return f"{pens.checked} check-in   {pens.practised} another exercise   {pens.nothing} no entry"
