"""``dbtcoach data backup``: one file with all that is needed to come back."""

from __future__ import annotations

import os
import shlex
from typing import Annotated

import typer

from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.backup import back_up, parts
from dbtcoach.journal.seal import is_key_missing, is_locked
from dbtcoach.world.surroundings import Surroundings

OPEN = (
    "Everything you wrote can be read in it. Keep it where only you look, or lock first: dbtcoach data lock"
)
SEALED = "What you wrote is sealed in it. Only your passphrase opens it, there as here."


def command(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.", show_default=False)
    ] = "",
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write everything into one private file, and read it again to be sure."""
    around = Surroundings()
    home, now = around.home, around.clock()
    if output in ("", "-"):
        raise UsageError(f"Name a file, such as: dbtcoach data backup -o dbtcoach-{now:%Y-%m-%d}.zip")
    path = os.path.abspath(output)  # noqa: PTH100 - plain paths, as in dbtcoach.disk.home
    if os.path.realpath(path) in {os.path.realpath(own) for _name, own in parts(home)}:
        raise UsageError(f"{shown(output)} is a file of dbtcoach itself. Name another file.")
    if not parts(home):
        raise JournalError("There is nothing to back up yet.")
    try:
        backup = back_up(home, path, now, force=force)
    except FileExistsError:
        raise UsageError(
            f"{shown(output)} is there already. Name another file, or overwrite it with --force."
        ) from None
    count = len(backup.files)
    around.tell(f"Written and read again: {shown(output)} ({count} file{'' if count == 1 else 's'}).")
    around.tell(SEALED if is_locked(home) else OPEN)
    if is_key_missing(home):
        around.tell("key.age is missing here, so it is not in the backup either. See: dbtcoach data check")
    around.tell(f"To come back: dbtcoach data restore {shlex.quote(shown(output))}")
