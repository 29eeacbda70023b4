"""The breathing pacer: a bar that fills and empties, the seconds, the rounds left; any key ends it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, assert_never

from dbtcoach.script.model import Breathe, Wait
from dbtcoach.terminal.captions import breaths
from dbtcoach.terminal.window_size import WIDEST

if TYPE_CHECKING:
    from dbtcoach.terminal.glyphs import Glyphs
    from dbtcoach.terminal.sheet import Styled


@dataclass(frozen=True, slots=True)
class Beat:
    """Where a breath stands: its words, how full the lungs are (0 to 1), seconds and rounds left."""

    words: str
    fill: float
    seconds: int
    rounds: int
    over: bool = False


def beat(step: Breathe, elapsed: float) -> Beat:
    """Return where the breath stands after so many seconds; it depends on nothing else, so it keeps time."""
    phases = breaths(step)
    cycle = sum(seconds for _words, seconds in phases)
    number = int(elapsed // cycle)
    if number >= step.rounds:
        return Beat("Done", 0.0, 0, 0, over=True)
    at = elapsed - number * cycle
    for words, seconds in phases:
        if at < seconds:
            share = at / seconds
            return Beat(words, _fill(words, share, step), ceil(seconds - at), step.rounds - number)
        at -= seconds
    raise AssertionError  # the phases add up to the cycle


def _fill(words: str, share: float, step: Breathe) -> float:
    first = step.inhale / (step.inhale + step.top_up)
    match words:
        case "Breathe in":
            return share * first
        case "A little more in":
            return first + share * (1 - first)
        case "Hold":
            return 1.0
        case "Breathe out":
            return 1.0 - share
        case _:
            return 0.0


def draw(step: Breathe, elapsed: float, width: int, glyphs: Glyphs, *, animated: bool) -> Styled:
    """Return the pacer's lines for a screen of this width."""
    now = beat(step, elapsed)
    if now.over:
        return [("class:title", "Done.\n")]
    rounds = "last round" if now.rounds == 1 else f"{now.rounds} rounds left"
    seconds = now.seconds if animated else dict(breaths(step))[now.words]
    text: Styled = [("class:title", now.words), ("", f"  {seconds}\n\n")]
    if animated:
        size = max(4, min(width, WIDEST) - 4)
        full = round(now.fill * size)
        text += [("class:accent", glyphs.say("█" * full)), ("class:quiet", glyphs.say("░" * (size - full)))]
        text.append(("", "\n\n"))
    return [*text, ("class:quiet", f"{rounds}\n")]


def draw_wait(step: Wait, elapsed: float) -> Styled:
    """Return what stands on the screen while a wait goes on."""
    left = max(0, int(step.seconds - elapsed + 0.999))
    if left == 0:
        return [("class:title", "Time.\n")]
    seconds = "1 second" if left == 1 else f"{left} seconds"
    return [("class:title", f"{left // 60}:{left % 60:02d}" if left >= 60 else seconds), ("", "\n")]  # noqa: PLR2004


def over(step: Breathe | Wait, elapsed: float) -> bool:
    """Say whether the time is up."""
    match step:
        case Wait():
            return elapsed >= step.seconds
        case Breathe():
            return beat(step, elapsed).over
        case _:
            assert_never(step)
