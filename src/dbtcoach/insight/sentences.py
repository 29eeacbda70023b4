"""Every picture once more as a sentence, for whoever listens to the screen or reads it in a report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.insight.calendar import monday
from dbtcoach.insight.days import WEEK, between, short
from dbtcoach.insight.series import FEWEST, spoken
from dbtcoach.insight.trends import STRENGTH

if TYPE_CHECKING:
    from dbtcoach.insight.series import Part
    from dbtcoach.insight.trends import Change, Row, Skill, Trends

_MOST_PARTS = 6
_SCALES = "Distress goes from 0, calm, to 10, the worst ever."
NOTHING_YET = "No entries in this time."


def heading(trends: Trends) -> str:
    """Return the span in words."""
    days = trends.last - trends.first + 1
    return f"{between(date.fromordinal(trends.first), date.fromordinal(trends.last))}, {plural(days, 'day')}"


def check_ins(trends: Trends) -> str:
    """Say on how many days there was a check-in, and how they lie in time."""
    days = trends.last - trends.first + 1
    checked = trends.checked.between(trends.first, trends.last)
    said = f"Check-ins on {checked} of {plural(days, 'day')}"
    if not checked or days <= WEEK:
        return f"{said}."
    name, stretches = _stretches(trends)
    counts = ", ".join(str(trends.checked.between(first, last)) for first, last in stretches)
    return f"{said}. {name} from {short(date.fromordinal(trends.first))}: {counts}."


def _stretches(trends: Trends) -> tuple[str, list[tuple[int, int]]]:
    first, last = trends.first, trends.last
    name, starts = "Week by week", list(range(monday(first), last + 1, WEEK))
    if len(starts) > 2 * _MOST_PARTS:
        name, starts = "Month by month", _month_starts(first, last)
    if len(starts) > 3 * _MOST_PARTS:
        began, ended = date.fromordinal(first), date.fromordinal(last)
        name = "Year by year"
        starts = [date(year, 1, 1).toordinal() for year in range(began.year, ended.year + 1)]
    ends = [*(start - 1 for start in starts[1:]), last]
    return name, [(max(start, first), end) for start, end in zip(starts, ends, strict=True)]


def _month_starts(first: int, last: int) -> list[int]:
    began, ended = date.fromordinal(first), date.fromordinal(last)
    months = range(12 * began.year + began.month - 1, 12 * ended.year + ended.month)
    return [date(month // 12, month % 12 + 1, 1).toordinal() for month in months]


def change(one: Change) -> str:
    """Say how distress changed over the sessions of one exercise; no claim from fewer than five."""
    if one.before is None or one.after is None or one.change is None or one.worse is None:
        return f"{one.title}: {plural(one.count, 'session')} with both numbers. Too few to say more."
    way = (
        "no change" if one.change == 0 else f"{'down' if one.change < 0 else 'up'} {spoken(abs(one.change))}"
    )
    higher = "none" if one.worse == 0 else str(one.worse)
    return (
        f"{one.title}: {one.count} sessions, median {spoken(one.before)} before and "
        f"{spoken(one.after)} after. Median change: {way}. Higher after than before: {higher} of {one.count}."
    )


def row(one: Row, parts: list[Part]) -> str:
    """Say how a row of the check-in went; ``parts`` are what the sentence lists one by one."""
    label = shown_name(one.name)
    if one.count < FEWEST:
        numbers = ", ".join(map(str, one.series.in_order()))
        said = f"{label}: {plural(one.count, 'check-in')}, with {numbers}."
    else:
        said = (
            f"{label}: {one.count} check-ins, from {one.lowest} to {one.highest}, "
            f"median {spoken(one.middle)}."
        )
        medians = [spoken(part.middle) if part.middle is not None else "none" for part in parts]
        if len(medians) > 1:
            said += f" In {len(medians)} equal parts of this time: {', '.join(medians)}."
    if one.acted is not None:
        said += f" Acted on in {one.acted}."
    return said


def row_parts(one: Row, trends: Trends) -> list[Part]:
    """Return the few parts that a sentence about a row lists."""
    days = trends.last - trends.first + 1
    return one.series.parts(trends.first, trends.last, max(1, min(_MOST_PARTS, days // WEEK)))


def skill(one: Skill) -> str:
    """Say how often a skill was used and said to help."""
    label = shown_name(one.name)
    if not one.used:
        return f"{label}: not used in {plural(one.count, 'check-in')}."
    return f"{label}: used in {one.used} of {plural(one.count, 'check-in')}, said to help in {one.helped}."


def scale_note() -> str:
    """Return what the numbers of distress mean."""
    return _SCALES


def shown_name(name: str) -> str:
    """Return the name of a row as it can stand at the start of a line."""
    words = "urge" if name == STRENGTH else name.replace("_", " ")
    return words[:1].upper() + words[1:]


def plural(count: int, what: str) -> str:
    """Return a count and a noun."""
    return f"{count} {what}{'' if count == 1 else 's'}"
