"""What a command writes: lines that this terminal can show, messages beside them, strict JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.drawing.glyphs import for_encoding
from dbtcoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from dbtcoach.journal.entry import Json

_LARGEST_SINGLE = 0xFFFF  # beyond it, JSON escapes a letter as a pair


def say(out: TextIO, lines: Iterable[str]) -> None:
    """Write lines that are clean already, at a terminal broken between words."""
    from dbtcoach.drawing.wrapping import fitted

    glyphs = for_encoding(out.encoding)
    out.writelines(f"{fitted(glyphs.say(line), out)}\n" for line in lines)
    out.flush()


def say_data(out: TextIO, text: str) -> None:
    """Write a text that a program or a file will take: UTF-8, whatever the locale; never with gaps.

    A terminal gets what it can show; raises UsageError where it has not all the letters.
    """
    if not out.isatty():
        out.flush()
        out.buffer.write(text.encode("utf-8", "replace"))
        out.buffer.flush()
        return
    try:
        text.encode(out.encoding)
    except UnicodeEncodeError:
        raise UsageError("This terminal cannot show all letters of it. Write it to a file: -o FILE") from None
    out.write(text)
    out.flush()


def say_page(out: TextIO, text: str, to_file: str) -> None:
    """Write a page that is made for a browser or a printer; raises UsageError at a terminal."""
    if out.isatty():
        raise UsageError(f"This is a page for a browser or a printer. Write it to a file: {to_file}")
    say_data(out, text)


def tell(err: TextIO, *lines: str) -> None:
    """Write messages, cleaned and fitted into the terminal; a closed stream is no reason to fail."""
    from dbtcoach.cleaning import clean
    from dbtcoach.drawing.wrapping import fitted

    try:
        err.writelines(f"{fitted(clean(line), err)}\n" for line in lines)
        err.flush()
    except (OSError, ValueError):
        return


def say_json(out: TextIO, value: Json) -> None:
    """Write a value as one line of JSON."""
    out.write(f"{json_text(value, out.encoding)}\n")
    out.flush()


def say_json_array(out: TextIO, values: Iterable[Json]) -> None:
    """Write an array with one value a line, each as soon as it is known."""
    between = "[\n"
    for value in values:
        out.write(f"{between}{json_text(value, out.encoding)}")
        between = ",\n"
    out.write("[]\n" if between == "[\n" else "\n]\n")
    out.flush()


def json_text(value: Json, encoding: str | None) -> str:
    """Return strict JSON for a stream of this encoding, with nothing in it that can control a terminal."""
    from dbtcoach.cleaning import hidden
    from dbtcoach.journal.entry import to_line

    line = to_line(value)
    if not for_encoding(encoding).unicode:
        return "".join(letter if letter.isascii() else _escaped(letter) for letter in line)
    return hidden().sub(lambda found: _escaped(found[0]), line)


def _escaped(letter: str) -> str:
    code = ord(letter)
    if code > _LARGEST_SINGLE:
        code -= _LARGEST_SINGLE + 1
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"
