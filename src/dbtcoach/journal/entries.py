"""The entries of a person's journal, opened where they are locked, for everything that looks back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError
from dbtcoach.frozen import Frozen
from dbtcoach.journal.entry import Entry, Sealed
from dbtcoach.journal.read import read_newest
from dbtcoach.journal.scan import Lost
from dbtcoach.journal.unseal import open_record
from dbtcoach.journal.versions import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dbtcoach.journal.entry import Record
    from dbtcoach.journal.seal import Opener

NOTHING = (
    "{} is damaged: nothing in it can be read, or it is no journal.\n"
    "It was left as it is, and the next save keeps it aside. If you have a backup: dbtcoach data restore FILE"
)
LOST = "A part of the journal could not be read, and was left as it is. See: dbtcoach data where"


class Entries(Frozen):
    """The entries of the journal at ``path``.

    ``opener`` is asked for when a sealed one is met: it asks for the passphrase, once in a run, and raises
    JournalError if the journal stays locked. ``tell`` is told what could not be read or opened.
    """

    path: str
    opener: Callable[[], Opener]
    tell: Callable[[str], None]

    def newest_first(self) -> Iterator[Entry]:
        """Yield the entries by the days they are about, the newest first, reading little more than needed."""
        return folded(self.records())

    def records(self) -> Iterator[Entry]:
        """Yield every record of an entry, the last saved first."""
        return self._opened(read_newest(self.path))

    def _opened(self, records: Iterator[Record | Lost]) -> Iterator[Entry]:
        lost = undecryptable = 0
        for record in records:
            match record:
                case Entry():
                    yield record
                case Sealed():
                    opened = open_record(record, self.opener())
                    if isinstance(opened, Entry):
                        yield opened
                    undecryptable += opened is None
                case Lost():
                    lost += 1
                case _:
                    pass
        if undecryptable:
            entries = "One entry" if undecryptable == 1 else f"{undecryptable} entries"
            self.tell(f"{entries} could not be opened with this key, and stayed as they were.")
        if lost:
            self.tell_lost()

    def tell_lost(self) -> None:
        """Tell that a part could not be read; raise JournalError where that is all there is."""
        if all(isinstance(each, Lost) for each in read_newest(self.path)):  # seldom more than one is read
            raise JournalError(NOTHING.format(shown(self.path)))
        self.tell(LOST)
