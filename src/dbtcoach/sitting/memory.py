"""What earlier evenings left behind: a plan to ask about, and the week to look back at.

One such question an evening: what was seldom planned comes before what every evening plans, and a talk that
waits comes before both. What is older than three days lapses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from dbtcoach.insight.days import WEEK
from dbtcoach.insight.week_card import (
    PLAN,
    WeekCard,
    grid_of,
    hardest,
    in_a_line,
    numbers,
    shortened,
    week_card,
    words,
)
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.seal import is_locked
from dbtcoach.journal.state import read_state
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.sitting.keeping import LOOK_BACK_AT_WEEK
from dbtcoach.sitting.prepare import follow_up
from dbtcoach.sitting.rows import known_rows
from dbtcoach.sitting.same_day import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dbtcoach.journal.entry import Entry
    from dbtcoach.practice.page import Grid
    from dbtcoach.world.surroundings import Surroundings

LAPSES = 3  # days after which a plan is not asked about any more
BACK = {"half_hour": 30, "hour": 60, "tomorrow": 24 * 60}  # minutes to the end of a break
TO_COME_BACK = "to come back to the talk, after a break."
FEWEST = 3  # check-ins that make a week to look back at


@dataclass(slots=True)
class Memory:
    """Looks things up in the journal, as far as it is open, once for each of its states.

    ``hidden`` keeps all of it from the screen: others use this computer, and nobody asked for it.
    """

    around: Surroundings
    exercise: str
    day: Callable[[], date | None] = lambda: None
    hidden: bool = False
    _cards: dict[tuple[bool, date], WeekCard] = field(default_factory=dict)
    _plans: dict[bool, tuple[str, str]] = field(default_factory=dict)
    _offers: dict[bool, str] = field(default_factory=dict)

    def fact(self, name: str) -> str:
        """Return what an exercise may know of it; empty where there is nothing."""
        if self.hidden or (name in ("planned", "week_due") and not self._asks):
            return ""
        match name:
            case "planned":
                return self.plan[1]
            case "week_due":
                return self._due()
            case "last_week":
                return in_a_line(self._card_to((self.day() or self._today) - timedelta(days=1)))
            case "week_planned":
                return self._plan_of_week()
            case "week_numbers":
                return numbers(self.card)
            case "week_words":
                return words(self.card)
            case _:
                return hardest(self.card)

    def waits(self) -> bool:
        """Tell by the state alone, in the clear, whether there may be something in a locked journal."""
        if self.exercise == LOOK_BACK_AT_WEEK:
            return True
        try:
            done = date.fromisoformat(read_state(self.around.home).done(CHECK_IN) or "")
        except ValueError:
            return False
        return self.exercise == CHECK_IN and self._asks and 0 < (self._today - done).days <= LAPSES

    def shows(self) -> bool:
        """Tell whether something would come to the screen that nobody asked for."""
        return bool(self.exercise == CHECK_IN and self.fact("planned")) or self.exercise == LOOK_BACK_AT_WEEK

    @property
    def plan(self) -> tuple[str, str]:
        """Return the id of an entry that planned something, and what; both empty where nothing waits."""
        is_open = self.around.keyring.key is not None
        if is_open not in self._plans:
            waits = follow_up(self.around.home, self._today)
            self._plans[is_open] = ("", "") if waits else self._newest_plan()
        return self._plans[is_open]

    @property
    def card(self) -> WeekCard:
        """Return the seven days to the one that is looked at."""
        return self._card_to(self.day() or self._today)

    def _card_to(self, last: date) -> WeekCard:
        key = (self.around.keyring.key is not None, last)
        if key not in self._cards:
            entries = readable(self.around, last - timedelta(days=WEEK - 1), last)
            self._cards[key] = week_card(entries, last, known_rows(self.around))
        return self._cards[key]

    def grid(self) -> Grid:
        """Return that week as a screen draws it."""
        return grid_of(self.card)

    @property
    def _asks(self) -> bool:
        return self.around.settings.memory and self.day() is None

    @property
    def _today(self) -> date:
        return day_of(self.around.clock())

    def _newest_plan(self) -> tuple[str, str]:
        today, now = self._today, self.around.clock()
        asked = read_state(self.around.home).asked
        entries = readable(self.around, today - timedelta(days=LAPSES), today)
        plans = (*_doses(entries, today), *_breaks(entries, now), *_steps(entries, today))
        return next((plan for plan in plans if plan[0] not in asked), ("", ""))

    def _due(self) -> str:
        """Return whether the week is offered; what is saved at the end does not take that back."""
        is_open = self.around.keyring.key is not None
        if is_open not in self._offers:
            self._offers[is_open] = "yes" if self._is_due() else ""
        return self._offers[is_open]

    def _is_due(self) -> bool:
        today = self._today
        before = read_state(self.around.home).done(LOOK_BACK_AT_WEEK) or ""
        if before > (today - timedelta(days=WEEK)).isoformat():
            return False
        whole = (today - timedelta(days=WEEK)).isoformat()
        entries = readable(self.around, today - timedelta(days=2 * WEEK), today - timedelta(days=1))
        days = {entry.day for entry in entries if entry.exercise == CHECK_IN}
        return bool(days) and min(days) <= whole and sum(day > whole for day in days) >= FEWEST

    def _plan_of_week(self) -> str:
        last = self.day() or self._today
        entries = readable(self.around, last - timedelta(days=2 * WEEK), last - timedelta(days=1))
        found = (_answer(entry, "plan") for entry in entries if entry.exercise == LOOK_BACK_AT_WEEK)
        return shortened(next(found, ""))


def _doses(entries: list[Entry], today: date) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if entry.exercise == "connect" and entry.day < today.isoformat():
            yield from _told(entry, "dose")


def _breaks(entries: list[Entry], now: datetime) -> Iterator[tuple[str, str]]:
    for entry in entries:
        minutes = BACK.get(_answer(entry, "back")) if entry.exercise == "express" else None
        try:
            if minutes and datetime.fromisoformat(entry.finished) + timedelta(minutes=minutes) <= now:
                yield entry.id, TO_COME_BACK
        except (ValueError, TypeError):
            continue


def _steps(entries: list[Entry], today: date) -> Iterator[tuple[str, str]]:
    """Yield what the check-in before this one planned; what was planned before that has had its evening."""
    for entry in entries:
        if entry.exercise == CHECK_IN and entry.day < today.isoformat():
            yield from _told(entry, PLAN)
            return


def _told(entry: Entry, step: str) -> Iterator[tuple[str, str]]:
    line = shortened(_answer(entry, step))
    if line:
        yield entry.id, line


def _answer(entry: Entry, step: str) -> str:
    """Return the words of a step; those of an entry after fear, or ended early, are brought up nowhere."""
    if entry.cards == ():
        return ""
    return next(
        (saved.value for saved in entry.answers if saved.step == step and isinstance(saved.value, str)), ""
    )


def is_shown_unasked(memory: Memory) -> bool:
    """Tell whether a key has to be pressed first: others look on, and no passphrase was given."""
    around = memory.around
    return around.settings.shared and not is_locked(around.home) and memory.shows()
