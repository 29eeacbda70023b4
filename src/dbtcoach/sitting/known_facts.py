"""What an exercise may know of the world, looked up when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dbtcoach.journal.entry import Entry, day_of
from dbtcoach.practice.messages import DAY_NUMBER
from dbtcoach.practice.written import written
from dbtcoach.script.countries import say_lines
from dbtcoach.script.facts import REMEMBERED, last_answer, minutes_later

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dbtcoach.script.countries import Country

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - one line
)


class KnownFacts(Mapping[str, str]):
    """The closed set of facts; names of the language are ours, whatever the locale."""

    def __init__(
        self,
        now: datetime,
        country: Callable[[], Country],
        newest: Callable[[str], Entry | None],
        follow_up: str = "",
        remembered: Callable[[str], str] = lambda _name: "",
        about: date | None = None,
    ) -> None:
        self.now = now
        self.country = country
        self.newest = newest
        self.follow_up = follow_up
        self.about = about  # the day that is looked at, when that is not today
        self.remembered = remembered

    def __getitem__(self, name: str) -> str:
        found = self._find(name)
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(("now", "today", "follow_up"))

    def __len__(self) -> int:
        return 3

    def _find(self, name: str) -> str:
        match name:
            case "now":
                return clock_time(self.now)
            case "today":
                return day_name(self.now)
            case "day" | "that_day" | "next_day":
                return self._about(name)
            case "follow_up":
                return self.follow_up
            case _ if name in REMEMBERED:
                return self.remembered(name)
            case _ if name == DAY_NUMBER:
                return str((self.about or day_of(self.now)).toordinal())
            case "lines.crisis":
                country = self.country()
                return say_lines(country, country.crisis, self.now.date())
            case "lines.abuse":
                country = self.country()
                return say_lines(country, country.abuse or country.crisis, self.now.date())
            case "lines.stopping":
                country = self.country()
                return say_lines(country, country.stopping or country.crisis, self.now.date())
            case _:
                return self._computed(name)

    def _about(self, name: str) -> str:
        """Return how the day is called that the exercise is about; ``day`` is empty where that is today."""
        if self.about is None:
            return {"that_day": "today", "next_day": "tomorrow"}.get(name, "")
        return {"that_day": "that day", "next_day": "the day after"}.get(name, day_name(self.about))

    def _computed(self, name: str) -> str:
        minutes = minutes_later(name)
        if minutes is not None:
            return clock_time(self.now + timedelta(minutes=minutes))
        last = last_answer(name)
        return self._last(*last) if last is not None else ""

    def _last(self, exercise: str, step: str) -> str:
        entry = self.newest(exercise)
        for saved in entry.answers if entry is not None else ():
            if saved.step == step:
                value = tuple(saved.value) if isinstance(saved.value, list) else saved.value
                return written(value)  # type: ignore[arg-type]  # what was saved came from a session
        return ""


def clock_time(moment: datetime) -> str:
    """Return a time of day such as ``20:40``."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def day_name(moment: datetime | date) -> str:
    """Return a day such as ``Monday 23 November``."""
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"


def day_said(day: date, today: date) -> str:
    """Return when a day was, the way one says it: ``today``, ``yesterday`` or ``on Monday 23 November``."""
    return {0: "today", 1: "yesterday"}.get((today - day).days, f"on {day_name(day)}")


def moment_name(saved: str, now: datetime) -> str:
    """Return when something was saved (ISO 8601), in words."""
    try:
        moment = datetime.fromisoformat(saved)
    except ValueError:
        return "earlier"
    day = "today" if moment.date() == now.date() else day_name(moment)
    return f"{day}, {clock_time(moment)}"
