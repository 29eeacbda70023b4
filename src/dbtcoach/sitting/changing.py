"""Changing an entry: from a list of its answers, each asked again as it was asked.

What is changed so far is in a draft of its own until it is saved, so that leaving loses no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import JournalError
from dbtcoach.insight.entry_lines import date_of, value_lines
from dbtcoach.journal.drafts import of_change
from dbtcoach.practice.answers import InvalidAnswerError, check
from dbtcoach.practice.coaching import leave_line
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.page import Page, Typed
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.practice.written import plain, written
from dbtcoach.script.contents import labels_of
from dbtcoach.script.model import Asked, Choice, Exercise, Select, Text
from dbtcoach.sitting import questions
from dbtcoach.sitting.changed import Changed, exercise_of, steps_of
from dbtcoach.sitting.country import Atlas, may_keep
from dbtcoach.sitting.keeping import LOST, Keeper, unsealed
from dbtcoach.sitting.known_facts import moment_name
from dbtcoach.sitting.prepare import facts_of
from dbtcoach.sitting.questions import chosen
from dbtcoach.sitting.remains import what_is_kept
from dbtcoach.sitting.rule_loading import ShippedCoach
from dbtcoach.sitting.telling import Answered, Telling
from dbtcoach.world import console

if TYPE_CHECKING:
    from dbtcoach.journal.entry import Entry, Json, Saved
    from dbtcoach.practice.page import Move, Terminal
    from dbtcoach.practice.session import Facts, Session
    from dbtcoach.sitting.stage import Stage
    from dbtcoach.world.surroundings import Surroundings

DONE, LEAVE = "keep_it", "leave"
KEEP, ERASE = "keep", "erase"
AS_IT_WAS = "Nothing was changed."
GO_ON = "What you wrote is kept as a draft.\nTo go on: dbtcoach log edit {}"
UNSAVED = "So the change is not saved. Here is what you wrote, this once. Copy what you need."
_LONGEST_LINE = 60


@dataclass(slots=True)
class Bench:
    """One entry while it is changed, and what became of it so far."""

    around: Surroundings
    stage: Stage
    terminal: Terminal  # says on its pages that a draft could not be written
    changed: Changed
    keeper: Keeper
    coach: ShippedCoach
    lines: dict[str, str] = field(default_factory=dict)  # what stands where a step was left, by its id

    @classmethod
    def of(cls, around: Surroundings, stage: Stage, entry: Entry) -> Bench:
        """Return the bench for an entry on which nothing has happened."""
        keeper = Keeper(
            around.home, of_change(entry.id), around.clock, around.randomness, saves=may_keep(around)
        )
        coach = ShippedCoach(Path(around.home.exercises), notes=around.settings.coach)
        changed = Changed(entry, entry, exercise_of(around, entry))
        return cls(around, stage, Telling(stage.terminal, keeper), changed, keeper, coach)

    def begin(self) -> None:
        """Take the draft; go on with the change in it, if the person wants that."""
        told = self.keeper.begin()
        if told:
            questions.tell(self.stage.terminal, self._exercise(()), told)
        draft = self.keeper.waiting()
        if draft is None:
            return
        waits = replace(draft.header, title="changing this")
        when = moment_name(waits.saved, self.around.clock()) if self.around.settings.shows_memory else ""
        about = "Going on has what you changed so far."
        if not questions.continue_draft(self.stage.terminal, self._exercise(()), waits, when, about):
            self.keeper.drop()
            return
        keyring, title = self.around.keyring, clean(self.changed.entry.title)
        self._take(unsealed(draft, lambda: keyring.opener(self.stage.ask_secret(title))))

    def change(self) -> bool:
        """Let a person change answers one by one; return whether they want to keep it like that.

        What was left unfinished is asked once more before the end.
        """
        while True:
            answer = chosen(self.terminal, self._menu())
            if answer in (LEAVE, None):
                self.keeper.drop()
                return False
            if answer == DONE:
                for name in [*self.lines]:
                    self._ask(name)
                return True
            self._ask(str(answer))

    def take(self, moves: Mapping[str, Move]) -> None:
        """Take answers that were given elsewhere, by step: they are read as if they were typed here."""
        for step, move in moves.items():
            self.lines |= self._lines_of(leave_line(self._session(step), step, words_of(move), self.coach))
        self._draft(self.changed)
        for step, move in moves.items():
            self._ask(step, move)

    def farewell(self) -> str:
        """Return what was kept, for a person who leaves before the end."""
        keeper, entry = self.keeper, self.changed.entry
        if keeper.trouble:
            return f"{AS_IT_WAS}\n{keeper.trouble}\n{LOST}"
        if keeper.saves and keeper.claim is not None and self.around.home.has_draft(keeper.exercise):
            return f"{AS_IT_WAS}\n{GO_ON.format(entry.id)}"
        return AS_IT_WAS

    def unsaved(self, error: JournalError) -> JournalError:
        """Show the words that could not be saved, once, and return what to raise."""
        stage, keeper = self.stage, self.keeper
        words = self._transcript()
        if stage.screen is not None:
            questions.tell(stage.terminal, self._exercise(()), f"{error}\n{UNSAVED}\n\n{words}")
        else:
            console.say(stage.streams.stdout, words.split("\n"))
        kept = keeper.saves and keeper.claim is not None and not keeper.trouble
        drafted = f" {GO_ON.format(self.changed.before.id)}" if kept else ""
        return JournalError(f"{error}\nThe change was not saved.{drafted}")

    def _transcript(self) -> str:
        """Return what was changed as plain lines."""
        steps, saved = self._steps(), {each.step: each for each in self.changed.before.answers}
        lines: list[str] = []
        for name, value in self.changed.answers.items():
            said = "" if value is None else written(check(steps[name], value), labels_of(steps[name]))
            lines += [saved[name].prompt or name, said, ""]
        return "\n".join(lines)

    def _steps(self) -> dict[str, Asked]:
        return steps_of(self.changed.before, self.changed.exercise)

    def _exercise(self, steps: tuple[Asked, ...]) -> Exercise:
        entry = self.changed.entry
        title = clean(entry.title or entry.exercise)
        return Exercise(name=entry.exercise, title=title, summary="", steps=steps)

    def _take(self, data: Mapping[str, Json]) -> None:
        """Take what a draft says, as far as it fits the entry as it is now."""
        steps, answers, lines = self._steps(), data.get("answers"), data.get("lines")
        for name, value in answers.items() if isinstance(answers, Mapping) else ():
            if name in steps:
                try:
                    given = None if value is None else plain(check(steps[name], value))
                except InvalidAnswerError:
                    continue
                self.changed = self.changed.answered(steps[name], given)
        for name, line in lines.items() if isinstance(lines, Mapping) else ():
            if name in steps and isinstance(line, str):
                self.lines[name] = line

    def _draft(self, changed: Changed) -> None:
        if changed.answers or self.lines:
            data = {"answers": changed.answers, "lines": {**self.lines}}
            self.keeper.write(clean(changed.entry.title), data)
        else:
            self.keeper.drop()

    def _menu(self) -> Page:
        steps, entry = self._steps(), self.changed.entry
        now = {saved.step: saved for saved in entry.answers}
        lines = [
            Choice(
                saved.step,
                _line(
                    now.get(saved.step, replace(saved, value=None)),
                    steps[saved.step],
                    self.lines.get(saved.step, ""),
                ),
            )
            for saved in self.changed.before.answers
            if saved.step in steps
        ]
        ends = (Choice(DONE, "Keep it like this"), Choice(LEAVE, "Leave everything as it was"))
        return Page(
            step=Select(id="line", message="", choices=(*lines, *ends)),
            exercise=clean(entry.title or entry.exercise),
            message=f"{date_of(entry)}\nWhich answer do you want to change?",
            help="An answer that you empty is taken away.",
            first=True,
            enter="Enter leaves everything as it was",
        )

    def _session(self, name: str) -> Session:
        """Return the session in which one step is asked as it was asked, with its answer offered."""
        step, entry = self._steps()[name], self.changed.entry
        saved = next(each for each in self.changed.before.answers if each.step == name)
        now = next((each.value for each in entry.answers if each.step == name), None)
        prompt = (saved.prompt or saved.step).replace("$", "$$")
        asked = replace(step, message=prompt, when=(), required=False, help="")
        if isinstance(asked, Text):
            asked = replace(asked, others=(), placeholder="")
        session = start(self._exercise((asked,)), self._facts(), entry.started)
        aside = {} if now is None else {name: check(asked, now)}
        lines = {name: self.lines[name]} if name in self.lines else {}
        return replace(session, aside=aside, lines=lines)

    def _facts(self) -> Facts:
        return facts_of(self.around, self.around.clock())

    def _lines_of(self, session: Session) -> dict[str, str]:
        kept = {name: line for name, line in session.lines.items() if name not in session.unkept}
        return {name: line for name, line in kept.items() if line != session.aside.get(name)}  # as it was

    def _ask(self, name: str, move: Move | None = None) -> None:
        """Ask one step, or take the answer that was given; words are looked at as in an exercise."""
        latest = session = self._session(name)
        self.coach.begin()

        def left(step: str, line: str) -> None:
            self._stands(leave_line(latest, step, line, self.coach), name)

        self.stage.keep_lines(left)
        terminal = self.terminal if move is None else Answered(self.terminal, {name: move})
        places = Atlas(self.around, lambda: True, self._facts)
        for latest in play(
            session, terminal, self._facts, self.coach, saves=self.keeper.saves, places=places
        ):
            self._stands(latest, name)
        self.stage.keep_lines(None)
        kept = what_is_kept(latest, self.stage.terminal)
        if kept is not None:
            self.changed = self._with(kept, name)
        self._draft(self.changed)

    def _stands(self, session: Session, name: str) -> None:
        """Draft what was changed so far, with the step that is being asked as it stands."""
        self.lines.pop(name, "")
        self.lines |= self._lines_of(session)
        self._draft(self.changed if session.private else self._with(session, name))

    def _with(self, session: Session, name: str) -> Changed:
        """Return the change with this step as it was answered; words of danger change nothing."""
        if name in session.unkept:
            return self.changed
        given = session.aside if name not in session.passed else live_answers(session)
        value: Json = plain(given[name]) if name in given else None
        return self.changed.answered(self._steps()[name], value)


def words_of(move: Move) -> str:
    """Return what was typed, if anything was."""
    return move.text if isinstance(move, Typed) else ""


def _line(saved: Saved, step: Asked, left: str) -> str:
    """Return an answer as a line that can be chosen, with what was left there unfinished, if anything was."""
    said = " ".join(value_lines(saved.value, labels_of(step))) or "(taken away)"
    said = f"{clean(' '.join(left.split()))} (unfinished)" if left else said
    prompt = clean(saved.prompt or saved.step).split("\n")[0]
    return f"{_short(prompt)}  {_short(said)}"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_LINE else f"{words[: _LONGEST_LINE - 1]}…"


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
