"""Words fitted into a width: no imports, because the first words of the program go through here."""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself would be the largest import here
if TYPE_CHECKING:
    from typing import TextIO

_MARKS = "\u0300"  # the first letter that may have no column of its own, or two
# Those of our own first words, and of pictures that go into a pipe: Rich is not there.
_TYPOGRAPHY = "–—‘’“”…›→■□○●━\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
_LONGEST_NUMBER = 20  # of a telephone, with its spaces


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Return the lines of a text broken between words at ``width`` columns; its own line breaks stay.

    Lines after the first of a broken one start with ``indent``. Words longer than a line are cut, and a
    telephone number stays in one piece.
    """
    width = max(1, width)
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend(_broken(line, width, indent if len(indent) + 1 < width else ""))
    return lines


def _broken(line: str, width: int, indent: str) -> list[str]:
    if columns(line) <= width:
        return [line]
    done: list[str] = []
    at = line[: len(line) - len(line.lstrip(" "))]
    at = at if len(at) + 1 < width else ""  # there is room for a wide letter behind it
    empty = True
    for word in _words(line):
        if not word and (empty or columns(at) + 1 > width):
            continue  # of several spaces, those at a break
        if not empty and columns(at) + 1 + columns(word) > width:
            done.append(at)
            at, empty = indent, True
        left, cut = columns(word), 0  # counted down, so that a word costs as much as it is long
        while columns(at) + left + (not empty) > width and len(word) - cut > 1:
            end = _fitting(word, cut, max(1, width - columns(at)))
            done.append(at + word[cut:end])
            left -= columns(word[cut:end])
            at, cut, empty = indent, end, True
        at += word[cut:] if empty else f" {word[cut:]}"
        empty = False
    return [*done, at]


def _words(line: str) -> list[str]:
    """Return what no break may come into: words, and groups of digits such as ``0800 111 0 111``."""
    words: list[str] = []
    for word in line.strip(" ").split(" "):
        before = words[-1] if words else ""
        if word[:1].isdigit() and before[-1:].isdigit() and len(before) + len(word) < _LONGEST_NUMBER:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _fitting(word: str, start: int, width: int) -> int:
    """Return where the part of a word ends that fits; at least one letter is taken."""
    end, used = start, 0
    while end < len(word):
        used += columns(word[end])
        if used > width:
            break
        end += 1
    return max(start + 1, end)


def columns(text: str) -> int:
    """Return how many columns a text takes: one width for all that is drawn, which is Rich's."""
    if all(letter < _MARKS or letter in _TYPOGRAPHY for letter in text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def opening_lines(fd: int, title: str, text: str) -> str:
    """Return a title and words as a page shows them in the window of a terminal, before Rich is there."""
    from dbtcoach.drawing.window_size import WIDEST, air_in, column_in, size_of

    columns_, rows = size_of(fd)
    margin, width = column_in(columns_ or WIDEST)
    lines = [f"\x1b[1m{title}\x1b[0m", "", *wrap(text, width)]
    return "\r\n" * air_in(rows) + "\r\n".join(f"{' ' * margin}{line}" if line else "" for line in lines)


def fitted(text: str, stream: TextIO) -> str:
    """Return a text broken between words where the stream is a terminal too narrow for it; else as it is.

    A line with a word that is longer than the terminal is wide stays whole: a torn path cannot be copied.
    """
    from dbtcoach.drawing.window_size import size_of

    try:
        width = size_of(stream.fileno())[0] if stream.isatty() else 0
    except (OSError, ValueError):
        width = 0
    if not width:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        long = any(columns(word) > width for word in line.split(" "))
        lines += [line] if long else wrap(line, width)
    return "\n".join(lines)


def lines_of(text: str, width: int) -> list[tuple[str, int]]:
    """Return the lines of a text broken between words at a width, each with its place in the text."""
    found: list[tuple[str, int]] = []
    at = 0
    for paragraph in text.split("\n"):
        start = at
        for line in wrap(paragraph, width):
            place = text.find(line, start)
            place = start if place < 0 else place
            found.append((line, place))
            start = place + len(line)
        at += len(paragraph) + 1
    return found
