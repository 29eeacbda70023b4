"""``dbtcoach help-now``: people to call or text."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.sitting.country import present
from dbtcoach.world.surroundings import Surroundings


def command(
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
    """Print the help lines of this country, or of the one where the person seems to be."""
    present(Surroundings(), country)
