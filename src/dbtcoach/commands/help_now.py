"""``dbtcoach help-now``: people to call or text."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.errors import UsageError
from dbtcoach.world.surroundings import Surroundings


def command(
    country: Annotated[
        str,
        typer.Option(
            "--country",
            metavar="CODE",
            help="A country: GB, US, IE …",
            show_default=False,
            autocompletion=completing.countries,
        ),
    ] = "",
) -> None:
    """Print the help lines of a country; an unknown one gets those that would be shown without it as well."""
    from dbtcoach.world.help_lines import show
    from dbtcoach.world.paging import window_of

    around = Surroundings()
    today, window = around.clock().date(), window_of(around.streams.stdout, around.env)
    configured = around.settings.country
    try:
        shown = show(around.env, configured, country, today, window)
    except UsageError:
        # A slip in the country leaves nobody without a number: the lines as if none had been named.
        typer.echo(show(around.env, configured, "", today, window))
        raise
    typer.echo(shown)
