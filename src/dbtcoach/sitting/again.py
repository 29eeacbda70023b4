"""The same ask again: the last talk that was prepared, as a start for the next one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dbtcoach.disk.home import NOWHERE
from dbtcoach.errors import JournalError
from dbtcoach.insight.kept_cards import values_of
from dbtcoach.journal.entries import Entries
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.seal import is_locked
from dbtcoach.journal.state import read_state
from dbtcoach.practice.answers import InvalidAnswerError, check
from dbtcoach.script.model import Select, Text, walk
from dbtcoach.sitting import questions
from dbtcoach.sitting.asked_once import is_about_touch, tells_of_a_no
from dbtcoach.sitting.known_facts import day_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.entry import Entry
    from dbtcoach.practice.session import Value
    from dbtcoach.script.model import Exercise
    from dbtcoach.sitting.stage import Stage
    from dbtcoach.world.keyring import Keyring
    from dbtcoach.world.settings import Settings

TALKS = ("dear-man", "dear-man-quick")
REPEATS = "rehearse"  # does not take the first no
KIND, REPEATABLE = "kind", ("ask", "refuse")  # never what is about sex, touch or contact
_NOTED = {"dear-man-after": "", "reflect": "looking_back."}  # where the end of a talk is noted
_ENDED = ("no", "no_touch")
_NO = ("consent", "environment")  # of what got in the way
_MOST = 500  # entries that are looked through
_AGE = timedelta(days=90)


def lines_again(
    exercise: Exercise, stage: Stage, home: Home, keyring: Keyring, settings: Settings, now: datetime
) -> Mapping[str, Value]:
    """Return the lines of the last talk, to be offered again, if the person wants to begin with them.

    On a computer that others use, nothing is read without a key.
    """
    if exercise.name != TALKS[0] or home is NOWHERE or not _is_open(exercise, stage, home, keyring, settings):
        return {}
    try:
        entry = last_talk(
            Entries(home.journal, keyring.opener, lambda _lost: None).newest_first(), day_of(now)
        )
    except JournalError:
        return {}
    if entry is None:
        return {}
    when = day_said(date.fromisoformat(entry.day), day_of(now))
    return lines_of(entry, exercise) if questions.same_again(stage.terminal, exercise, when) else {}


def _is_open(exercise: Exercise, stage: Stage, home: Home, keyring: Keyring, settings: Settings) -> bool:
    """Say whether earlier talks may be read; where there is one and it is locked, offer to open it."""
    if not is_locked(home):
        return not settings.shared
    if keyring.key is None and read_state(home).follow_up is not None:
        told = keyring.offered(stage.ask_secret(exercise.title))
        if told:
            questions.tell(stage.terminal, exercise, told)
    return keyring.key is not None


def last_talk(entries: Iterable[Entry], today: date) -> Entry | None:
    """Return the talk to begin from, of entries newest first; None after a no that was noted."""
    for entry in islice(entries, _MOST):
        answers = values_of((saved.step, saved.value) for saved in entry.answers)
        if entry.exercise in TALKS:
            fits = answers.get(KIND) in REPEATABLE and entry.exercise == TALKS[0]
            fits = fits and entry.cards != ()  # none was made of it: there was fear, or it is not finished
            fits = fits and not _is_asked_once(answers)
            return entry if fits and entry.complete and _is_recent(entry, today) else None
        if entry.exercise in _NOTED and _says_no(answers, _NOTED[entry.exercise]):
            return None
    return None


def lines_of(entry: Entry, exercise: Exercise) -> dict[str, Value]:
    """Return the words of an entry, and what it was for, to be offered where they still fit."""
    found: dict[str, Value] = {}
    values = values_of((saved.step, saved.value) for saved in entry.answers)
    for step in walk(exercise.steps):
        offered = (isinstance(step, Text) and not step.role) or (isinstance(step, Select) and step.id == KIND)
        if offered and isinstance(step, Text | Select) and step.keep and step.id in values:
            try:
                found[step.id] = check(step, values[step.id])
            except InvalidAnswerError:
                continue
    return found


def _says_no(answers: Mapping[str, Value], prefix: str) -> bool:
    way = answers.get(f"{prefix}in_the_way")
    listed = way if isinstance(way, tuple) else ()
    told = (words for name, words in answers.items() if name.startswith(prefix))
    return (
        answers.get(f"{prefix}ended") in _ENDED
        or any(reason in listed for reason in _NO)
        or any(tells_of_a_no(words) for words in told if isinstance(words, str))
    )


def _is_asked_once(answers: Mapping[str, Value]) -> bool:
    """Tell by the words of a talk whether it is not for a second time, whatever was chosen as its kind."""
    words = "\n".join(value for value in answers.values() if isinstance(value, str))
    return is_about_touch(words) or (answers[KIND] != "refuse" and tells_of_a_no(words))


def _is_recent(entry: Entry, today: date) -> bool:
    return bool(entry.day) and today - date.fromisoformat(entry.day) <= _AGE
