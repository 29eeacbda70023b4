"""Numbers of many entries: how often, how distress changed, how rows went, which skills were used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.insight.days import Days
from dbtcoach.insight.noted import CHECK_IN, HIGHEST, Noted
from dbtcoach.insight.series import FEWEST, Counts, Series, median

if TYPE_CHECKING:
    from collections.abc import Iterable

URGES, SKILLS = "urges", "skills"  # the steps of the check-in that are no emotions
ACTED = "acted"  # the row, or the end of a row's name, for how far an urge was acted on
STRENGTH = "strength"
USED = (4, 5, 6, 7)  # of the skills scale: tried, or came by itself
HELPED = (5, 7)
_MOST_EXERCISES = 200  # names from a damaged or hostile file must not fill the memory
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Change:
    """Distress before and after one exercise; medians and ``worse`` are None from fewer than five."""

    exercise: str
    title: str
    count: int
    before: float | None
    after: float | None
    change: float | None
    worse: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the check-in; ``acted`` is on how many check-ins an urge was acted on, None elsewhere."""

    name: str
    counts: tuple[int, ...]
    series: Series
    acted: int | None = None

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return sum(self.counts)

    @property
    def middle(self) -> float | None:
        """The median."""
        return median(list(self.counts))

    @property
    def lowest(self) -> int:
        """The smallest number given."""
        return next((value for value, count in enumerate(self.counts) if count), 0)

    @property
    def highest(self) -> int:
        """The largest number given."""
        return max((value for value, count in enumerate(self.counts) if count), default=0)


@dataclass(frozen=True, slots=True)
class Skill:
    """On how many check-ins a skill was rated, was used, and was said to help."""

    name: str
    count: int
    used: int
    helped: int


@dataclass(frozen=True, slots=True)
class Trends:
    """What a span of days holds; ``first`` and ``last`` are ordinals, both included."""

    first: int
    last: int
    entries: int
    checked: Days
    practised: Days
    changes: tuple[Change, ...]
    emotions: tuple[Row, ...]
    urges: tuple[Row, ...]
    skills: tuple[Skill, ...]


class Tally:
    """Counts entries in any order, in memory that does not grow with their number."""

    def __init__(self) -> None:
        self.entries = 0
        self.checked = Days()
        self.practised = Days()
        self._titles: dict[str, str] = {}
        self._pairs: dict[str, dict[tuple[int, int], int]] = {}
        self._rows: dict[tuple[str, str], Series] = {}

    def add(self, noted: Noted) -> None:
        """Count one entry."""
        self.entries += 1
        if noted.exercise == CHECK_IN:
            self.checked.add(noted.day)
        else:
            self.practised.add(noted.day)
        if noted.before is not None and noted.after is not None:
            self._add_pair(noted, (noted.before, noted.after))
        day, known = noted.day, self._rows
        for step, rows in noted.scales:
            for row, value in rows:
                try:
                    known[step, row].add(day, value)
                except KeyError:
                    if len(known) < _MOST_ROWS:
                        known[step, row] = Series(day, value)

    def _add_pair(self, noted: Noted, pair: tuple[int, int]) -> None:
        pairs = self._pairs.get(noted.exercise)
        if pairs is None:
            if len(self._pairs) >= _MOST_EXERCISES:
                return
            pairs = self._pairs[noted.exercise] = {}
            self._titles[noted.exercise] = noted.title or noted.exercise
        pairs[pair] = pairs.get(pair, 0) + 1

    def trends(self, first: int | None, last: int) -> Trends:
        """Return what was counted; ``first`` None stands for the first day there is."""
        known = [days.first for days in (self.checked, self.practised)]
        first = min([*known, last]) if first is None else first
        last = max(last, self.checked.last, self.practised.last) if self.entries else last
        return Trends(
            first=first,
            last=last,
            entries=self.entries,
            checked=self.checked,
            practised=self.practised,
            changes=tuple(
                _change(name, self._titles[name], pairs) for name, pairs in sorted(self._pairs.items())
            ),
            emotions=tuple(
                _row(row, series) for (step, row), series in self._rows.items() if step not in (URGES, SKILLS)
            ),
            urges=tuple(self._urges()),
            skills=tuple(
                _skill(row, series.total()) for (step, row), series in self._rows.items() if step == SKILLS
            ),
        )

    def _urges(self) -> Iterable[Row]:
        for (step, row), series in self._rows.items():
            if step != URGES or row == ACTED or row.endswith(f" {ACTED}"):
                continue
            acted = self._rows.get((URGES, ACTED if row == STRENGTH else f"{row} {ACTED}"))
            yield _row(row, series, sum(acted.total()[1:]) if acted is not None else None)


def tally(noted: Iterable[Noted]) -> Tally:
    """Return the count of these entries."""
    counted = Tally()
    for each in noted:
        counted.add(each)
    return counted


def _row(name: str, series: Series, acted: int | None = None) -> Row:
    return Row(name, tuple(series.total()), series, acted)


def _skill(name: str, counts: Counts) -> Skill:
    return Skill(
        name, sum(counts), sum(counts[value] for value in USED), sum(counts[value] for value in HELPED)
    )


def _change(name: str, title: str, pairs: dict[tuple[int, int], int]) -> Change:
    count = sum(pairs.values())
    if count < FEWEST:
        return Change(name, title, count, None, None, None, None)
    befores, afters = [0] * (HIGHEST + 1), [0] * (HIGHEST + 1)
    changes = [0] * (2 * HIGHEST + 1)
    for (before, after), times in pairs.items():
        befores[before] += times
        afters[after] += times
        changes[after - before + HIGHEST] += times
    worse = sum(times for (before, after), times in pairs.items() if after > before)
    return Change(
        name, title, count, median(befores), median(afters), median(changes, lowest=-HIGHEST), worse
    )
