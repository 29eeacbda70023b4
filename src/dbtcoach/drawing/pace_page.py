"""What a page that takes time shows at a moment: the figure that breathes, or how much of a wait is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.text import Text

from dbtcoach.drawing.captions import breaths
from dbtcoach.drawing.figure import DIGIT_ROWS, Disc, large, mixed, shades
from dbtcoach.drawing.pacer import beat, clock, in_words, lasts
from dbtcoach.drawing.theme import colour_of
from dbtcoach.script.model import Breathe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dbtcoach.drawing.pacer import Pace
    from dbtcoach.drawing.theme import Look

LARGEST, SMALLEST = 16, 5  # rows of the disc; where there is less room, a bar does
_AROUND_DISC = 5  # rows
_LONGEST_BAR = 40
_STEPS = 40  # that the disc grows in: what differs by less is drawn once
_TONES = 4  # steps from one tone to the other


class Moment(NamedTuple):
    """All that the picture depends on, so that the same is not drawn twice."""

    words: str
    seconds: int
    left: str
    fill: int
    out: int


def moment(pace: Pace, *, animated: bool) -> Moment:
    """Return what is to be seen now."""
    step = pace.step
    if isinstance(step, Breathe):
        now = beat(step, pace.watch.elapsed)
        words = now.words if pace.watch.runs else "Paused"
        if animated:
            left = f"{in_words(now.left)} left"
            return Moment(words, now.seconds, left, round(now.fill * _STEPS), round(now.out * _TONES))
        seconds = dict(breaths(step)).get(now.words, now.seconds)
        rounds = "last round" if now.rounds == 1 else f"{now.rounds} rounds left"
        return Moment(words, seconds, rounds, 0, 0)
    return Moment(_says(pace), pace.left, f"{in_words(pace.left)} left{pace.until}", 0, 0)


def _says(pace: Pace) -> str:
    if not pace.begun:
        length = in_words(pace.left)
        return f"Take your time. Enter starts the {length.removeprefix('a ')}."
    if pace.over:
        return "Done. Enter goes on."
    return "" if pace.watch.runs else "Paused."


def drawn(pace: Pace, look: Look, width: int, rows: int, *, animated: bool) -> RenderableType:
    """Return the picture of this moment for so much room."""
    now = moment(pace, animated=animated)
    if not isinstance(pace.step, Breathe):
        return _wait(pace, now, look, width, rows)
    words = Text.assemble((now.words, "question"), (f"  {now.seconds}", "plain"))
    below = Text(now.left, "hint")
    if not animated:
        return Group(words, Text(), below)
    size = min(LARGEST, rows - _AROUND_DISC, width // 2)
    if size < SMALLEST:
        return Group(words, _bar(now.fill / _STEPS, look, width), below)
    ring = "track" if now.words in ("Breathe in", "A little more in", "Settle") else ""
    disc = Disc(now.fill / _STEPS, size, _tone(now.out, look), ring, look.glyphs.unicode)
    words.justify = below.justify = "center"
    return Group(words, Text(), disc, Text(), below)


def _tone(out: int, look: Look) -> tuple[str, ...]:
    """Return the shades between breathing in and breathing out; one where a terminal has few colours."""
    tones = [colour_of(name, look.ground, look.colours) for name in ("inhale", "exhale")]
    inhale, exhale = (tone.get_truecolor().hex if tone else "" for tone in tones)
    if look.colours == "truecolor" and inhale and exhale:
        return shades(mixed(inhale, exhale, out / _TONES), look.ground)
    return (exhale if 2 * out >= _TONES else inhale,)


def _wait(pace: Pace, now: Moment, look: Look, width: int, rows: int) -> Group:
    """Return a wait: large enough to be read from the tap, or a quiet line."""
    if not pace.begun or (pace.waits and pace.over):
        return Group(Text(now.words, "question"))
    lines: list[RenderableType] = []
    left = now.left
    digits = large(clock(now.seconds), unicode=look.glyphs.unicode)
    if pace.waits and rows > DIGIT_ROWS + 3 and len(digits[0]) <= width:
        lines = [*(Text(row, "accent") for row in digits), Text()]
        left = left.partition(" ")[2]
    lines.append(Text(f"{left}. {now.words}" if now.words else left, "plain"))
    return Group(*lines, _bar(1 - now.seconds / lasts(pace.step), look, width))


def _bar(share: float, look: Look, width: int) -> Text:
    length = min(_LONGEST_BAR, width)
    full = round(share * length)
    done, rest = ("━", "─") if look.glyphs.unicode else ("#", ".")
    return Text.assemble((done * full, "accent"), (rest * (length - full), "track"))
