"""The round of an exercise: what is due is put on a page, a front end answers with a move, and so on.

Nothing is printed here and nothing is read but what the front end returns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from dbtcoach.practice import moves
from dbtcoach.practice.answers import InvalidAnswerError, check, parse
from dbtcoach.practice.coaching import ENGLISH, Desk, leave_line
from dbtcoach.practice.course import events, gone_through, pending
from dbtcoach.practice.joints import sentence_of
from dbtcoach.practice.messages import card_parts, fill, message, recalled, worded
from dbtcoach.practice.page import BACK, MORE, ON, Given, Go, Move, Page, Places, Terminal, Typed
from dbtcoach.practice.progress import Way
from dbtcoach.practice.written import written
from dbtcoach.script.contents import labels_of
from dbtcoach.script.model import (
    Asked,
    Card,
    Choice,
    Menu,
    OnPage,
    Part,
    Say,
    Scales,
    Select,
    Step,
    Text,
    walk,
)

LAST = "That was the last question."

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dbtcoach.practice.coaching import Coach
    from dbtcoach.practice.session import Facts, Session, Value


NO_LINE = "nothing yet"


def play(
    session: Session,
    terminal: Terminal,
    facts: Callable[[], Facts],
    coach: Coach | None = None,
    *,
    saves: bool = True,
    places: Places | None = None,
) -> Iterator[Session]:
    """Yield the session after every move until nothing is due; facts are asked for before every page.

    With a coach, written answers are looked at: for danger before the session is yielded, so that it is
    known whether it may be drafted, and for how they will land after it, so that the draft is safe.
    ``saves`` False means that nothing is kept, and nobody is told that anything might be. With places, people
    to call can be shown for another country.
    Raises whatever the front end raises; the session that was yielded last is then the latest.
    """
    error, heavy = "", False
    desk = Desk(coach, terminal, saves, places) if coach is not None else None
    way = Way.through(session.exercise)
    while (step := pending(session)) is not None:
        session = replace(session, facts=facts())
        page = replace(page_of(session, step, way), error=error)
        if desk is not None:
            page = desk.on_page(page)
            page = replace(page, heavy=desk.take_heavy() or (heavy and bool(error)))
            heavy = page.heavy
            if isinstance(step, Text) and step.coach:
                page = replace(page, help=f"{page.help}\n{ENGLISH}".strip())
        error = ""
        move = terminal.present(page)
        if page.remarks and move == ON:
            move = Given(page.offered)
        if isinstance(move, Go) and move.to == "back":
            session = leave_line(session, step.id, move.line, coach)
        try:
            session = _moved(session, step, page, move, terminal)
        except InvalidAnswerError as wrong:
            error = str(wrong)
            # Not taken, and not lost: what was typed stands on the line again, and in the draft.
            session = leave_line(session, step.id, move.text if isinstance(move, Typed) else "", coach)
            yield session
            continue
        if desk is None or not isinstance(step, Text | Scales):
            yield session
            continue
        for latest in desk.read(session, step, page):
            session = latest
            yield session
    if desk is not None and desk.take_heavy():  # there is no page any more that it could stand on
        terminal.present(Page(Say(id="heavy", message=LAST), session.exercise.title, LAST, "", heavy=True))


def page_of(session: Session, step: OnPage, way: Way | None = None) -> Page:
    """Return the page of a step that is due; the ``way`` is made anew where it is not given.

    The first page has no number: where it comes from is written down before it is known what there is to ask.
    """
    first = not events(session)
    offered = _offered(session, step)
    if isinstance(step, Text):
        step = worded(session, step)
    return Page(
        step=step,
        exercise=", ".join(filter(None, [session.exercise.title, session.facts.get("day")])),
        message=message(session, step),
        help=fill(session, step.help),
        progress=None if first else (way or Way.through(session.exercise)).progress(session),
        opening=fill(session, session.exercise.opening) if first else "",
        title=fill(session, step.title) if isinstance(step, Card) else "",
        parts=card_parts(session, step) if isinstance(step, Card) and step.parts else (),
        placeholder=fill(session, step.placeholder) if isinstance(step, Text) else "",
        recalled=recalled(session, step),
        sentence=sentence_of(step.sentence) if isinstance(step, Text) else None,
        offered=offered,
        line=session.lines.get(step.id, ""),
        done=gone_through(session, step) if isinstance(step, Menu) else (),
        first=first,
        enter=f"Enter keeps “{written(offered)}”" if isinstance(offered, bool) else "",
    )


def _offered(session: Session, step: OnPage) -> Value | None:
    """Return what stands there to be kept or changed: an answer that was set aside, else the step's own."""
    before = session.aside.get(step.id)
    if before is not None or not isinstance(step, Text):
        return before
    return fill(session, step.offer) or None


def _moved(session: Session, step: Step, page: Page, move: Move, terminal: Terminal) -> Session:
    if isinstance(move, Typed):
        if not isinstance(step, Asked | Menu):
            return moves.move_on(session, step)
        meant = parse(step, move.text)
        move = Given(meant[0] if isinstance(step, Menu) and isinstance(meant, tuple) else meant)
    match move:
        case Given(value) if value == MORE and isinstance(step, Menu):
            rest = replace(page, more=not page.more, error="")
            move = terminal.present(rest)
            return session if move == BACK else _moved(session, step, rest, move, terminal)
        case Given(value):
            part = _changing(step, value)
            if part is not None and isinstance(step, Menu):
                return _change_line(session, step, part, page, terminal)
            return moves.answer(session, step, value, page.message)
        case Go():
            if move.to == "back":
                return moves.back(session)
            if isinstance(page.offered, bool):  # there is no line that could be emptied
                return moves.answer(session, step, page.offered, page.message)
            if not moves.may_skip(step):
                raise InvalidAnswerError("This step needs an answer. You can leave with Ctrl-C.")
            return moves.move_on(session, step)
        case _:
            assert_never(move)


def _changing(step: Step, value: object) -> Part | None:
    parts = step.parts if isinstance(step, Menu) else ()
    return next((part for part in parts if part.value == value and part.change), None)


def _line(session: Session, step: Step) -> str:
    """Return a line that can be changed: what it is for, and the words that stand there."""
    question = message(session, step).split("\n")[0]
    name, colon, _rest = question.partition(":")
    given = session.answers.get(step.id)
    if given is None:
        return f"{name if colon else question} ({NO_LINE})"
    words = " ".join(written(given.value, labels_of(step)).split())
    return f"{name}: {words}" if colon else words


def _change_line(session: Session, menu: Menu, part: Part, page: Page, terminal: Terminal) -> Session:
    """Ask which line to change, and make it due again; leave the session as it is when none is chosen."""
    lines = moves.lines_to_change(session, part.change)
    if not lines:
        raise InvalidAnswerError("There is nothing to change yet.")
    steps = {step.id: step for step in walk(session.exercise.steps)}
    choices = tuple(Choice(name, _line(session, steps[name])) for name in lines)
    question = Select(id=menu.id, message=part.label, choices=choices)
    shown = replace(page, step=question, message=question.message, help="", done=(), offered=None)
    move = terminal.present(shown)
    match move:
        case Given(value):
            return moves.change(session, str(check(question, value)))
        case Typed(text):
            return moves.change(session, str(parse(question, text)))
        case Go():
            return session
        case _:
            assert_never(move)
