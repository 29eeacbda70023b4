"""The door: for whoever remembers no command. It asks what is going on and leads to an exercise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.errors import LeaveError
from dbtcoach.journal import drafts
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.state import read_state
from dbtcoach.practice.aside import asked
from dbtcoach.practice.page import BACK, Page
from dbtcoach.script.model import Choice, Scale, Select
from dbtcoach.sitting.live import Wishes, practise
from dbtcoach.sitting.questions import chosen
from dbtcoach.sitting.stage import open_stage
from dbtcoach.terminal.modes import hold_interrupts

if TYPE_CHECKING:
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.practice.page import Terminal
    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.terminal.screen import Screen
    from dbtcoach.world.surroundings import Surroundings

TITLE = "dbtcoach"
QUESTION = "What is going on right now?"
UNSURE, UNSAFE, ELSE = "unsure", "unsafe", "else"
UNFINISHED = "unfinished"  # alone, or with the name of an exercise behind a dot
OWN = "an exercise of your own"
FLOODED = 7  # from here on, words come after the body

# With what is unfinished these are seven: more is no help to somebody who is at a loss.
SITUATIONS = (
    Choice("dear-man", "A hard talk is coming"),
    Choice("pause", "I am in the middle of a fight"),
    Choice("ground", "I am flooded, numb, or fighting an urge"),
    Choice("reflect", "The day is over"),
    Choice(ELSE, "Something else, or I don't know"),
    Choice(UNSAFE, "I am not safe"),
)
DONE = "The day is over (today's page is done)"
OTHERS = (
    Choice("validate", "They are upset and I want to help"),
    Choice("repair", "I was let down"),
    Choice("connect", "I want to get closer"),
    Choice("mend", "I hurt somebody"),
    Choice("cope-ahead", "Something I dread is coming"),
    Choice("accept", "It is so, and I can't change it"),
    Choice("together", "We are two, and have half an hour"),
    Choice(UNSURE, "I don't know"),
)
MATTERS = (
    Choice("express", "What I feel"),
    Choice("dear-man", "Something I need from someone"),
    Choice("validate", "What someone else feels"),
    Choice("repair", "Something that hurt me"),
    Choice("pause", "I can't say"),
)
HELP = (
    "Press a number. Each one leads to a short exercise, and you can leave it at any time.\n"
    "“Something else” has more of them. If you don't know, two plain questions suggest one.\n"
    "“I am not safe” shows people to call or text. Nothing of it is kept."
)


def open_door(around: Surroundings, screen: Screen | None = None) -> int:
    """Ask what is going on, lead to the exercise, and return its exit code."""
    stage = open_stage(around, screen)
    with stage.given_back():
        name, wishes = _Door.of(around, stage.terminal).wanted()
        if name == UNSAFE:
            stage.leave()
            hold_interrupts(held=False)  # they waited for the key that chose this
            return _help_now(around)
        exercise = around.catalogue.read(name)
    # Line mode says the exercise's title and opening as it begins; a screen shows them on its first page.
    return practise(around, exercise, wishes, stage if stage.screen is not None else None)


def _help_now(around: Surroundings) -> int:
    from dbtcoach.sitting.country import present

    present(around)
    return 0


def unfinished(home: Home, catalogue: Catalogue) -> tuple[Choice, ...]:
    """Return what can be gone on with, the newest first; an own one without its private title."""
    waiting = drafts.waiting(home)
    paths = catalogue.paths() if waiting else {}
    return tuple(
        Choice(f"{UNFINISHED}.{draft.exercise}", OWN if paths[draft.exercise][1] else draft.title)
        for draft in waiting
        if draft.exercise in paths
    )


def choices_now(home: Home, now: datetime, waiting: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return what can be chosen first: what is going on, and last what is unfinished; seven lines at most."""
    done = read_state(home).checked_in == day_of(now).isoformat()
    now_going_on = [
        replace(each, label=DONE) if done and each.value == "reflect" else each for each in SITUATIONS
    ]
    return (*now_going_on, *_to_go_on_with(waiting))


def _to_go_on_with(waiting: tuple[Choice, ...]) -> tuple[Choice, ...]:
    match waiting:
        case ():
            return ()
        case (only,):
            return (replace(only, label=f"Go on with {only.label}"),)
        case _:
            return (Choice(UNFINISHED, "Go on with something unfinished"),)


@dataclass(frozen=True, slots=True)
class _Door:
    """What can be chosen, and who is asked."""

    terminal: Terminal
    catalogue: Catalogue
    first: tuple[Choice, ...]
    others: tuple[Choice, ...]
    waiting: tuple[Choice, ...]

    @classmethod
    def of(cls, around: Surroundings, terminal: Terminal) -> _Door:
        """Return the door of this home; where others look on, what is remembered shows only after a key."""
        home, catalogue = around.home, around.catalogue
        waiting, names = unfinished(home, catalogue), {*catalogue.paths(), UNSURE}
        others = tuple(each for each in OTHERS if each.value in names)
        if not around.settings.shows_memory:
            return cls(terminal, catalogue, SITUATIONS, (*others, *_to_go_on_with(waiting)), waiting)
        return cls(terminal, catalogue, choices_now(home, around.clock(), waiting), others, waiting)

    def wanted(self) -> tuple[str, Wishes]:
        """Return what was chosen, and how it is to be begun; raise LeaveError when nothing was."""
        while True:
            answer = self._chosen(QUESTION, self.first, HELP, door=True)
            if answer is None:
                raise LeaveError  # Enter with nothing chosen: they only looked in
            if answer == ELSE:
                answer = self._chosen("What is nearest?", self.others)
            if answer == UNFINISHED:
                answer = self._chosen("Which one?", self.waiting)
            if answer == UNSURE:
                suggested = self._suggested()
                if suggested is not None:
                    return suggested
            elif answer is not None:
                outer, _dot, name = answer.partition(".")
                return (name, Wishes(resume=True)) if outer == UNFINISHED else (answer, Wishes())

    def _suggested(self) -> tuple[str, Wishes] | None:
        """Ask two plain questions; return an exercise, or None when the person goes back or wants another."""
        scale = Scale(id="strength", message="", low_label="calm", high_label="the worst ever")
        question = "How strong is it right now?"
        page = Page(step=scale, exercise=TITLE, message=question, help="A rough number will do.")
        strength = asked(self.terminal, page)
        if strength == BACK:
            return None
        answer = self._chosen("What is it most about?", MATTERS)
        number = strength if isinstance(strength, int) else None
        name = "ground" if number is not None and number >= FLOODED else answer or "pause"
        return (name, Wishes(strength=number)) if self._agreed(name) else None

    def _agreed(self, name: str) -> bool:
        exercise = self.catalogue.read(name)
        minutes = "a minute" if exercise.minutes == 1 else f"{exercise.minutes} minutes"
        choices = (Choice("begin", "Begin"), Choice("other", "Something else"))
        message = f"Try “{exercise.title}”. It takes about {minutes}.\n{exercise.summary}"
        return self._chosen(message, choices) == "begin"

    def _chosen(
        self, message: str, choices: tuple[Choice, ...], help_text: str = "", *, door: bool = False
    ) -> str | None:
        step = Select(id="door", message=message, choices=choices)
        enter = "Enter leaves" if door else ""
        page = Page(step=step, exercise=TITLE, message=message, help=help_text, first=door, enter=enter)
        return chosen(self.terminal, page)
