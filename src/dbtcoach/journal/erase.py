"""An entry that is deleted goes from the journal, and from every copy of it that this program made.

In copies its place is overwritten, byte for byte, which needs no room on the disk; the journal itself is
written anew, and overwritten like a copy only where the disk is full.
"""

from __future__ import annotations

import errno
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_private, read_whole, remove_file
from dbtcoach.disk.atomic import replace_whole, sync_file, write_whole
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import Home
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError
from dbtcoach.journal import drafts
from dbtcoach.journal.backup import backups, change_backup, is_backup
from dbtcoach.journal.convert import kept_files
from dbtcoach.journal.copies import copies_before_merges
from dbtcoach.journal.entry import Record, Tombstone, encode
from dbtcoach.journal.file import rewrite
from dbtcoach.journal.names import conflict_copies, draft_files, restored_folders
from dbtcoach.journal.seal import seal_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from dbtcoach.journal.repair import Repair
    from dbtcoach.journal.seal import Opener

    Marks = Mapping[str, bytes]  # what to write in the place of the record of each id

_FULL = (errno.ENOSPC, errno.EDQUOT)
_MOST_BRACES = 200  # that are looked at before a place where an id stands
_decoder = json.JSONDecoder()


@dataclass(slots=True)
class Erased:
    """What a deletion did: the repair before it, the copies it changed, and those that may hold the entry."""

    repair: Repair | None = None
    copies: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def erase_entry(
    home: Home,
    names: Sequence[str],
    now: datetime,
    opener: Opener | None = None,
    recipient: str | None = None,
) -> Erased:
    """Delete the records with these ids, and what is drafted to change them.

    ``opener`` and ``recipient`` are for copies sealed as a whole.

    Raises JournalError with the journal as it was.
    """
    stones = {name: Tombstone(id=name, deleted=now.isoformat("T", "seconds")) for name in names}
    marks = {name: encode(stone).encode() for name, stone in stones.items()}

    def change(record: Record) -> Record:
        return record if isinstance(record, Tombstone) else stones.get(record.id, record)

    erased = Erased()
    try:
        erased.repair = rewrite(home.journal, change, now=now)
    except JournalError as error:
        if not isinstance(error.__cause__, OSError) or error.__cause__.errno not in _FULL:
            raise
        with Explained(home.journal, "save"), Lock(home.journal):
            _overwrite(home.journal, marks)
    for path in _changes_begun(home, names):
        try:
            remove_file(path)
        except OSError:
            erased.left.append(path)
    for path in _copies(home):
        try:
            if _erase_from(path, marks, opener, recipient):
                erased.copies.append(path)
        except (JournalError, OSError):
            erased.left.append(path)
    erased.left += conflict_copies(home)
    return erased


def places(data: bytes, name: str, mark: bytes) -> list[tuple[int, bytes]]:
    """Return what to write where, so that the entry ``name`` is gone from ``data`` and its length stays."""
    found: list[tuple[int, bytes]] = []
    wanted = json.dumps(name, ensure_ascii=False).encode("utf-8", "replace")
    at, done = data.find(wanted), 0
    while at >= 0:
        first, end, ours = _around(data, at, name)
        if ours and first >= done:
            size = end - first
            found.append((first, (mark if len(mark) <= size else b"").ljust(size)))
            done = end
        at = data.find(wanted, max(at + len(wanted), done))
    return found


def _around(data: bytes, at: int, name: str) -> tuple[int, int, bool]:
    """Return where the record begins and ends that has an id at ``at``, and whether it is its own id."""
    place = at
    for _ in range(_MOST_BRACES):
        place = data.rfind(b"{", 0, place)
        if place < 0:
            break
        try:
            record, size = _decoder.raw_decode(data[place:].decode("latin-1"))
        except (ValueError, RecursionError):
            continue
        if place + size > at and isinstance(record, dict) and "v" in record:
            own = str(record.get("id")).encode("latin-1", "replace").decode("utf-8", "replace") == name
            return place, place + size, own and "deleted" not in record
    # Torn: the rest of its line goes.
    first, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
    return first, len(data) if end < 0 else end, data[first : first + 400].find(b'"id"') >= 0


def _changes_begun(home: Home, names: Sequence[str]) -> Iterator[str]:
    """Yield the path of each draft of a change of these, with what was kept or left over of it."""
    begun = set(map(drafts.of_change, names))
    for each in (home, *(Home(folder) for folder in restored_folders(home))):
        for exercise, path in draft_files(each):
            if exercise in begun and not path.endswith(".lock"):
                yield path


def _copies(home: Home) -> Iterator[str]:
    for each in (home, *(Home(folder) for folder in restored_folders(home))):
        yield from kept_files(each)
        yield from copies_before_merges(each.journal)
        if each is not home and os.path.lexists(each.journal):
            yield each.journal
    yield from backups(home)


def _erase_from(path: str, marks: Marks, opener: Opener | None, recipient: str | None) -> bool:
    if is_backup(path):
        return _erase_from_backup(path, marks)
    if not path.endswith(".age"):
        return _overwrite(path, marks)
    clear = opener.file(read_whole(path)) if opener is not None else None
    if clear is None or recipient is None:
        raise JournalError("sealed")
    changed = _with(clear, marks)
    if changed == clear:
        return False
    replace_whole(path, [seal_bytes(changed, recipient)])
    return True


def _erase_from_backup(path: str, marks: Marks) -> bool:
    begun = tuple(f"drafts/{drafts.of_change(name)}." for name in marks)

    def change(part: str, data: bytes) -> bytes | None:
        if part.startswith(begun):
            return None
        if not part.startswith("journal") or part.endswith(".age"):
            return data
        return _with(data, marks)

    return change_backup(path, change)


def _all_places(data: bytes, marks: Marks) -> list[tuple[int, bytes]]:
    return [place for name, mark in marks.items() for place in places(data, name, mark)]


def _with(data: bytes, marks: Marks) -> bytes:
    changed = bytearray(data)
    for at, new in _all_places(data, marks):
        changed[at : at + len(new)] = new
    return bytes(changed)


def _overwrite(path: str, marks: Marks) -> bool:
    changes = _all_places(read_whole(path), marks)
    if changes:
        opened = open_private(path, os.O_RDWR)
        try:
            for at, new in changes:
                os.lseek(opened, at, os.SEEK_SET)
                write_whole(opened, new)
            sync_file(opened)
        finally:
            os.close(opened)
    return bool(changes)
