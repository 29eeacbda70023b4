"""``dbtcoach data backup``: one file with all that is needed to come back."""

from __future__ import annotations

import os
import shlex
from typing import Annotated

import typer

from dbtcoach.commands.options import Force
from dbtcoach.commands.output_file import check_output, taken
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
    force: Force = False,
) -> None:
    """Write everything into one private file, and read it again to be sure."""
    around = Surroundings()
    home, now = around.home, around.clock()
    if output in ("", "-"):
        raise UsageError(f"Name a file, such as: dbtcoach data backup -o dbtcoach-{now:%Y-%m-%d}.zip")
    check_output(home, output, force=force)
    if not parts(home):
        raise JournalError("There is nothing to back up yet.")
    try:
        backup = back_up(home, os.path.abspath(output), now, force=force)  # noqa: PTH100 - as in disk.home
    except FileExistsError:
        raise taken(output) from None
    count = len(backup.files)
    around.tell(f"Written and read again: {shown(output)} ({count} file{'' if count == 1 else 's'}).")
    around.tell(SEALED if is_locked(home) else OPEN)
    if is_key_missing(home):
        around.tell("key.age is missing here, so it is not in the backup either. See: dbtcoach data check")
    around.tell(f"To come back: dbtcoach data restore {shlex.quote(shown(output))}")
