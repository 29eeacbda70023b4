"""What an exercise needs before it begins: its facts, and scenes drawn for its drills."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.read import entries_of, newest_of
from dbtcoach.journal.state import read_state
from dbtcoach.journal.unseal import open_record
from dbtcoach.script.conditions import Present
from dbtcoach.script.contents import guards_of, texts_of
from dbtcoach.script.facts import last_answer, references
from dbtcoach.script.link import deal, draw, drills
from dbtcoach.script.model import children
from dbtcoach.sitting.again import TALKS, last_talk
from dbtcoach.sitting.known_facts import KnownFacts, day_said
from dbtcoach.sitting.rows import with_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.entry import Entry, Record, Sealed
    from dbtcoach.journal.seal import Opener
    from dbtcoach.practice.session import Facts
    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Exercise, Step
    from dbtcoach.world.settings import Settings
    from dbtcoach.world.surroundings import Surroundings

LAST_WEEK = "last_week"
FOLLOW_UP_DAYS = 3  # a talk that was prepared longer ago is not asked about any more


@lru_cache(maxsize=64)
def _newest(journal: str, exercise: str, opener: Opener | None) -> Entry | None:
    exercises = TALKS if exercise in TALKS else (exercise,)  # what was prepared in a minute is newer, too
    try:
        found = newest_of(journal, exercises, _opened_by(opener))
    except JournalError:
        return None  # what cannot be read is as if it were not there: an exercise never fails for it
    # One that may have no card went on after fear, or was ended early: its words are brought up nowhere.
    return found if found is None or found.cards != () else None


@lru_cache(maxsize=4)
def _newest_to_repeat(journal: str, today: date, opener: Opener | None) -> Entry | None:
    try:
        return last_talk(entries_of(journal, _opened_by(opener)), today)
    except JournalError:
        return None


def _opened_by(opener: Opener | None) -> Callable[[Sealed], Record | None]:
    """Return what opens sealed entries; without a key they are as if they were not there."""
    return lambda sealed: None if opener is None else open_record(sealed, opener)


def looks_back(exercise: Exercise, facts: Facts) -> bool:
    """Tell whether an exercise can bring in words from an earlier one, as far as the facts are known now."""
    closed: set[str] = set()  # steps that cannot come, because a fact is missing that they wait for

    def within(steps: tuple[Step, ...]) -> Iterator[str]:
        for step in steps:
            if any(guard.key in closed or _missing(guard, facts) for guard in step.when):
                closed.add(step.id)
                continue
            yield from (guard.key for guard in guards_of(step))
            for text in texts_of(step):
                yield from references(text)
            yield from within(children(step))

    return any(last_answer(name) for name in within(exercise.steps))


def _missing(guard: Guard, facts: Facts) -> bool:
    wanted = isinstance(guard.condition, Present) and guard.condition.wanted
    return wanted and last_answer(guard.key) is None and guard.key not in facts


def facts_of(
    around: Surroundings,
    now: datetime,
    day: date | None = None,
    remembered: Callable[[str], str] = lambda _name: "",
    *,
    repeats: bool = False,
) -> KnownFacts:
    """Return what an exercise may know at this moment; the country is asked for where its lines are.

    ``day`` is the one that it is about, when that is not today; ``remembered`` gives what earlier evenings
    left behind. With ``repeats`` no talk is known but one that may be asked again. On a shared computer
    nothing is known of earlier entries without a key.
    """
    home, keyring = around.home, around.keyring
    opener = keyring.opener() if keyring.key is not None else None
    closed = around.settings.shared and opener is None
    today = day_of(now)

    def newest(name: str) -> Entry | None:
        if closed:
            return None
        if repeats and name == TALKS[0]:
            return _newest_to_repeat(home.journal, today, opener)
        return _newest(home.journal, name, opener)

    return KnownFacts(
        now,
        lambda: around.country,
        newest,
        follow_up(home, today),
        lambda name: "" if closed and name == LAST_WEEK else remembered(name),
        None if day == today else day,
    )


def follow_up(home: Home, today: date) -> str:
    """Return a talk that waits to be asked about, or an empty text."""
    from datetime import date

    waiting = read_state(home).follow_up
    if waiting is None or waiting.stopped or not waiting.due:
        return ""
    try:
        prepared = date.fromisoformat(waiting.due)
    except ValueError:
        return ""
    if not 0 <= (today - prepared).days <= FOLLOW_UP_DAYS:
        return ""
    return f"a talk {day_said(prepared, today)}"


def scenes_for(
    exercise: Exercise, catalogue: Catalogue, home: Home, today: date
) -> dict[str, tuple[str, ...]]:
    """Return the ids of the scenes for each drill of an exercise, drawn by the day."""
    found: dict[str, tuple[str, ...]] = {}
    for drill in drills(exercise):
        scenes = catalogue.scenes(drill.scenes)
        seen = read_state(home).scenes
        found[drill.id] = draw(scenes, drill.count, seen, today.isoformat())
    return found


def completed(
    exercise: Exercise, drawn: Mapping[str, tuple[str, ...]], catalogue: Catalogue, settings: Settings
) -> Exercise:
    """Return the exercise with the person's own rows, and these scenes in its drills."""
    exercise = with_rows(exercise, settings, catalogue)
    found = {}
    for drill in drills(exercise):
        known = {scene.id: scene for scene in catalogue.scenes(drill.scenes)}
        found[drill.id] = tuple(known[name] for name in drawn.get(drill.id, ()) if name in known)
    return deal(exercise, found) if found else exercise
