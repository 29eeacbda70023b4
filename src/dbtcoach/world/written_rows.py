"""Rows of one's own written into ``config.yaml``, whose other lines stay as they are."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.world.settings import decode_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.script.day_rows import OwnRow

_KEYS = ("rows", "emotions", "urges", "shipped_rows")


def with_own_rows(source: bytes, rows: Iterable[OwnRow], *, shipped: bool) -> bytes | None:
    """Return a settings file with these rows as all of one's own, every other line as it was.

    None where what came of it would not be read as the same settings with those rows.
    """
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
