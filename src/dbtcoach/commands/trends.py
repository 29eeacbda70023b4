"""``dbtcoach trends``: what changed over the days, in raw numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands.options import Since, daily_ones
from dbtcoach.drawing.glyphs import for_encoding
from dbtcoach.drawing.meter import Meter
from dbtcoach.drawing.window_size import page_width
from dbtcoach.errors import UsageError
from dbtcoach.insight.counting import count_all, lines_in
from dbtcoach.insight.days import EARLIEST, Span, read_day
from dbtcoach.insight.noted import of_entry
from dbtcoach.insight.plain_data import trends_data
from dbtcoach.insight.trend_page import page
from dbtcoach.insight.trends import tally
from dbtcoach.insight.wanted import within
from dbtcoach.journal.entry import day_of
from dbtcoach.sitting.rows import known_rows
from dbtcoach.world import console, paging, showing
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
    since: Since = "",
    everything: Annotated[bool, typer.Option("--all", help="Everything there is.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print numbers only, as JSON.")] = False,
) -> None:
    """Show the trends of some days, of the time since a day, or of everything there is."""
    if sum((days is not None, bool(since), everything)) > 1:
        raise UsageError("Choose one of: --days, --since, --all")
    around = Surroundings()
    today = day_of(around.clock())
    if everything:
        span = Span()
    elif since:
        span = Span(max(read_day(since, today), EARLIEST))
    else:
        span = last_days(today, days or _DAYS)
    found = trends_of(around, span, today)
    streams = around.streams
    if as_json:
        console.say_json(streams.stdout, trends_data(found))
        return
    width, _ = paging.window_size(streams.stdout, around.env)
    drawn = around.on_screen
    unicode = for_encoding(streams.stdout.encoding).unicode
    room = page_width(width) if drawn else width
    lines = page(found, room, unicode=unicode, pictures=not around.plain)
    showing.page(around, "trends", lines)


def _meter(around: Surroundings) -> Meter:
    err = around.streams.stderr
    shows = err.isatty() and not around.plain
    return Meter(err, around.streams.monotonic, lambda: lines_in(around.home.journal), shows=shows)


def trends_of(around: Surroundings, span: Span, today: date) -> Trends:
    """Return the trends of a span that ends today at the latest; an open one is everything there is.

    A meter shows how far it is where everything has to be read.
    """
    daily, card = daily_ones(around), known_rows(around, in_order=False)
    if span.first is None:
        return count_all(around.entries, today, _meter(around), daily).trends(None, today.toordinal(), card)
    last = min(span.last or today, today)
    inside = within(around.entries.newest_first(), Span(span.first, last))
    noted = (found for entry in inside if (found := of_entry(entry)) is not None)
    return tally(noted, daily).trends(min(span.first, last).toordinal(), last.toordinal(), card)


def last_days(today: date, days: int) -> Span:
    """Return the span of so many days that ends today."""
    return Span(today - timedelta(days=min(days - 1, (today - EARLIEST).days)), today)
