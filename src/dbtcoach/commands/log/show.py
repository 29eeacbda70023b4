"""``dbtcoach log show``: one entry as it was written, or all of a day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.commands.options import DAYS, AsJson
from dbtcoach.errors import UsageError
from dbtcoach.insight.days import Span, full, named_day
from dbtcoach.insight.entry_lines import as_lines
from dbtcoach.insight.finding import entry_labels, find, versions
from dbtcoach.insight.wanted import within
from dbtcoach.journal.entry import day_of, encode
from dbtcoach.terminal.glyphs import for_encoding
from dbtcoach.world import console, paging
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.journal.entry import Entry


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID|DAY",
            help=f"The start of an id, or: last. Or a day: {DAYS}.",
            autocompletion=completing.entries,
        ),
    ],
    *,
    as_json: AsJson = False,
    every_version: Annotated[
        bool, typer.Option("--versions", help="Every version of it as it was saved, the first one first.")
    ] = False,
) -> None:
    """Show the entry whose id begins like this, the newest one for ``last``, or all entries of a day."""
    around = Surroundings()
    out, entries = around.streams.stdout, entries_named(around, name)
    if every_version:
        entries = [each for entry in entries for each in versions(around.entries, entry)]
    if as_json and not every_version and named_day(name, day_of(around.clock())) is None:
        console.say_json(out, json.loads(encode(entries[0])))
    elif as_json:
        console.say_json_array(out, (json.loads(encode(entry)) for entry in entries))
    else:
        pages = [as_lines(entry, entry_labels(around.catalogue.read, entry)) for entry in entries]
        show_lines(around, [line for page in pages for line in (*page, "")][:-1])


def entries_named(around: Surroundings, name: str) -> list[Entry]:
    """Return the entry whose id begins like this, or those of the day that is named; raises UsageError."""
    day = named_day(name, day_of(around.clock()))
    return [find(around.entries, name)] if day is None else _of(around, day)


def _of(around: Surroundings, day: date) -> list[Entry]:
    entries = list(within(around.entries.newest_first(), Span(day, day)))[::-1]
    if not entries:
        raise UsageError(f"There is no entry about {full(day)}.\nTo see the days: dbtcoach log list")
    return entries


def show_lines(around: Surroundings, lines: list[str]) -> None:
    """Show clean lines on a screen of their own, or write them to standard output."""
    out = around.streams.stdout
    if not around.on_screen(plain=False):
        console.say(out, lines)
        return
    glyphs = for_encoding(out.encoding)
    width, _ = paging.window_size(out, around.env)
    paging.show(around.streams, around.env, paging.fit([glyphs.say(line) for line in lines], width))
