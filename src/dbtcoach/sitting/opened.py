"""What follows the opening words: the exercise itself, without Typer."""

from __future__ import annotations

from typing import Any

from dbtcoach.sitting.live import Wishes, practise
from dbtcoach.sitting.surroundings import Surroundings
from dbtcoach.terminal.modes import LEAVE, set_modes, write


def go_on(name: str, modes: Any) -> int:
    """Lead through a shipped exercise whose opening words are on the alternate screen already.

    ``modes`` are the terminal's modes from before, to be given back.
    """
    around = Surroundings()
    try:
        exercise = around.catalogue.read(name)
    except BaseException:
        fd = around.streams.stdout.fileno()
        write(fd, LEAVE)
        set_modes(fd, modes)
        raise
    return practise(around, exercise, Wishes(opened=True, modes=modes))
