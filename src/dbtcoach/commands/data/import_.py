"""``dbtcoach data import``: what was kept elsewhere, taken in after it was shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.cleaning import clean
from dbtcoach.commands.data.merge import Agreement, merge_in
from dbtcoach.commands.options import Yes
from dbtcoach.disk.access import open_outside
from dbtcoach.disk.home import shown
from dbtcoach.errors import UsageError
from dbtcoach.insight.days import between
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.imported import LARGEST, read_table
from dbtcoach.journal.merge import Source
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.journal.imported import Table

_MOST_TOLD = 8


def command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Daylio's CSV, or a CSV with a column of days.")
    ],
    *,
    yes: Yes = False,
) -> None:
    """Take the lines of a table into the journal, each as an entry, after showing what would come."""
    around = Surroundings()
    table = read_table(_read(file), day_of(around.clock()))
    if not table.entries:
        raise UsageError(f"{shown(file)}: no line has a day that can be read. Nothing was changed.")
    agrees = Agreement(around, yes=yes)
    source = Source("", lambda piece: piece, table.lines())
    merge_in(around, [source], agrees, "Take this in?", [*_told(table)])


def _read(file: str) -> bytes:
    try:
        with open_outside(file) as source:
            return source.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{shown(file)}: cannot be read: {error.strerror}.") from None


def _told(table: Table) -> Iterator[str]:
    """Yield what is in a table, without a word of what was written in it."""
    days = sorted(entry.day for entry in table.entries)
    first, last = (date.fromisoformat(day) for day in (days[0], days[-1]))
    count = len(table.entries)
    yield f"{table.kind}: {count} {'entry' if count == 1 else 'entries'}, {between(first, last)}."
    for name, kind in table.columns:
        yield f"  {clean(name)}: {kind}"
    if table.left_out:
        lines = ", ".join(map(str, table.left_out[:_MOST_TOLD]))
        more = "" if len(table.left_out) <= _MOST_TOLD else f" and {len(table.left_out) - _MOST_TOLD} more"
        yield f"Left out, because no day that has been can be read there: line {lines}{more}."
