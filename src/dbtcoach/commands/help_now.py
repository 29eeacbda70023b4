"""``dbtcoach help-now``: people to call or text."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.sitting.country import present
from dbtcoach.world.surroundings import Surroundings


def command(
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COUNTRY]...",
            help="The country, by code or name, without --country.",
            show_default=False,
            autocompletion=completing.countries,
        ),
    ] = None,
    country: Annotated[
        str,
        typer.Option(
            "--country",
            metavar="CODE",
            help="A country, by code or name: GB, Ireland …",
            show_default=False,
            autocompletion=completing.countries,
        ),
    ] = "",
) -> None:
    """Print the help lines of this country, or of the one where the person seems to be.

    A word too many is taken for a country: whoever asks for people gets numbers, and no lesson in usage.
    """
    present(Surroundings(), country or " ".join(named or ()))
