"""The alternate screen of one terminal: entered once, left once, whatever happens between.

Imported for the opening words, so it imports nothing that takes time.
"""

import os
import sys

from dbtcoach.terminal.modes import (
    CLEAR,
    ENTER,
    LEAVE,
    TOP,
    cbreak,
    end_with_signals,
    modes_of,
    set_modes,
    vanish_on_quit,
    write,
)

LEFT = "Nothing was kept. You can come back any time."

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


class Screen:
    """The alternate screen of a terminal, whose modes are given back when it is left."""

    def __init__(self, out: "TextIO") -> None:
        self.fd = out.fileno()
        self.entered = False
        self.modes = modes_of(self.fd)

    def enter(self, words: str = "", left: str | None = None) -> None:
        """Show an alternate screen, empty or with these words; every signal that ends us gives it back.

        With ``left``, Ctrl-C ends the program too until the first prompt is up, and says that.
        """
        # In this order: there is no moment in which a key or a signal finds the terminal changed and
        # nobody to give it back, and none in which the words are there and the quick exit is not.
        self.entered = True
        end_with_signals(self.leave, left)
        vanish_on_quit(self.fd, self.modes)
        cbreak(self.fd, self.modes)
        write(self.fd, ENTER + words)

    def go_on(self) -> None:
        """Let what is written next cover the words that stand there."""
        write(self.fd, TOP)

    def leave(self) -> None:
        """Go back to the screen that was there before, with the terminal's modes as they were."""
        if self.entered:
            write(self.fd, LEAVE)
            set_modes(self.fd, self.modes)
            self.entered = False  # last: a signal in between leaves it once more, instead of not at all

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
