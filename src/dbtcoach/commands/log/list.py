"""``dbtcoach log list``: entries, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.commands.options import AsJson, Limit, Plain, Practised, Since, Until, wanted
from dbtcoach.insight.finding import short_ids
from dbtcoach.insight.listing import in_columns, spoken
from dbtcoach.insight.plain_data import summary
from dbtcoach.insight.select import Wanted, picked
from dbtcoach.world import console
from dbtcoach.world.entries import newest_first
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.journal.entry import Entry


def command(
    *,
    since: Since = "",
    until: Until = "",
    exercise: Practised = "",
    limit: Limit = 20,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """List the newest entries that are meant, one a line, without a word of what was written."""
    list_entries(Surroundings(), wanted(since, until, exercise), limit, as_json=as_json, plain=plain)


def list_entries(around: Surroundings, meant: Wanted, limit: int, *, as_json: bool, plain: bool) -> None:
    """Write these entries to standard output, as JSON, as a table, or (``plain``) as sentences."""
    passed: list[str] = []
    every = _noted(newest_first(around), passed)
    found = picked(every, meant, limit)
    if as_json:
        console.say_json_array(around, (summary(entry) for entry in found))
        return
    entries = list(found)
    if not entries:
        around.tell("There is nothing to list.")
    next(every, None)  # ids grow, so those on both sides are all that an id has to be told apart from
    as_lines = spoken if around.plain(asked=plain) else in_columns
    console.say(around, as_lines(entries, short_ids(entries, passed)))


def _noted(entries: Iterator[Entry], passed: list[str]) -> Iterator[Entry]:
    """Yield entries, and note the id of each."""
    for entry in entries:
        passed.append(entry.id)
        yield entry
