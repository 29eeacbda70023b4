"""Which entries are meant: of which days, of which exercise, by which short id."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from dbtcoach.frozen import Frozen
from dbtcoach.insight.days import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dbtcoach.journal.entry import Entry


class Wanted(Frozen):
    """What to look at; an empty ``exercise`` means all of them."""

    span: Span = field(default_factory=Span)
    exercise: str = ""

    def fits(self, entry: Entry) -> bool:
        """Tell whether an entry is meant."""
        return self.span.holds(entry.day) and (not self.exercise or entry.exercise == self.exercise)


def within(entries: Iterable[Entry], span: Span) -> Iterator[Entry]:
    """Yield the entries of a span from those given by their days, newest first; stop when they are older."""
    before = "" if span.first is None else span.first.isoformat()
    for entry in entries:
        if "" < entry.day < before:
            return
        if span.holds(entry.day):
            yield entry


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
