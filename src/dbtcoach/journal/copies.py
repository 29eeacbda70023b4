"""The journal as it was before a merge, kept for a week so that the merge can be taken back.

Its name says when, and by a digest which record was the last of the merged journal: what was saved later
stays when the merge is taken back. Locking, deleting and forgetting treat it as they treat the journal.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_to_read, remove_file
from dbtcoach.disk.atomic import put_in_place, rename, replace_whole, stage, sync_folder
from dbtcoach.disk.damaged import copy_to, keep_copy
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import shown
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.repair import array_of
from dbtcoach.journal.scan import Lost, Piece, lines_forward, pieces_forward

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT_FOR = timedelta(days=7)
NAME = r"\.before-merge-(\d{8}-\d{6})-([0-9a-f]{16})"
_TIME = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Undone:
    """A merge that was taken back: how many entries it had brought go, and how many saved since then stay.

    ``kept`` is where the journal is that a part could not be read of, or empty.
    """

    gone: int
    stay: int
    kept: str = ""


def keep_before_merge(path: str, last: str, now: datetime) -> str:
    """Keep the journal at ``path`` as it is; ``last`` is the id of the last record that it will have."""
    kept = f"{path.removesuffix('.json')}.before-merge-{now.strftime(_TIME)}-{_mark(last)}.json"
    remove_file(kept)
    if os.path.lexists(path):
        copy_to(path, kept)
    else:
        replace_whole(kept, array_of([]))
    sync_folder(os.path.dirname(path))
    return kept


def copies_before_merges(path: str) -> list[str]:
    """Return the paths of the copies of the journal at ``path``, the oldest first."""
    folder, name = os.path.split(path)
    shape = re.compile(re.escape(name.removesuffix(".json")) + NAME + r"\.json")
    try:
        return [os.path.join(folder, found) for found in sorted(os.listdir(folder)) if shape.fullmatch(found)]
    except OSError:
        return []


def goes_on(copy: str) -> datetime | None:
    """Return when a copy is a week old, by the clock on the wall; None where its name says no time."""
    found = re.search(NAME, os.path.basename(copy))
    try:
        return datetime.strptime(found[1], _TIME) + KEPT_FOR if found else None  # noqa: DTZ007 - no zone is kept
    except (ValueError, OverflowError):
        return None


def sweep_old_copies(path: str, now: datetime) -> None:
    """Remove the copies of the journal at ``path`` that are older than a week."""
    for copy in copies_before_merges(path):
        until = goes_on(copy)
        if until is not None and now.replace(tzinfo=None) >= until:
            with contextlib.suppress(OSError):
                remove_file(copy)


def look_before_undo(path: str) -> Undone:
    """Return what taking back the last merge would do; raises as undo_merge."""
    with Explained(path, "read"):
        return _compared(path)[1]


def undo_merge(path: str, now: datetime) -> Undone:
    """Put the journal back as it was before the last merge, with what was saved since behind it.

    Raises UsageError where no copy is there, and JournalError with everything as it was.
    """
    with Explained(path, "save"), Lock(path):
        copy, undone, later = _compared(path)
        if any(isinstance(part, Lost) for part in _parts(path)):  # it may be what was saved since
            undone = replace(undone, kept=keep_copy(path, now))
        if later:
            stage(path, array_of(piece.raw for piece in [*_pieces(copy), *later]))
            put_in_place(path)
            remove_file(copy)
        else:
            rename(copy, path)  # to the byte, and on a full disk as well
            sync_folder(os.path.dirname(path))
        return undone


def _compared(path: str) -> tuple[str, Undone, list[Piece]]:
    """Return the copy to bring back, what that would do, and the records that were saved since the merge."""
    copies = copies_before_merges(path)
    if not copies:
        raise UsageError("There is no merge to take back. A copy is kept for seven days after each.")
    copy = copies[-1]
    found = re.search(NAME, os.path.basename(copy))
    mark = found[2] if found else ""
    now = list(_pieces(path))
    last = max((at for at, piece in enumerate(now) if _mark(str(piece.found["id"])) == mark), default=None)
    if last is None:
        raise JournalError(
            "The journal has changed so much since the merge that it cannot be taken back by itself. "
            f"As it was before, it is kept in {shown(copy)}"
        )
    before = {str(piece.found["id"]) for piece in _pieces(copy)}
    later = [piece for piece in now[last + 1 :] if str(piece.found["id"]) not in before]
    gone = sum(
        "deleted" not in piece.found and str(piece.found["id"]) not in before for piece in now[: last + 1]
    )
    return copy, Undone(gone, len(later)), later


def _pieces(path: str) -> Iterator[Piece]:
    yield from (part for part in _parts(path) if isinstance(part, Piece))


def _parts(path: str) -> Iterator[Piece | Lost]:
    with os.fdopen(open_to_read(path), "rb") as file:
        yield from pieces_forward(lines_forward(file, os.fstat(file.fileno()).st_size))


def _mark(name: str) -> str:
    import hashlib

    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
