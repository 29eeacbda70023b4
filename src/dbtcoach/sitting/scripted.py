"""An exercise with answers from a file: nothing is asked, nothing takes time, nothing is half-saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.errors import UsageError
from dbtcoach.home import shown
from dbtcoach.journal.entry import encode
from dbtcoach.journal.ids import next_id
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.nodes import as_value, read
from dbtcoach.script.problems import Problems
from dbtcoach.sitting.keeping import Keeper
from dbtcoach.sitting.prepare import completed, facts_of, scenes_for
from dbtcoach.sitting.records import entry_of
from dbtcoach.terminal.scripted import Script

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.script.model import Exercise
    from dbtcoach.sitting.surroundings import Surroundings

LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ScriptWishes:
    """How a scripted run was asked for; ``day`` is what it is about, when that is not today."""

    as_json: bool = False
    save: bool = True
    day: date | None = None


def play_script(around: Surroundings, exercise: Exercise, file: str, wishes: ScriptWishes) -> int:
    """Play an exercise with the answers of a file and print the entry or a transcript; return the exit code.

    Raises UsageError that names every answer that cannot be used; nothing is saved then.
    """
    answers = read_answers(around, file)
    told: list[str] = []
    script = Script(answers, told.append)
    drawn = scenes_for(around, exercise)
    begun = around.clock()
    session = start(completed(around, exercise, drawn), facts_of(around), begun.isoformat(), drawn)
    for latest in play(session, script, lambda: facts_of(around)):
        session = latest
    left_out = script.finish(session.exercise)
    keeper = Keeper(around, exercise.name, saves=wishes.save, day=wishes.day)
    if wishes.save and around.settings.save is not False:
        entry = keeper.save(session, begun)
    else:
        number = next_id(int(begun.timestamp() * 1000), around.randomness, None)
        entry = replace(entry_of(session, begun, around.clock(), wishes.day), id=number)
    around.tell(*left_out, *keeper.notices)
    around.streams.stdout.write(f"{encode(entry)}\n" if wishes.as_json else "\n\n".join([*told, ""]))
    around.streams.stdout.flush()
    return 0


def read_answers(around: Surroundings, file: str) -> dict[str, object]:
    """Return the mapping of step ids to values in a YAML or JSON file, ``-`` being standard input."""
    name = "standard input" if file == "-" else shown(file)
    problems = Problems()
    root = read(_source(around, file, name), name, problems, LARGEST)
    if problems.found:
        raise UsageError("\n".join(str(problem) for problem in sorted(problems.found)))
    value = as_value(root) if root is not None else None
    if not isinstance(value, dict):
        raise UsageError(f"{name}: expected a mapping of step ids to answers, such as\n  distress: 6")
    return value


def _source(around: Surroundings, file: str, name: str) -> bytes | str:
    import os

    if file == "-":
        return around.streams.stdin.read(LARGEST + 1)
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as source:
            return source.read(LARGEST + 1) or b""
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None
