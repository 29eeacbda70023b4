"""The entries of a person's journal, opened where they are locked, for everything that looks back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.journal.entry import Entry, Sealed
from dbtcoach.journal.opening import open_record
from dbtcoach.journal.read import read_all, read_newest
from dbtcoach.journal.scan import Lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.world.surroundings import Surroundings

LOST = "A part of the journal could not be read, and was left as it is. See: dbtcoach data where"


def newest_first(around: Surroundings) -> Iterator[Entry]:
    """Yield the entries, the newest first, reading no more of the file than is asked for.

    Where one is sealed, the passphrase is asked for, once in a run; raises JournalError if it stays locked.
    """
    return _entries(around, read_newest(around.home.journal))


def oldest_first(around: Surroundings) -> Iterator[Entry]:
    """Yield all entries in the order in which they were saved, opened as newest_first opens them."""
    return _entries(around, read_all(around.home.journal))


def _entries(around: Surroundings, records: Iterator[object]) -> Iterator[Entry]:
    lost = shut = 0
    for record in records:
        match record:
            case Entry():
                yield record
            case Sealed():
                opened = open_record(record, around.keyring.opener())
                if isinstance(opened, Entry):
                    yield opened
                shut += opened is None
            case Lost():
                lost += 1
            case _:
                pass
    if shut:
        entries = "One entry" if shut == 1 else f"{shut} entries"
        around.tell(f"{entries} could not be opened with this key, and stayed as they were.")
    if lost:
        around.tell(LOST)
