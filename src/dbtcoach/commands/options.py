"""Options and arguments that more than one command takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.errors import UsageError

if TYPE_CHECKING:
    from dbtcoach.insight.wanted import Wanted
    from dbtcoach.world.surroundings import Surroundings

DAYS = "2026-11-23, yesterday, monday, 7d or 2w"
Since = Annotated[
    str, typer.Option("--since", metavar="DAY", help=f"From a day on: {DAYS}.", show_default=False)
]
Until = Annotated[
    str, typer.Option("--until", metavar="DAY", help="Up to a day, that day included.", show_default=False)
]
Practised = Annotated[
    str,
    typer.Option(
        "--exercise",
        metavar="NAME",
        help="Of this exercise only.",
        show_default=False,
        autocompletion=completing.exercises,
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")]
Every = Annotated[bool, typer.Option("--all", help="All of them, however many there are.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]
Output = Annotated[
    str, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
EntryId = Annotated[
    str,
    typer.Argument(metavar="ID", help="The start of an id, or: last", autocompletion=completing.entries),
]
EntryOrDay = Annotated[
    str,
    typer.Argument(
        metavar="ID|DAY",
        help=f"The start of an id, or: last. Or a day: {DAYS}.",
        autocompletion=completing.entries,
    ),
]
ExerciseName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="The name of an exercise.",
        show_default=False,
        autocompletion=completing.exercises,
    ),
]


def daily_ones(around: Surroundings) -> frozenset[str]:
    """Return the exercises that are a day's check-in: the shipped one, and those of one's own that say so."""
    from dbtcoach.insight.trends import DAILY

    found = around.catalogue
    own = (name for name, (_path, own) in found.paths().items() if own)
    return DAILY | {name for name in own if found.named(name).head.get("daily") == "true"}


def wanted(around: Surroundings, since: str, until: str, exercise: str) -> Wanted:
    """Return which entries these options name; raises UsageError where one is no day or no exercise."""
    from dbtcoach.insight.days import EARLIEST, Span, read_day
    from dbtcoach.insight.wanted import Wanted
    from dbtcoach.journal.entry import day_of

    today = day_of(around.clock())
    first = max(read_day(since, today), EARLIEST) if since else None
    span = Span(first, read_day(until, today) if until else None)
    if span.first is not None and span.last is not None and span.last < span.first:
        raise UsageError("--until is a day before --since, so no day is meant.")
    name = exercise.strip()
    if name and name not in around.catalogue.paths():  # one's own may be gone, with entries still there
        if any(entry.exercise == name for entry in around.entries.newest_first()):
            return Wanted(span, name)
        raise around.catalogue.unknown(name)
    return Wanted(span, name)
