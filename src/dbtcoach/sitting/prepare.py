"""What an exercise needs before it begins: its facts, and scenes drawn for its drills."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import Entry, Sealed, day_of
from dbtcoach.journal.opening import open_record
from dbtcoach.journal.read import newest_of, read_newest
from dbtcoach.journal.state import read_state
from dbtcoach.script.conditions import Present
from dbtcoach.script.facts import last_answer, references
from dbtcoach.script.link import deal, draw, drills
from dbtcoach.sitting.lookup import World, day_name
from dbtcoach.sitting.rows import with_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dbtcoach.journal.seal import Opener
    from dbtcoach.practice.session import Facts
    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Exercise, Step
    from dbtcoach.world.surroundings import Surroundings

FOLLOW_UP_DAYS = 7  # a talk that was prepared longer ago is not asked about any more


@lru_cache(maxsize=64)
def _newest(journal: str, exercise: str, opener: Opener | None) -> Entry | None:
    try:
        if opener is None:  # sealed ones are as if they were not there
            return newest_of(journal, exercise)
        return newest_of(journal, exercise, lambda sealed: open_record(sealed, opener))
    except JournalError:
        return None  # what cannot be read is as if it were not there: an exercise never fails for it


@lru_cache(maxsize=4)
def _last_week(journal: str, today: date, opener: Opener | None) -> str:
    from dbtcoach.insight.week import last_week

    def entries() -> Iterator[Entry]:
        for record in read_newest(journal):
            found = open_record(record, opener) if isinstance(record, Sealed) and opener else record
            if isinstance(found, Entry):
                yield found

    try:
        return last_week(entries(), today)
    except JournalError:
        return ""


def looks_back(exercise: Exercise, facts: Facts) -> bool:
    """Tell whether an exercise can bring in words from an earlier one, as far as the facts are known now."""
    closed: set[str] = set()  # steps that cannot come, because a fact is missing that they wait for

    def within(steps: tuple[Step, ...]) -> Iterator[str]:
        for step in steps:
            if any(guard.key in closed or _missing(guard, facts) for guard in step.when):
                closed.add(step.id)
                continue
            yield from (guard.key for guard in step.when)
            for part in ("message", "help", "placeholder", "title"):
                yield from references(getattr(step, part, ""))
            yield from within(getattr(step, "steps", ()))
            for each in getattr(step, "parts", ()):
                yield from within(each.steps)

    return any(last_answer(name) for name in within(exercise.steps))


def _missing(guard: Guard, facts: Facts) -> bool:
    wanted = isinstance(guard.condition, Present) and guard.condition.wanted
    return wanted and last_answer(guard.key) is None and guard.key not in facts


def facts_of(around: Surroundings) -> World:
    """Return what is known of the world now."""
    now = around.clock()
    journal, keyring = around.home.journal, around.keyring
    opener = keyring.opener() if keyring.key is not None else None
    today = day_of(now)
    return World(
        now,
        lambda: around.country,
        lambda name: _newest(journal, name, opener),
        _follow_up(around, today),
        lambda: _last_week(journal, today, opener),
    )


def _follow_up(around: Surroundings, today: date) -> str:
    from datetime import date

    waiting = read_state(around.home).follow_up
    if waiting is None or waiting.stopped or not waiting.due:
        return ""
    try:
        prepared = date.fromisoformat(waiting.due)
    except ValueError:
        return ""
    if not 0 <= (today - prepared).days <= FOLLOW_UP_DAYS:
        return ""
    return f"a talk on {day_name(prepared)}"


def scenes_for(around: Surroundings, exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """Return the ids of the scenes for each drill of an exercise, drawn by the day."""
    found: dict[str, tuple[str, ...]] = {}
    for drill in drills(exercise):
        scenes = around.catalogue.scenes(drill.scenes)
        seen = read_state(around.home).scenes
        found[drill.id] = draw(scenes, drill.count, seen, day_of(around.clock()).isoformat())
    return found


def completed(around: Surroundings, exercise: Exercise, drawn: Mapping[str, tuple[str, ...]]) -> Exercise:
    """Return the exercise with the person's own rows, and these scenes in its drills."""
    exercise = with_rows(exercise, around.settings)
    found = {}
    for drill in drills(exercise):
        known = {scene.id: scene for scene in around.catalogue.scenes(drill.scenes)}
        found[drill.id] = tuple(known[name] for name in drawn.get(drill.id, ()) if name in known)
    return deal(exercise, found) if found else exercise
