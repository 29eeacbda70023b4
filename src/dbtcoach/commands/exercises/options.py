"""The argument that several commands of ``dbtcoach exercises`` take."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.commands import completing

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="The name of an exercise.",
        show_default=False,
        autocompletion=completing.exercises,
    ),
]
