"""Counting every entry there is, quickly, with a line on how far it has come."""
# ruff: noqa: PTH123  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.insight.noted import of_entry, of_found, of_line
from dbtcoach.insight.trends import Tally
from dbtcoach.journal.read import read_pieces
from dbtcoach.journal.scan import Lost
from dbtcoach.world.entries import LOST, oldest_first

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.insight.noted import Noted
    from dbtcoach.world.surroundings import Surroundings

_QUIET = 0.5  # seconds until there is anything to see of how far it has come
_EVERY = 0.1
_LOOKS = 256  # entries between two looks at the clock
_WIDTH = 24
_BLOCK = 1 << 20


class _SealedError(Exception):
    """An entry that only the passphrase opens: the quick way ends here."""


def count_all(around: Surroundings, today: date) -> Tally:
    """Return the count of everything up to ``today``, in memory that does not grow with the journal."""
    meter = Meter(around)
    try:
        return _quickly(around, today, meter)
    except _SealedError:
        meter.begin_again()
        tally = Tally()
        for entry in oldest_first(around):
            _add(tally, of_entry(entry), today)
            meter.step()
        return tally
    finally:
        meter.end()


def _quickly(around: Surroundings, today: date, meter: Meter) -> Tally:
    tally, lost = Tally(), False

    def look(line: bytes) -> bool:
        meter.step()
        noted = of_line(line)
        _add(tally, noted, today)
        return noted is None

    for piece in read_pieces(around.home.journal, look):
        if isinstance(piece, Lost):
            lost = True
        elif isinstance(piece.found.get("age"), str):
            raise _SealedError
        elif not isinstance(piece.found.get("deleted"), str):
            _add(tally, of_found(piece.found), today)
    if lost:
        meter.end()
        around.tell(LOST)
    return tally


def _add(tally: Tally, noted: Noted | None, today: date) -> None:
    if noted is not None and noted.day <= today.toordinal():  # a clock that was wrong knows later days
        tally.add(noted)


class Meter:
    """A bar on standard error, at a terminal only, once half a second is over."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._shows = around.streams.stderr.isatty() and not around.plain(asked=False)
        self._drawn = False
        self._total = 0
        self._next = around.streams.monotonic() + _QUIET
        self.begin_again()

    def begin_again(self) -> None:
        """Count from nothing."""
        self._done = 0

    def step(self) -> None:
        """Say that one more entry is done."""
        self._done += 1
        if self._shows and self._done % _LOOKS == 0:
            now = self._around.streams.monotonic()
            if now >= self._next:
                self._next = now + _EVERY
                self._draw()

    def _draw(self) -> None:
        self._total = self._total or _lines_of(self._around.home.journal)
        filled = min(_WIDTH, _WIDTH * self._done // max(1, self._total))
        self._write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}]")
        self._drawn = True

    def end(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._write("\r" + " " * (_WIDTH + 2) + "\r")
            self._drawn = False

    def _write(self, text: str) -> None:
        try:
            self._around.streams.stderr.write(text)
            self._around.streams.stderr.flush()
        except (OSError, ValueError):
            self._shows = False


def _lines_of(path: str) -> int:
    try:
        with open(path, "rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
    except OSError:
        return 0
