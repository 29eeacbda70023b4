"""Terminal modes by hand, for the moments in which no prompt is up. Imports nothing that takes time.

Keys that are typed meanwhile are not echoed and wait for the next prompt, Enter arrives as Enter, Ctrl-C
interrupts, and Ctrl-Q raises SIGQUIT, so that the quick exit works even while modules are being imported.
"""

import os
import sys

from dbtcoach.drawing.window_size import size_of

SECOND = "\x1b[?1049h"
ENTER = f"{SECOND}\x1b[H\x1b[2J"
LEAVE = "\x1b[?25h\x1b[0m\x1b[?2004l\x1b[?1049l"
TOP = "\x1b[H"  # what is written next covers what stands there
# The screen, then what was scrolled out of it.
CLEAR = "\x1b[H\x1b[2J\x1b[3J"
_CTRL_Q = b"\x11"
_ROWS = 200  # of a terminal that does not tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def wiped(fd: int) -> str:
    """Return what clears a screen line by line, and puts the cursor at its top.

    Cleared at once, its words go to the scrollback where no alternate screen is: in GNU screen as it comes,
    and in tmux when it is told so.
    """
    rows = size_of(fd)[1] or _ROWS
    return "\x1b[H\x1b[2K" + "\x1b[B\x1b[2K" * (rows - 1) + "\x1b[H"


def leaving(fd: int) -> str:
    """Return what leaves the alternate screen with nothing on it."""
    return f"\x1b[0m{wiped(fd)}{LEAVE}"


def modes_of(fd: int) -> "Any":
    """Return the modes of a terminal, to be given back later; None where it has none."""
    if sys.platform == "win32":
        return None
    import termios

    try:
        return termios.tcgetattr(fd)
    except termios.error:
        return None


def cbreak(fd: int, modes: "Any") -> None:
    """Stop echo and line editing, and let Ctrl-Q raise SIGQUIT; do nothing where there are no modes.

    From here on SIGQUIT needs a handler: before, a terminal takes Ctrl-Q for itself ("go on") and no
    program hears of it, so this comes before the first words.
    """
    if modes is None or sys.platform == "win32":
        return
    import termios

    quiet = [*modes[:6], list(modes[6])]
    quiet[0] &= ~(termios.ICRNL | termios.IXON)  # Enter stays Enter; Ctrl-Q does not mean "go on"
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    quiet[3] |= termios.ISIG
    quiet[6][termios.VQUIT] = _CTRL_Q
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    set_modes(fd, quiet)


def set_modes(fd: int, modes: "Any") -> None:
    """Set the modes of a terminal at once, keeping what was typed; a terminal that is gone is no error."""
    if modes is None or sys.platform == "win32":
        return
    import termios

    try:
        termios.tcsetattr(fd, termios.TCSANOW, modes)
    except termios.error:
        return


def write(fd: int, text: str) -> None:
    """Write past all buffers, so that signal handlers can use it; a closed terminal is no error."""
    try:
        os.write(fd, text.encode("utf-8", "replace"))
    except OSError:
        return


def vanish_on_quit(fd: int, modes: "Any") -> None:
    """Let SIGQUIT clear the screen and its scrollback, give the terminal back and end with 0."""
    if sys.platform == "win32":
        return

    def vanish(_number: int, _frame: object) -> None:
        write(fd, leaving(fd) + CLEAR)
        set_modes(fd, modes)
        os._exit(0)

    signals = _signals()
    signals.signal(signals.SIGQUIT, vanish)


def end_with_signals(give_back: "Callable[[], None]", words: str | None = None) -> None:
    """Let SIGTERM and SIGHUP give the terminal back and end the process with their exit codes.

    The draft is written after every answer, so nothing is left to do: an exception that is raised in
    the middle of somebody's event loop might be swallowed or printed there. With ``words``, Ctrl-C ends in
    the same way, until ``raise_interrupts``, and says them on standard error: an exception could
    come up between any two lines, before anybody is there to catch it, and a second one while it is caught.
    """
    if sys.platform == "win32":
        return
    signals = _signals()

    def end(number: int, _frame: object) -> None:
        give_back()
        if number == signals.SIGINT:
            write(2, f"{words}\n")
        os._exit(128 + number)

    for number in (signals.SIGTERM, signals.SIGHUP, *([] if words is None else [signals.SIGINT])):
        if signals.getsignal(number) != signals.SIG_IGN:  # nohup stays nohup
            signals.signal(number, end)


class _Interrupts:
    """Ctrl-C as an exception that can be told to wait.

    A mask would not do: it holds for one thread, and any other takes the signal instead.
    """

    held = False
    waiting = False
    wake: "Callable[[], None] | None" = None

    def come(self, _number: int, _frame: object) -> None:
        """Raise KeyboardInterrupt, now or when it is let come."""
        if not self.held:
            raise KeyboardInterrupt
        self.waiting = True
        if self.wake is not None:
            self.wake()


_interrupts = _Interrupts()


def raise_interrupts() -> None:
    """Let Ctrl-C be an exception: from here on somebody knows what was kept, and says so."""
    signals = _signals()
    if signals.getsignal(signals.SIGINT) != signals.SIG_IGN:
        signals.signal(signals.SIGINT, _interrupts.come)


def hold_interrupts(*, held: bool) -> None:
    """Let Ctrl-C wait while an answer is on its way to the draft; or raise one that has waited."""
    signals = _signals()
    if signals.getsignal(signals.SIGINT) == signals.default_int_handler:
        raise_interrupts()
    _interrupts.held = held
    if _interrupts.waiting and not held:
        _interrupts.waiting = False
        raise KeyboardInterrupt


def take_interrupt() -> bool:
    """Return whether a Ctrl-C waits; it does not any more."""
    waiting, _interrupts.waiting = _interrupts.waiting, False
    return waiting


def wake_with_interrupts(wake: "Callable[[], None] | None") -> None:
    """Let this be called when a Ctrl-C comes that has to wait."""
    _interrupts.wake = wake


def _signals() -> "Any":
    """Return what is behind ``signal``, which wraps it in enumerations that take 4 ms to import."""
    import _signal  # type: ignore[import-not-found]  # it is in no stubs

    return _signal
