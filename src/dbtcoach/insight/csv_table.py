"""Entries as CSV, one a line, so that no cell can become a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.insight.entry_lines import value_lines
from dbtcoach.insight.noted import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dbtcoach.insight.entry_lines import Labels
    from dbtcoach.journal.entry import Entry

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), full-width forms included. A
# cell also begins after a semicolon, a tab or a line break, for one that takes those for separators.
_FORMULA = re.compile(r"""(^|[;\t\n])(?=[^\S\n\t]*["']*[^\S\n\t]*[=+\-@|%\uff1d\uff0b\uff0d\uff20])""")
_HEAD = ("id", "exercise", "title", "started", "finished", "day", "complete", "before", "after")


def text(entries: Sequence[Entry], labels: Callable[[Entry], Labels], *, with_words: bool) -> str:
    """Return the table: what every entry has, a column for each row of a scale, and all answers if wanted.

    ``labels`` gives what the choices of an entry were called.
    """
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
            *(_cell(given.get(column, "")) for column in columns),
            *([_answers(entry, labels(entry))] if with_words else []),
        ]
        writer.writerow([safe(cell) for cell in cells])
    return out.getvalue()


def safe(cell: str) -> str:
    """Return a cell that every spreadsheet takes for text."""
    cell = _FORMULA.sub(r"\1'", clean(cell))
    return f"'{cell}" if cell.startswith(("\t", "\n")) else cell


def _cell(value: float | str) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _answers(entry: Entry, labels: Labels) -> str:
    return "\n\n".join(
        "\n".join(
            [
                saved.prompt or saved.step,
                *(
                    line.replace("- ", "• ", 1) if isinstance(saved.value, list) else line
                    for line in value_lines(saved.value, labels.get(saved.step, {}), codes=True)
                ),
            ]
        )
        for saved in entry.answers
    )
