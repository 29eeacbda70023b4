"""What paper says of a row of the check-in: its name, what its numbers mean, an urge beside its act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.insight.sentences import shown_name
from dbtcoach.script.day_rows import STRENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.script.day_rows import RowSpec
    from dbtcoach.script.model import Group

# What one works on comes first, then what there was to feel, and what was done about it.
TARGETS_FIRST: tuple[Group, ...] = ("urges", "acts", "emotions", "body", "own", "skills")
LEVELS = 5  # shades of a strength
_ACTED = "how strong / acted on"
_SKILLS = (
    "0 not thought of, 1 thought of, 2 wanted to, 3 tried and couldn't, 4 tried, no help, 5 tried, helped, "
    "6 came by itself, no help, 7 came by itself, helped"
)
_KNOWN = {(0, 5): "0 not at all to 5 very", (0, 7): _SKILLS}


def label(spec: RowSpec) -> str:
    """Return the name of a row, with what is counted."""
    name = shown_name(STRENGTH if spec.id == STRENGTH else spec.label)
    return f"{name}, {unit}" if (unit := unit_of(spec)) else name


def full_name(spec: RowSpec) -> str:
    """Return the name of a row, with its range where that is not the one of its group."""
    if spec.kind != "number" or (spec.low, spec.high) in _KNOWN:
        return label(spec)
    return f"{shown_name(spec.label)} ({f'{spec.low} to {spec.high} {unit_of(spec)}'.rstrip()})"


def unit_of(spec: RowSpec) -> str:
    """Return what is counted; empty where the name says it, as that of the hours of sleep does."""
    return "" if spec.unit.casefold() in spec.label.casefold() else spec.unit


def meaning(rows: Iterable[RowSpec]) -> str:
    """Return what the numbers of a group of rows mean; the names of the others say it themselves."""
    listed = tuple(rows)
    ranges = {(row.low, row.high) for row in listed if row.kind == "number"} & _KNOWN.keys()
    said = "; ".join(_KNOWN[each] for each in sorted(ranges))
    return "; ".join(filter(None, (said, _ACTED if any(row.act for row in listed) else "")))


def pair(spec: RowSpec, cell: str, act: str) -> str:
    """Return a cell; of an urge how strong it was and how far it was acted on, a dash where one is not."""
    return f"{cell or '–'} / {act or '–'}" if spec.act and (cell or act) else cell


def level(spec: RowSpec, value: float | None) -> int:
    """Return how strong a number is within its range, from 0 to LEVELS; 0 where it is no strength."""
    if value is None or spec.kind != "number" or spec.group == "skills" or spec.high <= spec.low:
        return 0  # a skill's number is a kind of use
    return max(0, min(LEVELS, round(LEVELS * (value - spec.low) / (spec.high - spec.low) + 0.01)))
