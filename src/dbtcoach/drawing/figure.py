"""Shapes to rest the eyes on, for Rich to draw: a disc of half blocks, and a time in large digits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from dbtcoach.drawing.theme import Ground

_SMALLEST = 0.24  # of the whole disc, when the lungs are empty
_BANDS = 5
_BETWEEN_DOTS = 3.4  # half rows
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
_EMPTY, _END = Segment(" "), Segment.line()


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc, ``fill`` full, in so many rows; dots of the style ``ring`` show how large it will be.

    ``shades`` are its colours from the middle outwards; one does for a terminal that has no more.
    """

    fill: float
    rows: int
    shades: tuple[str, ...]
    ring: str = ""
    unicode: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield its rows in the middle of the width: Rich's own way to place it would cost as much again."""
        margin = Segment(" " * max(0, options.max_width // 2 - self.rows))
        radius = (self.rows - 0.1) * (_SMALLEST + (1 - _SMALLEST) * self.fill)
        dots = _dots(self.rows) if self.ring else frozenset()
        dot = Segment("·" if self.unicode else ".", console.get_style(self.ring or "none"))
        for y, row in enumerate(_distances(self.rows)):
            cells = (
                self._lit(upper, lower, radius) or (dot if (x, y) in dots else _EMPTY)
                for x, (upper, lower) in enumerate(row)
            )
            yield margin
            for cell, run in groupby(cells):
                yield Segment(cell.text * sum(1 for _ in run), cell.style)
            yield _END

    def _lit(self, upper: float, lower: float, radius: float) -> Segment | None:
        if not self.unicode:
            return _cell("#", self._shade(upper)) if upper + lower <= 2 * radius else None
        if upper > radius and lower > radius:
            return None
        if lower > radius:
            return _cell("▀", self._shade(upper))
        if upper > radius:
            return _cell("▄", self._shade(lower))
        inner, outer = self._shade(upper), self._shade(lower)
        return _cell("█", inner) if inner == outer else _cell("▀", inner, outer)

    def _shade(self, distance: float) -> str:
        place = int(distance / self.rows * len(self.shades))
        return self.shades[min(place, len(self.shades) - 1)]


@cache
def _distances(rows: int) -> list[list[tuple[float, float]]]:
    """Return how far the two half rows of every cell are from the middle, in half rows."""
    return [
        [
            (hypot(x - rows + 0.5, 2 * y - rows + 0.5), hypot(x - rows + 0.5, 2 * y - rows + 1.5))
            for x in range(2 * rows)
        ]
        for y in range(rows)
    ]


@cache
def _dots(rows: int) -> frozenset[tuple[int, int]]:
    """Return the cells of a ring around the whole disc, the same on all four sides."""
    radius, quarter = rows - 0.5, max(2, round(rows * pi / 2 / _BETWEEN_DOTS))
    turns = [(number + 0.5) / quarter * pi / 2 for number in range(quarter)]
    corner = [(int(radius * cos(turn)), int(radius * sin(turn)) // 2) for turn in turns]
    return frozenset(
        (rows + x if right else rows - 1 - x, rows // 2 + y if low else (rows - 1) // 2 - y)
        for x, y in corner
        for right in (True, False)
        for low in (True, False)
    )


@cache
def _cell(block: str, colour: str, ground: str = "") -> Segment:
    return Segment(block, Style(color=colour or None, bgcolor=ground or None))


@cache
def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour, ``#rrggbb``, with a share of another in it."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def shades(tone: str, ground: Ground) -> tuple[str, ...]:
    """Return a tone from the middle outwards, each nearer to the ground; all of them read on it."""
    near, far = ("#000000", "#ffffff") if ground == "light" else ("#ffffff", "#000000")
    middle, edge = mixed(tone, near, 0.16), mixed(tone, far, 0.2 if ground == "unknown" else 0.3)
    return tuple(mixed(middle, edge, band / (_BANDS - 1)) for band in range(_BANDS))


def large(time: str, *, unicode: bool = True) -> list[str]:
    """Return a time in large digits, as rows of one width."""
    block = "██" if unicode else "##"
    drawn = [_DIGITS[letter].split(",") for letter in time]
    return [
        "  ".join(row[number].replace(" ", "  ").replace("#", block) for row in drawn)
        for number in range(DIGIT_ROWS)
    ]
