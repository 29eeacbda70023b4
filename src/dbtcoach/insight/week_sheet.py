"""A week on one sheet of A4, filled or blank: made to be printed, and to be read in a session."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dbtcoach.insight.days import full, short
from dbtcoach.insight.entry_lines import distress_of
from dbtcoach.insight.paper import document, safe
from dbtcoach.insight.row_words import full_name, level, meaning, pair
from dbtcoach.insight.week_card import day_said, skills_used
from dbtcoach.script.day_rows import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dbtcoach.insight.report import Said
    from dbtcoach.insight.week_card import WeekCard, WeekRow
    from dbtcoach.journal.entry import Entry
    from dbtcoach.script.model import Group

DENSE = 26  # rows; more are set smaller, so that the sheet stays one
_EMPTY = "&nbsp;"
STYLE = """
@page { size: A4; margin: 12mm 13mm }
* { box-sizing: border-box }
body { font: 15px/1.4 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 780px;
  margin: 0 auto; padding: 16px }
section { break-after: page; margin-bottom: 3em } section:last-of-type { break-after: auto }
h1 { font-size: 1.35em; margin: 0 }
h2 { font-size: 1em; margin: .9em 0 .2em; break-after: avoid }
p { margin: .25em 0 }
.quiet { color: #555; font-size: .86em }
.who { display: flex; flex-wrap: wrap; gap: .3em 2em; margin: .5em 0 .7em }
.who span { display: inline-block; min-width: 11em; border-bottom: 1px solid #777 }
.card { overflow-x: auto }
table { border-collapse: collapse; width: 100%; table-layout: fixed; min-width: 32em;
  font-variant-numeric: tabular-nums }
th, td { border: 1px solid #c9d3dd; padding: .22em .3em; text-align: center; height: 1.9em }
tbody th { text-align: left; font-weight: normal; overflow-wrap: anywhere; width: 30% }
thead td { width: 30% } thead th { font-weight: 600 }
thead small, .group small { font-weight: normal; color: #555 }
.group th { text-align: left; font-weight: 600; background: #f1f5f9; border-top: 2px solid #9fb2c4 }
.top { border-left: 2.5px solid #1f4e79; border-right: 2.5px solid #1f4e79 }
.l1 { background: #f1f5f9 } .l2 { background: #e3ebf3 } .l3 { background: #d0deeb }
.l4 { background: #b8cee2 } .l5 { background: #9dbbd7 }
.line { border-bottom: 1px solid #777; height: 2em }
.notes { columns: 2 20em; column-gap: 2em } .notes h1 { column-span: all }
.notes p { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.25 }
@media screen and (max-width: 560px) {
  body { padding: 8px; font-size: 13px } table { min-width: 0 } th, td { padding: .15em }
  thead small { font-size: .7em }
}
@media print {
  body { font-size: 9.5pt; line-height: 1.25; max-width: none; padding: 0 }
  section { margin: 0 } .dense th, .dense td { height: 1.4em; padding: 0 .3em; font-size: .88em }
  .dense thead td { width: 42% }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact }
}
"""


def filled(
    weeks: Iterable[tuple[WeekCard, Sequence[Entry]]], made: str, said: Sequence[Said] = (), *, name: str = ""
) -> str:
    """Return a sheet for each week with its card and its exercises, and behind them what was written."""
    body = [
        "<section>"
        + _head(name, f"{short(card.days[0])} to {full(card.days[-1])}")
        + _table(card)
        + _below(card, entries)
        + f'<p class="quiet">Numbers as typed, made on {safe(made)}. No score, no diagnosis.</p></section>'
        for card, entries in weeks
    ]
    if said:
        body.append(f'<section class="notes"><h1>Notes</h1>{"".join(map(_note, said))}</section>')
    return document("Diary card", STYLE, body)


def blank(card: WeekCard, lines: str) -> str:
    """Return a sheet to be filled in by hand; ``lines`` are the people to call."""
    called = "".join(f"<p>{safe(line)}</p>" for line in lines.split("\n"))
    room = '<div class="line"></div>'
    body = [
        "<section>"
        + _head("", "")
        + _table(card, dated=False)
        + f"<h2>One small step for next week</h2>{room}<h2>Notes</h2>{room}{room}{room}"
        + f'<h2>Not safe, or need a person now?</h2><div class="quiet">{called}</div></section>'
    ]
    return document("Diary card", STYLE, body)


def _head(name: str, week: str) -> str:
    given = safe(name) or _EMPTY
    return (
        f'<h1>Diary card</h1><div class="who"><p>Name <span dir="auto">{given}</span></p>'
        f"<p>Week <span>{safe(week) or _EMPTY}</span></p></div>"
    )


def _table(card: WeekCard, *, dated: bool = True) -> str:
    heads = ""
    for place, (head, day) in enumerate(zip(card.heads, card.days, strict=True)):
        told = [short(day)] if dated else []
        told += ["highest"] if place in card.highest else []
        small = "".join(f"<br><small>{each}</small>" for each in told)
        heads += f'<th scope="col"{_class(card, place)}>{head}{small}</th>'
    lines: list[str] = []
    above: Group | None = None
    count = 0
    for group, row in card.rows:
        if group != above:
            above = group
            lines.append(_group(group, card.groups[group]))
        lines.append(_row(card, row))
        count += 1
    dense = ' class="dense"' if count > DENSE else ""
    return (
        f'<div class="card"><table{dense}><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _group(group: Group, rows: Iterable[WeekRow]) -> str:
    """Return the line above a group: its name, and what its numbers mean."""
    said = f"{TITLES[group]} <small>{safe(meaning(row.spec for row in rows))}</small>"
    return f'<tr class="group"><th scope="colgroup" colspan="8">{said}</th></tr>'


def _row(card: WeekCard, row: WeekRow) -> str:
    acts = row.acts or ("",) * len(row.cells)
    cells = "".join(
        f"<td{_class(card, place, _level(row, cell))}>{safe(pair(row.spec, cell, act)) or _empty(row)}</td>"
        for place, (cell, act) in enumerate(zip(row.cells, acts, strict=True))
    )
    return f'<tr><th scope="row" dir="auto">{safe(full_name(row.spec))}</th>{cells}</tr>'


def _empty(row: WeekRow) -> str:
    return "/" if row.spec.act else _EMPTY


def _class(card: WeekCard, place: int, level: str = "") -> str:
    names = " ".join(filter(None, ("top" if place in card.highest else "", level)))
    return f' class="{names}"' if names else ""


def _level(row: WeekRow, cell: str) -> str:
    found = level(row.spec, int(cell)) if cell.isdecimal() else 0
    return f"l{found}" if found else ""


def _below(card: WeekCard, entries: Iterable[Entry]) -> str:
    """Return skills by name, and the exercises of the week with their numbers."""
    done = [
        f"{entry.title or entry.exercise} ({_head_of(card, entry)} {distress_of(entry.distress)})"
        for entry in entries
        if entry.distress is not None
    ]
    parts = [("Skills used", skills_used(card)), ("Exercises, with distress before and after", done)]
    return "".join(
        f'<h2>{title}</h2><p dir="auto">{safe(", ".join(listed))}</p>' for title, listed in parts if listed
    )


def _head_of(card: WeekCard, entry: Entry) -> str:
    places = {day.isoformat(): head for day, head in zip(card.days, card.heads, strict=True)}
    return places.get(entry.day, "")


def _note(said: Said) -> str:
    words = "".join(
        f'<p dir="auto"><span class="quiet">{safe(prompt)}</span> {"<br>".join(map(safe, lines))}</p>'
        for prompt, lines in said.words
    )
    return (
        f'<div><h2 dir="auto">{day_said(date.fromisoformat(said.day))}, {safe(said.title)}</h2>{words}</div>'
    )
