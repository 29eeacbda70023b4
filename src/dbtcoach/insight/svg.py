"""Pictures for a page: inline SVG that says in words what it shows, and asks for nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dbtcoach.insight.pictures import DISTRESS_HIGHEST, ROW_HIGHEST, top_of

if TYPE_CHECKING:
    from dbtcoach.insight.series import Part
    from dbtcoach.insight.trends import Change

_INK, _PALE = "#1f4e79", "#c9d3dd"
_WIDTH, _HEIGHT = 300, 44
_EDGE = 5


def line(parts: list[Part], highest: float, said: str, lowest: float = 0) -> str:
    """Return medians over time as dots with a line between neighbours; a gap where there is no number."""
    low, top = min(lowest, 0), max(highest, ROW_HIGHEST)
    step = (_WIDTH - 2 * _EDGE) / max(1, len(parts) - 1)
    places = [
        None
        if part.middle is None
        else (
            _EDGE + number * step,
            _HEIGHT - _EDGE - (part.middle - low) * (_HEIGHT - 2 * _EDGE) / (top - low),
        )
        for number, part in enumerate(parts)
    ]
    shapes = [
        f'<line x1="0" y1="{y}" x2="{_WIDTH}" y2="{y}" stroke="{_PALE}"/>' for y in (_EDGE, _HEIGHT - _EDGE)
    ]
    run: list[str] = []
    for place in [*places, None]:
        if place is not None:
            run.append(f"{place[0]:.1f},{place[1]:.1f}")
            continue
        if len(run) > 1:
            shapes.append(f'<polyline points="{" ".join(run)}" fill="none" stroke="{_INK}"/>')
        run = []
    shapes += [
        f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="2" fill="{_INK}"/>' for place in places if place
    ]
    return _picture(_WIDTH, _HEIGHT, said, shapes)


def arrow(change: Change, said: str) -> str:
    """Return the scale from 0 to 10 with the medians before (ring) and after (disc)."""
    if change.before is None or change.after is None:
        return ""
    height, middle = 20, 10
    unit = (_WIDTH - 2 * _EDGE) / DISTRESS_HIGHEST
    share = DISTRESS_HIGHEST / top_of(change.highest)
    before, after = (_EDGE + max(0.0, value * share) * unit for value in (change.before, change.after))
    ticks = [
        f'<line x1="{_EDGE + tick * unit:.1f}" y1="{middle - 3}" x2="{_EDGE + tick * unit:.1f}" '
        f'y2="{middle + 3}" stroke="{_PALE}"/>'
        for tick in range(DISTRESS_HIGHEST + 1)
    ]
    shapes = [
        f'<line x1="{_EDGE}" y1="{middle}" x2="{_WIDTH - _EDGE}" y2="{middle}" stroke="{_PALE}"/>',
        *ticks,
        _thick(before, after, middle),
        f'<circle cx="{before:.1f}" cy="{middle}" r="4" fill="#fff" stroke="{_INK}" stroke-width="2"/>',
        f'<circle cx="{after:.1f}" cy="{middle}" r="5" fill="{_INK}"/>',
    ]
    return _picture(_WIDTH, height, said, shapes)


def _thick(start: float, end: float, y: int) -> str:
    return f'<line x1="{start:.1f}" y1="{y}" x2="{end:.1f}" y2="{y}" stroke="{_INK}" stroke-width="3"/>'


def _picture(width: int, height: int, said: str, shapes: list[str]) -> str:
    return (
        f'<svg role="img" aria-label="{escape(said)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{"".join(shapes)}</svg>'
    )
