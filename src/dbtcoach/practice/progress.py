"""How far somebody is: said only once no answer can make the number leap, and while the news is still news.

Guards make the way longer or shorter with every answer. So a page is numbered from the end: by the longest
way that is still open from there. What an answer rules out is then behind, and no answer adds to it. A menu
is one screen, whatever is taken from it, and a line that is changed is none. Where every way comes to a card,
the number says how far the card is, and behind it nothing is counted any more. A screen at which it ends
early has no number, nor has a way of which more is behind than ahead when its length is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dbtcoach.practice.course import chosen, holds, pending
from dbtcoach.practice.outcomes import outcomes
from dbtcoach.practice.page import Progress
from dbtcoach.script.conditions import Rise
from dbtcoach.script.model import Asked, Card, Menu, OnPage, Outer, Say

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from dbtcoach.practice.session import Facts, Session, Value
    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Exercise, Step

    Live = dict[str, Value]

SHARE = 6  # once a number is said, an answer rules out one screen, or one in so many of those ahead
MOST_WAYS = 48  # that are told apart; with more of them nothing is said


@dataclass(slots=True)
class Way:
    """The way through one exercise, which remembers what was counted on it."""

    stops: list[_Stop]
    counted: dict[tuple[Hashable, ...], _Ahead] = field(default_factory=dict)

    @classmethod
    def through(cls, exercise: Exercise) -> Way:
        """Return the way through an exercise."""
        return cls(_stops(exercise.steps))

    def _is_over(self, session: Session) -> bool:
        """Return whether the card that the way leads to, or its end, is behind, or it ends here without."""
        last, due = self.stops[-1].step, pending(session)
        stops = isinstance(due, Say) and due.end
        return due is None or stops or (isinstance(last, Card) and last.id in session.passed)

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
                ahead = self._ahead(index, live, session.facts)
                # The first screen has no number.
                if not total and 0 < seen < ahead.longest and ahead.leap <= max(1, ahead.longest // SHARE):
                    total = seen + ahead.longest
                if total and ahead.longest:
                    number = max(number, total - ahead.longest + 1)
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

    def _ahead(self, index: int, live: Live, facts: Facts) -> _Ahead:
        """Return what lies ahead from here on."""
        names = self.stops[index].named
        mark = (index, *(_hashable(live.get(name)) for name in names))
        if mark not in self.counted:
            self.counted[mark] = _ahead(self.stops[index:], live, facts)
        return self.counted[mark]


class _Ahead(NamedTuple):
    """The screens of the longest way, and how many of them one answer rules out at most."""

    longest: int
    leap: int
    ends: bool = False  # the next screen is the last, which has no number


_OPEN = _Ahead(0, 99)


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


def _ahead(stops: list[_Stop], live: Live, facts: Facts) -> _Ahead:
    """Go all ways that are open, and look back along them from their ends."""
    ways: dict[Hashable, Live] = {None: live}
    layers: list[
        dict[Hashable, tuple[bool, list[Hashable]]]
    ] = []  # a screen or none, and the ways from there
    for stop in stops:
        asks = isinstance(stop.step, Asked | Menu) and bool(stop.asked)
        if not asks and not stop.counts:
            continue
        layers.append({})
        after: dict[Hashable, Live] = {}
        for way, before in ways.items():
            here = stop.counts and holds(stop.when, before, facts)
            nexts = layers[-1].setdefault(way, (here, []))[1]
            if here and isinstance(stop.step, Say) and stop.step.end:
                continue
            for value in _told(stop, before) if asks and (here or not stop.counts) else (None,):
                mark = tuple(
                    _hashable(value if name == stop.step.id else before.get(name)) for name in stop.ahead
                )
                after.setdefault(mark, before if value is None else {**before, stop.step.id: value})
                nexts.append(mark)
        ways = after
        if len(ways) > MOST_WAYS:
            return _OPEN
    behind = dict.fromkeys(ways, _Ahead(0, 0))
    for layer in reversed(layers):
        behind = {
            way: _before(here, [behind[mark] for mark in nexts]) for way, (here, nexts) in layer.items()
        }
    return behind[None]


def _before(here: bool, nexts: list[_Ahead]) -> _Ahead:  # noqa: FBT001 - counted as a screen or none
    longest = max((each.longest for each in nexts), default=0)
    on = [each for each in nexts if not each.ends]
    leaps = [*(each.leap for each in on), *(longest - each.longest for each in on)]
    return _Ahead(longest + here, max(leaps, default=0), ends=not nexts if here else not on)


def _told(stop: _Stop, live: Live) -> list[Value | None]:
    """Return the answers to a stop that make a difference; in a menu also that it is not opened."""
    if not isinstance(stop.step, Asked | Menu):
        return [None]
    found = outcomes(stop.step, stop.asked, live)
    return found if stop.counts else [*found, live.get(stop.step.id)]


def _hashable(value: Value | None) -> Hashable:
    return frozenset(value.items()) if isinstance(value, dict) else value


def _answered(session: Session, step_id: str) -> Value | None:
    """Return what counts as answered here; a line that is being changed still counts as it was."""
    given = session.answers.get(step_id)
    if given is not None and step_id in session.passed:
        return given.value
    return chosen(session, step_id) or session.aside.get(step_id)
