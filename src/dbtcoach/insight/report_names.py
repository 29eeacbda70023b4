"""Names and lines that every form of the report has in common."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.insight.days import full
from dbtcoach.insight.row_words import TARGETS_FIRST, meaning
from dbtcoach.insight.sentences import shown_name
from dbtcoach.script.day_rows import TITLES, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.insight.report import Column
    from dbtcoach.insight.talks import Outcome, Talk


def meanings(columns: Iterable[Column]) -> list[str]:
    """Return what the numbers of each group of the check-in's rows mean."""
    groups = grouped(column.spec for column in columns if not column.title)
    said = ((TITLES[group], meaning(groups[group])) for group in TARGETS_FIRST if group in groups)
    return [f"{title}: {words}." for title, words in said if words]


def day_name(day: str) -> str:
    """Return a day such as ``3 Nov 2026``."""
    return full(date.fromisoformat(day)) if day else "An unknown day"


def talk_title(talk: Talk) -> str:
    """Return when a talk was prepared, and the distress around that."""
    if not talk.day:
        return "Prepared before this time"
    title = f"Prepared on {day_name(talk.day)}"
    if talk.before is None or talk.after is None:
        return title
    return f"{title}, distress {talk.before} before and {talk.after} after preparing"


def happened(outcome: Outcome) -> str:
    """Return what became of a talk, in one line."""
    told = f"{day_name(outcome.day)}: {outcome.happened}"
    if outcome.got:
        told += (
            " From 0 to 10: " + ", ".join(f"{shown_name(name)} {value}" for name, value in outcome.got) + "."
        )
    if outcome.in_the_way:
        told += " In the way: " + "; ".join(outcome.in_the_way) + "."
    return told
