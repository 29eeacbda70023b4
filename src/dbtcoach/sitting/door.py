"""The door: for whoever remembers no command. It asks what is going on and leads to an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import CoachError, LeaveError, QuickExitError
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
UNSURE, UNSAFE = "unsure", "unsafe"
OWN = "an exercise of your own"
FLOODED = 7  # from here on, words come after the body

SITUATIONS = (
    Choice("dear-man", "A hard talk is coming"),
    Choice("pause", "I am in the middle of a fight"),
    Choice("ground", "I am flooded, numb, or fighting an urge"),
    Choice("validate", "They are upset and I want to help"),
    Choice("repair", "I was let down"),
    Choice("connect", "I want to get closer"),
    Choice("reflect", "The day is over"),
    Choice(UNSURE, "I don't know"),
    Choice(UNSAFE, "I am not safe"),
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
    "“I don't know” asks two plain questions and suggests one.\n"
    "“I am not safe” shows people to call or text. Nothing of it is kept."
)


def open_door(around: Surroundings, screen: Screen | None = None) -> int:
    """Ask what is going on, lead to the exercise, and return its exit code."""
    stage = open_stage(around, plain=False, screen=screen)
    try:
        name = _wanted(
            stage.terminal, around.catalogue, quiet_lines(around.home, around.catalogue, around.clock())
        )
        if name == UNSAFE:
            stage.leave()
            hold_interrupts(held=False)  # they waited for the key that chose this
            return _help_now(around)
        exercise = around.catalogue.read(name)
    except QuickExitError:
        stage.vanish()
    except (CoachError, KeyboardInterrupt) as error:
        stage.leave()
        raise error if isinstance(error, CoachError) else LeaveError from None
    # Line mode says the exercise's title and opening as it begins; a screen shows them on its first page.
    return practise(around, exercise, Wishes(), stage if stage.screen is not None else None)


def _help_now(around: Surroundings) -> int:
    from dbtcoach.sitting.country import present

    present(around)
    return 0


def _wanted(terminal: Terminal, catalogue: Catalogue, quiet: list[str]) -> str:
    while True:
        answer = chosen(terminal, _page(quiet))
        if answer is None:
            raise LeaveError  # Enter with nothing chosen: they only looked in
        if answer != UNSURE:
            return answer
        suggested = _suggest(terminal)
        if suggested is not None and _agreed(terminal, catalogue, suggested):
            return suggested


def _page(quiet: list[str]) -> Page:
    return Page(
        step=Select(id="door", message=QUESTION, choices=SITUATIONS),
        exercise=TITLE,
        message=QUESTION,
        help=HELP,
        footnote="\n".join(quiet),
        first=True,
    )


def quiet_lines(home: Home, catalogue: Catalogue, now: datetime) -> list[str]:
    """Return whether today's check-in is done and whether something is unfinished; no words, no names."""
    done = read_state(home).checked_in == day_of(now).isoformat()
    lines = ["Today's check-in: done." if done else "Today's check-in: not yet. There is no rush."]
    return [*lines, *_unfinished(home, catalogue)][:4]


def _unfinished(home: Home, catalogue: Catalogue) -> list[str]:
    """Return what is unfinished; an own exercise without its title, which may name a person."""
    waiting = drafts.waiting(home)
    shipped = {name for name, (_, own) in catalogue.paths().items() if not own} if waiting else set()
    titles = (draft.title if draft.exercise in shipped else OWN for draft in waiting)
    return [f"Unfinished: {title}." for title in dict.fromkeys(titles)]


def _suggest(terminal: Terminal) -> str | None:
    """Ask two plain questions; return an exercise, or None when the person goes back."""
    scale = Scale(id="strength", message="", low_label="calm", high_label="the worst ever")
    question = "How strong is it right now?"
    page = Page(step=scale, exercise=TITLE, message=question, help="A rough number will do.")
    strength = asked(terminal, page)
    if strength == BACK:
        return None
    step = Select(id="matter", message="", choices=MATTERS)
    answer = chosen(terminal, Page(step=step, exercise=TITLE, message="What is it most about?", help=""))
    if isinstance(strength, int) and strength >= FLOODED:
        return "ground"
    return answer or "pause"


def _agreed(terminal: Terminal, catalogue: Catalogue, name: str) -> bool:
    exercise = catalogue.read(name)
    minutes = "a minute" if exercise.minutes == 1 else f"{exercise.minutes} minutes"
    choices = (Choice("begin", "Begin"), Choice("else", "Something else"))
    step = Select(id="suggestion", message="", choices=choices)
    message = f"Try “{exercise.title}”. It takes about {minutes}.\n{exercise.summary}"
    return chosen(terminal, Page(step=step, exercise=TITLE, message=message, help="")) == "begin"
