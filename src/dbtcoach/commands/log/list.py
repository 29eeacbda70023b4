"""``dbtcoach log list``: entries, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.commands.options import AsJson, Limit, Plain, Practised, Since, Until, wanted
from dbtcoach.insight.finding import short_ids
from dbtcoach.insight.listing import in_columns, spoken
from dbtcoach.insight.plain_data import summary
from dbtcoach.insight.wanted import Wanted, picked
from dbtcoach.world import console
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
    meant = wanted(since, until, exercise)
    around = Surroundings()
    out, every = around.streams.stdout, around.entries.newest_first()
    if as_json:
        console.say_json_array(out, (summary(entry) for entry in picked(every, meant, limit)))
        return
    entries, ids = newest(every, meant, limit)
    if not entries:
        around.tell("There is nothing to list.")
        return
    as_lines = spoken if around.plain(asked=plain) else in_columns
    console.say(out, as_lines(entries, ids))


def newest(every: Iterator[Entry], meant: Wanted, limit: int) -> tuple[list[Entry], dict[str, str]]:
    """Return the newest entries that are meant, with the first letters of each id that tell it apart."""
    passed: list[str] = []

    def noted() -> Iterator[Entry]:
        for entry in every:
            passed.append(entry.id)
            yield entry

    entries = list(picked(noted(), meant, limit))
    after = next(every, None)  # ids grow, so those on both sides are all that an id is told apart from
    return entries, short_ids(entries, [*passed, after.id] if after else passed)
