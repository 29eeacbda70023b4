"""Files that are not ours: named on the command line, and only read."""

from __future__ import annotations

import os
from typing import BinaryIO


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
