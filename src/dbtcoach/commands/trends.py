"""``dbtcoach trends``: what changed over the days, in raw numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.errors import UsageError
from dbtcoach.world.surroundings import Surroundings

_DAYS = 30


def trends(
    *,
    days: Annotated[
        int | None,
        typer.Option(
            "--days",
            min=1,
            metavar="N",
            help=f"The last so many days; {_DAYS} without it.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str,
        typer.Option("--since", metavar="DAY", help="From a day on, such as 2026-11-23.", show_default=False),
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Everything there is.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print numbers only, as JSON.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Sentences only, without pictures.")] = False,
) -> None:
    """See check-ins, distress and what went with it: raw numbers.

    Example: dbtcoach trends --days 90
    """
    from dbtcoach.commands import looking_back
    from dbtcoach.insight.days import Span, read_day

    if sum((days is not None, bool(since), everything)) > 1:
        raise UsageError("Choose one of: --days, --since, --all")
    around = Surroundings()
    if everything:
        span = Span()
    elif since:
        span = Span(read_day(since))
    else:
        span = looking_back.last_days(around, days or _DAYS)
    looking_back.trends(around, span, as_json=as_json, plain=plain)
