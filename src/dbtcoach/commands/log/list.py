"""``dbtcoach log list``: entries, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.commands.options import AsJson, Every, Limit, Practised, Since, Until, wanted
from dbtcoach.insight.finding import short_ids
from dbtcoach.insight.listing import in_columns, spoken
from dbtcoach.insight.plain_data import summary
from dbtcoach.insight.wanted import Wanted, picked
from dbtcoach.journal.versions import folded
from dbtcoach.world import console, paging, showing
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.journal.entry import Entry

MOST_COUNTED = 5000  # of those that are not shown: whoever has more need not wait for their number


def command(
    *,
    since: Since = "",
    until: Until = "",
    exercise: Practised = "",
    limit: Limit = 20,
    everything: Every = False,
    as_json: AsJson = False,
) -> None:
    """List the newest entries that are meant, one a line, without a word of what was written."""
    around = Surroundings()
    meant = wanted(around, since, until, exercise)
    most = None if everything else limit
    out = around.streams.stdout
    if as_json:
        every = around.entries.newest_first()
        console.say_json_array(out, (summary(entry) for entry in picked(every, meant, most)))
        return
    entries, ids, older = newest(around.entries.records(), meant, most)
    if not entries:
        around.tell("There is nothing to list." if meant == Wanted() else "Nothing fits what you asked for.")
        return
    width = paging.window_size(out, around.env)[0] if showing.is_drawn(around) else 0
    lines = spoken(entries, ids) if around.plain else in_columns(entries, ids, width)
    showing.say(around, "entries", [*lines])
    more = sum(1 for _ in picked(older, meant, MOST_COUNTED))
    if more:
        many = "more than " if more == MOST_COUNTED else ""
        around.tell(f"{len(entries)} of {many}{len(entries) + more}. To see the rest: --all")


def newest(
    records: Iterator[Entry], meant: Wanted, limit: int | None
) -> tuple[list[Entry], dict[str, str], Iterator[Entry]]:
    """Return the newest entries that are meant, the start of each id that tells it apart, and the rest.

    ``records`` are those of all entries, the last saved first.
    """
    passed: list[str] = []  # more than is shown: ids grow, so these are all that one is told apart from

    def noted() -> Iterator[Entry]:
        for record in records:
            passed.append(record.id)
            yield record

    every = folded(noted())
    entries = list(picked(every, meant, limit))
    return entries, short_ids(entries, passed), every
