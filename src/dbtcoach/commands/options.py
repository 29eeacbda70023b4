"""Options and arguments that more than one command takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands import completing

if TYPE_CHECKING:
    from dbtcoach.insight.wanted import Wanted

Since = Annotated[
    str, typer.Option("--since", metavar="DAY", help="From a day on, such as 2026-11-23.", show_default=False)
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
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Plain = Annotated[bool, typer.Option("--plain", help="Print plain lines, on no screen of its own.")]
EntryId = Annotated[
    str,
    typer.Argument(metavar="ID", help="The start of an id, or: last", autocompletion=completing.entries),
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


def wanted(since: str, until: str, exercise: str) -> Wanted:
    """Return which entries these options name; raises UsageError where one is no day."""
    from dbtcoach.insight.days import Span, read_day
    from dbtcoach.insight.wanted import Wanted

    span = Span(read_day(since) if since else None, read_day(until) if until else None)
    return Wanted(span, exercise.strip())
