"""Shapes to rest the eyes on, for Rich to draw: a disc of half blocks, and a time in large digits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import hypot
from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

_SMALLEST = 0.24  # of the whole disc, when the lungs are empty
_BANDS = 5
_RING = 0.7  # half of the width of the ring, in half rows
_DIGITS = {
    "0": "###,# #,# #,# #,###",
    "1": " # ,## , # , # ,###",
    "2": "###,  #,###,#  ,###",
    "3": "###,  #,###,  #,###",
    "4": "# #,# #,###,  #,  #",
    "5": "###,#  ,###,  #,###",
    "6": "###,#  ,###,# #,###",
    "7": "###,  #,  #,  #,  #",
    "8": "###,# #,###,# #,###",
    "9": "###,# #,###,  #,###",
    ":": " ,#, ,#, ",
}
DIGIT_ROWS = 5


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc, ``fill`` full, in so many rows; ``ring`` shows how large it will be.

    ``shades`` are its colours from the middle outwards. One of them, and ``unicode`` off, do for any terminal.
    """

    fill: float
    rows: int
    shades: tuple[str, ...]
    ring: str | None = None  # its colour
    unicode: bool = True

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        """Return how wide it is, full or not."""
        return Measurement(2 * self.rows, 2 * self.rows)

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        """Yield its rows."""
        largest = self.rows - 0.5
        radius = largest * (_SMALLEST + (1 - _SMALLEST) * self.fill)
        ring = None if self.ring is None or radius > largest - 2 * _RING else _style(self.ring)
        for row in _distances(self.rows):
            for upper, lower in row:
                yield self._cell(upper, lower, radius, ring)
            yield Segment.line()

    def _cell(self, upper: float, lower: float, radius: float, ring: Style | None) -> Segment:
        if upper > radius and lower > radius:
            on_ring = ring is not None and abs((upper + lower) / 2 - self.rows + 0.5) <= _RING
            return Segment("·" if self.unicode else ".", ring) if on_ring else Segment(" ")
        inner, outer = self._shade(upper), self._shade(lower)
        if not self.unicode:
            return Segment("#", _style(inner))
        if lower > radius:
            return Segment("▀", _style(inner))
        if upper > radius:
            return Segment("▄", _style(outer))
        return Segment("█", _style(inner)) if inner == outer else Segment("▀", _style(inner, outer))

    def _shade(self, distance: float) -> str:
        place = int(distance / self.rows * len(self.shades))
        return self.shades[min(place, len(self.shades) - 1)]


@cache
def _distances(rows: int) -> list[list[tuple[float, float]]]:
    """Return how far the half rows of every cell are from the middle."""
    return [
        [
            (hypot(x - rows + 0.5, 2 * y - rows + 0.5), hypot(x - rows + 0.5, 2 * y - rows + 1.5))
            for x in range(2 * rows)
        ]
        for y in range(rows)
    ]


@cache
def _style(colour: str, ground: str | None = None) -> Style:
    return Style.parse(colour) if ground is None else Style.parse(f"{colour} on {ground}")


@cache
def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour, ``#rrggbb``, with a share of another in it."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def shades(tone: str, *, dark: bool) -> tuple[str, ...]:
    """Return a tone from the middle outwards, a little nearer to the ground with each step."""
    near, far = ("#ffffff", "#000000") if dark else ("#000000", "#ffffff")
    middle, edge = mixed(tone, near, 0.22), mixed(tone, far, 0.3)
    return tuple(mixed(middle, edge, band / (_BANDS - 1)) for band in range(_BANDS))


def large(time: str, *, unicode: bool = True) -> list[str]:
    """Return a time in large digits, as rows of one width."""
    block = "██" if unicode else "##"
    drawn = [_DIGITS[letter].split(",") for letter in time]
    return [
        "  ".join(row[number].replace(" ", "  ").replace("#", block) for row in drawn)
        for number in range(DIGIT_ROWS)
    ]
