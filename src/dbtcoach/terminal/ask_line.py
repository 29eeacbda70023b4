"""A line asked for outside an exercise: shown as it is typed, and our keys work all the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dbtcoach.drawing.wrapping import fitted
from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.terminal.line_reader import as_meant, reader_of
from dbtcoach.terminal.modes import CLEAR, ENTER, end_with_signals, leaving, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from dbtcoach.terminal.line_reader import LineReader

QUIT, END = ":quit", ":end"  # as in line mode


def read_line(
    stdin: TextIO,
    out: TextIO,
    prompt: str,
    *,
    aside: bool = False,
    dumb: bool = False,
    people: Callable[[], str] | None = None,
) -> str:
    """Ask at a terminal and return the line that was typed, without its end; ``people`` says whom to call.

    ``aside`` asks on the alternate screen, so that neither prompt nor words stay in the scrollback, however
    many rows they took; ``dumb`` never draws. Raises LeaveError for Ctrl-C, Ctrl-D and ``:end`` and
    QuickExitError for ``:quit``; Ctrl-Q ends the process at once, with 0, and clears the screen.
    """
    shown = _descriptor(out)
    reader = reader_of(stdin, lambda text: _say(out, text))

    def give_back() -> None:
        if reader is not None:
            reader.end()
        if aside and shown is not None:
            write(shown, leaving(shown))

    def hide() -> None:
        if shown is not None and not dumb:
            write(shown, CLEAR)

    end_with_signals(give_back)
    try:
        # A prompt is broken between words; the blank that stands at its end is for what is typed.
        asked = f"{fitted(prompt.rstrip(' '), out)}{' ' * prompt.endswith(' ')}"
        line = _asked(stdin, out, reader, f"{ENTER if aside else ''}{asked}", people)
    except KeyboardInterrupt:
        raise LeaveError from None
    except QuickExitError:
        give_back()
        hide()
        os._exit(0)
    finally:
        give_back()
    if line.strip() == END:
        raise LeaveError
    if line.strip() == QUIT:
        hide()
        raise QuickExitError
    return line


def _say(out: TextIO, text: str) -> None:
    out.write(text)
    out.flush()


def _asked(
    stdin: TextIO, out: TextIO, reader: LineReader | None, prompt: str, people: Callable[[], str] | None
) -> str:
    if reader is not None:
        reader.begin()  # before the prompt: whoever types at once is heard too
        _say(out, prompt)
        again = prompt.removeprefix(ENTER)
        return reader.read(people=None if people is None else lambda: _say(out, f"\n{people()}\n\n{again}"))
    _say(out, prompt)
    line = stdin.readline()
    if not line.endswith("\n"):
        raise LeaveError
    return as_meant(line.rstrip("\r\n"), stdin)


def _descriptor(out: TextIO) -> int | None:
    """Return where sequences that draw may be written, or None where it is no terminal."""
    try:
        return out.fileno() if out.isatty() else None
    except (OSError, ValueError):
        return None
