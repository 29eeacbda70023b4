"""A report as one static page that asks for nothing from anywhere."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.insight import sentences, svg
from dbtcoach.insight.paper import document, safe
from dbtcoach.insight.report_names import happened, meanings, talk_title
from dbtcoach.insight.row_words import full_name, level

if TYPE_CHECKING:
    from dbtcoach.insight.report import Report
    from dbtcoach.insight.talks import Talk
    from dbtcoach.insight.trends import Row, Trends

_MOST_POINTS = 60
DENSE = 18  # columns; more are set closer on paper, so that all of them are on it
STYLE = """
@page { size: A4; margin: 13mm 14mm }
* { box-sizing: border-box }
body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 760px;
  margin: 0 auto; padding: 28px 20px }
h1 { font-size: 1.45em; margin: 0 }
h2 { font-size: 1.08em; margin: 1.5em 0 .4em; border-bottom: 1px solid #c9d3dd; break-after: avoid }
h3 { font-size: 1em; margin: .8em 0 .1em; break-after: avoid }
p { margin: .25em 0 }
.quiet { color: #555; font-size: .9em }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .88em }
th, td { padding: 1px 4px; text-align: center; border-bottom: 1px solid #e6ebf0 }
tbody th { text-align: left; font-weight: normal; white-space: nowrap }
thead th { vertical-align: bottom; font-weight: 600; overflow-wrap: anywhere }
thead .turned { writing-mode: vertical-rl; transform: rotate(180deg); margin: 5px auto 4px;
  max-height: 10em; overflow: hidden }
.first { border-left: 2px solid #9fb2c4 }
.l1 { background: #f1f5f9 } .l2 { background: #e3ebf3 } .l3 { background: #d0deeb }
.l4 { background: #b8cee2 } .l5 { background: #9dbbd7 }
.pictures { display: grid; grid-template-columns: 1fr 1fr; gap: .7em 1.6em }
.pictures > div, .talk { break-inside: avoid }
svg { display: block; width: 100%; height: auto }
.card { overflow-x: auto }
.card td, .card thead th { white-space: nowrap } .card .turned { white-space: normal }
blockquote { margin: .15em 0 .4em; padding-left: .8em; border-left: 3px solid #c9d3dd;
  white-space: pre-wrap; overflow-wrap: anywhere }
@media (max-width: 560px) { .pictures { grid-template-columns: 1fr } }
@media print {
  body { font-size: 9.5pt; line-height: 1.3; max-width: none; padding: 0 }
  h2 { margin-top: 1em } th, td { padding: 0 4px }
  .pictures { grid-template-columns: 1fr 1fr 1fr; gap: .5em 1.2em; font-size: .9em; line-height: 1.2 }
  .card { overflow: visible } .dense { font-size: .78em } .dense th, .dense td { padding: 0 1px }
  .dense .turned { white-space: nowrap; max-height: 24em; text-overflow: ellipsis }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact }
}
"""


def page(report: Report, made: str) -> str:
    """Return the page; ``made`` is the day it was made, in words."""
    trends = report.trends
    body = [
        f"<h1>Diary card, {safe(sentences.heading(trends))}</h1>",
        f'<p class="quiet">Raw numbers as typed, made on {safe(made)}. No score, no diagnosis.</p>',
        f"<p>{safe(report.how_often)}</p>",
        _card(report),
        _distress(trends),
        _rows("Emotions over time", trends.emotions, trends),
        _rows("Urges over time", trends.urges, trends),
        _rows("My own rows over time", trends.own, trends),
        _rows("From other exercises", trends.others, trends),
        _skills(trends),
        _talks(report),
        _quotations(report),
    ]
    return document("Diary card", STYLE, body)


def _card(report: Report) -> str:
    if not report.columns:
        return ""
    kinds = [(head, len([*members])) for head, members in groupby(report.columns, lambda each: each.head)]
    first = {sum(count for _, count in kinds[:place]) for place in range(len(kinds))}
    heads = "".join(
        f'<th scope="colgroup" colspan="{count}" class="first">{safe(head)}</th>' for head, count in kinds
    )
    names = "".join(
        f'<th scope="col"{_class(place in first)}>'
        f'<div class="turned" dir="auto">{safe(full_name(column.spec))}</div></th>'
        for place, column in enumerate(report.columns)
    )
    lines = []
    for line in report.lines:
        cells = "".join(
            f"<td{_class(place in first, level(column.spec, value))}>{safe(cell)}</td>"
            for place, (column, value, cell) in enumerate(
                zip(report.columns, line.values, line.cells, strict=True)
            )
        )
        lines.append(f'<tr><th scope="row" dir="auto">{safe(line.label)}</th>{cells}</tr>')
    dense = ' class="dense"' if len(report.columns) > DENSE else ""
    how = [] if report.unit == "Day" else ["Each line is the median of its days."]
    return (
        f'<h2>Day by day</h2><div class="card"><table{dense}><thead><tr><td></td>{heads}</tr>'
        f'<tr><th scope="col">{report.unit}</th>{names}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
        f'<p class="quiet">{"<br>".join(map(safe, [*meanings(report.columns), *how]))}</p>'
    )


def _class(first: bool, level: int = 0) -> str:  # noqa: FBT001 - says whether a group begins here
    names = " ".join(filter(None, ("first" if first else "", f"l{level}" if level else "")))
    return f' class="{names}"' if names else ""


def _distress(trends: Trends) -> str:
    if not trends.changes:
        return ""
    shown = []
    for change in trends.changes:
        said = clean(sentences.change(change))
        shown.append(f'<div>{svg.arrow(change, said)}<p dir="auto">{safe(said)}</p></div>')
    return (
        "<h2>Distress before and after an exercise</h2>"
        f'<p class="quiet">{safe(sentences.scale_note())} Ring: before. Disc: after.</p>'
        f'<div class="pictures">{"".join(shown)}</div>'
    )


def _rows(title: str, rows: tuple[Row, ...], trends: Trends) -> str:
    if not rows:
        return ""
    shown = []
    for row in rows:
        said = clean(sentences.row(row, trends))
        parts = row.series.parts(trends.first, trends.last, _MOST_POINTS)
        picture = svg.line(parts, row.highest, said, row.lowest)
        shown.append(f'<div>{picture}<p dir="auto">{safe(said)}</p></div>')
    return f'<h2>{title}</h2><div class="pictures">{"".join(shown)}</div>'


def _skills(trends: Trends) -> str:
    if not trends.skills:
        return ""
    lines = "".join(
        f'<tr><th scope="row" dir="auto">{safe(sentences.shown_name(skill.name))}</th><td>{skill.used}</td>'
        f"<td>{skill.helped}</td><td>{skill.count}</td></tr>"
        for skill in trends.skills
    )
    return (
        '<h2>Skills</h2><table><thead><tr><td></td><th scope="col">used</th><th scope="col">said to help</th>'
        f'<th scope="col">check-ins</th></tr></thead><tbody>{lines}</tbody></table>'
    )


def _talks(report: Report) -> str:
    if not report.talks:
        return ""
    return f"<h2>Talks that were prepared</h2>{''.join(_talk(talk) for talk in report.talks)}"


def _talk(talk: Talk) -> str:
    parts = [f'<h3 dir="auto">{safe(talk_title(talk))}</h3>', _quoted(talk.words)]
    for outcome in talk.outcomes:
        parts.append(f'<p dir="auto">{safe(happened(outcome))}</p>')
        parts.append(_quoted(outcome.words))
    if not talk.outcomes:
        parts.append('<p class="quiet">Nothing was written about it afterwards.</p>')
    return f'<div class="talk">{"".join(parts)}</div>'


def _quotations(report: Report) -> str:
    if not report.said:
        return ""
    parts = [
        f'<h3 dir="auto">{safe(said.day)}, {safe(said.title)}</h3>{_quoted(said.words)}'
        for said in report.said
    ]
    return f"<h2>In my own words</h2>{''.join(parts)}"


def quoted(text: str) -> str:
    """Return a person's words as HTML."""
    return f'<blockquote dir="auto">{safe(text)}</blockquote>'


def _quoted(words: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return "".join(
        f'<p class="quiet" dir="auto">{safe(prompt)}</p>{quoted(chr(10).join(lines))}'
        for prompt, lines in words
    )
