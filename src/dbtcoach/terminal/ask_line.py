"""A line asked for outside an exercise: the terminal edits and shows it, and our keys work all the same."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.terminal.modes import CLEAR, ENTER, LEAVE, end_with_signals, modes_of, set_modes, write

if TYPE_CHECKING:
    from typing import TextIO

QUIT, END = ":quit", ":end"  # as in line mode
_CTRL_Q = b"\x11"


def read_line(stdin: TextIO, out: TextIO, prompt: str, *, aside: bool = False, dumb: bool = False) -> str:
    """Ask at a terminal and return the line that was typed, without its end.

    ``aside`` asks on the alternate screen, so that neither prompt nor words stay in the scrollback, however
    many rows they took; ``dumb`` never draws. Raises LeaveError for Ctrl-C, Ctrl-D and ``:end`` and
    QuickExitError for ``:quit``; Ctrl-Q ends the process at once, with 0, and clears the screen.
    """
    fd, shown = stdin.fileno(), _descriptor(out)
    before = modes_of(fd)
    clear = "" if dumb or shown is None else f"{LEAVE}{CLEAR}" if aside else CLEAR

    def give_back() -> None:
        if aside and shown is not None:
            write(shown, LEAVE)
        set_modes(fd, before)

    def vanish(*_: object) -> None:
        if shown is not None:
            write(shown, clear)
        set_modes(fd, before)
        os._exit(0)

    end_with_signals(give_back)
    earlier = _handle_ctrl_q(fd, before, vanish)
    try:
        out.write(f"{ENTER if aside else ''}{prompt}")
        out.flush()
        line = stdin.readline()
    except KeyboardInterrupt:
        raise LeaveError from None
    finally:
        give_back()
        _restore_ctrl_q(earlier)
    if not line.endswith("\n") or line.strip() == END:
        raise LeaveError
    if line.strip() == QUIT:
        if shown is not None:
            write(shown, clear)
        raise QuickExitError
    return line.rstrip("\r\n")


def _descriptor(out: TextIO) -> int | None:
    """Return where sequences that draw may be written, or None where it is no terminal."""
    try:
        return out.fileno() if out.isatty() else None
    except (OSError, ValueError):
        return None


def _handle_ctrl_q(fd: int, before: Any, vanish: Any) -> Any:
    """Let Ctrl-Q raise SIGQUIT, which a terminal else takes for itself; return the handler before."""
    if sys.platform == "win32" or before is None:
        return None
    import signal
    import termios

    earlier = signal.signal(signal.SIGQUIT, vanish)
    modes = [*before[:6], list(before[6])]
    modes[0] &= ~termios.IXON
    modes[3] |= termios.ISIG
    modes[6][termios.VQUIT] = _CTRL_Q
    set_modes(fd, modes)
    return earlier


def _restore_ctrl_q(earlier: Any) -> None:
    if sys.platform == "win32" or earlier is None:
        return
    import signal

    signal.signal(signal.SIGQUIT, earlier)
