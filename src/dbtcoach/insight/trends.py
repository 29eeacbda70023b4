"""Numbers of many entries: how often, how distress changed, how rows went, which skills were used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dbtcoach.frozen import Frozen
from dbtcoach.insight.days import Days
from dbtcoach.insight.series import FEWEST, Series, median
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.script.day_rows import ACTED, STRENGTH, spec_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dbtcoach.insight.noted import Noted, Pair
    from dbtcoach.insight.series import Counts
    from dbtcoach.script.day_rows import RowSpec

DAILY = frozenset({CHECK_IN})  # the exercises that are a day's check-in; one's own may be, too
URGES, SKILLS = "urges", "skills"  # the groups of the check-in that have scales of their own
USED = (4, 5, 6, 7)  # of the skills scale: tried, or came by itself
HELPED = (5, 7)
_MOST_EXERCISES = 200  # names from a damaged or hostile file must not fill the memory
_MOST_ROWS = 60


class Change(Frozen):
    """Distress before and after one exercise; medians and what was counted are None from fewer than five.

    ``count`` sessions have both numbers; ``alone`` holds the numbers of those that have one of the two.
    """

    exercise: str
    title: str
    count: int
    before: float | None
    after: float | None
    change: float | None
    worse: int | None
    better: int | None
    highest: float
    alone: Counts


class Row(Frozen):
    """One row of a scale; ``acted`` is on how many check-ins an urge was acted on, None elsewhere.

    ``exercise`` is the title of the exercise that asks for it, empty for the check-in. ``of`` is the range
    and unit of a row of one's own, and ``yes`` on how many check-ins it was yes, None where it is a number.
    """

    name: str
    counts: Counts
    series: Series
    acted: int | None = None
    exercise: str = ""
    of: str = ""
    unit: str = ""
    yes: int | None = None

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return sum(self.counts.values())

    @property
    def middle(self) -> float | None:
        """The median."""
        return median(self.counts)

    @property
    def lowest(self) -> float:
        """The smallest number given."""
        return +min(self.counts, default=0)  # of yes and no: 1 and 0

    @property
    def highest(self) -> float:
        """The largest number given."""
        return +max(self.counts, default=0)


class Skill(Frozen):
    """On how many check-ins a skill was rated, was used, and was said to help."""

    name: str
    count: int
    used: int
    helped: int


class Trends(Frozen):
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
    others: tuple[Row, ...] = ()  # rows that other exercises ask for
    own: tuple[Row, ...] = ()  # of the check-in, and no emotion, urge or skill


class Tally:
    """Counts entries in any order, in memory that does not grow with their number.

    ``daily`` are the exercises that are a day's check-in.
    """

    def __init__(self, daily: Collection[str] = DAILY) -> None:
        self.entries = 0
        self._daily = daily
        self.checked = Days()
        self.practised = Days()
        self._titles: dict[str, str] = {}
        self._pairs: dict[str, dict[Pair, int]] = {}
        self._rows: dict[str, dict[str, dict[str, Series]]] = {}  # by exercise, step and row
        self._room = _MOST_ROWS

    def add(self, noted: Noted) -> None:
        """Count one entry."""
        self.entries += 1
        exercise = noted.exercise
        if exercise in self._daily:
            self.checked.add(noted.day)
        else:
            self.practised.add(noted.day)
        if noted.distress is not None and noted.distress != (None, None):
            self._add_pair(noted, noted.distress)
        if noted.scales:
            self._add_rows(noted)

    def _add_rows(self, noted: Noted) -> None:
        day, known = noted.day, self._rows.get(noted.exercise)
        if known is None:
            if not self._room:
                return
            known = self._rows[noted.exercise] = {}
            self._titles.setdefault(noted.exercise, noted.title or noted.exercise)
        for step, rows in noted.scales:
            named = known.get(step, {})
            for row, value in rows:
                try:
                    named[row].add(day, value)
                except KeyError:
                    if self._room:
                        self._room -= 1
                        named = known.setdefault(step, {})
                        named[row] = Series(day, value)

    def _add_pair(self, noted: Noted, pair: Pair) -> None:
        pairs = self._pairs.get(noted.exercise)
        if pairs is None:
            if len(self._pairs) >= _MOST_EXERCISES:
                return
            pairs = self._pairs[noted.exercise] = {}
            self._titles.setdefault(noted.exercise, noted.title or noted.exercise)
        pairs[pair] = pairs.get(pair, 0) + 1

    def trends(self, first: int | None, last: int, card: Collection[RowSpec] = ()) -> Trends:
        """Return what was counted; ``first`` None stands for the first day there is.

        ``card`` are the rows that are asked for today: they know their group, range and unit.
        """
        listed = [(spec_of(step, row, card), row, series) for step, row, series in self._checked()]
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
            emotions=tuple(_row(row, series) for spec, row, series in listed if _is_emotion(spec)),
            urges=tuple(self._urges(listed)),
            skills=tuple(
                _skill(spec.label if card and spec in card else row, series.total())
                for spec, row, series in listed
                if spec.group == SKILLS
            ),
            own=tuple(
                _own(spec, row, series)
                for spec, row, series in listed
                if spec.group not in (URGES, SKILLS) and not _is_emotion(spec)
            ),
            others=tuple(
                Row(row, series.total(), series, exercise=self._titles[exercise])
                for exercise, rows in sorted(self._rows.items())
                if exercise != CHECK_IN
                for named in rows.values()
                for row, series in named.items()
            ),
        )

    def _checked(self) -> Iterable[tuple[str, str, Series]]:
        known = self._rows.get(CHECK_IN, {})
        return ((step, row, series) for step, named in known.items() for row, series in named.items())

    def _urges(self, listed: Iterable[tuple[RowSpec, str, Series]]) -> Iterable[Row]:
        for spec, row, series in listed:
            if spec.group != URGES or row == ACTED or row.endswith(f" {ACTED}"):
                continue
            acted = self._rows[CHECK_IN][spec.step].get(ACTED if row == STRENGTH else f"{row} {ACTED}")
            times = None if acted is None else sum(n for value, n in acted.total().items() if value > 0)
            yield _row(row, series, times)


def tally(noted: Iterable[Noted], daily: Collection[str] = DAILY) -> Tally:
    """Return the count of these entries."""
    counted = Tally(daily)
    for each in noted:
        counted.add(each)
    return counted


def _row(name: str, series: Series, acted: int | None = None) -> Row:
    return Row(name, series.total(), series, acted)


def _is_emotion(spec: RowSpec) -> bool:
    return spec.group == "emotions" and spec.kind == "number" and (spec.low, spec.high) == (0, 5)


def _own(spec: RowSpec, row: str, series: Series) -> Row:
    counts = series.total()
    if spec.kind == "yes/no" or series.yes_no:
        return Row(row, counts, series, yes=sum(times for value, times in counts.items() if value > 0))
    of = f"{spec.low} to {spec.high} {spec.unit}" if spec.kind == "number" else spec.unit
    return Row(row, counts, series, of=of.strip(), unit=spec.unit)


def _skill(name: str, counts: Counts) -> Skill:
    used, helped = (sum(counts.get(value, 0) for value in values) for values in (USED, HELPED))
    return Skill(name, sum(counts.values()), used, helped)


def _change(name: str, title: str, pairs: dict[Pair, int]) -> Change:
    befores, afters, changes, alone = Counter[float](), Counter[float](), Counter[float](), Counter[float]()
    for (before, after), times in pairs.items():
        if before is not None and after is not None:
            befores[before] += times
            afters[after] += times
            changes[after - before] += times
        else:
            alone.update({number: times for number in (before, after) if number is not None})
    count, enough = changes.total(), changes.total() >= FEWEST
    return Change(
        exercise=name,
        title=title,
        count=count,
        before=median(befores) if enough else None,
        after=median(afters) if enough else None,
        change=median(changes) if enough else None,
        worse=sum(times for change, times in changes.items() if change > 0) if enough else None,
        better=sum(times for change, times in changes.items() if change < 0) if enough else None,
        highest=max((*befores, *afters, *alone)),
        alone=dict(alone),
    )
