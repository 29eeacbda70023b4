"""What the program remembers in the clear, even when the journal is sealed: dates and marks, no words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dbtcoach.disk.access import make_private_folder, read_whole
from dbtcoach.disk.atomic import replace_whole
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import Json, to_line, whole_letters
from dbtcoach.journal.versions import CHECK_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dbtcoach.disk.home import Home

_VERSION = 1
_LARGEST = 1 << 20
_MOST_ASKED = 20  # what was planned longer ago is not asked about


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A prepared talk to ask about: the id of its entry, the day from which to ask, and whether to stop."""

    entry: str
    due: str
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Dates are YYYY-MM-DD; ``first_run`` is the answer to the first question, None before it was asked.

    ``asked`` are the ids of the entries whose plans were asked about, the newest last; ``daily`` holds the
    latest day on which each daily exercise but the check-in was done.
    """

    checked_in: str | None = None
    scenes: tuple[str, ...] = ()
    follow_up: FollowUp | None = None
    first_run: str | None = None
    asked: tuple[str, ...] = ()
    daily: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, Json] = field(default_factory=dict)

    def done(self, exercise: str) -> str | None:
        """Return the latest day on which a daily exercise was done, or None."""
        return self.checked_in if exercise == CHECK_IN else self.daily.get(exercise)

    def with_done(self, exercise: str, day: str) -> State:
        """Return the state with that day."""
        if exercise == CHECK_IN:
            return replace(self, checked_in=day)
        return replace(self, daily={**self.daily, exercise: day})

    def with_asked(self, entry: str) -> State:
        """Return the state when what was planned in that entry was asked about."""
        return replace(self, asked=(*self.asked, entry)[-_MOST_ASKED:])


def read_state(home: Home) -> State:
    """Return the state; what is missing or damaged is empty, and nothing is ever raised or written."""
    try:
        return peek(home) or State()
    except (OSError, JournalError):
        return State()


def peek(home: Home) -> State | None:
    """Return the state, or None where the file holds none; raises as opening it does."""
    import json

    try:
        found = json.loads(read_whole(home.state, _LARGEST).decode())
    except (ValueError, RecursionError):
        return None
    return _decode(found) if isinstance(found, dict) else None


def update_state(home: Home, change: Callable[[State], State]) -> State:
    """Put what ``change`` makes of the state in its place, and return it.

    Two terminals do not undo each other's changes. Raises JournalError with the state as it was.
    """
    with Explained(home.state, "save"):
        make_private_folder(home.folder)
        with Lock(home.state):
            state = change(read_state(home))
            replace_whole(home.state, [_encode(state)])
            return state


def _encode(state: State) -> bytes:
    follow_up = state.follow_up
    written: dict[str, Json] = {
        "v": _VERSION,
        "checked_in": state.checked_in,
        "scenes": list(state.scenes),
        "follow_up": None
        if follow_up is None
        else {"entry": follow_up.entry, "due": follow_up.due, "stopped": follow_up.stopped},
        "first_run": state.first_run,
    }
    written |= {"asked": list(state.asked)} if state.asked else {}
    written |= {"daily": state.daily} if state.daily else {}
    return (to_line({**written, **state.unknown}) + "\n").encode()


def _decode(found: dict[str, Json]) -> State:
    rest = dict(found)
    rest.pop("v", None)
    daily = rest.pop("daily", None)
    return State(
        checked_in=_text(rest.pop("checked_in", None)),
        daily={name: day for name, day in daily.items() if isinstance(day, str)}
        if isinstance(daily, dict)
        else {},
        scenes=_texts(rest.pop("scenes", None)),
        follow_up=_follow_up(rest.pop("follow_up", None)),
        first_run=_text(rest.pop("first_run", None)),
        asked=_texts(rest.pop("asked", None)),
        unknown=rest,
    )


def _texts(value: Json) -> tuple[str, ...]:
    return (
        tuple(whole_letters(each) for each in value if isinstance(each, str))
        if isinstance(value, list)
        else ()
    )


def _text(value: Json) -> str | None:
    return whole_letters(value) if isinstance(value, str) else None


def _follow_up(value: Json) -> FollowUp | None:
    if not isinstance(value, dict):
        return None
    entry, due = _text(value.get("entry")), _text(value.get("due"))
    if entry is None or due is None:
        return None
    return FollowUp(entry, due, stopped=value.get("stopped") is True)
