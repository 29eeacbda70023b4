"""Where a session stands: which steps are due, which answers count, how much is left. All derived."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.script.conditions import Between, Condition, Count, Guard, OneOf, Present, Rise
from dbtcoach.script.model import Asked, Menu, OnPage, Outer, Step, walk

if TYPE_CHECKING:
    from dbtcoach.practice.session import Facts, Session, Value

MENU_ROUNDS = 99  # a menu goes round until the person is done; this makes sure that every exercise ends


@dataclass(slots=True)
class _Course:
    """One walk through the steps in reading order, with the answers that count so far."""

    session: Session
    live: dict[str, Value] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)  # what was passed and still counts, in order
    due: OnPage | None = None

    def follow(self, steps: tuple[Step, ...]) -> bool:
        """Walk until a step is due; return whether one was found."""
        return any(holds(step.when, self.live, self.session.facts) and self._due(step) for step in steps)

    def _due(self, step: Step) -> bool:
        if isinstance(step, Outer):
            return self.follow(step.steps)
        if isinstance(step, Menu):
            return self._menu(step)
        return not self._passed(step.id, step)

    def _passed(self, step_id: str, step: OnPage) -> bool:
        if step_id not in self.session.passed:
            self.due = step
            return False
        self.events.append(step_id)
        answer = self.session.answers.get(step_id)
        if answer is not None:
            self.live[step_id] = answer.value
        return True

    def _menu(self, step: Menu) -> bool:
        picked = chosen(self.session, step.id)
        begun = [part for part in _texts(self.live.get(step.begin)) if part not in picked]
        for part in (*begun, *picked):
            if part in picked:
                self.events.append(f"{step.id}:{part}")
            self.live[step.id] = (*_texts(self.live.get(step.id)), part)
            inner = next((p.steps for p in step.parts if p.value == part), ())
            if self.follow(inner):
                return True
        if self.session.rounds >= MENU_ROUNDS:
            return False
        return not self._passed(step.id, step)


def _texts(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def chosen(session: Session, menu_id: str) -> tuple[str, ...]:
    """Return the parts of a menu that were chosen, in order."""
    prefix = f"{menu_id}:"
    return tuple(event.removeprefix(prefix) for event in session.passed if event.startswith(prefix))


def taken(session: Session, menu: Menu) -> tuple[str, ...]:
    """Return the parts of a menu that were begun or chosen, in order."""
    return _texts(live_answers(session).get(menu.id))


def gone_through(session: Session, menu: Menu) -> tuple[str, ...]:
    """Return the parts of a menu in which something was answered, or was only to be read."""
    live, there = live_answers(session), taken(session, menu)
    asked = {
        part.value: [
            s for s in walk(part.steps) if isinstance(s, Asked) and holds(s.when, live, session.facts)
        ]
        for part in menu.parts
    }
    return tuple(
        part for part in there if not asked.get(part) or any(step.id in live for step in asked[part])
    )


def _followed(session: Session) -> _Course:
    course = _Course(session)
    if not session.ended:
        course.follow(session.exercise.steps)
    return course


def pending(session: Session) -> OnPage | None:
    """Return the step that is due, or None when the exercise is over."""
    return _followed(session).due


def live_answers(session: Session) -> dict[str, Value]:
    """Return the answers that count, by step id, in the order in which the exercise asks for them.

    A step that was skipped, or that its guard has turned off since, has none.
    """
    course = _Course(session)
    course.follow(session.exercise.steps)
    return course.live


def events(session: Session) -> tuple[str, ...]:
    """Return what was passed on the way to the step that is due; its last item is what *back* undoes."""
    return tuple(_followed(session).events)


def holds(guards: tuple[Guard, ...], live: dict[str, Value], facts: Facts) -> bool:
    """Say whether all guards hold."""
    return all(_holds(guard.key, guard.condition, live, facts) for guard in guards)


def _holds(key: str, condition: Condition, live: dict[str, Value], facts: Facts) -> bool:
    value = _value(key, live, facts)
    match condition:
        case Present(wanted):
            return (value is not None) == wanted
        case OneOf(values):
            answers = value if isinstance(value, tuple) else (value,)
            return any(_same(answer, wanted) for answer in answers for wanted in values)
        case Between(low, high):
            return _is_number(value) and low <= value <= high  # type: ignore[operator]
        case Count(low, high):
            return isinstance(value, tuple) and low <= len(value) <= high
        case Rise(since, low, high):
            before = live.get(since)
            if not _is_number(value) or not _is_number(before):
                return False
            return low <= value - before <= high  # type: ignore[operator]


def _value(key: str, live: dict[str, Value], facts: Facts) -> Value | None:
    if key in live:
        return live[key]
    outer, _dot, inner = key.rpartition(".")
    rows = live.get(outer)
    if isinstance(rows, dict) and inner in rows:
        number: int = rows[inner]
        return number
    return facts.get(key)


def _is_number(value: Value | None) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _same(answer: Value | None, wanted: str | bool | int) -> bool:  # noqa: FBT001 - a value, not a flag
    return type(answer) is type(wanted) and answer == wanted
