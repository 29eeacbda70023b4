"""Spans of days, and sets of days in memory that does not grow with the journal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dbtcoach.errors import UsageError
from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEK = 7
EARLIEST = date(2000, 1, 1)  # what lies before is a slip of the hand or of a clock, and no day of a journal
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOW = "A day is written like this: 2026-11-23, today, yesterday, monday, 7d or 2w (so long ago)."
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - one line


class Span(Frozen):
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
        bit = 1 << (day & 7)
        if self._bits[day >> 3] & bit:
            return
        self._bits[day >> 3] |= bit
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


def read_day(text: str, today: date) -> date:
    """Return the day that a person named: a date, ``yesterday``, the last ``monday``, ``7d`` or ``2w`` ago.

    A weekday's name is the last day of that name, today included. Raises UsageError.
    """
    day = named_day(text, today)
    if day is None:
        raise UsageError(HOW)
    return day


def named_day(text: str, today: date) -> date | None:
    """Return the same, or None for what names no day."""
    word = text.strip().lower()
    if word in ("today", "yesterday"):
        return today - timedelta(days=word == "yesterday")
    number, unit = word[:-1], word[-1:]
    if unit in ("d", "w") and number.isascii() and number.isdecimal() and number[0] != "0":
        days = int(number[:6]) * (WEEK if unit == "w" else 1)
        return today - timedelta(days=min(days, (today - EARLIEST).days))
    for place, name in enumerate(WEEKDAYS):
        if word in (name, name[:3]):
            return today - timedelta(days=(today.weekday() - place) % WEEK)
    try:  # and nothing shorter, which might be the start of an id
        return date.fromisoformat(word) if len(word) == len("2026-11-23") else None
    except ValueError:
        return None


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
    """Return a span in words, a day alone as that, the year said once where that is enough."""
    if first == last:
        return full(first)
    if first.year == last.year:
        return f"{short(first)} to {full(last)}"
    return f"{full(first)} to {full(last)}"
