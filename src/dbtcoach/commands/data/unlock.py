"""``dbtcoach data unlock``: everything in the clear again."""

from __future__ import annotations

from dbtcoach.world import locking
from dbtcoach.world.surroundings import Surroundings


def command() -> None:
    """Ask for the passphrase and open everything that it opens."""
    around = Surroundings()
    locking.unlock(around.home, around.keyring, around.streams, around.clock())
