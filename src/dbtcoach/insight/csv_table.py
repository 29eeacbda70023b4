"""Entries as CSV, one a line, so that no cell can become a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.insight.entry_lines import value_lines
from dbtcoach.insight.noted import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.journal.entry import Entry

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
_HEAD = ("id", "exercise", "title", "started", "finished", "day", "complete", "before", "after")


def text(entries: Sequence[Entry], *, with_words: bool) -> str:
    """Return the table: what every entry has, a column for each row of a scale, and the words if wanted."""
    columns = sorted(
        {
            (saved.step, row)
            for entry in entries
            for saved in entry.answers
            if isinstance(saved.value, dict)
            for row, _ in rows_of(saved.value)
        }
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = [*_HEAD, *(f"{step}.{row}" for step, row in columns), *(["words"] if with_words else [])]
    writer.writerow([safe(name) for name in head])
    for entry in entries:
        given = {
            (saved.step, row): value
            for saved in entry.answers
            if isinstance(saved.value, dict)
            for row, value in rows_of(saved.value)
        }
        distress = entry.distress
        cells = [
            *(entry.id, entry.exercise, entry.title, entry.started, entry.finished, entry.day),
            "yes" if entry.complete else "no",
            "" if distress is None or distress.before is None else str(distress.before),
            "" if distress is None or distress.after is None else str(distress.after),
            *(str(given.get(column, "")) for column in columns),
            *([_written_answers(entry)] if with_words else []),
        ]
        writer.writerow([safe(cell) for cell in cells])
    return out.getvalue()


def safe(cell: str) -> str:
    """Return a cell that every spreadsheet takes for text."""
    cell = clean(cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(("\t", "\n")) else cell


def _written_answers(entry: Entry) -> str:
    return "\n\n".join(
        "\n".join([saved.prompt or saved.step, *value_lines(saved.value)])
        for saved in entry.answers
        if isinstance(saved.value, str | list)
    )
