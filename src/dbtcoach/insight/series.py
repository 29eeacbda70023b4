"""Numbers over time in memory that does not grow with them: counts of each value, by stretches of days."""

from __future__ import annotations

from dataclasses import dataclass

from dbtcoach.insight.noted import HIGHEST

MOST_STRETCHES = 400  # a year and a month by single days; beyond, two days are put together, then four …
FEWEST = 5  # no claim is made from fewer numbers than this

Counts = list[int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of days (ordinals, both included) with its numbers; ``middle`` is None without any."""

    first: int
    last: int
    count: int
    middle: float | None


class Series:
    """The numbers of one row, begun with the first of them."""

    __slots__ = ("_counts", "_size")

    def __init__(self, day: int, value: int) -> None:
        self._size = 1
        self._counts: dict[int, Counts] = {}
        self.add(day, value)

    def add(self, day: int, value: int) -> None:
        """Add a number from 0 to 10 on a day given as an ordinal."""
        counts = self._counts.get(day // self._size)
        if counts is None:
            counts = self._counts[day // self._size] = [0] * (HIGHEST + 1)
            if len(self._counts) > MOST_STRETCHES:
                self._halve()
                counts = self._counts[day // self._size]
        counts[value] += 1

    def _halve(self) -> None:
        self._size *= 2
        joined: dict[int, Counts] = {}
        for key, counts in self._counts.items():
            before = joined.get(key // 2)
            joined[key // 2] = counts if before is None else add(before, counts)
        self._counts = joined

    def total(self) -> Counts:
        """Return how often each number was given."""
        total = [0] * (HIGHEST + 1)
        for counts in self._counts.values():
            total = add(total, counts)
        return total

    def in_order(self) -> list[int]:
        """Return every number, in the order of the days; those of one stretch from the lowest up."""
        return [
            value
            for key in sorted(self._counts)
            for value, times in enumerate(self._counts[key])
            for _ in range(times)
        ]

    def parts(self, first: int, last: int, most: int) -> list[Part]:
        """Return the days from ``first`` to ``last`` in at most ``most`` stretches of equal length."""
        days = last - first + 1
        count = max(1, min(most, -(-days // self._size)))
        found: list[Counts | None] = [None] * count
        for key in sorted(self._counts):
            day = key * self._size
            if day + self._size > first and day <= last:
                place = max(day - first, 0) * count // days
                before = found[place]
                found[place] = self._counts[key] if before is None else add(before, self._counts[key])
        starts = [first + -(-place * days // count) for place in range(count + 1)]
        return [
            Part(
                starts[place],
                starts[place + 1] - 1,
                sum(counts) if counts else 0,
                median(counts) if counts else None,
            )
            for place, counts in enumerate(found)
        ]


def add(one: Counts, other: Counts) -> Counts:
    """Return the sum of two tables of counts."""
    return [left + right for left, right in zip(one, other, strict=True)]


def median(counts: Counts, lowest: int = 0) -> float | None:
    """Return the middle of the numbers counted, the first count being for ``lowest``; None without any."""
    total = sum(counts)
    if not total:
        return None
    return (_at(counts, (total - 1) // 2) + _at(counts, total // 2)) / 2 + lowest


def _at(counts: Counts, place: int) -> int:
    for value, count in enumerate(counts):
        place -= count
        if place < 0:
            return value
    raise IndexError


def spoken(value: float | None) -> str:
    """Return a median as a person would write it: ``2``, ``2.5``; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:g}"
