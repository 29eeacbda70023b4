"""One entry from the records that say it, in the order of the days that entries are about.

Nothing is written over when a day is looked at again: a record is appended that holds only what changed.
The check-ins of one day are one entry; a change of any other entry names it in ``edits``. The later record
wins step by step, and an answer that is null takes the earlier one away.

An entry is never saved before the day it is about, so whoever reads backwards has met all of a day when
everything still to come was saved before it began. A clock that was wrong for a while gives a few records
that look old, so that many are waited for; where it was wrong for longer, an entry may come out of its order.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from dbtcoach.journal.entry import Distress, Entry, Saved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dbtcoach.journal.entry import Json

CHECK_IN = "reflect"  # the exercise of which a day has one
EDITS = "edits"  # the key of a change: the id of the entry that it changes
_OLD_IN_A_ROW = 20
_SPARE = timedelta(days=2)  # time zones, and nights that belong to the day before
_ENDLESS = "9999-12-31"

Item = TypeVar("Item")


# Where a record belongs: its day and the day it was saved (YYYY-MM-DD), and what entry it is part of.
Place = tuple[str, str, str]


def place_of(entry: Entry) -> Place:
    """Return where an entry belongs; one without a day stands at the day it was saved."""
    saved = (entry.finished or entry.started or entry.day)[:10]
    return entry.day or saved, saved, name_of(entry.id, entry.exercise, entry.day, entry.unknown.get(EDITS))


def name_of(own: str, exercise: str, day: str, edits: Json) -> str:
    """Return what all records of an entry have in common."""
    if _is_check_in(exercise, day):
        return f"{CHECK_IN} {day}"
    return edits if isinstance(edits, str) and edits else own


def by_day(items: Iterable[Item], place: Callable[[Item], Place]) -> Iterator[list[Item]]:
    """Yield the records of each entry, the first saved first, and the entries by day, then as saved.

    ``items`` come newest first, and so do the entries. No more is read than is asked for, and some.
    """
    met: dict[str, dict[str, list[Item]]] = {}
    days: list[str] = []  # those of ``met`` in their order
    saved = deque[str](maxlen=_OLD_IN_A_ROW)
    before = ""
    for item in items:  # all-time trends come through here with every record: it is written to be quick
        day, when, name = place(item)
        entries = met.get(day)
        if entries is None:
            entries = met[day] = {}
            insort(days, day)
        if name in entries:
            entries[name] = [item, *entries.pop(name)]  # put in anew: entries lie as their first records do
        else:
            entries[name] = [item]
        saved.append(when)
        if when != before:
            before = when
            if len(saved) == _OLD_IN_A_ROW:
                known = _with_spare(max(saved))
                while days and days[-1] > known:
                    yield from met.pop(days.pop()).values()
    for day in reversed(days):
        yield from met[day].values()


@lru_cache(maxsize=64)
def _with_spare(day: str) -> str:
    try:
        return (date.fromisoformat(day) + _SPARE).isoformat()
    except (ValueError, OverflowError):
        return _ENDLESS


def folded(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield what these records say together; they come newest first, as for ``by_day``."""
    return (unite(versions) for versions in by_day(entries, place_of))


def unite(versions: Sequence[Entry]) -> Entry:
    """Return what the records of one entry say together, under the id of the first of them."""
    first = versions[0]
    if len(versions) == 1 and all(saved.value is not None for saved in first.answers):
        return first
    answers: dict[str, Saved] = {}
    distress: Distress | None = None
    unknown: dict[str, Json] = {}
    for version in versions:
        distress = distress if version.distress is None else version.distress
        unknown |= version.unknown
        for saved in version.answers:
            if saved.value is None:
                answers.pop(saved.step, None)
            else:
                answers[saved.step] = saved
    return replace(
        first,
        finished=versions[-1].finished or first.finished,
        complete=any(version.complete for version in versions),
        distress=None if distress == Distress(None, None) else distress,
        answers=tuple(answers.values()),
        # They are made anew from what the answers say now, unless the entry may have none.
        cards=() if any(version.cards == () for version in versions) else None,
        unknown={key: value for key, value in unknown.items() if key != EDITS or len(versions) == 1},
        later=tuple(version.id for version in versions[1:]),
    )


def only_changes(before: Entry, after: Entry, cleared: Iterable[str] = ()) -> Entry | None:
    """Return the record that makes ``after`` of ``before``, or None where they say the same.

    ``cleared`` are the steps whose answers were taken away; others that ``after`` does not answer stay. So
    does the distress where ``after`` has none.
    """
    known = {saved.step: saved for saved in before.answers}
    answers = [saved for saved in after.answers if not _same(known.get(saved.step), saved)]
    given = {saved.step for saved in after.answers}
    gone = [step for step in cleared if step in known and step not in given]
    answers += [Saved(step, known[step].prompt, None) for step in gone]
    if not answers:
        return None
    edits = {EDITS: before.unknown.get(EDITS) or before.id}
    return replace(
        after,
        id="",
        day=before.day,
        distress=None if after.distress == before.distress else after.distress,
        answers=tuple(answers),
        cards=None,
        unknown={} if _is_check_in(before.exercise, before.day) else edits,
        later=(),
    )


def _is_check_in(exercise: str, day: str) -> bool:
    return exercise == CHECK_IN and day != ""


def _same(before: Saved | None, after: Saved) -> bool:
    return before is not None and before.value == after.value and type(before.value) is type(after.value)
