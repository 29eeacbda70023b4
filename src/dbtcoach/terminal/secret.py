"""A passphrase, read key by key without showing it; our keys work here as at every other prompt."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.terminal.modes import CLEAR, modes_of, set_modes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

_LONGEST = 4096  # bytes; whatever is pasted beyond that is dropped
_ENTER = (b"\r", b"\n")
_BACK = (b"\x7f", b"\x08")
_LEAVE = (b"\x03", b"\x04")  # Ctrl-C, Ctrl-D
_QUIT = b"\x11"  # Ctrl-Q
_ALL = b"\x15"  # Ctrl-U takes back all of it
_ESCAPE = b"\x1b"
_CONTINUES = range(0x80, 0xC0)  # the bytes that go on with a letter of UTF-8


def read_secret(stdin: TextIO, out: TextIO, prompt: str) -> str:
    """Ask at a terminal and return what was typed, shown nowhere.

    Raises LeaveError for Ctrl-C, Ctrl-D and a closed terminal, QuickExitError for Ctrl-Q.
    """
    if sys.platform == "win32":
        out.write(prompt)
        out.flush()
        typed = edit(_console())
    else:
        fd = stdin.fileno()
        before = modes_of(fd)
        handlers = _give_back_when_ended(fd, before)
        try:
            _quiet(fd, before)  # before the prompt: whoever types at once must not see it either
            out.write(prompt)
            out.flush()
            typed = edit(_keys(fd))
        except QuickExitError:
            out.write(CLEAR)
            raise
        finally:
            set_modes(fd, before)
            set_handlers(handlers)
            out.write("\r\n")
            out.flush()
    return typed


def _give_back_when_ended(fd: int, modes: object) -> dict[int, Any]:
    """Let SIGTERM and SIGHUP give the terminal its echo back first; return what they did before."""
    import os
    import signal

    def end(number: int, _frame: object) -> NoReturn:
        set_modes(fd, modes)
        os._exit(128 + number)

    wanted = (signal.SIGTERM, signal.SIGHUP)
    # A handler that is there already, as in an exercise, gives the terminal back as well.
    return set_handlers({number: end for number in wanted if signal.getsignal(number) == signal.SIG_DFL})


def set_handlers(handlers: dict[int, Any]) -> dict[int, Any]:
    """Set these handlers of signals and return those before."""
    import signal

    return {number: signal.signal(number, handler) for number, handler in handlers.items()}


def edit(keys: Iterator[bytes]) -> str:
    """Return the line that these keys make."""
    typed = bytearray()
    for key in keys:
        if key in _ENTER:
            return typed.decode("utf-8", "replace")
        if key in _LEAVE:
            raise LeaveError
        if key == _QUIT:
            raise QuickExitError
        if key == _ALL:
            typed.clear()
        elif key in _BACK:
            while typed and typed.pop() in _CONTINUES:
                pass
        elif key == _ESCAPE:
            _pass_over(keys)
        elif key >= b" " and len(typed) < _LONGEST:
            typed += key
    raise LeaveError


def _pass_over(keys: Iterator[bytes]) -> None:
    """Drop the rest of an arrow or another key that sends several bytes."""
    if next(keys, b"") in (b"[", b"O"):
        for key in keys:
            if b"@" <= key <= b"~":
                return


def _keys(fd: int) -> Iterator[bytes]:
    import os

    while True:
        try:
            key = os.read(fd, 1)
        except OSError:  # the terminal is gone
            return
        if not key:
            return
        yield key


def _quiet(fd: int, before: object) -> None:
    if sys.platform == "win32" or not isinstance(before, list):
        return
    import termios

    quiet = [*before[:6], list(before[6])]
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    set_modes(fd, quiet)


def _console() -> Iterator[bytes]:
    import msvcrt

    while True:
        yield msvcrt.getwch().encode("utf-8", "replace")  # type: ignore[attr-defined,unused-ignore]
