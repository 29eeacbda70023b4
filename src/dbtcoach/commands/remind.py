"""``dbtcoach remind``: a reminder for another program to give."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Annotated

import typer

from dbtcoach.commands import completing


def remind(
    system: Annotated[
        str,
        typer.Option(
            "--print",
            metavar="SYSTEM",
            help="One of: systemd, cron, launchd, schtasks.",
            autocompletion=completing.systems,
        ),
    ],
    at: Annotated[str, typer.Option("--at", metavar="TIME", help="The time of day.")] = "20:30",
) -> None:
    """Print a reminder with neutral wording; installs nothing.

    Example: dbtcoach remind --print cron
    """
    from dbtcoach.commands.reminding import reminder
    from dbtcoach.world.surroundings import Surroundings

    program = os.path.abspath(shutil.which("dbtcoach") or sys.argv[0])  # noqa: PTH100 - a link stays a link
    elsewhere = any(os.environ.get(name) for name in ("DBTCOACH_HOME", "XDG_DATA_HOME"))
    home = os.path.abspath(Surroundings().home.folder) if elsewhere else ""  # noqa: PTH100 - the same
    typer.echo(reminder(system, at, program, home), nl=False)
