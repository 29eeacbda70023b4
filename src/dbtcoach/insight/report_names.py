"""Names and lines that every form of the report has in common."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.insight.days import full
from dbtcoach.insight.sentences import shown_name
from dbtcoach.script.day_rows import ACTED, STRENGTH, TITLES

if TYPE_CHECKING:
    from dbtcoach.insight.report import Outcome, Talk


def group_name(group: str) -> str:
    """Return what the rows of a group are called together."""
    return next((title for each, title in TITLES.items() if each == group), shown_name(group))


def row_name(row: str) -> str:
    """Return the name of a row over a column; an own urge is ``Drink`` and ``Drink, acted on``."""
    if row.endswith(f" {ACTED}"):
        return f"{shown_name(row.removesuffix(f' {ACTED}'))}, acted on"
    return {STRENGTH: "How strong", ACTED: "Acted on it"}.get(row, shown_name(row))


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
