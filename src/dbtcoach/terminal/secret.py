"""A passphrase, read key by key without showing it; our keys work here as at every other prompt."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from dbtcoach.drawing.key_table import acts
from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.terminal.key_parser import Key, control
from dbtcoach.terminal.line_reader import one_by_one, whole_letters_before, with_letters
from dbtcoach.terminal.modes import CLEAR, modes_of, set_modes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

_LONGEST = 4096  # letters; whatever is pasted beyond that is dropped


def read_secret(stdin: TextIO, out: TextIO, prompt: str, people: Callable[[], None] | None = None) -> str:
    """Ask at a terminal and return what was typed, shown nowhere; ``people`` shows people to call.

    Raises LeaveError for Ctrl-C, Ctrl-D and a closed terminal, QuickExitError for Ctrl-Q.
    """
    if sys.platform == "win32":
        out.write(prompt)
        out.flush()
        typed = edit(_console(), people)
    else:
        fd = stdin.fileno()
        before = modes_of(fd)
        handlers = _give_back_when_ended(fd, before)
        try:
            _quiet(fd, before)  # before the prompt: whoever types at once must not see it either
            out.write(prompt)
            out.flush()
            typed = edit(one_by_one(fd), people)
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


def edit(keys: Iterator[Key], people: Callable[[], None] | None = None) -> str:
    """Return the line that these keys make; one of them calls ``people``."""
    meanings = acts("passphrase")
    typed = ""
    for key in keys:
        match meanings.get(key.text) if key.kind == "key" else "type":
            case "enter":
                return typed
            case "leave" | "leave when empty":
                raise LeaveError
            case "hide":
                raise QuickExitError
            case "people" if people is not None:
                people()
            case "erase to start":
                typed = ""
            case "erase":
                typed = whole_letters_before(typed)
            case "type":
                typed = (typed + with_letters(key.text, "latin-1"))[:_LONGEST]
            case _:
                pass
    raise LeaveError


@contextmanager
def unseen(stdin: TextIO) -> Iterator[None]:
    """Show nothing that is typed while the work goes on that a passphrase began; no terminal is no error."""
    try:
        fd = stdin.fileno() if stdin.isatty() and sys.platform != "win32" else None
    except (OSError, ValueError):
        fd = None
    before = None if fd is None else modes_of(fd)
    if fd is None or before is None:
        yield
        return
    handlers = _give_back_when_ended(fd, before)
    try:
        _quiet(fd, before, interrupts=True)
        yield
    finally:
        set_modes(fd, before)
        set_handlers(handlers)


def _quiet(fd: int, before: object, *, interrupts: bool = False) -> None:
    if sys.platform == "win32" or not isinstance(before, list):
        return
    import termios

    quiet = [*before[:6], list(before[6])]
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | (0 if interrupts else termios.ISIG))
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    set_modes(fd, quiet)


def console_keys(read: Callable[[], str], waits: Callable[[], bool]) -> Iterator[Key]:
    """Return the keys of a Windows console; arrows come as two letters, an emoji as two halves.

    ``read`` waits for the next letter, ``waits`` says whether one is there. The first letter of an arrow is
    also a letter of its own (a with a grave accent), which comes alone.
    """
    while True:
        letter = read()
        if letter == "\0" or (letter == "\xe0" and waits()):
            read()
        elif "\ud800" <= letter <= "\udbff":
            yield Key(
                "letter", (letter + read()).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            )
        elif letter >= " " and letter != "\x7f":
            yield Key("letter", letter)
        else:
            yield Key("key", control(letter))


def _console() -> Iterator[Key]:
    import msvcrt

    return console_keys(msvcrt.getwch, msvcrt.kbhit)  # type: ignore[attr-defined,unused-ignore]
