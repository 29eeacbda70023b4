"""Trends as lines: first when and how much, then what changed, and only then feelings and urges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.drawing.window_size import WIDEST
from dbtcoach.drawing.wrapping import columns, wrap
from dbtcoach.insight import sentences
from dbtcoach.insight.calendar import heat_map, key, weeks_shown
from dbtcoach.insight.pictures import ASCII, UNICODE, arrow, bar, spark, top_of

if TYPE_CHECKING:
    from dbtcoach.insight.pictures import Pens
    from dbtcoach.insight.trends import Row, Trends

_LONGEST_LABEL = 22
_LONGEST_BAR = 30
_INDENT = "  "


def page(trends: Trends, width: int, *, unicode: bool, pictures: bool) -> list[str]:
    """Return the page, wrapped; without ``pictures`` only the sentences that say the same.

    The first lines name no person, urge or feeling: somebody may be looking.
    """
    pens = UNICODE if unicode else ASCII
    first = (sentences.heading(trends), sentences.check_ins(trends))
    lines = [line for said in first for line in wrap(said, min(width, WIDEST))]
    if not trends.entries:
        return [*lines, sentences.NOTHING_YET]
    if pictures:
        lines += ["", *_calendar(trends, width, pens)]
    if trends.changes:
        lines += ["", "Distress before and after", *_wrapped(sentences.scale_note(), width)]
        drawn = [
            (change.title, f"0 {arrow(change.before, change.after, pens, top)} {top}")
            for change in trends.changes
            if change.before is not None and change.after is not None
            for top in (top_of(change.highest),)
        ]
        if pictures and drawn:
            lines += [
                *_beside(drawn, width),
                f"{_INDENT}{pens.before} before, {pens.after} after, medians",
                "",
            ]
        for change in trends.changes:
            lines += _wrapped(sentences.change(change), width)
    for title, rows in (
        ("Emotions, 0 to 5", trends.emotions),
        ("Urges, 0 to 5", trends.urges),
        ("Rows of your own", trends.own),
        ("From other exercises", trends.others),
    ):
        lines += _rows(title, rows, trends, width, pens if pictures else None)
    return [*lines, *_skills(trends, width, pens if pictures else None)]


def _calendar(trends: Trends, width: int, pens: Pens) -> list[str]:
    lines = heat_map(trends, width, pens)
    weeks = weeks_shown(trends, width)
    if weeks[0] > trends.first:
        lines += wrap(f"The last {sentences.plural(len(weeks), 'week')} of this time.", width)
    return [*lines, *wrap(key(pens), width)]


def _rows(title: str, rows: tuple[Row, ...], trends: Trends, width: int, pens: Pens | None) -> list[str]:
    if not rows:
        return []
    lines = ["", title]
    if pens is not None:
        room = max(10, min(width, 100) - _label_width([row.name for row in rows]) - 4)
        drawn = [
            (
                row.name,
                spark(row.series.parts(trends.first, trends.last, room), row.highest, pens, row.lowest),
            )
            for row in rows
        ]
        lines += [*_beside(drawn, width), ""]
    for row in rows:
        lines += _wrapped(sentences.row(row, trends), width)
    return lines


def _skills(trends: Trends, width: int, pens: Pens | None) -> list[str]:
    if not trends.skills:
        return []
    lines = ["", "Skills used, and said to help"]
    if pens is not None:
        most = max(skill.used for skill in trends.skills)
        room = max(5, min(_LONGEST_BAR, width - _label_width([skill.name for skill in trends.skills]) - 4))
        drawn = [(skill.name, bar(skill, most, room, pens)) for skill in trends.skills]
        lines += [*_beside(drawn, width), f"{_INDENT}{pens.bar} said to help, {pens.axis} used", ""]
    for skill in trends.skills:
        lines += _wrapped(sentences.skill(skill), width)
    return lines


def _label_width(names: list[str]) -> int:
    return max(columns(_label(name)) for name in names)


def _label(name: str) -> str:
    shown = clean(sentences.shown_name(name)).replace("\n", " ")
    return shown if columns(shown) <= _LONGEST_LABEL else shown[: _LONGEST_LABEL - 1] + "…"


def _beside(drawn: list[tuple[str, str]], width: int) -> list[str]:
    """Return each name with its picture behind it, or above it where both don't fit on a line."""
    room = _label_width([name for name, _ in drawn])
    lines: list[str] = []
    for name, picture in drawn:
        label = _label(name)
        if len(_INDENT) + room + 2 + columns(picture) > width:
            lines += [f"{_INDENT}{label}", f"{_INDENT}{picture}".rstrip()]
        else:
            lines.append(f"{_INDENT}{label}{' ' * (room - columns(label))}  {picture}".rstrip())
    return lines


def _wrapped(sentence: str, width: int) -> list[str]:
    text = clean(sentence).replace("\n", " ")
    return [_INDENT + line for line in wrap(text, max(20, min(width, WIDEST)) - len(_INDENT), _INDENT)]
