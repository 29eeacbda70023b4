"""The check-in of a day that has one already: its answers are offered, and only what changed is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError
from dbtcoach.journal.read import entries_of
from dbtcoach.journal.state import read_state
from dbtcoach.journal.unseal import open_record
from dbtcoach.journal.versions import CHECK_IN, only_changes
from dbtcoach.practice.answers import InvalidAnswerError, check
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.messages import message
from dbtcoach.script.contents import messages_of
from dbtcoach.script.model import Asked, Scales, walk

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.entry import Entry, Json, Saved
    from dbtcoach.practice.session import Session, Value
    from dbtcoach.script.model import Step
    from dbtcoach.world.surroundings import Surroundings

AGAIN = "This page has answers already. Enter keeps each of them.\nChange what you like, or add to it."


def readable(around: Surroundings, first: date, last: date) -> list[Entry]:
    """Return the entries of some days, newest first; sealed ones only where the passphrase was given."""
    from dbtcoach.insight.days import Span
    from dbtcoach.insight.wanted import within

    opener = around.keyring.opener() if around.keyring.key is not None else None
    opened = entries_of(around.home.journal, lambda each: open_record(each, opener) if opener else None)
    try:
        return list(within(opened, Span(first, last)))
    except JournalError:
        return []  # what cannot be read is as if it were not there: an exercise never fails for it


def check_in_of(around: Surroundings, day: date) -> Entry | None:
    """Return the check-in of a day, or None; a sealed one only where the passphrase was given."""
    return next((entry for entry in readable(around, day, day) if entry.exercise == CHECK_IN), None)


def is_check_in_there(home: Home, exercise: str, day: date | None, today: date) -> bool:
    """Tell whether a day may have a check-in, without opening the journal: of a past day it alone knows."""
    return exercise == CHECK_IN and (day is not None or read_state(home).done(CHECK_IN) == today.isoformat())


def with_answers(session: Session, before: Entry) -> Session:
    """Return a session that offers these answers, as far as they fit what is asked about that day."""
    steps = {step.id: step for step in walk(session.exercise.steps)}
    aside: dict[str, Value] = {}
    for saved in before.answers:
        step = steps.get(saved.step)
        if not isinstance(step, Asked) or (
            len(messages_of(step)) > 1 and message(session, step) != saved.prompt
        ):
            continue
        with suppress(InvalidAnswerError):
            aside[step.id] = check(step, _rows(step, saved.value, known=True))
    return (
        replace(session, aside=aside, exercise=replace(session.exercise, opening=AGAIN)) if aside else session
    )


def what_changed(session: Session, before: Entry, entry: Entry) -> Entry | None:
    """Return the record that adds a session to the check-in that was there before; None if it adds nothing.

    What was offered and taken off its line is cleared; rows that are on the card no more stay.
    """
    steps = {step.id: step for step in walk(session.exercise.steps)}
    known = {saved.step: saved.value for saved in before.answers}
    live = live_answers(session)
    cleared = [name for name in session.passed if name in session.aside and name not in live]

    def whole(saved: Saved) -> Saved:
        kept = _rows(steps[saved.step], known.get(saved.step), known=False)
        if not isinstance(saved.value, dict) or not isinstance(kept, dict):
            return saved
        return replace(saved, value={**kept, **saved.value})

    off = [replace(saved, value={}) for saved in before.answers if saved.step in cleared]
    left = [saved for saved in map(whole, off) if saved.value]
    return only_changes(before, replace(entry, answers=(*map(whole, entry.answers), *left)), cleared)


def _rows(step: Step, value: Json, *, known: bool) -> Json:
    """Return the rows of an answer that a step has, or those that it has not; anything else as it is."""
    if not isinstance(step, Scales) or not isinstance(value, dict):
        return value
    rows = {row.id for row in step.rows}
    return {name: number for name, number in value.items() if (name in rows) is known}
