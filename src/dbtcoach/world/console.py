"""The streams of a command: lines as this terminal can show them, strict JSON, a line that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.terminal.glyphs import for_encoding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.journal.entry import Json
    from dbtcoach.world.surroundings import Surroundings

_LARGEST_SINGLE = 0xFFFF  # beyond it, JSON escapes a letter as a pair


def say(around: Surroundings, lines: Iterable[str]) -> None:
    """Write lines that are clean already."""
    glyphs = for_encoding(around.streams.stdout.encoding)
    for line in lines:
        around.streams.stdout.write(f"{glyphs.say(line)}\n")
    around.streams.stdout.flush()


def write(around: Surroundings, text: str) -> None:
    """Write a text as it is; what this encoding has no letter for becomes a question mark."""
    encoding = around.streams.stdout.encoding or "utf-8"
    around.streams.stdout.write(text.encode(encoding, "replace").decode(encoding))
    around.streams.stdout.flush()


def say_json(around: Surroundings, value: Json) -> None:
    """Write a value as one line of JSON."""
    around.streams.stdout.write(f"{json_text(around, value)}\n")
    around.streams.stdout.flush()


def say_json_array(around: Surroundings, values: Iterable[Json]) -> None:
    """Write an array with one value a line, each as soon as it is known."""
    between = "[\n"
    for value in values:
        around.streams.stdout.write(f"{between}{json_text(around, value)}")
        between = ",\n"
    around.streams.stdout.write("[]\n" if between == "[\n" else "\n]\n")
    around.streams.stdout.flush()


def json_text(around: Surroundings, value: Json) -> str:
    """Return strict JSON in which no character can do anything to a terminal."""
    from dbtcoach.cleaning import hidden
    from dbtcoach.journal.entry import to_line

    line = to_line(value)
    if not for_encoding(around.streams.stdout.encoding).unicode:
        return "".join(letter if letter.isascii() else _escaped(letter) for letter in line)
    return hidden().sub(lambda found: _escaped(found[0]), line)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if code > _LARGEST_SINGLE:
        code -= _LARGEST_SINGLE + 1
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"


def asked_line(around: Surroundings, prompt: str, *, aside: bool = False) -> str:
    """Ask for a line at the terminal, on standard error: standard output may be read by another program.

    ``aside`` leaves nothing of it on the screen. Raises LeaveError and QuickExitError, as read_line does.
    """
    from dbtcoach.terminal.plain_line import read_line

    streams = around.streams
    dumb = around.env.get("TERM") == "dumb"
    return read_line(
        streams.stdin, streams.stderr, prompt, aside=aside and streams.stderr.isatty(), dumb=dumb
    )
