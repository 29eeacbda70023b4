"""What a trend needs of one entry: numbers, a day, and no words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from dbtcoach.insight.days import EARLIEST
from dbtcoach.journal.entry import whole_letters
from dbtcoach.journal.versions import CHECK_IN, EDITS, by_day, name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from dbtcoach.journal.entry import Entry, Json
    from dbtcoach.journal.versions import Place

LOWEST, HIGHEST = -1000, 1000  # no scale of an exercise goes further: what does is no number of ours

_CHECK_IN = CHECK_IN.encode()
_ROWS = b'"value":{'  # inside a text its quotes would be escaped
_EARLIEST = EARLIEST.toordinal()
_NUMBERS = {str(value).encode(): value for value in range(1000)}
_START = re.compile(
    rb',?\{"v":1,"id":"([^"\\]+)","exercise":"([^"\\]*)","title":"([^"\\]*)"'
    rb',"started":"[^"\\]*","finished":"(\d{4}-\d\d-\d\d)[^"\\]*","day":"(\d{4}-\d\d-\d\d)"'
    rb',"complete":(?:true|false)'
    rb',"distress":(?:(null)|\{"before":(?:null|(\d{1,3})),"after":(?:null|(\d{1,3}))\}),"answers":\['
)
Rows = tuple[tuple[str, float], ...]  # fractions come from tables that were taken in
Pair = tuple[int | None, int | None]


class Noted(NamedTuple):
    """An entry in numbers: its day as an ordinal, its distress before and after, and its scales.

    ``scales`` holds, for each step that asked for several numbers at once, its id and its rows.
    """

    exercise: str
    title: str
    day: int
    distress: Pair | None
    scales: tuple[tuple[str, Rows], ...]

    @property
    def before(self) -> int | None:
        """The distress before."""
        return self.distress[0] if self.distress else None

    @property
    def after(self) -> int | None:
        """The distress after."""
        return self.distress[1] if self.distress else None


Placed = tuple["Place", Noted]


def of_entry(entry: Entry) -> Noted | None:
    """Return the numbers of an entry, or None where it names no day."""
    day = ordinal(entry.day)
    if day is None:
        return None
    given = entry.distress
    return Noted(
        entry.exercise,
        entry.title,
        day,
        (number(given.before), number(given.after)) if given else None,
        _scales([(saved.step, saved.value) for saved in entry.answers], entry.exercise),
    )


def of_found(found: Mapping[str, Json]) -> Placed | None:
    """Return the same, and where it belongs, from an entry as it was found in the file."""
    exercise, started = _text(found.get("exercise")), _text(found.get("started"))
    named = _text(found.get("day"))
    day = ordinal(named)
    if day is None:
        named = started[:10]
        day = ordinal(named)
    if day is None:
        return None
    given, answers = found.get("distress"), found.get("answers")
    distress: Pair | None = None
    scales: tuple[tuple[str, Rows], ...] = ()
    if isinstance(given, dict):
        distress = number(given.get("before")), number(given.get("after"))
    if isinstance(answers, list):
        listed = [(item.get("step"), item.get("value")) for item in answers if isinstance(item, dict)]
        scales = _scales(listed, exercise)
    saved = (_text(found.get("finished")) or started or named)[:10]
    place = named, saved, name_of(str(found.get("id")), exercise, named, found.get(EDITS))
    return place, Noted(exercise, _text(found.get("title")), day, distress, scales)


def of_line(line: bytes, edited: Collection[str] = ()) -> Noted | None:
    """Return the numbers from a line in the journal's own layout; None where only parsing it tells.

    That is so of an entry among those ``edited`` as well, whose records are put together.

    Parsing takes most of the time of a look at everything, and all that counts of an entry without rows of
    numbers stands at the start of its line. Those rows are parsed: picking them out of the line by hand was
    measured, and took as long. So is what changes another entry, which says so at its end.
    """
    matched = _START.match(line)
    if matched is None:
        return None
    name, exercise, title, _, day, nothing, before, after = matched.groups()
    if exercise == _CHECK_IN or _ROWS in line or not line.endswith(b"]}\n"):
        return None
    known = ordinal(day.decode())
    if known is None:
        return None
    distress = None if nothing else (_NUMBERS.get(before), _NUMBERS.get(after))
    try:
        if edited and name.decode() in edited:
            return None
        return Noted(exercise.decode(), title.decode(), known, distress, ())
    except UnicodeDecodeError:
        return None


def united(found: Iterable[Placed]) -> Iterator[Noted]:
    """Yield the numbers of each entry once, from those of its records, which come newest first."""
    return (_fold(records) for records in by_day(found, itemgetter(0)))


def placed(line: bytes) -> Place | None:
    """Return where a line in the journal's own layout belongs; None where only parsing it tells."""
    matched = _START.match(line)
    if matched is None or not line.endswith(b"]}\n"):
        return None
    name, exercise, finished, day = [part.decode("utf-8", "replace") for part in matched.group(1, 2, 4, 5)]
    return day, finished, name_of(name, exercise, day, None)


def _fold(records: Sequence[Placed]) -> Noted:
    """Return what the records of one entry say together, as dbtcoach.journal.versions does."""
    first = records[0][1]
    if len(records) == 1:
        return first
    scales = dict(step for _, record in records for step in record.scales)
    distress = next((each.distress for _, each in reversed(records) if each.distress is not None), None)
    return first._replace(scales=tuple(scales.items()), distress=distress)


def number(value: object) -> int | None:
    """Return a whole number that a scale can give, or None for anything else."""
    return value if type(value) is int and LOWEST <= value <= HIGHEST else None  # True is no number here


@lru_cache(maxsize=256)
def ordinal(day: str) -> int | None:
    """Return the number of a day written YYYY-MM-DD; None for anything else, or a day before EARLIEST."""
    try:
        number = date.fromisoformat(day).toordinal()
    except ValueError:
        return None
    return number if number >= _EARLIEST else None


def rows_of(value: Mapping[str, Json]) -> Rows:
    """Return the rows of a scales answer that hold a number, or yes or no."""
    # Written out rather than calling number(): all-time trends come through here a dozen times an entry.
    return tuple(
        [
            (row, given)
            for row, given in value.items()
            if (type(given) is int and LOWEST <= given <= HIGHEST)
            or (type(given) is float and LOWEST <= given <= HIGHEST)
            or type(given) is bool
        ]
    )


def _scales(answers: Iterable[tuple[object, object]], exercise: str) -> tuple[tuple[str, Rows], ...]:
    # A dot in the id: an answer of an exercise that was run inside, such as the look back at a talk, which is
    # no row of the day. Without rows: an answer that may take the place of one that had some.
    found: list[tuple[str, Rows]] = []
    checked = exercise == CHECK_IN
    for step, value in answers:
        if not isinstance(step, str):
            continue
        if isinstance(value, dict):
            if not checked or "." not in step:
                found.append((step, rows_of(value)))
        elif checked or value is None:
            found.append((step, ()))
    return tuple(found)


def _text(value: Json) -> str:
    return whole_letters(value) if isinstance(value, str) else ""
