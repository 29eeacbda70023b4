"""An entry by the start of its id, and the names that its answers had on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import CoachError, JournalError, UsageError
from dbtcoach.insight.entry_lines import clock_of, date_of
from dbtcoach.journal.entry import Entry, Sealed
from dbtcoach.journal.read import read_newest
from dbtcoach.journal.versions import CHECK_IN, place_of, unite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dbtcoach.insight.entry_lines import Labels
    from dbtcoach.journal.entries import Entries
    from dbtcoach.script.model import Exercise

LAST = "last"
SHORTEST = 4  # letters of an id that are enough to look for
SHOWN = 8
TO_THE_MILLISECOND = 13  # of a UUIDv7; eight are the same for a minute
_MOST_TOLD = 8


def find(entries: Entries, name: str) -> Entry:
    """Return the entry whose id begins with ``name``, or the newest one for ``last``.

    Raises UsageError where there is none or more than one. Sealed ones are opened.
    """
    if name == LAST:
        entry = next(entries.newest_first(), None)
        if entry is None:
            raise UsageError("There are no entries yet.")
        return entry
    found = _only(entries.path, name)
    if isinstance(found, Entry):
        return unite(versions(entries, found))
    for entry in entries.newest_first():
        if found.id in (entry.id, *entry.later):
            return entry
    raise JournalError("This entry could not be opened with this key. It stays as it is.")


def find_sealed(entries: Entries, name: str) -> Sealed | None:
    """Return the sealed record whose id begins with ``name``, as it lies in the journal; None for others."""
    found = None if name == LAST else _only(entries.path, name)
    return found if isinstance(found, Sealed) else None


def versions(entries: Entries, entry: Entry) -> list[Entry]:
    """Return the records that say an entry, as they were saved, the first one first; sealed ones too."""
    meant = place_of(entry)[2]
    mark = (f'"day":"{entry.day}"' if meant.startswith(f"{CHECK_IN} ") else meant).encode()
    found = read_newest(entries.path, lambda line: mark in line)
    clear = [each for each in found if isinstance(each, Entry) and place_of(each)[2] == meant]
    if clear:
        return clear[::-1]
    wanted = {entry.id, *entry.later}
    return [record for record in entries.records() if record.id in wanted][::-1]


def _only(journal: str, name: str) -> Entry | Sealed:
    begin = name.strip().lower()
    if len(begin) < SHORTEST:
        raise UsageError(
            f"Give at least {SHORTEST} letters of an id, or: last\nTo see ids: dbtcoach log list"
        )
    start = begin.encode()  # anywhere in the line: a formatter may have put a blank after "id":
    found: dict[str, Entry | Sealed] = {}
    for record in read_newest(journal, lambda line: start in line.lower()):
        if isinstance(record, Entry | Sealed) and record.id.lower().startswith(begin):
            found.setdefault(record.id, record)
            if record.id.lower() == begin:
                return record
    if not found:
        raise UsageError("There is no entry with that id.\nTo see ids: dbtcoach log list")
    if len({place_of(each)[2] if isinstance(each, Entry) else each.id for each in found.values()}) > 1:
        told = [f"  {described(record)}" for record in found.values()]
        more = [f"  and {len(told) - _MOST_TOLD} more"] if len(told) > _MOST_TOLD else []
        raise UsageError("\n".join(["More than one id begins like that:", *told[:_MOST_TOLD], *more]))
    return next(iter(found.values()))


def described(record: Entry | Sealed) -> str:
    """Return an entry on one line: its id, and where it is not sealed its time and title."""
    if isinstance(record, Sealed):
        return clean(record.id)
    title = " ".join(clean(record.title or record.exercise).split())
    return "  ".join(filter(None, (clean(record.id), date_of(record), clock_of(record), title)))


def short_ids(entries: Iterable[Entry], beside: Iterable[str] = (), least: int = SHOWN) -> dict[str, str]:
    """Return for each id its first letters, as few as tell these entries apart, and ``least`` at least.

    ``beside`` are ids of other entries that they have to be told apart from as well.
    """
    wanted = {entry.id for entry in entries}
    names = sorted({*wanted, *beside})
    shown: dict[str, str] = {}
    for place, name in enumerate(names):
        if name not in wanted:
            continue
        length = least
        for other in (*names[max(0, place - 1) : place], *names[place + 1 : place + 2]):
            while length < len(name) and other.startswith(name[:length]):
                length += 1
        shown[name] = name[:length].rstrip("-")
    return shown


def entry_labels(read: Callable[[str], Exercise], entry: Entry) -> Labels:
    """Return what the choices and rows of an entry's exercise are called today; empty where it is gone.

    ``read`` gives the exercise of a name, as a catalogue does.
    """
    if not any(_is_coded(saved.value) for saved in entry.answers):
        return {}  # nothing to look up, and reading an exercise takes longer than reading the entry
    from dbtcoach.script.contents import labels_of
    from dbtcoach.script.model import walk

    try:
        steps = walk(read(entry.exercise).steps)
    except (CoachError, OSError):
        return {}
    return {step.id: labels_of(step) for step in steps}


def _is_coded(value: object) -> bool:
    if isinstance(value, str):
        return value.isascii() and value.replace("_", "").replace("-", "").isalnum() and value.islower()
    if isinstance(value, list):
        return any(_is_coded(item) for item in value)
    return isinstance(value, dict)
