"""An exercise that was begun: the session so far, in a file of its own until the exercise is finished.

The first line of a draft is its header (which exercise, its title, when), so that a list of what waits is
made without reading a word of what was written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.disk.access import (
    make_private_folder,
    open_to_read,
    refuse_linked_folder,
    refuse_other_kinds,
    remove_file,
)
from dbtcoach.disk.atomic import replace_whole, sweep
from dbtcoach.disk.damaged import move_aside
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import LONGEST_NAME
from dbtcoach.disk.lock import Claim, claim_file
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.entry import Json, to_line, whole_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from dbtcoach.disk.home import Home

CHANGE = "edit-"
_VERSION = 1
_LONGEST_HEADER = 4096
_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits: its exercise, the title to offer it by, and when it was saved (ISO 8601)."""

    exercise: str
    title: str
    saved: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that was read: its header and the session, which this room does not look into."""

    header: Waiting
    session: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A draft that could not be read was moved to ``kept``, so that the exercise can begin anew."""

    kept: str


def of_change(entry_id: str) -> str:
    """Return the name of the draft of a change of this entry: it has one of its own, like an exercise."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in entry_id)
    return f"{CHANGE}{plain}"[:LONGEST_NAME]


def save(home: Home, exercise: str, title: str, session: Mapping[str, Json], saved: datetime) -> None:
    """Write the draft of ``exercise``, atomically and for this user alone.

    Raises JournalError with the draft before it as it was. Two runs must not save at once (see claim).
    """
    path = home.draft(exercise)
    with Explained(path, "save"):
        _make_folder(home)
        replace_whole(path, [content(exercise, title, session, saved)])


def content(exercise: str, title: str, session: Mapping[str, Json], saved: datetime) -> bytes:
    """Return the bytes of a draft."""
    header = to_line(
        {"v": _VERSION, "exercise": exercise, "title": title, "saved": saved.isoformat("T", "seconds")}
    )
    return f'{header[:-1]},\n"session":{to_line(session)}}}\n'.encode()


def load(home: Home, exercise: str, now: datetime) -> Draft | SetAside | None:
    """Return the draft of ``exercise``, or None; one that cannot be read is moved out of the way.

    Raises JournalError if the file cannot be opened, or is no file.
    """
    path = home.draft(exercise)
    with Explained(path, "read"):
        draft = peek(home, exercise)
        if draft is None and os.path.lexists(path):
            return SetAside(move_aside(path, now))
        return draft


def peek(home: Home, exercise: str) -> Draft | None:
    """Return the draft of ``exercise``, or None where there is none that can be read; changes nothing."""
    path = home.draft(exercise)
    with Explained(path, "read"):
        refuse_linked_folder(home.drafts)
        try:
            with os.fdopen(open_to_read(path), "rb") as file:
                data = file.read(_LARGEST + 1)
        except FileNotFoundError:
            return None
        return _decode(data, exercise)


def remove(home: Home, exercise: str) -> None:
    """Remove the draft of ``exercise`` and what a crash may have left of it; a missing one is fine."""
    path = home.draft(exercise)
    with Explained(path, "remove"):
        refuse_linked_folder(home.drafts)
        refuse_other_kinds(path)
        remove_file(path)
        sweep(path)


def claim(home: Home, exercise: str) -> Claim | None:
    """Take the draft of ``exercise`` for this run; None means that another terminal has it.

    Held until it is released or the process ends, however it ends.
    """
    path = home.draft(exercise).removesuffix(".json") + ".lock"
    with Explained(path, "save"):
        _make_folder(home)
        return claim_file(path)


def waiting(home: Home) -> tuple[Waiting, ...]:
    """Return the drafts that wait, the newest first; reads headers only and passes over what is damaged."""
    try:
        refuse_linked_folder(home.drafts)
        names = sorted(os.listdir(home.drafts))
    except (OSError, JournalError):
        return ()
    found = [header for name in names for header in _header_of(home, name)]
    return tuple(sorted(found, key=lambda header: header.saved, reverse=True))


def _make_folder(home: Home) -> None:
    make_private_folder(home.folder)
    refuse_linked_folder(home.drafts)
    make_private_folder(home.drafts)


def _header_of(home: Home, name: str) -> Iterator[Waiting]:
    exercise = name.removesuffix(".json")
    if exercise == name:
        return
    try:
        path = home.draft(exercise)
        with os.fdopen(open_to_read(path), "rb") as file:
            line = file.readline(_LONGEST_HEADER)
    except (OSError, JournalError, UsageError):  # set aside, not ours, or no file: nothing to offer
        return
    header = _header(_mapping(line.rstrip().removesuffix(b",") + b"}"), exercise)
    if header is not None:
        yield header


def _decode(data: bytes, exercise: str) -> Draft | None:
    found = _mapping(data) if len(data) <= _LARGEST else None
    header = _header(found, exercise)
    session = found.get("session") if found else None
    return Draft(header, session) if header and isinstance(session, dict) else None


def _mapping(data: bytes) -> dict[str, Json] | None:
    import json

    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a number without end, or nested too deep
        return None
    return found if isinstance(found, dict) else None


def _header(found: Mapping[str, Json] | None, exercise: str) -> Waiting | None:
    if found is None or found.get("v") != _VERSION or found.get("exercise") != exercise:
        return None
    title, saved = found.get("title"), found.get("saved")
    if not isinstance(title, str) or not isinstance(saved, str):
        return None
    return Waiting(exercise, whole_letters(title), whole_letters(saved))
