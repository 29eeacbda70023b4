"""What to do next, as a choice that begins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.practice.endings import HELP_NOW, ahead
from dbtcoach.practice.page import Page
from dbtcoach.script.model import Choice, Say, Select
from dbtcoach.sitting.questions import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.practice.page import Terminal
    from dbtcoach.practice.session import Session
    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.script.model import Next

WHAT_NOW = "What now?"
REST = "Or nothing more for now."


def choose_next(session: Session, terminal: Terminal, catalogue: Catalogue) -> str:
    """Ask what to go on with; return the name of an exercise, or ``help-now``, or an empty text."""
    known = tuple(_known(session, catalogue))
    if not known:
        return ""
    choices = tuple(Choice(each.exercise, f"{each.label} {title}") for each, title, _command in known)
    page = Page(
        step=Select(id="next", message="", choices=choices),
        exercise=session.exercise.title,
        message=WHAT_NOW,
        help="Each one begins at once. What you did here is finished.",
        first=True,
        enter="Enter ends here",
    )
    return chosen(terminal, page) or ""


def say_next(session: Session, terminal: Terminal, catalogue: Catalogue) -> None:
    """Say what there is to go on with, as commands to type."""
    lines = [f"{each.label} dbtcoach {command}" for each, _title, command in _known(session, catalogue)]
    if lines:
        words = "\n".join([*lines, REST])
        step = Say(id="next", message="")
        terminal.present(Page(step=step, exercise=session.exercise.title, message=words, help=""))


def _known(session: Session, catalogue: Catalogue) -> Iterator[tuple[Next, str, str]]:
    """Yield what is offered and is there, with its title and its command."""
    paths = catalogue.paths()
    for each in ahead(session):
        if each.exercise == HELP_NOW:
            yield each, "People to call or text", HELP_NOW
        elif each.exercise in paths:
            head = catalogue.named(each.exercise).head
            parent, option = head.get("variant_of"), head.get("option")
            command = f"{parent} --{option}" if parent else each.exercise
            yield each, head.get("title", each.exercise), command
