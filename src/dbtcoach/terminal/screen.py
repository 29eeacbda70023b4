"""The terminal itself: the alternate screen, its modes, and the ways of giving it back."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

ENTER = "\x1b[?1049h\x1b[H\x1b[2J"
LEAVE = "\x1b[?25h\x1b[0m\x1b[?2004l\x1b[?1049l"
CLEAR = "\x1b[H\x1b[2J\x1b[3J"  # the screen, then what was scrolled out of it


class Screen:
    """The alternate screen of one terminal: entered once, left once, whatever happens between."""

    def __init__(self, out: TextIO, fd: int | None = None) -> None:
        self.out = out
        self.fd = out.fileno() if fd is None else fd
        self.entered = False
        self.modes = _modes(self.fd)

    def enter(self, *, already: bool = False) -> None:
        """Show an empty alternate screen; ``already`` when the opening words are on it."""
        if not already:
            self._write(ENTER)
        self.entered = True

    def leave(self) -> None:
        """Go back to the screen that was there before, with echo and line mode as they were."""
        if self.entered:
            self.entered = False
            self._write(LEAVE)
        restore_modes(self.fd, self.modes)

    def vanish(self) -> None:
        """Leave nothing to read: back to the normal screen, and clear it and its scrollback."""
        self.leave()
        self._write(CLEAR)

    def suspend(self) -> None:
        """Stop the process as Ctrl-Z does, with the alternate screen hidden meanwhile."""
        import signal

        self._write(LEAVE)
        os.kill(0, signal.SIGTSTP)
        self._write(ENTER)

    def _write(self, text: str) -> None:
        """Write past all buffers, so that signal handlers can use it; a closed terminal is no error."""
        try:
            os.write(self.fd, text.encode("ascii"))
        except OSError:
            self.entered = False


def _modes(fd: int) -> Any:
    if sys.platform == "win32":
        return None
    import termios

    try:
        return termios.tcgetattr(fd)
    except termios.error:
        return None


def restore_modes(fd: int, modes: Any) -> None:
    """Set the terminal modes that ``Screen`` found when it was made."""
    if modes is None:
        return
    import termios

    try:
        termios.tcsetattr(fd, termios.TCSADRAIN, modes)
    except termios.error:  # the terminal is gone
        return
