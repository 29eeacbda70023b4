"""From the bytes of a journal to its records, whatever a formatter, a crash or a bad disk made of them.

Our own layout has one record a line, so a line that holds a whole record is taken as it is. What lies
between such lines (a file that was formatted anew, a torn save, rubbish) is searched as one stretch.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from dbtcoach.frozen import Frozen
from dbtcoach.journal.entry import SEALED, Json, is_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

_BLOCK = 1 << 16
_MOST_DIGITS = 4000  # Python refuses to convert whole numbers of more than 4,300 digits
# What may stand around a record: separators, line ends, a byte order mark, and what a crash left empty.
_AROUND = b" \t\r\n\0,[]\xef\xbb\xbf"
_NOTHING = re.compile(rb"[ \t\r\n\x00,\[\]\xef\xbb\xbf]*")
_LINE_ENDS = re.compile(rb"[\r\n]\s*")
# Zeros that stand for words: no record is shorter, and a crash that swallows a block leaves zeros. What an
# interrupted save left behind the last record is shorter than the longest line that anybody writes.
_BLANK = bytes(64)
_LONG_BLANK = bytes(1 << 16)
# How much text may be tried in vain before a stretch is given up, as a multiple of its length: otherwise
# 200,000 nested braces would be tried 200,000 times.
_TRIES = 4
_SPARE = 1_000_000
_DEEP = 100_000  # what a try that ends in too many nestings is counted as: it takes half a millisecond
_LEAST = 1000  # what any try is counted as: it takes five microseconds, as reading so many letters does
_DEEPEST = 64  # an entry of ours is nested five deep
_FIRST_PART = 1 << 12  # most records are shorter, and each try copies its part
_LONGEST_WORD = len("-Infinity")  # a word that is cut short is an error where it begins


class Lost(Frozen):
    """A stretch of the file that no record could be read from: where it starts and its length in bytes."""

    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A record as it was found: its bytes on one line, what they mean, and whether letters were replaced."""

    raw: bytes = field(repr=False)
    found: dict[str, Json] = field(repr=False)
    altered: bool = False


def is_sealed_piece(piece: Piece) -> bool:
    """Tell whether a record's content is sealed; a deletion has none."""
    return isinstance(piece.found.get(SEALED), str) and not is_tombstone(piece)


def is_tombstone(piece: Piece) -> bool:
    """Tell whether a record says that it was deleted."""
    return isinstance(piece.found.get("deleted"), str)


Line: TypeAlias = tuple[int, bytes]


def lines_forward(file: BinaryIO, end: int) -> Iterator[Line]:
    """Yield each line before ``end`` with its offset, in memory that does not grow with the file."""
    start = 0
    for line in file:
        if start + len(line) >= end:
            if start < end:
                yield start, line[: end - start]
            return
        yield start, line
        start += len(line)


def lines_backward(file: BinaryIO, end: int) -> Iterator[Line]:
    """Yield each line before ``end`` with its offset, the last first, reading no more than is asked for."""
    position, parts = end, list[bytes]()  # parts of the line that is not complete yet, the last part first
    while position > 0:
        size = min(_BLOCK, position)
        position -= size
        file.seek(position)
        first, *others = file.read(size).split(b"\n")
        if others:
            # The line end belongs to the line before it, so what follows it is a line.
            parts.append(others.pop())
            line = b"".join(reversed(parts))
            at = position + size - len(parts[-1])
            if line:
                yield at, line
            for body in reversed(others):
                at -= len(body) + 1
                yield at, body + b"\n"
            parts = [b"\n"]
        parts.append(first)
    line = b"".join(reversed(parts))
    if line:
        yield 0, line


def pieces_forward(lines: Iterable[Line]) -> Iterator[Piece | Lost]:
    """Yield what the lines hold, in the order of the file."""
    stretch: list[Line] = []
    for start, line in lines:
        piece = read_line(line)
        if piece is None:
            stretch.append((start, line))
            continue
        yield from _search_lines(stretch, last=False)
        stretch = []
        yield piece
    yield from _search_lines(stretch, last=True)


def pieces_backward(lines: Iterable[Line]) -> Iterator[Piece | Lost]:
    """Yield what the lines hold, the last first; ``lines`` come from lines_backward."""
    stretch: list[Line] = []
    last = True
    for start, line in lines:
        piece = read_line(line)
        if piece is None:
            stretch.append((start, line))
            continue
        yield from reversed(list(_search_lines(stretch[::-1], last=last)))
        stretch, last = [], False
        yield piece
    yield from reversed(list(_search_lines(stretch[::-1], last=last)))


def read_line(line: bytes) -> Piece | None:
    """Return the record that ``line`` holds alone, in strict UTF-8, or None."""
    body = line.strip(_AROUND)
    if not body.startswith(b"{") or not body.endswith(b"}") or _BLANK in line[: line.index(b"{")]:
        return None
    try:
        found = parse(body.decode())
    except UnicodeDecodeError:
        return None
    return Piece(body, found) if found is not None else None


def parse(text: str) -> dict[str, Json] | None:
    """Return the record in ``text``, or None if it holds anything else."""
    try:
        found, end = _decoder.raw_decode(text)
    except json.JSONDecodeError:
        return None
    except ValueError:  # a whole number that is longer than Python converts: its digits are kept as text
        try:
            found, end = _of_long_numbers.raw_decode(text)
        except (ValueError, RecursionError):
            return None
    except RecursionError:  # nested deeper than anything this program writes
        return None
    whole = end == len(text) and is_record(found)
    return found if whole and not _too_deep(text.count("[") + text.count("{"), found) else None


def _too_deep(opened: int, found: Json) -> bool:
    """Tell whether ``found`` is nested so deep that walking through it could exhaust Python's stack.

    ``opened`` is how many brackets its text opens, which mostly says it already.
    """
    if opened <= _DEEPEST:
        return False
    layer: list[Json] = [found]
    for _ in range(_DEEPEST):
        layer = [
            inner
            for outer in layer
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not layer:
            return False
    return True


def _short_whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


_decoder = json.JSONDecoder()
_of_long_numbers = json.JSONDecoder(parse_int=_short_whole)


def _search_lines(stretch: list[Line], *, last: bool) -> Iterator[Piece | Lost]:
    if stretch:
        yield from search(b"".join(line for _, line in stretch), stretch[0][0], last=last)


def search(stretch: bytes, start: int, *, last: bool = True) -> Iterator[Piece | Lost]:
    """Yield every record in ``stretch``, which lies at ``start`` in its file, and what is lost between.

    Separators, and the bytes of zero that an interrupted save leaves at the end, are not counted as lost;
    zeros where records were are. ``last`` says that no record follows in the file.
    """
    text = stretch.decode(
        "latin-1"
    )  # a byte a letter, so that the places agree; all of JSON's marks are ASCII
    tries = _TRIES * len(text) + _SPARE
    place = _after_nothing(stretch, 0)
    lost = 0 if _is_blank(stretch, 0, place, last=last) or (start == 0 and _is_wiped(stretch)) else -1
    while place < len(text):
        if text[place] != "{" or tries <= 0:
            lost = place if lost < 0 else lost
            place = _next_brace(text, place + 1) if tries > 0 else len(text)
            continue
        end, cost, found = _object_at(text, place)
        tries -= cost
        piece = _piece(stretch[place:end], found) if end else None
        if piece is None:
            lost = place if lost < 0 else lost
            place = _next_brace(text, place + 1)
            continue
        if lost >= 0:
            yield from _lost(stretch, lost, place, start)
            lost = -1
        yield piece
        place = _after_nothing(stretch, end)
        lost = end if _is_blank(stretch, end, place, last=last) else -1
    if lost >= 0:
        yield from _lost(stretch, lost, len(stretch), start)


def _is_blank(stretch: bytes, first: int, end: int, *, last: bool) -> bool:
    """Tell whether zeros between two places stand where records were."""
    return (_LONG_BLANK if last and end == len(stretch) else _BLANK) in stretch[first:end]


def _is_wiped(stretch: bytes) -> bool:
    """Tell whether a file holds nothing but zeros: a power cut can do that to one that had everything."""
    return b"\0" in stretch[:1] and not stretch.strip(b"\0 \t\r\n")


def _object_at(text: str, place: int) -> tuple[int, int, Json]:
    """Return where the object at ``place`` ends (0 if it never does), how much was tried, and what it is.

    Tried on a part that grows: JSONDecodeError counts the lines before it, from the start of its text. Where
    a number is longer than Python converts, None stands for the object.
    """
    size, cost, decoder = _FIRST_PART, 0, _decoder
    while True:
        part = text[place : place + size]
        try:
            found, end = decoder.raw_decode(part)
        except json.JSONDecodeError as error:
            cut_short = error.pos >= len(part) - _LONGEST_WORD or error.msg.startswith("Unterminated")
            cost += len(part) if cut_short else max(error.pos, _LEAST)
            if not cut_short or len(part) < size:
                return 0, cost, None
            size *= 8
        except ValueError:
            decoder = _of_long_numbers
        except RecursionError:
            return 0, cost + _DEEP, None
        else:
            return place + end, cost + end, found if decoder is _decoder else None


def _piece(raw: bytes, found: Json) -> Piece | None:
    """Return the record that ``raw`` holds; ``found`` is what it was read as, one byte a letter."""
    if isinstance(found, dict) and raw.isascii() and b"\n" not in raw and b"\r" not in raw:
        opened = raw.count(b"[") + raw.count(b"{")
        return Piece(raw, found) if is_record(found) and not _too_deep(opened, found) else None
    on_one_line = _LINE_ENDS.sub(b"", raw)  # inside a string JSON allows no line end, so none is touched
    try:
        text, altered = on_one_line.decode(), False
    except UnicodeDecodeError:
        text, altered = on_one_line.decode("utf-8", "replace"), True
    again = parse(text)
    return None if again is None else Piece(text.encode() if altered else on_one_line, again, altered)


def _after_nothing(stretch: bytes, place: int) -> int:
    matched = _NOTHING.match(stretch, place)
    return matched.end() if matched else place


def _next_brace(text: str, place: int) -> int:
    found = text.find("{", place)
    return len(text) if found < 0 else found


def _lost(stretch: bytes, first: int, end: int, start: int) -> Iterator[Lost]:
    found = stretch[first:end]
    size = len(found.rstrip(_AROUND)) or found.count(b"\0")
    if size:
        yield Lost(start + first, size)
