"""``dbtcoach log show``: one entry as it was written, or all of a day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands.options import AsJson, EntryOrDay
from dbtcoach.errors import UsageError
from dbtcoach.insight.card_pages import as_text
from dbtcoach.insight.days import Span, full, named_day
from dbtcoach.insight.entry_lines import as_lines
from dbtcoach.insight.finding import entry_labels, find, versions
from dbtcoach.insight.kept_cards import cards_of_entry
from dbtcoach.insight.wanted import within
from dbtcoach.journal.entry import day_of, encode
from dbtcoach.world import console, showing
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.journal.entry import Entry


def command(
    name: EntryOrDay,
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
        pages = [_page(around, entry) for entry in entries]
        showing.page(around, "entry", [line for page in pages for line in (*page, "")][:-1])


def _page(around: Surroundings, entry: Entry) -> list[str]:
    """Return an entry as lines, with the cards that it gave."""
    from dbtcoach.sitting.rows import read_with_rows

    lines = as_lines(entry, entry_labels(lambda name: read_with_rows(around, name), entry))
    cards = cards_of_entry(entry, around.catalogue.read)
    return [*lines, "", *as_text(cards).split("\n")[:-1]] if cards else lines


def entries_named(around: Surroundings, name: str) -> list[Entry]:
    """Return the entry whose id begins like this, or those of the day that is named; raises UsageError."""
    day = named_day(name, day_of(around.clock()))
    return [find(around.entries, name)] if day is None else _of(around, day)


def _of(around: Surroundings, day: date) -> list[Entry]:
    entries = list(within(around.entries.newest_first(), Span(day, day)))[::-1]
    if not entries:
        raise UsageError(f"There is no entry about {full(day)}.\nTo see the days: dbtcoach log list")
    return entries
