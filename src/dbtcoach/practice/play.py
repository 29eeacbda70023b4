"""The round of an exercise: what is due is put on a page, a front end answers with a move, and so on.

Nothing is printed here and nothing is read but what the front end returns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dbtcoach.practice import moves
from dbtcoach.practice.answers import InvalidAnswerError, check, parse
from dbtcoach.practice.course import chosen, events, pending
from dbtcoach.practice.progress import remaining
from dbtcoach.practice.wording import fill, message
from dbtcoach.script.model import Asked, Card, Choice, Menu, Part, Select, Step, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dbtcoach.practice.session import Facts, Session, Value


@dataclass(frozen=True, slots=True)
class Page:
    """One screen: a step as it reads now, and what the front end needs to show it."""

    step: Step
    exercise: str  # the title
    message: str
    help: str
    left: int  # about how many screens, this one included
    opening: str = ""  # the exercise's first words, on its first page only
    title: str = ""  # of a card
    placeholder: str = ""
    offered: Value | None = None
    error: str = ""
    done: tuple[str, ...] = ()  # of a menu: the parts that were gone through
    first: bool = False  # there is nothing to go back to
    footnote: str = ""  # something quiet to know, below the question


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a value."""

    value: object


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as it was typed: the number of a choice, y or n, digits with spaces between."""

    text: str


@dataclass(frozen=True, slots=True)
class Go:
    """Where to go: ``on`` passes or skips, ``back`` undoes the last step, ``finish`` ends here."""

    to: str


Move = Given | Typed | Go
ON, BACK, FINISH = Go("on"), Go("back"), Go("finish")


class Terminal(Protocol):
    """A front end: it shows a page and collects a move; what the move means is decided by the engine."""

    def present(self, page: Page) -> Move:
        """Show the page and return what the person does; raise LeaveError when they leave."""
        ...


def play(session: Session, terminal: Terminal, facts: Callable[[], Facts]) -> Iterator[Session]:
    """Yield the session after every move until nothing is due; facts are asked for before every page.

    Raises whatever the front end raises; the session that was yielded last is then the latest.
    """
    error, typed = "", None
    while (step := pending(session)) is not None:
        session = replace(session, facts=facts())
        page = replace(page_of(session, step), error=error)
        if typed is not None:
            page = replace(page, offered=typed)
        error, typed = "", None
        move = terminal.present(page)
        try:
            session = _moved(session, step, page, move, terminal)
        except InvalidAnswerError as wrong:
            error = str(wrong)
            typed = move.text if isinstance(move, Typed) else None
            continue
        yield session


def page_of(session: Session, step: Step) -> Page:
    """Return the page of a step that is due."""
    first = not events(session)
    return Page(
        step=step,
        exercise=session.exercise.title,
        message=message(session, step),
        help=fill(session, step.help),
        left=remaining(session),
        opening=fill(session, session.exercise.opening) if first else "",
        title=fill(session, step.title) if isinstance(step, Card) else "",
        placeholder=fill(session, step.placeholder) if isinstance(step, Text) else "",
        offered=moves.offered(session, step),
        done=chosen(session, step.id) if isinstance(step, Menu) else (),
        first=first,
    )


def _moved(session: Session, step: Step, page: Page, move: Move, terminal: Terminal) -> Session:
    if isinstance(move, Typed):
        if not isinstance(step, Asked | Menu):
            return moves.move_on(session, step)
        meant = parse(step, move.text)
        move = Given(meant[0] if isinstance(step, Menu) and isinstance(meant, tuple) else meant)
    match move:
        case Given(value):
            part = _changing(step, value)
            if part is not None and isinstance(step, Menu):
                return _change_line(session, step, part, page, terminal)
            return moves.answer(session, step, value, page.message)
        case Go("back"):
            return moves.back(session)
        case Go("finish"):
            return moves.finish(session)
        case Go(_):
            if not moves.may_skip(step):
                raise InvalidAnswerError(
                    "This step needs an answer. You can leave with Ctrl-C; nothing is lost."
                )
            return moves.move_on(session, step)


def _changing(step: Step, value: object) -> Part | None:
    parts = step.parts if isinstance(step, Menu) else ()
    return next((part for part in parts if part.value == value and part.change), None)


def _change_line(session: Session, menu: Menu, part: Part, page: Page, terminal: Terminal) -> Session:
    """Ask which line to change, and make it due again; leave the session as it is when none is chosen."""
    lines = moves.lines_to_change(session, part.change)
    if not lines:
        return session
    prompts = {name: given.prompt.split("\n")[0] for name, given in session.answers.items()}
    question = Select(
        id=menu.id,
        message=part.label,
        choices=tuple(Choice(name, prompts.get(name, name)) for name in lines),
    )
    shown = replace(page, step=question, message=question.message, help="", done=(), offered=None)
    move = terminal.present(shown)
    match move:
        case Given(value):
            return moves.change(session, str(check(question, value)))
        case Typed(text):
            return moves.change(session, str(parse(question, text)))
        case Go():
            return session
