"""Spans of days, and sets of days in memory that does not grow with the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEK = 7
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - one line


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: str) -> bool:
        """Tell whether a day written YYYY-MM-DD lies in the span; an open span holds everything."""
        if self.first is not None and (not day or day < self.first.isoformat()):
            return False
        return self.last is None or (bool(day) and day <= self.last.isoformat())


class Days:
    """A set of days by their ordinals; half a megabyte, however many there are."""

    __slots__ = ("_bits", "first", "last")

    def __init__(self) -> None:
        self._bits = bytearray(date.max.toordinal() // 8 + 1)
        self.first = date.max.toordinal()
        self.last = 0

    def add(self, day: int) -> None:
        """Put a day in."""
        if day in self:
            return
        self._bits[day >> 3] |= 1 << (day & 7)
        self.first = min(self.first, day)
        self.last = max(self.last, day)

    def __contains__(self, day: int) -> bool:
        return bool(self._bits[day >> 3] & 1 << (day & 7))

    def __iter__(self) -> Iterator[int]:
        for place in range(self.first >> 3, (self.last >> 3) + 1):
            if self._bits[place]:
                yield from (day for day in range(place << 3, (place + 1) << 3) if day in self)

    def __len__(self) -> int:
        return int.from_bytes(self._bits, "little").bit_count()

    def between(self, first: int, last: int) -> int:
        """Return how many of the days from ``first`` to ``last`` are in the set."""
        return sum(day in self for day in range(first, last + 1))


def read_day(text: str) -> date:
    """Return the day that a person named as YYYY-MM-DD; raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("A day is written like this: 2026-11-23") from None


def short(day: date) -> str:
    """Return a day such as ``3 Nov``."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def full(day: date) -> str:
    """Return a day such as ``3 Nov 2026``."""
    return f"{short(day)} {day.year}"


def month_name(month: int) -> str:
    """Return a month's short name, 1 being Jan."""
    return _MONTHS[month - 1]


def between(first: date, last: date) -> str:
    """Return a span in words, the year said once where that is enough."""
    if first.year == last.year:
        return f"{short(first)} to {full(last)}"
    return f"{full(first)} to {full(last)}"
