"""Counting every entry there is, quickly, with a line on how far it has come."""
# ruff: noqa: PTH123  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.insight.noted import of_entry, of_found, of_line
from dbtcoach.insight.trends import Tally
from dbtcoach.journal.entries import LOST
from dbtcoach.journal.read import read_pieces
from dbtcoach.journal.scan import Lost

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.insight.noted import Noted
    from dbtcoach.journal.entries import Entries
    from dbtcoach.terminal.meter import Meter

_BLOCK = 1 << 20


class _SealedError(Exception):
    """An entry that only the passphrase opens: the quick way ends here."""


def count_all(entries: Entries, today: date, meter: Meter) -> Tally:
    """Return the count of everything up to ``today``, in memory that does not grow with the journal."""
    try:
        return _quickly(entries, today, meter)
    except _SealedError:
        meter.begin_again()
        tally = Tally()
        for entry in entries.oldest_first():
            _add(tally, of_entry(entry), today)
            meter.step()
        return tally
    finally:
        meter.end()


def _quickly(entries: Entries, today: date, meter: Meter) -> Tally:
    tally, lost = Tally(), False

    def look(line: bytes) -> bool:
        meter.step()
        noted = of_line(line)
        _add(tally, noted, today)
        return noted is None

    for piece in read_pieces(entries.path, look):
        if isinstance(piece, Lost):
            lost = True
        elif isinstance(piece.found.get("age"), str):
            raise _SealedError
        elif not isinstance(piece.found.get("deleted"), str):
            _add(tally, of_found(piece.found), today)
    if lost:
        meter.end()
        entries.tell(LOST)
    return tally


def _add(tally: Tally, noted: Noted | None, today: date) -> None:
    if noted is not None and noted.day <= today.toordinal():  # a clock that was wrong knows later days
        tally.add(noted)


def lines_in(path: str) -> int:
    """Return how many lines a file has; 0 where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
    except OSError:
        return 0
