"""Numbers over time in memory that does not grow with them: counts of each value, by stretches of days."""

from __future__ import annotations

from dataclasses import dataclass

MOST_STRETCHES = 400  # a year and a month by single days; beyond, two days are put together, then four …
FEWEST = 5  # no claim is made from fewer numbers than this
WEEKS = 4  # that are told one by one
_NEWEST = 7 * WEEKS  # days that are always known singly

Counts = dict[float, int]  # how often each number was given


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of days (ordinals, both included) with its numbers; ``middle`` is None without any."""

    first: int
    last: int
    count: int
    middle: float | None


class Series:
    """The numbers of one row, begun with the first of them."""

    __slots__ = ("_counts", "_newest", "_oldest", "_size", "yes_no")

    def __init__(self, day: int, value: float) -> None:
        self._size = 1
        self.yes_no = type(value) is bool
        self._counts: dict[int, Counts] = {}
        self._newest: dict[int, tuple[float, int]] = {}  # of single days: the sum, and of how many
        self._oldest = 0
        self.add(day, value)

    def add(self, day: int, value: float) -> None:
        """Add a number on a day given as an ordinal."""
        counts = self._counts.get(day // self._size)
        if counts is None:
            counts = self._counts[day // self._size] = {}
            if len(self._counts) > MOST_STRETCHES:
                self._halve()
                counts = self._counts[day // self._size]
        counts[value] = counts[value] + 1 if value in counts else 1
        if day >= self._oldest:
            self._add_new(day, value)

    def _add_new(self, day: int, value: float) -> None:
        total, count = self._newest.get(day, (0, 0))
        self._newest[day] = total + value, count + 1
        if len(self._newest) > _NEWEST:
            del self._newest[min(self._newest)]
            self._oldest = min(self._newest)

    def _halve(self) -> None:
        self._size *= 2
        joined: dict[int, Counts] = {}
        for key, counts in self._counts.items():
            before = joined.get(key // 2)
            if before is None:
                joined[key // 2] = counts
            else:
                _add_to(before, counts)
        self._counts = joined

    def total(self) -> Counts:
        """Return how often each number was given."""
        total: Counts = {}
        for counts in self._counts.values():
            _add_to(total, counts)
        return total

    def in_order(self) -> list[float]:
        """Return every number, in the order of the days; those of one stretch from the lowest up."""
        return [
            value
            for key in sorted(self._counts)
            for value, times in sorted(self._counts[key].items())
            for _ in range(times)
        ]

    def weeks(self, last: int) -> list[float | None]:
        """Return the averages of the seven days up to ``last``, and of each of three weeks before."""
        found: list[float | None] = []
        for end in range(last, last - _NEWEST, -7):
            days = [self._newest.get(day, (0, 0)) for day in range(end - 6, end + 1)]
            count = sum(times for _, times in days)
            found.append(sum(total for total, _ in days) / count if count else None)
        return found

    def parts(self, first: int, last: int, most: int) -> list[Part]:
        """Return the days from ``first`` to ``last`` in at most ``most`` stretches of equal length."""
        days = last - first + 1
        count = max(1, min(most, -(-days // self._size)))
        found: list[Counts] = [{} for _ in range(count)]
        for key in sorted(self._counts):
            day = key * self._size
            if day + self._size > first and day <= last:
                _add_to(found[max(day - first, 0) * count // days], self._counts[key])
        starts = [first + -(-place * days // count) for place in range(count + 1)]
        return [
            Part(starts[place], starts[place + 1] - 1, sum(counts.values()), median(counts))
            for place, counts in enumerate(found)
        ]


def _add_to(total: Counts, counts: Counts) -> None:
    for value, times in counts.items():
        total[value] = total[value] + times if value in total else times


def median(counts: Counts) -> float | None:
    """Return the middle of the numbers counted; None without any."""
    total = sum(counts.values())
    if not total:
        return None
    values = sorted(counts)
    return (_at(counts, values, (total - 1) // 2) + _at(counts, values, total // 2)) / 2


def _at(counts: Counts, values: list[float], place: int) -> float:
    for value in values:
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError


def spoken(value: float | None) -> str:
    """Return a number as a person would write it: ``2``, ``2.5``; a dash where there is none."""
    if value is None:
        return "–"
    return f"{round(value, 1):g}"
