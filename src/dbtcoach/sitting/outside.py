"""What comes from outside an exercise: files named on the command line, and lines asked for there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from dbtcoach.sitting.surroundings import Surroundings


def asked_line(around: Surroundings, prompt: str, *, aside: bool = False) -> str:
    """Ask for a line at the terminal, on standard error: standard output may be read by another program.

    ``aside`` leaves nothing of it on the screen. Raises LeaveError and QuickExitError, as read_line does.
    """
    from dbtcoach.terminal.plain_line import read_line

    streams = around.streams
    dumb = around.env.get("TERM") == "dumb"
    return read_line(
        streams.stdin, streams.stderr, prompt, aside=aside and streams.stderr.isatty(), dumb=dumb
    )


def open_outside(file: str) -> BinaryIO:
    """Open a file that is not ours for reading; raises OSError.

    Only opening must not wait, for a FIFO that nobody writes to; what a shell writes may be late.
    """
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if hasattr(os, "set_blocking"):
            os.set_blocking(opened, True)
        return os.fdopen(opened, "rb")
    except OSError:
        os.close(opened)
        raise
