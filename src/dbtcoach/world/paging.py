"""Words on the alternate screen, through a pager when they are long, so that none stay in the scrollback."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dbtcoach.drawing.glyphs import for_encoding
from dbtcoach.drawing.window_size import WIDEST, size_of
from dbtcoach.drawing.wrapping import wrap
from dbtcoach.terminal.modes import SECOND, end_with_signals, wiped, write

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping
    from typing import TextIO

    from dbtcoach.drawing.key_table import Act
    from dbtcoach.terminal.screen import Screen
    from dbtcoach.terminal.streams import Streams

_NO_PAGING = ("cat",)  # what people set PAGER to when they want none
# Terminals without a second screen; in GNU screen (which sets STY) it is off unless somebody asked for it.
_NO_ALTERNATE = ("linux", "vt100", "vt102", "vt220", "ansi", "cons25", "sun")
_HINT = "Enter goes on, q leaves"
_LESS_HINT = "Space goes on, b goes back, q leaves"
_LAST_HINT = "Enter leaves"
_LESS_WAITS = ("-+F", "-+E", "-+e")  # it does not leave by itself, whatever its other options say
_AT_ONCE = 2.0  # seconds; longer than any pager takes that does not wait, less than anybody takes to read
_UNDER = 2  # lines that the hint takes


def show(streams: Streams, env: Mapping[str, str], lines: list[str], drawn: list[str]) -> None:
    """Show lines on a screen of their own; they are clean already, and fit the width of the terminal.

    A pager of which it is not known that it lets styles through gets them as plain ``lines``.
    """
    from dbtcoach.terminal.screen import Screen

    _, height = window_size(streams.stdout, env)
    screen = Screen(streams.stdout)
    command = _pager(env) if len(drawn) > height - _UNDER else None
    screen.enter()
    try:
        if command is None or not _was_read(
            command, env, drawn if _is_less(command) else lines, screen, streams
        ):
            _leaf(streams, drawn, height)
    except KeyboardInterrupt:
        pass  # it was read far enough
    finally:
        # Where there is no second screen, this is the only one; where there is, it goes anyway.
        write(screen.fd, "\x1b[H" + "\x1b[K\r\n" * (height - 1) + "\x1b[K\x1b[H")
        screen.leave()


def window_of(out: TextIO, env: Mapping[str, str]) -> tuple[int, int] | None:
    """Return columns and rows where words go straight to a terminal, else None."""
    return window_size(out, env) if out.isatty() else None


def window_size(out: TextIO, env: Mapping[str, str]) -> tuple[int, int]:
    """Return columns and rows of the terminal, else those of the environment, else 80 and 24."""
    try:
        columns, rows = size_of(out.fileno())
    except (OSError, ValueError):  # no terminal, and no file either
        columns, rows = 0, 0
    wide, high = env.get("COLUMNS", ""), env.get("LINES", "")
    return (
        columns or (int(wide) if wide.isdecimal() else 80),
        rows or (int(high) if high.isdecimal() else 24),
    )


def fit(lines: list[str], width: int) -> list[str]:
    """Return lines broken between words where they are too long; what is indented stays so."""
    return [
        part
        for line in lines
        for part in wrap(line, min(width, WIDEST), line[: len(line) - len(line.lstrip(" "))])
    ]


def _pager(env: Mapping[str, str]) -> list[str] | None:
    import shlex
    import shutil

    wanted = env.get("PAGER", "less")
    if env.get("TERM", "").split("-")[0] in _NO_ALTERNATE or env.get("STY"):
        return None  # what a pager scrolls out of such a window stays there
    try:
        command = shlex.split(wanted)
    except ValueError:  # a quotation mark without its partner
        command = []
    if not command or os.path.basename(command[0]) in _NO_PAGING:  # noqa: PTH119
        return None
    if shutil.which(command[0], path=env.get("PATH")) is None:
        return None
    return command


def _is_less(command: list[str]) -> bool:
    return os.path.basename(command[0]) == "less"  # noqa: PTH119


def _was_read(
    command: list[str], env: Mapping[str, str], lines: list[str], screen: Screen, streams: Streams
) -> bool:
    """Let a pager show the lines; say whether it did, and stayed until somebody was done with it.

    One that fails, or is gone at once (``cat -s``), leaves nothing that could be read. ``less`` is told to
    wait, so whoever leaves it at once has read what they wanted.
    """
    begun, waits = streams.monotonic(), _is_less(command)
    if waits:
        command = [*command, *_LESS_WAITS]
    worked = _run(command, env, lines, screen, streams.stdout.encoding)
    return worked and (waits or streams.monotonic() - begun > _AT_ONCE)


def _run(
    command: list[str], env: Mapping[str, str], lines: list[str], screen: Screen, encoding: str | None
) -> bool:
    """Let a pager show the lines; return whether it did. They reach it through a pipe, never a file."""
    import subprocess

    given = {
        **env,
        "LESSHISTFILE": "-",  # no history of what was searched for
        "LESSSECURE": "1",  # no editor, no shell, no log file
        # No options of other days, such as the one that leaves the words in the scrollback.
        "LESS": f"-K -R -Ps{_LESS_HINT}$",
        "LESSCHARSET": "utf-8" if for_encoding(encoding).unicode else "ascii",
    }
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=given)  # noqa: S603 - the person's own choice
    except OSError:
        return False
    _end_on_quit(pager, screen)
    text = "".join(f"{line}\n" for line in lines)
    try:
        pager.communicate(text.encode(encoding or "utf-8", "replace"))
    except (BrokenPipeError, KeyboardInterrupt):
        pager.wait()
    write(screen.fd, SECOND)  # which most leave as they end: what is cleared next is never the first
    return pager.returncode == 0


def _end_on_quit(pager: subprocess.Popen[bytes], screen: Screen) -> None:
    """Let Ctrl-Q end the pager too, and clear screen and scrollback; other ends give the terminal back."""
    import signal
    import sys

    def give_back() -> None:
        pager.kill()
        screen.leave()

    end_with_signals(give_back)
    if sys.platform == "win32":
        return

    def vanish(_number: int, _frame: object) -> None:
        pager.kill()
        screen.vanish()
        os._exit(0)

    signal.signal(signal.SIGQUIT, vanish)


def _leaf(streams: Streams, lines: list[str], height: int) -> None:
    """Show the lines a screen at a time; Enter or a blank goes on, q leaves."""
    from dbtcoach.drawing.key_table import acts
    from dbtcoach.terminal.line_reader import one_by_one

    out, fd = streams.stdout, streams.stdout.fileno()
    keys, meanings = one_by_one(streams.stdin.fileno()), acts("pages")
    room = max(1, height - _UNDER)
    margin = " " * min((len(line) - len(line.lstrip(" ")) for line in lines if line), default=0)
    for start in range(0, max(1, len(lines)), room):
        last = start + room >= len(lines)
        page = "\r\n".join(lines[start : start + room])
        out.write(f"{wiped(fd)}{page}\r\n\r\n{margin}{_LAST_HINT if last else _HINT}")
        out.flush()
        act: Act | None = None
        while act != "enter":
            key = next(keys, None)
            name = "Space" if key is not None and key.text == " " else key.text if key is not None else ""
            act = meanings.get(name)
            if key is None or act in ("end", "leave", "leave when empty", "hide"):
                return
