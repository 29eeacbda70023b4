"""``dbtcoach log list``: entries, the newest first."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dbtcoach.commands.options import AsJson, Every, Limit, Practised, Since, Until, wanted
from dbtcoach.insight.finding import short_ids
from dbtcoach.insight.listing import in_columns, spoken
from dbtcoach.insight.plain_data import summary
from dbtcoach.insight.wanted import Wanted, picked
from dbtcoach.world import console, showing
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
    out, every = around.streams.stdout, around.entries.newest_first()
    if as_json:
        console.say_json_array(out, (summary(entry) for entry in picked(every, meant, most)))
        return
    entries, ids, older = newest(every, meant, most)
    if not entries:
        around.tell("There is nothing to list.")
        return
    as_lines = spoken if around.plain(asked=False) else in_columns
    showing.say(around, "entries", [*as_lines(entries, ids)])
    more = sum(1 for _ in picked(older, meant, MOST_COUNTED))
    if more:
        many = "more than " if more == MOST_COUNTED else ""
        around.tell(f"{len(entries)} of {many}{len(entries) + more}. To see the rest: --all")


def newest(
    every: Iterator[Entry], meant: Wanted, limit: int | None
) -> tuple[list[Entry], dict[str, str], Iterator[Entry]]:
    """Return the newest entries that are meant, the start of each id that tells it apart, and the rest."""
    passed: list[str] = []

    def noted() -> Iterator[Entry]:
        for entry in every:
            passed.append(entry.id)
            yield entry

    entries = list(picked(noted(), meant, limit))
    after = next(every, None)  # ids grow, so those on both sides are all that an id is told apart from
    older = chain([after], every) if after else iter(())
    return entries, short_ids(entries, [*passed, after.id] if after else passed), older
