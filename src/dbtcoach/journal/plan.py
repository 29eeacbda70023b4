"""A plan of one's own for bad moments: one small file, sealed where the journal is.

Saving holds the journal's lock, so that a plan is never written in the clear while a lock is being put on.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.disk.access import make_private_folder, open_to_read, refuse_other_kinds, remove_file
from dbtcoach.disk.atomic import replace_whole, sweep
from dbtcoach.disk.damaged import move_aside
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import shown
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError
from dbtcoach.journal import drafts
from dbtcoach.journal.entry import Json, to_line, whole_letters
from dbtcoach.journal.names import plan_files
from dbtcoach.journal.seal import is_sealed, seal_session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.disk.lock import Claim
    from dbtcoach.journal.seal import Opener

_VERSION = 1
_LARGEST = 1 << 20
NOT_OURS = "{} is no plan of dbtcoach. Move it away, and try again. Nothing was changed."
OPEN = "Your plan is being changed in another window. Leave there first, then try again."
WRONG_KEY = "The plan was sealed with another key, so it was left as it is."


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan: its name in the file, its heading, the lines below it, and what was left undone.

    ``unfinished`` is what stood where it is written when somebody left; it may be half a line.
    """

    name: str
    title: str = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    unfinished: str = field(default="", repr=False)

    @property
    def shown(self) -> tuple[str, ...]:
        """Its lines, or where there are none yet what was begun: half a number is more than none."""
        return self.lines or tuple(line for line in self.unfinished.split("\n") if line.strip())


Plan = tuple[Part, ...]


def there_is(home: Home) -> bool:
    """Tell whether something lies where the plan is kept, without opening it."""
    return os.path.lexists(home.plan)


def claim(home: Home) -> Claim | None:
    """Take the plan for this run, as a draft is taken; None means that another window is changing it."""
    return drafts.claim(home, "plan")


def save(home: Home, plan: Plan) -> None:
    """Put this plan in the place of the one before, atomically and for this user alone; sealed under a lock.

    Raises JournalError with the plan before as it was.
    """
    parts: list[Json] = [
        {
            "name": part.name,
            "title": part.title,
            "lines": list(part.lines),
            **({"unfinished": part.unfinished} if part.unfinished else {}),
        }
        for part in plan
    ]
    with Explained(home.plan, "save"):
        make_private_folder(home.folder)
        with Lock(home.journal):
            replace_whole(home.plan, [content(seal_session(home, {"parts": parts}))])


def content(plan: Mapping[str, Json]) -> bytes:
    """Return the bytes of a plan, sealed or not."""
    return f"{to_line({'v': _VERSION, 'plan': plan})}\n".encode()


def read(home: Home, opener: Callable[[], Opener]) -> Plan | None:
    """Return the plan, or None where there is none that can be read; changes nothing.

    A sealed one is opened with what ``opener`` returns, which may ask. Raises JournalError where it stays
    sealed, and where the file cannot be opened.
    """
    found = peek(home)
    if found is None or not is_sealed(found):
        return None if found is None else _parts(found)
    opened = opener().session(found)
    if opened is None:
        raise JournalError(WRONG_KEY)
    return _parts(opened)


def peek(home: Home) -> Mapping[str, Json] | None:
    """Return what the file holds, sealed or not, or None where there is none that can be read."""
    with Explained(home.plan, "read"):
        try:
            with os.fdopen(open_to_read(home.plan), "rb") as file:
                data = file.read(_LARGEST + 1)
        except FileNotFoundError:
            return None
    try:
        found = json.loads(data.decode()) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        return None
    plan = found.get("plan") if isinstance(found, dict) and found.get("v") == _VERSION else None
    return plan if isinstance(plan, dict) and (is_sealed(plan) or _parts(plan) is not None) else None


def make_room(home: Home, now: datetime) -> str:
    """Move a plan that cannot be read out of the way, and return where it is kept; empty where all is well.

    Raises JournalError where another program's file lies in its place: that is left alone.
    """
    if not there_is(home) or peek(home) is not None:
        return ""
    if home.plan not in plan_files(home):
        raise JournalError(NOT_OURS.format(shown(home.plan)))
    with Explained(home.plan, "save"):
        return shown(move_aside(home.plan, now))


def remove(home: Home) -> None:
    """Remove the plan, with what was kept or left over of it; a missing one is fine.

    Raises JournalError while another window is changing it: its next answer would bring it back.
    """
    held: contextlib.AbstractContextManager[object] | None = contextlib.nullcontext()
    with contextlib.suppress(JournalError):  # whatever is wrong with drafts, the plan is to go
        held = claim(home)
    if held is None:
        raise JournalError(f"{OPEN} Nothing was removed.")
    with held, Explained(home.plan, "remove"):
        refuse_other_kinds(home.plan)
        for path in plan_files(home):
            remove_file(path)
        remove_file(home.plan)
        sweep(home.plan)


def _parts(found: Mapping[str, Json]) -> Plan | None:
    """Return the parts, those of one name as one; what is not as it was written makes all unreadable."""
    listed = found.get("parts")
    if not isinstance(listed, list):
        return None
    parts: dict[str, Part] = {}
    for each in listed:
        lines = each.get("lines") if isinstance(each, dict) else None
        if not isinstance(each, dict) or not isinstance(lines, list):
            return None
        words = [each.get("name"), each.get("title"), each.get("unfinished", ""), *lines]
        texts = [whole_letters(word) for word in words if isinstance(word, str)]
        if len(texts) != len(words):
            return None
        name, title, unfinished, *more = texts
        before = parts.get(name, Part(name, title, ()))
        begun = "\n".join(filter(None, (before.unfinished, unfinished)))
        parts[name] = Part(name, before.title, (*before.lines, *more), begun)
    return tuple(parts.values())
