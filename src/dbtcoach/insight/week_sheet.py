"""A week on one sheet of A4, filled or blank: made to be printed, and to be read in a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.insight.days import full, short
from dbtcoach.insight.entry_lines import distress_of
from dbtcoach.insight.html import quoted
from dbtcoach.insight.paper import document, safe
from dbtcoach.insight.row_words import full_name, level, meaning, pair
from dbtcoach.insight.week_card import skills_used
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
blockquote { margin: .15em 0 .4em; padding-left: .8em; border-left: 3px solid #c9d3dd; white-space: pre-wrap;
  overflow-wrap: anywhere }
@media screen and (max-width: 560px) { body { padding: 8px; font-size: 13px } th, td { padding: .15em } }
@media print {
  body { font-size: 9.5pt; line-height: 1.25; max-width: none; padding: 0 }
  section { margin: 0 } .dense th, .dense td { height: 1.4em; padding: 0 .3em; font-size: .88em }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact }
}
"""


def filled(
    weeks: Sequence[tuple[WeekCard, Sequence[Entry], Sequence[Said]]], made: str, *, name: str = ""
) -> str:
    """Return a sheet for each week: its card, all its entries, and words where they were asked for."""
    body = [
        "<section>"
        + _head(name, f"{short(card.days[0])} to {full(card.days[-1])}")
        + _table(card)
        + _below(card, entries)
        + _notes(said)
        + f'<p class="quiet">Numbers as typed, made on {safe(made)}. No score, no diagnosis.</p></section>'
        for card, entries, said in weeks
    ]
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


def _notes(said: Sequence[Said]) -> str:
    if not said:
        return ""
    return "<h2>Notes</h2>" + "".join(_note(each) for each in said)


def _note(said: Said) -> str:
    words = "".join(
        f'<p class="quiet" dir="auto">{safe(prompt)}</p>{quoted(chr(10).join(lines))}'
        for prompt, lines in said.words
    )
    return f'<h3 dir="auto">{safe(said.day)}, {safe(said.title)}</h3>{words}'
