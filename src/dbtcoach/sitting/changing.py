"""An entry with some of its answers changed: from a list of them, each asked again as it was asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import CoachError
from dbtcoach.insight.kept_cards import values_of
from dbtcoach.journal.entry import Distress
from dbtcoach.journal.versions import only_changes
from dbtcoach.practice.answers import InvalidAnswerError, check
from dbtcoach.practice.as_answered import prompts_anew
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.page import Page
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.practice.written import plain
from dbtcoach.script.contents import labels_of
from dbtcoach.script.model import Asked, Choice, Confirm, Exercise, Row, Scale, Scales, Select, Text, walk
from dbtcoach.sitting.country import Atlas
from dbtcoach.sitting.prepare import facts_of
from dbtcoach.sitting.questions import chosen
from dbtcoach.sitting.remains import what_is_kept
from dbtcoach.sitting.rows import read_with_rows
from dbtcoach.sitting.rule_loading import ShippedCoach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.journal.entry import Entry, Json, Saved
    from dbtcoach.practice.page import Terminal
    from dbtcoach.practice.session import Facts
    from dbtcoach.world.surroundings import Surroundings

DONE, LEAVE = "keep_it", "leave"
KEEP, ERASE = "keep", "erase"
_LONGEST_LINE = 60
_MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry as it reads after a change, and the steps whose answers were taken away."""

    before: Entry
    entry: Entry
    cleared: tuple[str, ...]
    exercise: Exercise | None = None  # None where it is gone

    @property
    def record(self) -> Entry | None:
        """What is appended for it; None where nothing changed."""
        return only_changes(self.before, self.entry, self.cleared)

    @property
    def alone(self) -> Entry:
        """The entry to be put in the place of all that was there: no prompt quotes a word that is gone."""
        now = {saved.step: saved.value for saved in self.entry.answers}
        gone = {
            saved.step: saved.value for saved in self.before.answers if now.get(saved.step) != saved.value
        }
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
        return replace(self.entry, id="", later=(), answers=answers, cards=cards)


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
        step = known.get(saved.step)
        meant = step if step is not None and _fits(step, saved.value) else _by_value(saved)
        if meant is not None:
            found[saved.step] = meant
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
        case dict() if value and all(type(number) is int for number in value.values()):
            numbers = [number for number in value.values() if isinstance(number, int)]
            rows = tuple(Row(row, row) for row in value)
            return Scales(id=name, message="", rows=rows, low=min(0, *numbers), high=max(10, *numbers))
        case _:
            return None


def change(around: Surroundings, terminal: Terminal, entry: Entry) -> Changed | None:
    """Let a person change answers one by one; None when they leave without keeping anything."""
    exercise = exercise_of(around, entry)
    steps = steps_of(entry, exercise)
    changed = Changed(entry, entry, (), exercise)
    while True:
        answer = chosen(terminal, _menu(changed, steps))
        if answer in (LEAVE, None):
            return None
        if answer == DONE:
            return changed
        changed = _asked_again(around, terminal, changed, steps[str(answer)])


def _menu(changed: Changed, steps: dict[str, Asked]) -> Page:
    now = {saved.step: saved for saved in changed.entry.answers}
    lines = [
        Choice(saved.step, _line(now.get(saved.step, replace(saved, value=None)), steps[saved.step]))
        for saved in changed.before.answers
        if saved.step in steps
    ]
    ends = (Choice(DONE, "Keep it like this"), Choice(LEAVE, "Leave everything as it was"))
    return Page(
        step=Select(id="line", message="", choices=(*lines, *ends)),
        exercise=clean(changed.entry.title or changed.entry.exercise),
        message=f"{changed.entry.day}\nWhich answer do you want to change?",
        help="An answer that you empty is taken away.",
        first=True,
        enter="Enter leaves everything as it was",
    )


def _line(saved: Saved, step: Asked) -> str:
    from dbtcoach.insight.entry_lines import value_lines
    from dbtcoach.insight.finding import row_labels

    labels = row_labels(step) if isinstance(step, Scales) else labels_of(step)
    said = " ".join(value_lines(saved.value, labels)) or "(taken away)"
    prompt = clean(saved.prompt or saved.step).split("\n")[0]
    return f"{_short(prompt)}  {_short(said)}"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_LINE else f"{words[: _LONGEST_LINE - 1]}…"


def _asked_again(around: Surroundings, terminal: Terminal, changed: Changed, step: Asked) -> Changed:
    """Ask one step as it was asked, with its answer offered; words are looked at as in an exercise."""
    entry = changed.entry
    saved = next(each for each in changed.before.answers if each.step == step.id)
    now = next((each.value for each in entry.answers if each.step == step.id), None)

    def facts() -> Facts:
        return facts_of(around, around.clock())

    prompt = (saved.prompt or saved.step).replace("$", "$$")
    asked = replace(step, message=prompt, when=(), required=False, help="")
    if isinstance(asked, Text):
        asked = replace(asked, others=(), placeholder="")
    exercise = Exercise(name=entry.exercise, title=clean(entry.title), summary="", steps=(asked,))
    session = start(exercise, facts(), entry.started)
    if now is not None:
        session = replace(session, aside={step.id: check(asked, now)})
    coach = ShippedCoach(Path(around.home.exercises), notes=around.settings.coach)
    if isinstance(asked, Text):
        coach.begin()
    for latest in play(session, terminal, facts, coach, places=Atlas(around, lambda: True, facts)):
        session = latest
    kept = what_is_kept(session, terminal)
    if kept is None or step.id in kept.unkept:
        return changed
    given = live_answers(session).get(step.id)
    value: Json = None if given is None else plain(given)
    return replace(
        changed,
        entry=replace(
            entry,
            answers=_with(changed.before.answers, entry.answers, replace(saved, value=value)),
            distress=_distress(entry.distress, step, value),
        ),
        cleared=(
            *(name for name in changed.cleared if name != step.id),
            *([step.id] if value is None else []),
        ),
    )


def _with(order: Sequence[Saved], answers: Sequence[Saved], new: Saved) -> tuple[Saved, ...]:
    known = {saved.step: saved for saved in answers} | {new.step: new}
    in_order = (known.get(saved.step) for saved in order)
    return tuple(saved for saved in in_order if saved is not None and saved.value is not None)


def _distress(before: Distress | None, step: Asked, value: Json) -> Distress | None:
    number = value if type(value) is int else None
    before = before or Distress(None, None)
    match step.role:
        case "distress_before":
            return replace(before, before=number)
        case "distress_after":
            return replace(before, after=number)
        case _:
            return None if before == Distress(None, None) else before


def keeps_old(terminal: Terminal, entry: Entry) -> bool:
    """Ask whether the words from before are kept beside the new ones."""
    page = Page(
        step=Select(
            id="old_words",
            message="",
            required=True,
            choices=(Choice(KEEP, "Keep the old words too"), Choice(ERASE, "Erase the old words")),
        ),
        exercise=clean(entry.title or entry.exercise),
        message="What should become of the words from before?",
        help=(
            "Kept, they stand in the journal beside the new ones: dbtcoach log show ID --versions\n"
            "Erased, they are gone from the journal and from the copies that dbtcoach made."
        ),
        first=True,
    )
    answer = chosen(terminal, page)
    while answer is None:
        answer = chosen(terminal, page)
    return answer == KEEP
