"""The outside world as a front end sees it: passed in, so that tests can stand in for it."""

from __future__ import annotations

import sys
import time
from dataclasses import field
from typing import TYPE_CHECKING, TextIO

from dbtcoach.errors import UsageError
from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_LINE = 4095  # bytes that Linux lets through from a terminal; the rest of a line is dropped unseen
_CUT = (
    "A line was longer than the terminal passes on, so its end is missing and nothing was read.\n"
    "Paste it with line breaks, or put it in a file: dbtcoach review FILE"
)


class Streams(Frozen):
    """Standard streams, the clock for pacing, the time of day, and a wait that a key can end."""

    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    monotonic: Callable[[], float] = time.monotonic
    seconds: Callable[[], float] = time.time
    wait_for_line: Callable[[TextIO, float], bool] | None = None

    def rest(self, seconds: float) -> bool:
        """Wait, at a terminal only; return True when the person pressed Enter to end it early."""
        if self.wait_for_line is not None:
            return self.wait_for_line(self.stdin, seconds)
        return wait_for_line(self.stdin, seconds) if self.stdin.isatty() else False


def wait_for_line(stdin: TextIO, seconds: float) -> bool:
    """Wait until a line can be read or the seconds are over; read that line and return whether it came."""
    if sys.platform == "win32":
        return _wait_on_windows(seconds)
    import select

    ready, _, _ = select.select([stdin], [], [], max(0.0, seconds))
    if ready:
        stdin.readline()
    return bool(ready)


def _wait_on_windows(seconds: float) -> bool:
    """Poll the console: Windows cannot select on it."""
    import msvcrt  # type: ignore[import-not-found,unused-ignore]  # exists on Windows only

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
            return True
        time.sleep(0.05)
    return False


def read_whole_lines(stdin: TextIO, most: int) -> bytes:
    """Return what is typed or piped, up to so many bytes; raise UsageError where a terminal cut a line."""
    data = stdin.buffer.read(most)
    if stdin.isatty() and any(len(line) >= _LONGEST_LINE for line in data.split(b"\n")):
        raise UsageError(_CUT)
    return data
