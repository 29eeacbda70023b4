"""Reading a journal: nothing is ever written, and what is damaged is read as far as it goes.

Everything here takes the path of a journal, yields records and Lost stretches in turn, and raises
JournalError only where the file cannot be opened or read at all. A journal that is not there is empty.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_to_read
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.lock import settle
from dbtcoach.journal.entry import Entry, Record, Sealed, decode
from dbtcoach.journal.scan import (
    Line,
    Lost,
    Piece,
    lines_backward,
    lines_forward,
    pieces_backward,
    pieces_forward,
)
from dbtcoach.journal.versions import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_CLOSING = b"]\n"
EMPTIED = Lost(0, 0)  # a journal has its brackets from the first save on; a file without any byte lost them


def read_all(path: str) -> Iterator[Record | Lost]:
    """Yield everything in the order of the file, line by line where it is in our own layout."""
    for piece in read_pieces(path):
        yield piece if isinstance(piece, Lost) else decode(piece.found)


def read_pieces(path: str, wanted: Callable[[bytes], bool] | None = None) -> Iterator[Piece | Lost]:
    """Yield the same as it was found; ``wanted`` as in read_newest."""
    with Explained(path, "read"):
        opened = _open(path)
        if opened is None:
            return
        file, end = opened
        with file:
            if end == 0:
                yield EMPTIED
            yield from pieces_forward(_only(wanted, lines_forward(file, end)))


def read_newest(path: str, wanted: Callable[[bytes], bool] | None = None) -> Iterator[Record | Lost]:
    """Yield everything, the last first, reading no more of the file than is asked for.

    With ``wanted``, a line of our own layout is looked into only where ``wanted`` says so of its bytes:
    most of the time of reading is decoding.
    """
    for piece in newest_pieces(path, wanted):
        yield piece if isinstance(piece, Lost) else decode(piece.found)


def newest_pieces(path: str, wanted: Callable[[bytes], bool] | None = None) -> Iterator[Piece | Lost]:
    """Yield the same as it was found."""
    with Explained(path, "read"):
        opened = _open(path)
        if opened is None:
            return
        file, end = opened
        with file:
            if end == 0:
                yield EMPTIED
            yield from pieces_backward(_only(wanted, lines_backward(file, end)))


def _only(wanted: Callable[[bytes], bool] | None, lines: Iterator[Line]) -> Iterator[Line]:
    if wanted is None:
        return lines
    return (line for line in lines if not _is_ours(line[1]) or wanted(line[1]))


def _is_ours(line: bytes) -> bool:
    return line.endswith(b"}\n") and line.startswith((b',{"v":', b'{"v":'))


def newest_of(
    path: str, exercises: tuple[str, ...], opened: Callable[[Sealed], Record | None] = lambda _sealed: None
) -> Entry | None:
    """Return the entry of one of these about the newest day that can be read, or None.

    ``opened`` opens sealed ones.
    """
    return next((entry for entry in entries_of(path, opened) if entry.exercise in exercises), None)


def entries_of(
    path: str,
    opened: Callable[[Sealed], Record | None] = lambda _sealed: None,
    wanted: Callable[[bytes], bool] | None = None,
) -> Iterator[Entry]:
    """Yield the entries that can be read by the days they are about, the newest first; as read_newest."""
    records = read_newest(path, wanted)
    found = (opened(record) if isinstance(record, Sealed) else record for record in records)
    return folded(record for record in found if isinstance(record, Entry))


def _open(path: str) -> tuple[BinaryIO, int] | None:
    """Return the file and how far it may be read: later saves change only what lies behind."""
    lock = settle(path)
    try:
        try:
            file = os.fdopen(open_to_read(path), "rb")
        except FileNotFoundError:
            return None
        try:
            end = os.fstat(file.fileno()).st_size
            if end >= len(_CLOSING):
                file.seek(end - len(_CLOSING))
                if file.read(len(_CLOSING)) == _CLOSING:
                    end -= len(_CLOSING)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file, end
    finally:
        if lock is not None:
            os.close(lock)
