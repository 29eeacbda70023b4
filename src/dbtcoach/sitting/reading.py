"""The entries of a person's journal, opened where they are locked, for everything that looks back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.journal.entry import Entry, Sealed
from dbtcoach.journal.read import read_all, read_newest
from dbtcoach.journal.scan import Lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.sitting.surroundings import Surroundings


def newest_first(around: Surroundings) -> Iterator[Entry]:
    """Yield the entries, the newest first, reading no more of the file than is asked for."""
    return _entries(around, read_newest(around.home.journal))


def oldest_first(around: Surroundings) -> Iterator[Entry]:
    """Yield all entries in the order in which they were saved."""
    return _entries(around, read_all(around.home.journal))


def _entries(around: Surroundings, records: Iterator[object]) -> Iterator[Entry]:
    lost = 0
    for record in records:
        match record:
            case Entry():
                yield record
            case Sealed():
                yield from ()
            case Lost():
                lost += 1
            case _:
                pass
    if lost:
        around.tell(
            "A part of the journal could not be read, and was left as it is. See: dbtcoach data where"
        )
