"""A span of days as one would take it to a therapist: a diary card, trends, prepared talks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.insight import sentences
from dbtcoach.insight.calendar import monday
from dbtcoach.insight.days import WEEK, month_name, short
from dbtcoach.insight.noted import of_entry, ordinal
from dbtcoach.insight.row_words import TARGETS_FIRST, pair
from dbtcoach.insight.series import median, spoken
from dbtcoach.insight.talks import LOOK_BACK, RUN, TALKS, answered, talks_in
from dbtcoach.insight.trends import DAILY, tally
from dbtcoach.insight.week_card import specs_of
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.script.day_rows import TITLES, RowSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from dbtcoach.insight.entry_lines import Labels
    from dbtcoach.insight.talks import Talk
    from dbtcoach.insight.trends import Trends
    from dbtcoach.journal.entry import Entry

MOST_LINES = 46  # of the diary card: with the pictures below it, two printed pages

_Key = tuple[str, str, str]  # the title of another exercise, the step of a check-in (one is empty), the row


@dataclass(frozen=True, slots=True)
class Column:
    """A row over many days; ``title`` is that of the exercise that asks for it, empty for the check-in."""

    spec: RowSpec
    title: str = ""

    @property
    def head(self) -> str:
        """Return what stands above the columns of one kind."""
        return self.title or TITLES[self.spec.group]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the diary card: a day, a week, a month or a year, and the median of each row in it.

    ``cells`` say it, an urge and its act as a pair: on a single day the numbers as they were typed.
    """

    label: str
    values: tuple[float | None, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one entry that is no talk."""

    day: str
    title: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows; ``said`` is empty unless words were asked for."""

    trends: Trends
    columns: tuple[Column, ...]
    unit: str
    lines: tuple[Line, ...]
    talks: tuple[Talk, ...]
    said: tuple[Said, ...]
    only: str = ""

    @property
    def how_often(self) -> str:
        """Say on how many days there was something: a check-in, or what was asked for."""
        return sentences.days_of(self.only, self.trends) if self.only else sentences.check_ins(self.trends)


def report(  # noqa: PLR0913 - each of the last four is a choice of its own
    entries: Sequence[Entry],
    span: tuple[date, date],
    labels: Callable[[Entry], Labels],
    *,
    with_words: bool,
    only: str = "",
    daily: Collection[str] = DAILY,
    card: Collection[RowSpec] = (),
) -> Report:
    """Return the report on these entries, which come oldest first and lie in the span.

    ``only`` is the title of the one exercise that they are of; ``daily`` are those that are a check-in, and
    ``card`` are the rows that it asks for today.
    """
    first, last = span[0].toordinal(), span[1].toordinal()
    noted = (found for entry in entries if (found := of_entry(entry)) is not None)
    trends = tally(noted, daily).trends(first, last, card)
    columns, unit, lines = _card(entries, (first, last), card)
    return Report(
        trends=trends,
        columns=columns,
        unit=unit,
        lines=lines,
        talks=tuple(talks_in(entries, labels, with_words=with_words)),
        said=tuple(_quotations(entries, labels)) if with_words else (),
        only=only,
    )


def _card(
    entries: Iterable[Entry], span: tuple[int, int], card: Collection[RowSpec]
) -> tuple[tuple[Column, ...], str, tuple[Line, ...]]:
    """Return the rows there are, what a line stands for, and the lines."""
    first, last = span
    unit, start_of = _unit(first, last)
    met: dict[_Key, None] = {}
    numbers: dict[int, dict[_Key, list[float]]] = {start_of(day): {} for day in range(first, last + 1)}
    for entry in entries:
        day = ordinal(entry.day)
        if day is None or not first <= day <= last:
            continue
        for key, value in _numbers(entry):
            met[key] = None
            numbers[start_of(day)].setdefault(key, []).append(value)
    columns = tuple(_columns(met, card))
    told = _as_typed if unit == "Day" else _in_the_middle
    lines = tuple(_line(_label(unit, start), found, columns, told) for start, found in numbers.items())
    return columns, unit, lines


def _numbers(entry: Entry) -> Iterable[tuple[_Key, float]]:
    noted = of_entry(entry) if entry.exercise not in (*TALKS, LOOK_BACK) else None
    for step, rows in noted.scales if noted else ():
        of = ("", step) if entry.exercise == CHECK_IN else (entry.title or entry.exercise, "")
        yield from (((*of, row), value) for row, value in rows)


def _columns(met: Collection[_Key], card: Collection[RowSpec]) -> Iterable[Column]:
    specs = tuple(specs_of(((step, row) for title, step, row in met if not title), card))
    for group in TARGETS_FIRST:
        for spec in specs:
            if spec.group == group and any(("", spec.step, row) in met for row in (spec.id, spec.act)):
                yield Column(spec)
    for title, _, row in met:
        if title:
            yield Column(RowSpec(step="", id=row, label=row, group="own", kind="count"), title)


def _line(
    said: str,
    found: Mapping[_Key, list[float]],
    columns: Iterable[Column],
    told: Callable[[Sequence[float]], str],
) -> Line:
    values: list[float | None] = []
    cells: list[str] = []
    for column in columns:
        spec, title = column.spec, column.title
        given, acted = found.get((title, spec.step, spec.id), ()), found.get((title, spec.step, spec.act), ())
        values.append(median(Counter(given)) if given else None)
        cells.append(pair(spec, told(given), told(acted)) if given or acted else "")
    return Line(said, tuple(values), tuple(cells))


def _as_typed(values: Sequence[float]) -> str:
    return " ".join(("yes" if value else "no") if isinstance(value, bool) else str(value) for value in values)


def _in_the_middle(values: Sequence[float]) -> str:
    if values and all(isinstance(value, bool) for value in values):
        return f"{sum(values)} of {len(values)}"
    return spoken(median(Counter(values))) if values else ""


def _unit(first: int, last: int) -> tuple[str, Callable[[int], int]]:
    days = last - first + 1
    if days <= MOST_LINES:
        return "Day", lambda day: day
    if days <= MOST_LINES * WEEK:
        return "Week of", monday
    if days <= MOST_LINES * 30:
        return "Month", lambda day: date.fromordinal(day).replace(day=1).toordinal()
    return "Year", lambda day: date.fromordinal(day).replace(month=1, day=1).toordinal()


def _label(unit: str, start: int) -> str:
    day = date.fromordinal(start)
    match unit:
        case "Day":
            return f"{'Mon Tue Wed Thu Fri Sat Sun'.split()[day.weekday()]} {short(day)}"  # noqa: SIM905
        case "Month":
            return f"{month_name(day.month)} {day.year}"
        case "Year":
            return str(day.year)
        case _:
            return short(day)


def notes(entries: Iterable[Entry], labels: Callable[[Entry], Labels]) -> Iterable[Said]:
    """Yield the words of each entry; its numbers stand on the card."""
    for entry in entries:
        written = (saved for saved in entry.answers if isinstance(saved.value, str | list))
        if words := answered(written, labels(entry)):
            yield Said(entry.day, entry.title or entry.exercise, words)


def _quotations(entries: Iterable[Entry], labels: Callable[[Entry], Labels]) -> list[Said]:
    """Return the words of each entry that is no talk."""
    found: list[Said] = []
    for entry in entries:
        if entry.exercise in (*TALKS, LOOK_BACK):
            continue
        answers = [saved for saved in entry.answers if not saved.step.startswith(RUN)]
        words = answered(answers, labels(entry))
        if words:
            found.append(Said(entry.day, entry.title or entry.exercise, words))
    return found
