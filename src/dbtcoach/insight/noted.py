"""What a trend needs of one entry: numbers, a day, and no words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dbtcoach.insight.days import EARLIEST
from dbtcoach.journal.entry import whole_letters
from dbtcoach.journal.versions import CHECK_IN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dbtcoach.journal.entry import Entry, Json

HIGHEST = 10  # no scale of a diary goes further; what lies outside is not a number of ours

_CHECK_IN = CHECK_IN.encode()
_EARLIEST = EARLIEST.toordinal()
_NUMBERS = {str(value).encode(): value for value in range(HIGHEST + 1)}
_START = re.compile(
    rb',?\{"v":1,"id":"[^"\\]+","exercise":"([^"\\]*)","title":"([^"\\]*)"'
    rb',"started":"[^"\\]*","finished":"[^"\\]*","day":"(\d{4}-\d\d-\d\d)","complete":(?:true|false)'
    rb',"distress":(?:null|\{"before":(?:null|(\d{1,2})),"after":(?:null|(\d{1,2}))\}),"answers":\['
)
Scales = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


class Noted(NamedTuple):
    """An entry in numbers: its day as an ordinal, its distress, and the scales of a check-in.

    ``scales`` holds, for each step that asked for several numbers at once, its id and its rows.
    """

    exercise: str
    title: str
    day: int
    before: int | None
    after: int | None
    scales: Scales


def of_entry(entry: Entry) -> Noted | None:
    """Return the numbers of an entry, or None where it names no day."""
    day = ordinal(entry.day)
    if day is None:
        return None
    distress = entry.distress
    scales: Scales = ()
    if entry.exercise == CHECK_IN:
        scales = _scales((saved.step, saved.value) for saved in entry.answers)
    return Noted(
        entry.exercise,
        entry.title,
        day,
        number(distress.before) if distress else None,
        number(distress.after) if distress else None,
        scales,
    )


def of_found(found: Mapping[str, Json]) -> Noted | None:
    """Return the same from an entry as it was found in the file, without decoding the rest of it."""
    exercise, title = found.get("exercise"), found.get("title")
    day = ordinal(_text(found.get("day"))) or ordinal(_text(found.get("started"))[:10])
    if day is None:
        return None
    distress = found.get("distress")
    before = after = None
    if isinstance(distress, dict):
        before, after = number(distress.get("before")), number(distress.get("after"))
    scales: Scales = ()
    answers = found.get("answers")
    if exercise == CHECK_IN and isinstance(answers, list):
        scales = _scales(
            (item["step"], item.get("value"))
            for item in answers
            if isinstance(item, dict) and isinstance(item.get("step"), str)
        )
    return Noted(_text(exercise), _text(title), day, before, after, scales)


def of_line(line: bytes) -> Noted | None:
    """Return the same from a line in the journal's own layout; None where only parsing it tells.

    Parsing takes most of the time of a look at everything, and all that counts of any entry but a check-in
    stands at the start of its line. The scales of a check-in are parsed: picking them out of the line by
    hand was measured, and took as long.
    """
    matched = _START.match(line)
    if matched is None or not line.endswith(b"]}\n"):
        return None
    exercise, title, day, before, after = matched.groups()
    known = ordinal(day.decode())
    if known is None or exercise == _CHECK_IN:
        return None
    return Noted(
        exercise.decode("utf-8", "replace"),
        title.decode("utf-8", "replace"),
        known,
        _NUMBERS.get(before),
        _NUMBERS.get(after),
        (),
    )


def number(value: object) -> int | None:
    """Return a whole number from 0 to 10, or None for anything else."""
    return value if type(value) is int and 0 <= value <= HIGHEST else None  # True is no number here


@lru_cache(maxsize=256)
def ordinal(day: str) -> int | None:
    """Return the number of a day written YYYY-MM-DD; None for anything else, or a day before EARLIEST."""
    try:
        number = date.fromisoformat(day).toordinal()
    except ValueError:
        return None
    return number if number >= _EARLIEST else None


def rows_of(value: Mapping[str, Json]) -> tuple[tuple[str, int], ...]:
    """Return the rows of a scales answer that hold a number."""
    # Written out rather than calling number(): all-time trends come through here a dozen times an entry.
    return tuple(
        [(row, given) for row, given in value.items() if type(given) is int and 0 <= given <= HIGHEST]
    )


def _scales(answers: Iterable[tuple[object, object]]) -> Scales:
    # A dot in the id: an answer of an exercise that was run inside, such as the look back at a talk.
    return tuple(
        [
            (step, rows_of(value))
            for step, value in answers
            if isinstance(value, dict) and isinstance(step, str) and "." not in step
        ]
    )


def _text(value: Json) -> str:
    return whole_letters(value) if isinstance(value, str) else ""
