"""Pictures of numbers in one line of letters each, in Unicode or in ASCII alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.insight.series import Part
    from dbtcoach.insight.trends import Skill

_BLOCKS = "▁▂▃▄▅▆▇█"
DISTRESS_HIGHEST = 10
ROW_HIGHEST = 5  # the rows of the check-in go from 0 to 5; one that goes further stretches its own picture


class Pens(Frozen):
    """The letters that pictures are drawn with."""

    before: str
    after: str
    line: str
    axis: str
    nothing: str
    checked: str
    practised: str
    bar: str
    blocks: str  # from the lowest to the highest; empty: the number itself stands for the block


UNICODE = Pens("○", "●", "━", "·", "·", "■", "□", "█", _BLOCKS)
ASCII = Pens("o", "*", "-", ".", ".", "#", "+", "#", "")


def spark(parts: Iterable[Part], highest: float, pens: Pens, lowest: float = 0) -> str:
    """Return one letter for each part: how high its median is, or that there is none."""
    low, top = min(lowest, 0), max(highest, ROW_HIGHEST)
    return "".join(
        pens.nothing if part.middle is None else _level(part.middle, low, top, pens) for part in parts
    )


def _level(value: float, low: float, top: float, pens: Pens) -> str:
    if not pens.blocks and top - low <= DISTRESS_HIGHEST:
        return f"{min(round(value - low), 9)}"
    most = len(pens.blocks or "0123456789") - 1
    place = min(most, round((value - low) * most / (top - low)))
    return pens.blocks[place] if pens.blocks else f"{place}"


def top_of(highest: float) -> float:
    """Return where a scale of distress ends: at 10 or 100, or at its highest number."""
    return next((top for top in (DISTRESS_HIGHEST, 100) if highest <= top), highest)


def arrow(before: float, after: float, pens: Pens, top: float = DISTRESS_HIGHEST) -> str:
    """Return the scale from 0 to ``top`` with the median before, the one after, and the way between them."""
    cells = [pens.axis] * (2 * DISTRESS_HIGHEST + 1)
    start, end = (max(0, round(2 * DISTRESS_HIGHEST * value / top)) for value in (before, after))
    for place in range(min(start, end), max(start, end) + 1):
        cells[place] = pens.line
    cells[start] = pens.before
    cells[end] = pens.after
    return "".join(cells)


def bar(skill: Skill, most: int, width: int, pens: Pens) -> str:
    """Return how often a skill was used, on a bar of which the part that helped is filled."""
    scale = min(1.0, width / most) if most else 1.0
    used = max(1, round(skill.used * scale)) if skill.used else 0
    helped = min(used, round(skill.helped * scale))
    return pens.bar * helped + pens.axis * (used - helped)
