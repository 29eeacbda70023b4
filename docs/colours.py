"""The page of colours: ``python -m docs.colours > docs/colours.md``."""

from __future__ import annotations

import sys
from typing import get_args

from rich.color import Color

from dbtcoach.drawing.theme import DRAWN, STYLES, Colours, Ground, colour_of

GROUNDS: dict[Ground, tuple[str, ...]] = {
    "dark": ("#000000", "#1e222a"),
    "light": ("#ffffff", "#f6f8fa"),
    "unknown": ("#000000", "#ffffff"),
}
READABLE, SEEN = 4.5, 3.0  # what WCAG 2.2 asks of words (1.4.3) and of what is drawn (1.4.11)
_HEAD = f"""\
# Colours

Written by `python -m docs.colours > docs/colours.md`. Each style has a meaning, and each meaning is told in
another way as well. The figures are contrasts as WCAG 2.2 computes them, on two grounds of each kind. Words
have {READABLE}:1 or more, what is only drawn has {SEEN}:1 or more.

`theme: dark` or `theme: light` in `config.yaml` says what your terminal has; `auto` believes `COLORFGBG`.
Where nothing says it, and in 16 colours or with `NO_COLOR`, words have the colour of the terminal itself, and
bold and underline are left. Nothing is ever dimmed, and the terminal is not asked.
"""


def contrast(one: Color, other: Color) -> float:
    """Return how well one colour is seen on another, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(part / 255) for part in colour.get_truecolor())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's own


def figures(ground: Ground, colours: Colours) -> dict[str, tuple[str, list[float]]]:
    """Return each style that has a colour there, with its contrast on each of the grounds."""
    found = {}
    for name in STYLES:
        colour = colour_of(name, ground, colours)
        if colour is not None:
            behind = [contrast(colour, Color.parse(one)) for one in GROUNDS[ground]]
            found[name] = (colour.get_truecolor().hex, behind)
    return found


def page() -> str:
    """Return the whole page."""
    lines = [_HEAD]
    for ground in get_args(Ground):
        grounds = " | ".join(f"on {one}" for one in GROUNDS[ground])
        lines += [
            f"## {ground.capitalize()}",
            "",
            f"| Style | Colours | | {grounds} |",
            "|---|---|---|---|---|",
        ]
        for colours in ("truecolor", "256"):
            for name, (shown, behind) in figures(ground, colours).items():
                drawn = " (drawn)" if name in DRAWN else ""
                numbers = " | ".join(f"{one:.1f}" for one in behind)
                lines.append(f"| `{name}`{drawn} | {colours} | {shown} | {numbers} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
