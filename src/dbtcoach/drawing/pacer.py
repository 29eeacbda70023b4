"""Where a breath or a wait stands after so many seconds: it depends on nothing else, so it keeps time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil, cos, pi
from typing import TYPE_CHECKING, assert_never

from dbtcoach.drawing.captions import breaths
from dbtcoach.frozen import Frozen
from dbtcoach.script.model import Breathe, Wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.script.model import OnPage

SETTLE = 3  # seconds before the first breath
_TURN = 0.6  # seconds in which one tone becomes the other
_MINUTE = 60
_LONG = 5 * _MINUTE  # from which on a wait says until when it is: one goes away meanwhile


@dataclass(slots=True)
class Stopwatch:
    """Counts the seconds in which it runs; it stands still at first."""

    monotonic: Callable[[], float]
    counted: float = 0.0
    since: float | None = None

    @property
    def runs(self) -> bool:
        """Whether it is counting."""
        return self.since is not None

    @property
    def elapsed(self) -> float:
        """The seconds in which it ran."""
        return self.counted + (0.0 if self.since is None else self.monotonic() - self.since)

    def start(self) -> None:
        """Count from here on."""
        if self.since is None:
            self.since = self.monotonic()

    def stop(self) -> None:
        """Stand still."""
        self.counted, self.since = self.elapsed, None


class Beat(Frozen):
    """A moment of a breath: its words, how full the lungs are (0 to 1), the seconds of its phase to come.

    ``out`` is the tone, from 0 for in to 1 for out; ``left`` are the seconds of all breaths to come.
    """

    words: str
    fill: float
    seconds: int
    rounds: int
    left: int
    out: float = 0.0
    over: bool = False


def beat(step: Breathe, elapsed: float) -> Beat:
    """Return where the breath stands after so many seconds, those before the first breath included."""
    phases = breaths(step)
    cycle = sum(seconds for _words, seconds in phases)
    at = elapsed - SETTLE
    if at < 0:
        return Beat("Settle", 0.0, ceil(-at), step.rounds, cycle * step.rounds)
    number = int(at // cycle)
    if number >= step.rounds:
        return Beat("Done", 0.0, 0, 0, 0, out=1.0, over=True)
    left = ceil(cycle * step.rounds - at)
    at -= number * cycle
    for words, seconds in phases:
        if at < seconds:
            fill, out = _fill(words, at / seconds, step), _out(words, at, first=number == 0)
            return Beat(words, fill, ceil(seconds - at), step.rounds - number, left, out)
        at -= seconds
    raise AssertionError  # the phases add up to the cycle


def _fill(words: str, share: float, step: Breathe) -> float:
    eased = (1 - cos(pi * share)) / 2
    first = step.inhale / (step.inhale + step.top_up)
    match words:
        case "Breathe in":
            return eased * first
        case "A little more in":
            return first + eased * (1 - first)
        case "Hold":
            return 1.0
        case "Breathe out":
            return 1.0 - eased
        case _:
            return 0.0


def _out(words: str, at: float, *, first: bool) -> float:
    match words:
        case "Breathe out":
            return min(1.0, at / _TURN)
        case "Breathe in" if not first:
            return max(0.0, 1 - at / _TURN)
        case "Rest":
            return 1.0
        case _:
            return 0.0


def lasts(step: Breathe | Wait) -> int:
    """Return how many seconds a step takes, what comes before its first breath included."""
    match step:
        case Wait(seconds=seconds):
            return seconds
        case Breathe(rounds=rounds):
            return SETTLE + rounds * sum(seconds for _words, seconds in breaths(step))
        case _:
            assert_never(step)


def clock(seconds: int) -> str:
    """Return a time as a clock shows it: seconds alone below a minute."""
    return str(seconds) if seconds < _MINUTE else f"{seconds // _MINUTE}:{seconds % _MINUTE:02d}"


def in_words(seconds: int) -> str:
    """Return how long a time is: ``27 seconds``, ``a minute``, ``20 minutes``, ``1:30 minutes``."""
    if seconds == _MINUTE:
        return "a minute"
    if seconds > _MINUTE:
        return f"{clock(seconds).removesuffix(':00')} minutes"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def until(left: float, whole: int, seconds: Callable[[], float]) -> str:
    """Return the time of day at which a long wait is over, behind a comma; nothing for a short one."""
    return time.strftime(", until %H:%M", time.localtime(seconds() + left)) if whole >= _LONG else ""


@dataclass(slots=True)
class Pace:
    """A step that takes time, as somebody goes through it: not begun, going, paused or over."""

    step: Breathe | Wait
    watch: Stopwatch
    seconds: Callable[[], float] = time.time  # the time of day
    begun: bool = False
    left_running: bool = False

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.watch.elapsed >= lasts(self.step)

    @property
    def waits(self) -> bool:
        """Whether it waits at its beginning and its end until somebody goes on."""
        return isinstance(self.step, Wait) and self.step.ready

    @property
    def left(self) -> int:
        """The seconds to come."""
        return max(0, ceil(lasts(self.step) - self.watch.elapsed))

    @property
    def until(self) -> str:
        """When a long wait is over that is running, behind a comma; nothing for another."""
        whole = lasts(self.step)
        return until(whole - self.watch.elapsed, whole, self.seconds) if self.watch.runs else ""

    def begin(self) -> None:
        """Start counting."""
        self.begun = True
        self.watch.start()

    def come(self) -> None:
        """Begin what waits for nobody, and go on where somebody looked away."""
        if self.left_running or not (self.begun or self.waits):
            self.begin()

    def leave(self) -> None:
        """Stand still until somebody comes back."""
        self.left_running = self.watch.runs
        self.watch.stop()

    def pause(self) -> None:
        """Stand still, or go on; what has not begun, or is over, does neither."""
        if self.watch.runs:
            self.watch.stop()
        elif self.begun and not self.over:
            self.watch.start()

    def keys(self) -> list[str]:
        """Return the keys that answer now, and what they do."""
        if not self.begun:
            return ["Enter starts"]
        if self.over:
            return ["Enter goes on"]
        return ["Space pauses" if self.watch.runs else "Space goes on", "Enter ends it"]


def pace_of(
    step: OnPage, monotonic: Callable[[], float], seconds: Callable[[], float] = time.time
) -> Pace | None:
    """Return how far a step is that takes time and has not begun; None for any other."""
    return Pace(step, Stopwatch(monotonic), seconds) if isinstance(step, Breathe | Wait) else None
