"""``dbtcoach trends``: what changed over the days, in raw numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.errors import UsageError
from dbtcoach.insight.counting import count_all
from dbtcoach.insight.days import Span, read_day
from dbtcoach.insight.noted import of_entry
from dbtcoach.insight.select import within
from dbtcoach.insight.trends import tally
from dbtcoach.journal.entry import day_of
from dbtcoach.terminal.glyphs import for_encoding
from dbtcoach.world import console, paging
from dbtcoach.world.entries import newest_first
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.insight.trends import Trends

_DAYS = 30


def command(
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
    """Show the trends of some days, of the time since a day, or of everything there is."""
    if sum((days is not None, bool(since), everything)) > 1:
        raise UsageError("Choose one of: --days, --since, --all")
    around = Surroundings()
    if everything:
        span = Span()
    elif since:
        span = Span(read_day(since))
    else:
        span = last_days(day_of(around.clock()), days or _DAYS)
    show_trends(around, span, as_json=as_json, plain=plain)


def show_trends(around: Surroundings, span: Span, *, as_json: bool, plain: bool) -> None:
    """Show the trends of a span; an open span is everything there is."""
    found = trends_of(around, span)
    if as_json:
        from dbtcoach.insight.plain_data import trends_data

        console.say_json(around, trends_data(found))
        return
    from dbtcoach.insight.trend_page import page

    glyphs = for_encoding(around.streams.stdout.encoding)
    width, _ = paging.size_of(around)
    lines = page(found, width, unicode=glyphs.unicode, pictures=not around.plain(asked=plain))
    if paging.on_screen(around, plain=plain):
        paging.show(around, [glyphs.say(line) for line in lines])
    else:
        console.say(around, lines)


def trends_of(around: Surroundings, span: Span) -> Trends:
    """Return the trends of a span that ends today at the latest."""
    today = day_of(around.clock())
    if span.first is None:
        return count_all(around, today).trends(None, today.toordinal())
    last = min(span.last or today, today)
    entries = within(newest_first(around), Span(span.first, last))
    noted = (found for entry in entries if (found := of_entry(entry)) is not None)
    return tally(noted).trends(min(span.first, last).toordinal(), last.toordinal())


def last_days(today: date, days: int) -> Span:
    """Return the span of so many days that ends today."""
    try:
        return Span(today - timedelta(days=days - 1), today)
    except OverflowError:
        return Span()
