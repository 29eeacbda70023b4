"""Rows of one's own as ``config.yaml`` holds them, every problem in them named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.script.day_rows import GROUPS, OwnRow
from dbtcoach.script.fields import Fields, text_of
from dbtcoach.script.model import KINDS
from dbtcoach.script.nodes import Table

if TYPE_CHECKING:
    from dbtcoach.script.model import Group, Kind
    from dbtcoach.script.nodes import Node

MOST = 24
LONGEST_NAME, LONGEST_UNIT = 30, 12
HIGHEST = 999

# What the first release asked for by its name alone says itself what it counts.
_HOURS = re.compile(r"\b(?:hours?|sleep|slept)\b", re.IGNORECASE)
_TAKEN = re.compile(r"\b(?:medication|medicines?|meds|pills?|tablets?)\b", re.IGNORECASE)


def rows_in(fields: Fields, key: str = "rows") -> tuple[OwnRow, ...]:
    """Return the rows that a list holds, a name alone or a name with more; note what is wrong."""
    nodes = fields.items(key)
    if len(nodes) > MOST:
        fields.problems.add(fields.mark_of(key), f"at most {MOST}, so that a check-in stays short")
    found: dict[str, OwnRow] = {}
    for node in nodes[:MOST]:
        row = _row(node, fields)
        if row is None:
            continue
        if row.name.casefold() in found:
            fields.problems.add(node.mark, "this name is given twice")
        found.setdefault(row.name.casefold(), row)
    return tuple(found.values())


def named(name: str) -> OwnRow:
    """Return the row that a name alone means."""
    if _TAKEN.search(name):
        return OwnRow(name, "body", "yes/no")
    if _HOURS.search(name):
        return OwnRow(name, "body", high=24, unit="hours")
    return OwnRow(name)


def is_name(name: str) -> bool:
    """Tell whether a row may be called this."""
    return 0 < len(name) <= LONGEST_NAME and "\n" not in name


def _row(node: Node, fields: Fields) -> OwnRow | None:
    inner = Fields(node, fields.problems) if isinstance(node, Table) else None
    given = inner.node("name", required=True) if inner is not None else node
    name = text_of(given, fields.problems).strip()
    if name and not is_name(name):
        mark = given.mark if given is not None else node.mark
        fields.problems.add(mark, f"a name has one line and at most {LONGEST_NAME} letters")
    if inner is None:
        return named(name) if is_name(name) else None
    row = _with_keys(name, inner)
    inner.close("min", "max", "unit")
    return row if is_name(name) else None


def _with_keys(name: str, fields: Fields) -> OwnRow:
    group: Group = next(each for each in GROUPS if each == fields.word("group", GROUPS, "own"))
    kind: Kind = next(each for each in KINDS if each == fields.word("kind", KINDS, "number"))
    row = OwnRow(name, group, kind, daily=fields.flag("daily", default=True))
    if group in ("urges", "skills"):
        for key in ("kind", "min", "max", "unit"):
            if key in fields.given():
                fields.problems.add(fields.mark_of(key), f"a row of {group} has its own scale, so no '{key}'")
        return OwnRow(name, group, daily=row.daily)
    if kind in ("number", "count"):
        row = replace(row, unit=_unit(fields))
    if kind == "number":
        row = replace(row, low=fields.number("min", 0, -HIGHEST, HIGHEST))
        row = replace(row, high=fields.number("max", 5, -HIGHEST, HIGHEST))
        if row.low >= row.high:
            fields.problems.add(fields.mark_of("max"), "'max' must be larger than 'min'")
            row = replace(row, low=0, high=5)
    for key in fields.given() & {"min", "max", "unit"}:
        if kind != "number" and not (kind == "count" and key == "unit"):
            fields.problems.add(fields.mark_of(key), f"'{key}' belongs to a number")
    return row


def _unit(fields: Fields) -> str:
    unit = fields.text("unit").strip()
    if len(unit) > LONGEST_UNIT or "\n" in unit:
        fields.problems.add(fields.mark_of("unit"), f"a unit has at most {LONGEST_UNIT} letters")
        return ""
    return unit
