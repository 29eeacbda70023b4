"""What a trend needs of one entry: numbers, a day, and no words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dbtcoach.journal.entry import Entry, Json

CHECK_IN = "reflect"  # the exercise whose scales are the rows of the diary
HIGHEST = 10  # no scale of a diary goes further; what lies outside is not a number of ours

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
    day = ordinal(found.get("day")) or ordinal(_first_ten(found.get("started")))
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


def number(value: object) -> int | None:
    """Return a whole number from 0 to 10, or None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST:
        return value
    return None


def ordinal(day: object) -> int | None:
    """Return the number of a day written YYYY-MM-DD, or None."""
    if not isinstance(day, str):
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def rows_of(value: object) -> Iterator[tuple[str, int]]:
    """Yield the rows of a scales answer that hold a number."""
    if isinstance(value, dict):
        for row, given in value.items():
            counted = number(given)
            if counted is not None and isinstance(row, str):
                yield row, counted


def _scales(answers: Iterable[tuple[object, object]]) -> Scales:
    found: list[tuple[str, tuple[tuple[str, int], ...]]] = []
    for step, value in answers:
        # A dot in the id: an answer of an exercise that was run inside, such as the look back at a talk.
        if isinstance(value, dict) and isinstance(step, str) and "." not in step:
            found.append((step, tuple(rows_of(value))))
    return tuple(found)


def _first_ten(value: Json) -> str:
    return value[:10] if isinstance(value, str) else ""


def _text(value: Json) -> str:
    from dbtcoach.journal.entry import whole_letters

    return whole_letters(value) if isinstance(value, str) else ""
