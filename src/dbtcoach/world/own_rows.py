"""Rows of one's own as ``config.yaml`` holds them: read with every problem named, and written anew."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.script.day_rows import GROUPS, OwnRow
from dbtcoach.script.fields import Fields, text_of
from dbtcoach.script.model import KINDS
from dbtcoach.script.nodes import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.script.model import Group, Kind
    from dbtcoach.script.nodes import Node

MOST = 20
LONGEST_NAME, LONGEST_UNIT = 30, 12
HIGHEST = 999
_KEYS = ("rows", "emotions", "urges", "shipped_rows")

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


def with_own_rows(source: bytes, rows: Iterable[OwnRow], *, shipped: bool) -> bytes | None:
    """Return a settings file with these rows as all of one's own, every other line as it was.

    None where what came of it would not be read as the same settings with those rows.
    """
    from dbtcoach.world.settings import decode_settings

    wanted = tuple(rows)
    end = b"\r\n" if b"\r\n" in source else b"\n"
    kept = [*_other_lines(source)]
    if kept and not kept[-1].endswith(b"\n"):
        kept[-1] += end
    lines = [] if shipped else ["shipped_rows: false"]
    lines += ["rows:", *(f"  - {written(row)}" for row in wanted)] if wanted else []
    changed = b"".join([*kept, *(line.encode() + end for line in lines)])
    before, after = decode_settings(source, ""), decode_settings(changed, "")
    same = replace(before, emotions=(), urges=(), rows=wanted, shipped_rows=shipped, problems=after.problems)
    told = len(after.problems) <= len(before.problems)
    return changed if told and not before.unsure and same == after else None


def _other_lines(source: bytes) -> Iterable[bytes]:
    """Yield the lines of a settings file that say nothing about rows."""
    inside = False
    for line in source.splitlines(keepends=True):
        if line.partition(b":")[0].decode("utf-8", "replace").strip() in _KEYS and line[:1].isalpha():
            inside = True
        elif not inside or line[:1] not in b" \t-]}\r\n":
            inside = False
            yield line


def written(row: OwnRow) -> str:
    """Return a row as it stands in the settings."""
    parts = [f"name: {json.dumps(row.name, ensure_ascii=False)}", f"group: {row.group}"]
    if row.group not in ("urges", "skills"):
        parts.append(f"kind: {row.kind}")
    if row.kind == "number" and (row.low, row.high) != (0, 5):
        parts.append(f"min: {row.low}, max: {row.high}")
    if row.unit:
        parts.append(f"unit: {json.dumps(row.unit, ensure_ascii=False)}")
    return f"{{{', '.join([*parts, *([] if row.daily else ['daily: false'])])}}}"
