"""The alternate screen of one terminal: entered once, left once, whatever happens between."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from dbtcoach.terminal.modes import (
    CLEAR,
    ENTER,
    LEAVE,
    TOP,
    hush,
    modes_of,
    set_modes,
    vanish_on_quit,
    write,
)

if TYPE_CHECKING:
    from typing import TextIO


class Screen:
    """The alternate screen; ``modes`` are those to give back, when they were changed before."""

    def __init__(self, out: TextIO, modes: Any = None) -> None:
        self.fd = out.fileno()
        self.entered = False
        self.modes = modes_of(self.fd) if modes is None else modes

    def enter(self, *, already: bool = False) -> None:
        """Show an empty alternate screen, or go on with the one that the opening words are on."""
        if already:
            write(self.fd, TOP)  # the first page is drawn over the opening words, not below them
        else:
            write(self.fd, ENTER)
            vanish_on_quit(self.fd, self.modes)
            hush(self.fd, self.modes)
        self.entered = True

    def leave(self) -> None:
        """Go back to the screen that was there before, with the terminal's modes as they were."""
        if self.entered:
            self.entered = False
            write(self.fd, LEAVE)
            set_modes(self.fd, self.modes)

    def vanish(self) -> None:
        """Leave nothing to read: back to the normal screen, and clear it and its scrollback."""
        self.leave()
        write(self.fd, CLEAR)

    def suspend(self) -> None:
        """Stop the process as Ctrl-Z does, with the alternate screen hidden meanwhile."""
        import signal

        now = modes_of(self.fd)
        write(self.fd, LEAVE)
        set_modes(self.fd, self.modes)
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)
        set_modes(self.fd, now)
        write(self.fd, ENTER)

    def hide_when_stopped(self) -> None:
        """Let a stop from elsewhere (``kill -TSTP``) hide the screen as Ctrl-Z does, and come back drawn."""
        if sys.platform == "win32":
            return
        import signal

        def hide(_number: int, _frame: object) -> None:
            # Looked for, not imported: while modules are imported no prompt is up.
            shell = sys.modules.get("prompt_toolkit.application")
            app = shell.get_app_or_none() if shell is not None else None
            if shell is None or app is None or app.loop is None:
                self.suspend()
            else:
                app.loop.call_soon_threadsafe(shell.run_in_terminal, self.suspend, context=app.context)

        signal.signal(signal.SIGTSTP, hide)
