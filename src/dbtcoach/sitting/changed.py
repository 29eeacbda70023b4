"""An entry with some of its answers changed, and the steps that ask for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.errors import CoachError
from dbtcoach.insight.kept_cards import values_of
from dbtcoach.journal.entry import Distress
from dbtcoach.journal.versions import only_changes
from dbtcoach.practice.answers import InvalidAnswerError, check
from dbtcoach.practice.as_answered import prompts_anew
from dbtcoach.script.model import Asked, Confirm, Exercise, Row, Scale, Scales, Text, walk
from dbtcoach.sitting.rows import read_with_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.journal.entry import Entry, Json, Saved
    from dbtcoach.script.model import Kind
    from dbtcoach.world.surroundings import Surroundings

_MOST_ITEMS = 20
NO_DISTRESS = Distress(None, None)  # it was given, and taken away


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry as it was, and as it reads after a change."""

    before: Entry
    entry: Entry
    exercise: Exercise | None = None  # None where it is gone

    @property
    def answers(self) -> dict[str, Json]:
        """The answers that changed, by step; None is one that was taken away."""
        now = {saved.step: saved.value for saved in self.entry.answers}
        return {
            saved.step: now.get(saved.step)
            for saved in self.before.answers
            if now.get(saved.step) != saved.value
        }

    @property
    def record(self) -> Entry | None:
        """What is appended for it; None where nothing changed."""
        cleared = (step for step, value in self.answers.items() if value is None)
        return only_changes(self.before, self.entry, cleared)

    def answered(self, step: Asked, value: Json) -> Changed:
        """Return the change with another answer to a step of the entry; None takes it away."""
        known = {saved.step: saved for saved in self.entry.answers}
        in_order = [
            replace(saved, value=value) if saved.step == step.id else known.get(saved.step)
            for saved in self.before.answers
        ]
        answers = tuple(saved for saved in in_order if saved is not None and saved.value is not None)
        distress = _distress(self.entry.distress, step, value)
        return replace(self, entry=replace(self.entry, answers=answers, distress=distress))

    @property
    def alone(self) -> Entry:
        """The entry to be put in the place of all that was there: no prompt quotes a word that is gone."""
        now = {saved.step: saved.value for saved in self.entry.answers}
        gone = {saved.step: saved.value for saved in self.before.answers if saved.step in self.answers}
        anew = (
            {}
            if self.exercise is None
            else prompts_anew(self.exercise, values_of(now.items()), frozenset(gone))
        )
        asked = {step.id for step in walk(self.exercise.steps)} if self.exercise is not None else set()
        lines = [line for value in gone.values() for line in (value if isinstance(value, list) else [value])]

        def quoting_none(saved: Saved) -> Saved:
            known = saved.step in asked
            prompt = anew.get(saved.step, saved.prompt) if known else _without(saved.prompt, lines)
            return replace(saved, prompt=prompt)

        answers = tuple(map(quoting_none, self.entry.answers))
        cards = () if self.before.cards == () else None  # none is to be made of an entry that may have none
        distress = None if self.entry.distress == NO_DISTRESS else self.entry.distress
        return replace(self.entry, id="", later=(), answers=answers, cards=cards, distress=distress)


def _without(prompt: str, gone: Sequence[Json]) -> str:
    """Return a prompt without these words, for a step that nobody knows any more; ends may differ in it."""
    for words in gone:
        core = words.strip(" \n.,;:…!") if isinstance(words, str) else ""
        if core:
            prompt = re.sub(rf"(?<!\w){re.escape(core)}(?!\w)", "…", prompt, flags=re.IGNORECASE)
    return prompt


def exercise_of(around: Surroundings, entry: Entry) -> Exercise | None:
    """Return the exercise of an entry as it is today; None where it is gone."""
    try:
        return read_with_rows(around, entry.exercise)
    except (CoachError, OSError):
        return None


def steps_of(entry: Entry, exercise: Exercise | None) -> dict[str, Asked]:
    """Return the steps of an entry's answers as its exercise asks them today, or by what the answers are."""
    steps = walk(exercise.steps) if exercise is not None else ()
    known = {step.id: step for step in steps if isinstance(step, Asked)}
    found: dict[str, Asked] = {}
    for saved in entry.answers:
        for step in (known.get(saved.step), _by_value(saved)):
            if step is not None and _fits(step, saved.value):
                found.setdefault(saved.step, step)
    return found


def _fits(step: Asked, value: Json) -> bool:
    try:
        check(step, value)
    except InvalidAnswerError:
        return False
    return True


def _by_value(saved: Saved) -> Asked | None:
    """Return a step that takes what was answered, for one that is gone; None for what no step takes."""
    name, value = saved.step, saved.value
    match value:
        case str():
            return Text(id=name, message="", multiline=True)
        case bool():
            return Confirm(id=name, message="")
        case int():
            return Scale(id=name, message="", low=min(0, value), high=max(10, value))
        case list() if value and all(isinstance(item, str) for item in value):
            return Text(id=name, message="", count=max(_MOST_ITEMS, len(value)))
        case dict() if value and all(isinstance(item, int | str) for item in value.values()):
            numbers = [0, 10, *(item for item in value.values() if isinstance(item, int))]
            rows = tuple(Row(row, row, kind=_kind_of(item)) for row, item in value.items())
            return Scales(id=name, message="", rows=rows, low=min(numbers), high=max(numbers))
        case _:
            return None


def _kind_of(item: Json) -> Kind:
    """Return what a row takes in which this was answered."""
    return "text" if isinstance(item, str) else "yes/no" if isinstance(item, bool) else "number"


def _distress(before: Distress | None, step: Asked, value: Json) -> Distress | None:
    number = value if type(value) is int else None
    match step.role:
        case "distress_before":
            return replace(before or NO_DISTRESS, before=number)
        case "distress_after":
            return replace(before or NO_DISTRESS, after=number)
        case _:
            return before
