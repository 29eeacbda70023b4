"""The journal: a JSON array with one record a line and leading commas, so that a save is an append.

The file is valid JSON after every finished save, and a save costs the same at ten entries and at 100,000.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.disk.access import make_private_folder, open_private, refuse_other_kinds
from dbtcoach.disk.atomic import replace_whole, sweep, sync_file, write_whole
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import shown
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError
from dbtcoach.journal.copies import sweep_old_copies
from dbtcoach.journal.entry import Entry, Record, decode, encode
from dbtcoach.journal.ids import next_id
from dbtcoach.journal.repair import CLOSING, NEW, Repair, Tail, array_of, mend, rewrite_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from dbtcoach.journal.scan import Piece


@dataclass(frozen=True, slots=True)
class Receipt:
    """A finished save: the entry with the id it was given, and what had to be repaired before it."""

    entry: Entry
    repair: Repair | None


def append(
    path: str,
    entry: Entry,
    *,
    now: datetime,
    randomness: Callable[[int], bytes],
    write: Callable[[Entry], str] = encode,
) -> Receipt:
    """Save ``entry`` at the end of the journal at ``path`` and return when it is on the disk.

    It gets an id larger than the one before it. ``write`` gives the line, so that it can be sealed there.
    Raises JournalError with the journal as it was: a save is whole, or it did not happen.
    """
    with Explained(path, "save"):
        make_private_folder(os.path.dirname(path))
        with Lock(path):
            sweep(path)
            sweep_old_copies(path, now)
            tail, repair = mend(path, now)
            named = replace(entry, id=next_id(_milliseconds(now), randomness, tail.newest))
            _append_line(path, tail, write(named).encode())
            return Receipt(named, repair)


def rewrite(path: str, change: Callable[[Record], Record | None], *, now: datetime) -> Repair | None:
    """Give every record of the journal to ``change`` and put what it returns in its place, atomically.

    A record that comes back as it was keeps its bytes; None takes it out. What cannot be read is kept in a
    file of its own and told in the Repair. Raises JournalError with the journal as it was.
    """

    def lines(piece: Piece) -> Iterator[bytes]:
        before = decode(piece.found)
        after = change(before)
        if after is before:
            yield piece.raw
        elif after is not None:
            yield encode(after).encode()

    with Explained(path, "save"):
        if not os.path.lexists(path):
            return None
        with Lock(path):
            return rewrite_pieces(path, now, lines)


def check_writable(path: str) -> None:
    """Raise JournalError if the journal at ``path`` could not be saved to; changes nothing.

    Tells a read-only folder before the first question rather than after the last answer.
    """
    with Explained(path, "save"):
        refuse_other_kinds(path)
    folder = os.path.dirname(path)
    for needed in (path, path + ".lock"):
        if os.path.exists(needed) and not os.access(needed, os.R_OK | os.W_OK):
            raise _closed(needed)
    while not os.path.lexists(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    if not os.path.isdir(folder) or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise _closed(folder)


def _closed(path: str) -> JournalError:
    return JournalError(
        f"Nothing can be saved: {shown(path)} cannot be written to. "
        "Change its permissions, or set DBTCOACH_HOME to another folder."
    )


def _append_line(path: str, tail: Tail, line: bytes) -> None:
    if tail is NEW:  # made whole, so that a journal without a byte is always one that lost them
        replace_whole(path, array_of([line]))
        return
    comma = b"" if tail.newest is None else b","
    opened = open_private(path)
    try:
        if not tail.whole:
            os.ftruncate(opened, tail.cut)
        try:
            os.lseek(opened, tail.cut, os.SEEK_SET)
            write_whole(opened, tail.joint + comma + line + b"\n" + CLOSING)
            sync_file(opened)
        except BaseException:
            _take_back(opened, tail)
            raise
    finally:
        os.close(opened)


def _take_back(opened: int, tail: Tail) -> None:
    """Leave the journal as it was before; if even that fails, the next save repairs it."""
    with contextlib.suppress(OSError):
        os.lseek(opened, tail.cut, os.SEEK_SET)
        write_whole(opened, tail.joint + CLOSING)
        os.ftruncate(opened, tail.cut + len(tail.joint + CLOSING))
        sync_file(opened)


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)
