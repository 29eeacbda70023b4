"""What can happen to a session: each function returns the session after it, and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dbtcoach.practice.answers import check
from dbtcoach.practice.course import events, taken
from dbtcoach.practice.session import Answer
from dbtcoach.script.model import Asked, Card, Menu, Say, Select, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dbtcoach.practice.session import Session
    from dbtcoach.script.model import Step

T = TypeVar("T")

DONE = "done"


def answer(session: Session, step: Step, raw: object, prompt: str) -> Session:
    """Return the session with the due step answered; raise InvalidAnswerError when the value does not fit.

    From a menu, the value is one part, or ``done``.
    """
    if isinstance(step, Menu):
        return _choose(session, step, str(raw))
    if not isinstance(step, Asked):
        return move_on(session, step)
    value = check(step, raw)
    picked = value if isinstance(value, tuple) else (value,)
    unsafe = isinstance(step, Select) and any(c.unsafe and c.value in picked for c in step.choices)
    return replace(
        session,
        answers={**session.answers, step.id: Answer(step.id, prompt, value)},
        passed=(*session.passed, step.id),
        aside=_without(session.aside, (step.id,)),
        lines=_without(session.lines, (step.id,)),
        private=session.private or unsafe,
    )


def move_on(session: Session, step: Step) -> Session:
    """Return the session with the due step passed without an answer: shown, waited for or skipped.

    An answer that was set aside stays there, so that skipping by mistake loses nothing.
    """
    ended = session.ended or (isinstance(step, Say) and step.end)
    lines = _without(session.lines, (step.id,))
    return replace(session, passed=(*session.passed, step.id), lines=lines, ended=ended)


def leave_line(session: Session, step_id: str, line: str) -> Session:
    """Return the session with what stands on the line of a step that is left, to be offered again."""
    lines = _without(session.lines, (step_id,))
    return replace(session, lines={**lines, step_id: line} if line.strip() else lines)


def may_skip(step: Step) -> bool:
    """Say whether the step can be left without an answer."""
    return not (isinstance(step, Asked) and step.required)


def back(session: Session) -> Session:
    """Return the session before the last step that was passed, its answer set aside; itself at the start.

    Before the first step of a menu's part comes its menu, also when that was left and a line changed since.
    """
    done = events(session)
    return _unpass(session, (done[-1], done[-1].partition(":")[0])) if done else session


def reopen(session: Session, step: Step) -> Session:
    """Return the session with one passed step due again, its answer offered for editing."""
    return _unpass(session, (step.id,))


def finish(session: Session) -> Session:
    """Return the session ended early, with everything that was answered."""
    return replace(session, ended=True)


def change(session: Session, step_id: str) -> Session:
    """Return the session with one line due again; cards that stand below it are shown again."""
    order = [step.id for step in walk(session.exercise.steps)]
    cards = [step.id for step in walk(session.exercise.steps) if isinstance(step, Card)]
    below = [card for card in cards if order.index(card) > order.index(step_id)]
    changed = _unpass(session, (step_id, *below))
    return replace(changed, rounds=session.rounds + 1)


def lines_to_change(session: Session, names: Iterable[str]) -> list[str]:
    """Return those of the named steps that were passed on this way."""
    done = events(session)
    return [name for name in names if name in done]


def _choose(session: Session, menu: Menu, value: str) -> Session:
    if value == DONE:
        return move_on(session, menu)
    check(menu, value)
    part = next(part for part in menu.parts if part.value == value)
    rounds = session.rounds + 1
    if part.value not in taken(session, menu):
        return replace(session, passed=(*session.passed, f"{menu.id}:{part.value}"), rounds=rounds)
    again = _unpass(session, [step.id for step in walk(part.steps)])
    return replace(again, rounds=rounds)


def _unpass(session: Session, names: Iterable[str]) -> Session:
    gone = set(names)
    taken = {name: given.value for name, given in session.answers.items() if name in gone}
    return replace(
        session,
        answers=_without(session.answers, gone),
        passed=tuple(name for name in session.passed if name not in gone),
        aside={**session.aside, **taken},
        ended=False,
    )


def _without(mapping: Mapping[str, T], names: Iterable[str]) -> dict[str, T]:
    gone = set(names)
    return {name: value for name, value in mapping.items() if name not in gone}
