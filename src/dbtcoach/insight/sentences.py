"""Every picture once more as a sentence, for whoever listens to the screen or reads it in a report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.insight.calendar import monday
from dbtcoach.insight.days import WEEK, between, short
from dbtcoach.insight.series import FEWEST, median, spoken
from dbtcoach.script.day_rows import STRENGTH, plain_name

if TYPE_CHECKING:
    from dbtcoach.insight.trends import Change, Row, Skill, Trends

_MOST_PARTS = 6
_COUNTED = ("no", "one", "two", "three")
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


def days_of(title: str, trends: Trends) -> str:
    """Say on how many days there was an entry of the one exercise that was asked for."""
    first, last = trends.first, trends.last
    found = sum(day in trends.checked or day in trends.practised for day in range(first, last + 1))
    return f"{title} alone: on {found} of {plural(last - first + 1, 'day')}."


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
    """Say how distress went over the sessions of one exercise; no claim from fewer than five."""
    if not one.count:
        return f"{one.title}: {plural(sum(one.alone.values()), 'session')} with one number{_alone(one)}."
    if one.before is None or one.after is None or one.better is None or one.worse is None:
        return f"{one.title}: {plural(one.count, 'session')} with both numbers. Too few to say more."
    same = one.count - one.better - one.worse
    return (
        f"{one.title}: {one.count} sessions. Lower after in {one.better}, the same in {same}, "
        f"higher in {one.worse}. In the middle {spoken(one.before)} before and {spoken(one.after)} after."
    )


def _alone(one: Change) -> str:
    low, high = min(one.alone), max(one.alone)
    if low == high:
        return f", {low}"
    middle = f", median {spoken(median(one.alone))}" if sum(one.alone.values()) >= FEWEST else ""
    return f", from {low} to {high}{middle}"


def row(one: Row, trends: Trends) -> str:
    """Say how a row went, and how its last week went beside the weeks before."""
    what = "time" if one.exercise else "check-in"
    label = f"{one.exercise}, {one.name.replace('_', ' ')}" if one.exercise else shown_name(one.name)
    if one.of:
        label += f" ({one.of})"
    if one.yes is not None:
        return f"{label}: yes on {one.yes} of {plural(one.count, what)}."
    if one.count < FEWEST:
        numbers = ", ".join(map(str, one.series.in_order()))
        said = f"{label}: {plural(one.count, what)}, with {numbers}."
    else:
        said = (
            f"{label}: {plural(one.count, what)}, from {one.lowest} to {one.highest}, "
            f"median {spoken(one.middle)}."
        ) + _weeks(one, trends)
    if one.acted is not None:
        said += f" Acted on in {one.acted}."
    return said


def _weeks(one: Row, trends: Trends) -> str:
    """Say the average of the last seven days, and those of the weeks before that lie in the time."""
    whole = (trends.last - trends.first + 1) // WEEK
    last, *before = one.series.weeks(trends.last)[:whole] or [None]
    known = [each for each in before if each is not None]
    if not known:
        return ""
    this = f"On average {spoken(last)} in the last 7 days" if last is not None else "None in the last 7 days"
    low, high = spoken(min(known)), spoken(max(known))
    between = low if low == high else f"{low} to {high}"
    weeks = "week" if len(before) == 1 else f"{_COUNTED[len(before)]} weeks"
    return f" {this}; in the {weeks} before, {between}."


def skill(one: Skill) -> str:
    """Say how often a skill was used and said to help."""
    label = shown_name(one.name.replace("-", " "))
    if not one.used:
        return f"{label}: not used in {plural(one.count, 'check-in')}."
    return f"{label}: used in {one.used} of {plural(one.count, 'check-in')}, said to help in {one.helped}."


def scale_note() -> str:
    """Return what the numbers of distress mean."""
    return _SCALES


def shown_name(name: str) -> str:
    """Return the name of a row as it can stand at the start of a line."""
    words = "urge" if name == STRENGTH else plain_name(name).replace("_", " ")
    return words[:1].upper() + words[1:]


def plural(count: int, what: str) -> str:
    """Return a count and a noun."""
    return f"{count} {what}{'' if count == 1 else 's'}"
