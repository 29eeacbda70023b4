"""Trends and entries as JSON; the fields are described in docs/json.md."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbtcoach.insight.trends import Change, Row, Skill, Trends
    from dbtcoach.journal.entry import Entry, Json

MOST_PARTS = 400


def summary(entry: Entry) -> dict[str, Json]:
    """Return what may be listed of an entry: no answer, no words."""
    distress = entry.distress
    return {
        "id": entry.id,
        "exercise": entry.exercise,
        "title": entry.title,
        "started": entry.started,
        "finished": entry.finished,
        "day": entry.day,
        "complete": entry.complete,
        "distress": None if distress is None else {"before": distress.before, "after": distress.after},
    }


def trends_data(trends: Trends) -> dict[str, Json]:
    """Return trends as JSON: raw counts and medians, days as YYYY-MM-DD."""
    return {
        "from": _day(trends.first),
        "to": _day(trends.last),
        "entries": trends.entries,
        "check_ins": {
            "days": len(trends.checked),
            "dates": [_day(day) for day in trends.checked],
        },
        "distress": [_change(each) for each in trends.changes],
        "emotions": [_row(each, trends) for each in trends.emotions],
        "urges": [{**_row(each, trends), "acted": each.acted} for each in trends.urges],
        "skills": [_skill(each) for each in trends.skills],
        "own": [_own(each, trends) for each in trends.own],
        "others": [{"exercise": each.exercise, **_row(each, trends)} for each in trends.others],
    }


def _change(one: Change) -> dict[str, Json]:
    return {
        "exercise": one.exercise,
        "title": one.title,
        "sessions": one.count,
        "before": one.before,
        "after": one.after,
        "change": one.change,
        "worse": one.worse,
        "better": one.better,
        "alone": sum(one.alone.values()),
    }


def _row(one: Row, trends: Trends) -> dict[str, Json]:
    from dbtcoach.insight.series import FEWEST  # a list of entries needs none of it

    return {
        "row": one.name,
        "count": one.count,
        "lowest": one.lowest,
        "highest": one.highest,
        "median": one.middle if one.count >= FEWEST else None,
        "values": [
            {"from": _day(part.first), "to": _day(part.last), "count": part.count, "median": part.middle}
            for part in one.series.parts(trends.first, trends.last, MOST_PARTS)
            if part.count
        ],
    }


def _own(one: Row, trends: Trends) -> dict[str, Json]:
    from dbtcoach.script.day_rows import group_of

    group, name = group_of("own", one.name)
    return {**_row(one, trends), "row": name, "group": group, "unit": one.unit, "yes": one.yes}


def _skill(one: Skill) -> dict[str, Json]:
    return {"row": one.name, "count": one.count, "used": one.used, "helped": one.helped}


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
