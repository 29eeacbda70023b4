"""How far somebody is: said only once it is known how long the way is at most.

Guards make the way longer or shorter with every answer. So a page is numbered from the end: by the longest
way that is still open from there. What an answer rules out is then behind, and no answer adds to it. A menu
is one screen, whatever is taken from it, and a line that is changed is none. Where every way comes to a card,
the number says how far the card is, and behind it nothing is counted any more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from dbtcoach.practice.course import chosen, holds, pending
from dbtcoach.practice.outcomes import outcomes
from dbtcoach.practice.page import Progress
from dbtcoach.script.conditions import Rise
from dbtcoach.script.model import Asked, Card, Confirm, Menu, OnPage, Outer, Say, Scale, Scales, Select, Text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from dbtcoach.practice.session import Facts, Session, Value
    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Exercise, Step

    Live = dict[str, Value]

SLACK = 2  # screens by which the longest way may differ from the usual one when the first number is said
MOST_WAYS = 48  # that are told apart; with more of them nothing is said


@dataclass(slots=True)
class Way:
    """The way through one exercise, which remembers what was counted on it."""

    stops: list[_Stop]
    counted: dict[tuple[Hashable, ...], int] = field(default_factory=dict)

    @classmethod
    def through(cls, exercise: Exercise) -> Way:
        """Return the way through an exercise."""
        return cls(_stops(exercise.steps))

    def _is_over(self, session: Session) -> bool:
        """Return whether the card that the way leads to, or its end, is behind."""
        last = self.stops[-1].step
        return pending(session) is None or (isinstance(last, Card) and last.id in session.passed)

    def progress(self, session: Session) -> Progress | None:
        """Return where the page that is due stands, or None where the way is open.

        From one page to the next the number never falls, and the total stays; going back can open the way
        again. The number is the total where no answer leads to one more page.
        """
        if self._is_over(session):
            return None
        furthest = self._furthest(session)
        live: Live = {}
        seen, number, total = 0, 0, 0
        for index, stop in enumerate(self.stops):
            if stop.counts and holds(stop.when, live, session.facts):
                longest = self._longest(index, live, session.facts)
                if not total and longest and longest - self._usual(index, live, session.facts) <= SLACK:
                    total = seen + longest
                if total and longest:
                    number = max(number, total - longest + 1)
                seen += 1
                if index > furthest:
                    break
            answer = _answered(session, stop.step.id)
            if answer is not None:
                live[stop.step.id] = answer
        return Progress(number, total) if total else None

    def _furthest(self, session: Session) -> int:
        """Return the last stop that is behind: with a menu that was opened, all that stands before it."""
        stops = list(enumerate(self.stops))
        passed = [n for n, stop in stops if stop.counts and stop.step.id in session.passed]
        menus = [n - 1 for n, stop in stops if stop.counts and isinstance(stop.step, Menu)]
        opened = [n for n in menus if chosen(session, self.stops[n + 1].step.id)]
        # A line that is changed is due again, before a menu that may have no part taken from it.
        first = menus[:1] if session.rounds else []
        return max((*passed, *opened, *first), default=-1)

    def _longest(self, index: int, live: Live, facts: Facts) -> int:
        """Return how many screens there are at most from here on; 0 when there are too many ways to tell."""
        names = self.stops[index].named
        mark = (index, *(_hashable(live.get(name)) for name in names))
        if mark not in self.counted:
            self.counted[mark] = _longest(self.stops[index:], live, facts)
        return self.counted[mark]

    def _usual(self, index: int, live: Live, facts: Facts) -> int:
        """Return how many screens there are on the usual way from here on: nothing more is opened."""
        here, length = dict(live), 0
        for stop in self.stops[index:]:
            if stop.counts and holds(stop.when, here, facts):
                length += 1
                if isinstance(stop.step, Asked):
                    here[stop.step.id] = _usual(stop.step)
        return length


@dataclass(slots=True)
class _Stop:
    """A step as it is met: with the guards of all that it lies in, and those behind it that ask about it."""

    step: OnPage
    when: tuple[Guard, ...]
    counts: bool  # False inside a menu
    asked: list[Guard] = field(default_factory=list)
    named: tuple[str, ...] = ()  # the steps that are asked about from here on
    ahead: tuple[str, ...] = ()  # and behind it


def _stops(steps: tuple[Step, ...]) -> list[_Stop]:
    stops = list(_flat(steps, (), counts=True))
    on_all_ways = (n for n, stop in enumerate(stops) if stop.counts and not stop.when)
    card = next((n for n in on_all_ways if isinstance(stops[n].step, Card)), len(stops))
    stops = stops[: card + 1]
    by_name = {stop.step.id: stop for stop in stops}
    ahead: dict[str, None] = {}
    for stop in reversed(stops):
        stop.ahead = tuple(ahead)
        ahead.pop(stop.step.id, None)
        for guard in stop.when if stop.counts else ():
            names = {guard.key, guard.key.rpartition(".")[0]}
            if isinstance(guard.condition, Rise):
                names.add(guard.condition.since)
            for name in sorted(names & by_name.keys()):
                ahead[name] = None
                by_name[name].asked.append(guard)
        stop.named = tuple(ahead)
    return stops


def _flat(steps: tuple[Step, ...], outer: tuple[Guard, ...], *, counts: bool) -> Iterator[_Stop]:
    for step in steps:
        when = (*outer, *step.when)
        if isinstance(step, Outer):
            yield from _flat(step.steps, when, counts=counts)
            continue
        if isinstance(step, Menu):
            for part in step.parts:
                yield from _flat(part.steps, when, counts=False)
        yield _Stop(step, when, counts)


def _longest(stops: list[_Stop], live: Live, facts: Facts) -> int:
    ways: dict[Hashable, tuple[Live, int]] = {None: (live, 0)}
    ended = 0
    for stop in stops:
        asks = isinstance(stop.step, Asked | Menu) and bool(stop.asked)
        if not asks and not stop.counts:
            continue
        after: dict[Hashable, tuple[Live, int]] = {}
        for before, length in ways.values():
            here = stop.counts and holds(stop.when, before, facts)
            longer = length + here
            if here and isinstance(stop.step, Say) and stop.step.end:
                ended = max(ended, longer)
                continue
            for value in _told(stop, before) if asks and (here or not stop.counts) else (None,):
                mark = tuple(
                    _hashable(value if name == stop.step.id else before.get(name)) for name in stop.ahead
                )
                if mark not in after or after[mark][1] < longer:
                    after[mark] = (before if value is None else {**before, stop.step.id: value}, longer)
        ways = after
        if len(ways) > MOST_WAYS:
            return 0
    return max([ended, *(length for _live, length in ways.values())])


def _told(stop: _Stop, live: Live) -> list[Value | None]:
    """Return the answers to a stop that make a difference; in a menu also that it is not opened."""
    if not isinstance(stop.step, Asked | Menu):
        return [None]
    found = outcomes(stop.step, stop.asked, live)
    return found if stop.counts else [*found, live.get(stop.step.id)]


def _hashable(value: Value | None) -> Hashable:
    return frozenset(value.items()) if isinstance(value, dict) else value


def _usual(step: Asked) -> Value:
    match step:
        case Select(choices=choices, multiple=multiple):
            first = next((choice.value for choice in choices if not choice.unsafe), choices[0].value)
            return (first,) if multiple else first
        case Confirm():
            return False
        case Scale():
            return _middle(step)
        case Scales(rows=rows):
            return {row.id: _middle(step) for row in rows}
        case Text():
            return "some words"
        case _:
            assert_never(step)


def _middle(step: Scale | Scales) -> int:
    return (step.low + step.high) // 2


def _answered(session: Session, step_id: str) -> Value | None:
    """Return what counts as answered here; a line that is being changed still counts as it was."""
    given = session.answers.get(step_id)
    if given is not None and step_id in session.passed:
        return given.value
    return chosen(session, step_id) or session.aside.get(step_id)
