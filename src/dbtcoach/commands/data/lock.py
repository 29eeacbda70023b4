"""``dbtcoach data lock``: seal the journal, or change its passphrase."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.terminal.secret import unseen
from dbtcoach.world import locking
from dbtcoach.world.surroundings import Surroundings


def command(
    recovery: Annotated[  # noqa: FBT002
        bool, typer.Option("--recovery", help="Show a recovery key once, to print or write down.")
    ] = False,
) -> None:
    """Ask for a passphrase and seal everything with it; a locked journal gets a new one."""
    around = Surroundings()
    with unseen(around.streams.stdin):
        key = locking.lock(around.home, around.keyring, around.streams, around.clock(), around.people)
    if key is not None and recovery:
        locking.show_recovery(around.streams, key, drawn=around.env.get("TERM", "dumb") != "dumb")
