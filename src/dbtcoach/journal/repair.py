"""Making a journal ready for the next record, after a crash, a formatter or a bad disk.

Called with the lock held. Finished records are never lost: what cannot be read stays in a file of its own,
``journal.damaged-<time>.json``, before anything is changed.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_private, open_to_read
from dbtcoach.disk.atomic import put_in_place, stage
from dbtcoach.disk.damaged import keep_copy, keep_part
from dbtcoach.journal.scan import (
    Lost,
    Piece,
    lines_backward,
    lines_forward,
    pieces_forward,
    read_line,
    search,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from typing import BinaryIO

OPENING = b"[\n"
CLOSING = b"]\n"
_EMPTY = OPENING + CLOSING
_TORN_LINES = 3  # an interrupted save leaves one line without an end, and what the file system put behind it
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Repair:
    """What a save had to mend first: where the unreadable part is kept, and how many bytes it has.

    None of a journal that was empty: it had its brackets from the first save on.
    """

    kept: str
    lost: int


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a journal in our own layout: where the next record goes, and what stands before it.

    ``whole`` says that nothing but the closing bracket follows ``cut``; ``joint`` is what has to be
    written first; ``newest`` is the id of the last record.
    """

    cut: int
    joint: bytes
    newest: str | None
    whole: bool


NEW = Tail(0, OPENING, None, whole=True)
_LONGEST_FIRST = 1 << 20  # a first record that is longer is taken for whole: reading it would slow every save
_NEAR = (
    1 << 16
)  # bytes before the last record that are looked at: half a millisecond, less than the sync costs


def mend(path: str, now: datetime) -> tuple[Tail, Repair | None]:
    """Return where the next record goes in the journal at ``path``, repairing it first if it must be.

    Looks at the first record and the last ones only, unless something is wrong there; raises OSError.
    """
    if not os.path.lexists(path):
        return NEW, None
    with os.fdopen(open_private(path), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        tail = look(file, size)
        if tail is not None:
            if tail.whole:
                return tail, None
            return tail, _keep_torn(path, file, tail.cut, now)
    repair = rewrite_pieces(path, now)
    with os.fdopen(open_to_read(path), "rb") as file:
        tail = look(file, os.fstat(file.fileno()).st_size)
    if tail is None:  # nothing but another program writing to the file at this moment leads here
        raise OSError(None, "Another program is changing the file")
    return tail, repair


def look(file: BinaryIO, size: int) -> Tail | None:
    """Return the end of a journal of ``size`` bytes, or None where its end is not in our own layout."""
    if size <= len(_EMPTY):
        file.seek(0)
        return Tail(len(OPENING), b"", None, whole=True) if file.read() == _EMPTY else None
    for start, line in itertools.islice(lines_backward(file, size), 1 + _TORN_LINES):
        piece = read_line(line)
        if piece is None:
            continue
        if not _in_our_layout(file, start, line, piece):
            return None
        # A disk may show an older state of a block behind a torn line, so the last record proves little.
        if not _sound(file, start):
            return None
        newest = str(piece.found["id"])
        if line.endswith(b"}\n"):
            cut, joint = start + len(line), b""
        else:  # torn just before its line end, or filled up with zeros
            cut, joint = start + line.rindex(b"}") + 1, b"\n"
        file.seek(cut)
        behind = file.read()
        if any(isinstance(part, Piece) for part in search(behind, cut)):
            return None
        return Tail(cut, joint, newest, whole=behind == CLOSING and not joint)
    return None


def _in_our_layout(file: BinaryIO, start: int, line: bytes, piece: Piece) -> bool:
    file.seek(0)
    if file.read(len(OPENING)) != OPENING or not (line.startswith(b",") or start == len(OPENING)):
        return False
    first = file.readline(_LONGEST_FIRST)
    if not first.startswith(b"{") or (first.endswith(b"\n") and read_line(first) is None):
        return False
    body = line.removeprefix(b",")
    behind = body[len(piece.raw) :]
    return body.startswith(piece.raw) and behind.strip(b"\0") in {b"", b"\n"}


def _sound(file: BinaryIO, end: int) -> bool:
    """Return whether the lines near and before ``end`` are records in our own layout."""
    begin = max(len(OPENING), end - _NEAR)
    file.seek(begin)
    near = file.read(end - begin)
    lines = near.split(b"\n")
    if lines.pop():
        return False
    if begin > len(OPENING):
        del lines[:1]  # a part of a line
    elif lines:
        lines[0] = b"," + lines[0]
    return all(
        line.startswith(b",{") and line.endswith(b"}") and read_line(line) is not None for line in lines
    )


def _keep_torn(path: str, file: BinaryIO, cut: int, now: datetime) -> Repair | None:
    file.seek(cut)
    torn = file.read()
    lost = sum(part.size for part in search(torn, cut) if isinstance(part, Lost))
    if not lost:
        return None
    return Repair(keep_part(path, now, torn), lost)


def rewrite_pieces(
    path: str, now: datetime, change: Callable[[Piece], Iterable[bytes]] | None = None
) -> Repair | None:
    """Write the journal anew in our own layout, atomically; return what could not be read of it, if any.

    ``change`` gives the lines that take the place of a record; without it each stays as it is, to the byte.
    The damaged file as a whole is kept beside it.
    """

    def lines(pieces: Iterator[Piece]) -> Iterator[bytes]:
        for piece in pieces:
            yield from (piece.raw,) if change is None else change(piece)

    return rewrite_lines(path, now, lines)


def rewrite_lines(
    path: str, now: datetime, make: Callable[[Iterator[Piece]], Iterable[bytes]]
) -> Repair | None:
    """Put what ``make`` makes of all records in the place of the journal, as rewrite_pieces does.

    ``make`` goes through all the pieces it is given, and may give its lines in another order.
    """
    repair = stage_lines(path, now, make)
    put_in_place(path)
    return repair


def stage_lines(
    path: str, now: datetime, make: Callable[[Iterator[Piece]], Iterable[bytes]]
) -> Repair | None:
    """Do what rewrite_lines does, but for the last step (atomic.put_in_place)."""
    lost = 0
    emptied = os.stat(path).st_size == 0

    def pieces() -> Iterator[Piece]:
        nonlocal lost
        with os.fdopen(open_to_read(path), "rb") as file:
            for piece in pieces_forward(lines_forward(file, os.fstat(file.fileno()).st_size)):
                if isinstance(piece, Lost):
                    lost += piece.size
                    continue
                if piece.altered:
                    lost += 1
                yield piece

    stage(path, array_of(make(pieces())))
    return Repair(keep_copy(path, now), lost) if lost or emptied else None


def array_of(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a journal whose records are ``lines``."""
    yield OPENING
    comma = b""
    for line in lines:
        yield comma + line + b"\n"
        comma = b","
    yield CLOSING
