"""``dbtcoach data restore``: everything from a backup, into an empty home or beside what is there."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from dbtcoach.disk.home import Home, shown
from dbtcoach.errors import UsageError
from dbtcoach.journal.backup import in_the_way, read_backup, restore
from dbtcoach.world.surroundings import Surroundings


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
) -> None:
    """Put everything of a backup back; what is there already is never overwritten."""
    around = Surroundings()
    if not os.path.lexists(file):
        raise UsageError(f"{shown(file)} is not there. Nothing was changed.")
    backup = read_backup(os.path.abspath(file))  # noqa: PTH100 - plain paths, as in dbtcoach.disk.home
    home = around.home
    there = in_the_way(home, backup)
    if not there:
        restore(backup, home)
        around.tell(f"Restored into {shown(home.folder)}, as it was on {shown(backup.made[:10])}.")
        return
    beside = Home(os.path.join(home.folder, f"restored-{around.clock():%Y%m%d-%H%M%S}"))  # noqa: PTH118
    restore(backup, beside)
    around.tell(
        f"There is something in {shown(home.folder)} already, so the backup was put beside it:",
        f"  {shown(beside.folder)}",
        "To add its entries to yours: dbtcoach data merge",
        f"  {shown(beside.journal)}",
        "Remove that folder when you have looked: it is a copy, and data lock does not seal it.",
    )
