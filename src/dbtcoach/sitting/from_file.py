"""An exercise with answers from a file: nothing is asked, nothing takes time, nothing is half-saved."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_outside
from dbtcoach.disk.home import shown
from dbtcoach.errors import UsageError
from dbtcoach.journal.entry import day_of, encode
from dbtcoach.journal.file import check_writable
from dbtcoach.journal.ids import next_id
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.nodes import Table, as_value, read
from dbtcoach.script.problems import Mark, Problems
from dbtcoach.sitting.again import REPEATS
from dbtcoach.sitting.ahead import say_next
from dbtcoach.sitting.keeping import Keeper
from dbtcoach.sitting.memory import Memory, is_shown_unasked
from dbtcoach.sitting.prepare import completed, facts_of, scenes_for
from dbtcoach.sitting.records import entry_of
from dbtcoach.sitting.same_day import check_in_of
from dbtcoach.terminal.scripted import Script
from dbtcoach.world import console as output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import TextIO

    from dbtcoach.script.model import Exercise
    from dbtcoach.sitting.known_facts import KnownFacts
    from dbtcoach.world.surroundings import Surroundings

LARGEST = 1024 * 1024


def play_script(
    around: Surroundings,
    exercise: Exercise,
    file: str,
    *,
    as_json: bool = False,
    save: bool = True,
    day: date | None = None,
) -> int:
    """Play an exercise with the answers of a file and print the entry or a transcript; return the exit code.

    ``day`` is what it is about, when that is not today.
    Raises UsageError that names every answer that cannot be used; nothing is saved then.
    """
    answers, places = read_answers(around.streams.stdin, file)
    if save and around.settings.unsure:  # for what it says, or because nothing may be read there
        check_writable(around.home.journal)
    lines: list[str] = []
    script = Script(answers, lines.append, places)
    begun = around.clock()
    drawn = scenes_for(exercise, around.catalogue, around.home, day_of(begun))

    memory = Memory(around, exercise.name, lambda: day)
    memory.hidden = is_shown_unasked(memory)  # nobody is asked whether they are alone

    def facts() -> KnownFacts:
        now = around.clock()
        return facts_of(around, now, day, memory.fact, repeats=exercise.name == REPEATS)

    dealt = completed(exercise, drawn, around.catalogue, around.settings)
    keeper = Keeper(around.home, exercise.name, around.clock, around.randomness, saves=save, day=day)
    keeper.before = lambda day: check_in_of(around, day)
    keeper.asks_about = lambda: memory.plan[0]
    session = keeper.offered(start(dealt, facts(), begun.isoformat(), drawn))
    for latest in play(session, script, facts):
        session = latest
    say_next(session, script, around.catalogue)
    left_out = script.finish(session.exercise)
    if save and around.settings.save is not False:
        entry = keeper.save(session, begun)
    else:
        number = next_id(int(begun.timestamp() * 1000), around.randomness, None)
        entry = replace(entry_of(session, begun, around.clock(), day), id=number)
    unsure = ["Nothing was kept."] if save and around.settings.unsure else []
    around.tell(*left_out, *keeper.notices, *unsure)
    if as_json:
        output.say_json(around.streams.stdout, json.loads(encode(entry)))
    else:
        output.say(around.streams.stdout, "\n\n".join([*lines, ""]).split("\n")[:-1])
    return 0


def read_answers(stdin: TextIO, file: str) -> tuple[dict[str, object], dict[str, str]]:
    """Return the mapping of step ids to values in a YAML or JSON file, ``-`` being standard input.

    With it comes the place of each id, as ``file:line:col``.
    """
    name = "standard input" if file == "-" else shown(file)
    source = _source(stdin, file, name)
    known = _from_json(source) if len(source) <= LARGEST else None
    if known is not None:
        return known, {key: str(mark) for key, mark in _marks(source, name)}
    problems = Problems(private=True)
    root = read(source, name, problems, LARGEST, whole=True)
    if problems.found:
        raise UsageError("\n".join(str(problem) for problem in sorted(problems.found)))
    if not isinstance(root, Table):
        raise UsageError(f"{name}: expected a mapping of step ids to answers, such as\n  distress: 6")
    return as_value(root), {key.text: str(key.mark) for key, _value in root.pairs}


def _from_json(source: bytes | str) -> dict[str, object] | None:
    r"""Return the object in a JSON text, or None where it is something else: YAML then tells its place.

    Not all JSON is YAML: most programs write an emoji as ``\ud83d\ude00``, which YAML refuses.
    """

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError  # a key is given twice
        return found

    try:
        found = json.loads(source, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _marks(source: bytes | str, name: str) -> Iterator[tuple[str, Mark]]:
    """Yield each key of a JSON object with its place; the text is JSON, as was found out before."""
    text = source if isinstance(source, str) else source.decode(json.detect_encoding(source))
    decoder = json.JSONDecoder()
    place = _next(text, text.index("{") + 1)
    line, start = 1, 0
    while text[place] == '"':
        line += text.count("\n", start, place)
        start = max(start, text.rfind("\n", start, place) + 1)
        key, after = decoder.raw_decode(text, place)
        yield key, Mark(name, line, place - start + 1)
        _value, after = decoder.raw_decode(text, _next(text, after))
        place = _next(text, after)


def _next(text: str, place: int) -> int:
    """Return where the next key, value or end of a JSON object stands."""
    while text[place] in " \t\r\n,:":
        place += 1
    return place


def _source(stdin: TextIO, file: str, name: str) -> bytes | str:
    if file == "-":
        return stdin.read(LARGEST + 1)
    try:
        with open_outside(file) as source:
            return source.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}.") from None
