"""Which entries are meant: of which days, of which exercise, by which short id."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dbtcoach.insight.days import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dbtcoach.journal.entry import Entry

# A clock that was wrong for a while gives a few entries that look old; what comes before them is still read.
_OLD_IN_A_ROW = 20
_SPARE = timedelta(days=2)  # time zones and nights that belong to the day before


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at; an empty ``exercise`` means all of them."""

    span: Span = field(default_factory=Span)
    exercise: str = ""

    def fits(self, entry: Entry) -> bool:
        """Tell whether an entry is meant."""
        return self.span.holds(entry.day) and (not self.exercise or entry.exercise == self.exercise)


def within(entries: Iterable[Entry], span: Span) -> Iterator[Entry]:
    """Yield the entries of a span from those given newest first; stop when they are older.

    A past day can be filled in later, never earlier than it was: what was saved before the span began is
    about days before it.
    """
    old = 0
    for entry in entries:
        if span.holds(entry.day):
            old = 0
            yield entry
        elif span.first is not None and _saved_before(entry, span.first):
            old += 1
            if old >= _OLD_IN_A_ROW:
                return
        else:
            old = 0


def _saved_before(entry: Entry, day: date) -> bool:
    try:
        saved = datetime.fromisoformat(entry.finished or entry.started or entry.day)
    except ValueError:
        return False
    return saved.date() < day - _SPARE


def picked(entries: Iterable[Entry], wanted: Wanted, limit: int | None = None) -> Iterator[Entry]:
    """Yield the entries that are meant, newest first, at most ``limit`` of them."""
    if limit is not None and limit <= 0:
        return
    count = 0
    for entry in within(entries, wanted.span):
        if wanted.fits(entry):
            yield entry
            count += 1
            if count == limit:
                return
