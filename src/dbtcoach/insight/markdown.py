"""A report as Markdown; what a person wrote can never turn into markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.insight import sentences
from dbtcoach.insight.report_names import happened, meanings, talk_title
from dbtcoach.insight.row_words import full_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.insight.report import Report
    from dbtcoach.insight.trends import Row

# Every mark that CommonMark or a dialect of it gives a meaning to, links and :names: of pictures included;
# some have one only where a line begins, or before other letters, and stand as they are in a sentence.
_MARKS = re.compile(
    r"([\\`*_{}\[\]<>#|~&@$=^])"
    r"|(?<!\w)([-+!])"
    r"|(?<=^\d)([.)])|(?<=^\d\d)([.)])|(?<=^\d\d\d)([.)])|(?<=\d{4})([.)])"
    r"|(:)(?=\S)|(?<=\S)(:)(?=\w)"
    r"|((?<=www)\.)",
    re.IGNORECASE,
)


def text(report: Report, made: str) -> str:
    """Return the report; ``made`` is the day it was made, in words."""
    trends = report.trends
    parts = [
        f"# Diary card, {_safe(sentences.heading(trends))}",
        "",
        f"Raw numbers as they were typed, made on {_safe(made)}. No score, no diagnosis.",
        "",
        _safe(report.how_often),
        *_card(report),
    ]
    for title, said in (
        ("Distress before and after an exercise", [sentences.change(each) for each in trends.changes]),
        ("Emotions over time", _rows(report, trends.emotions)),
        ("Urges over time", _rows(report, trends.urges)),
        ("My own rows over time", _rows(report, trends.own)),
        ("From other exercises", _rows(report, trends.others)),
        ("Skills", [sentences.skill(each) for each in trends.skills]),
    ):
        if said:
            parts += ["", f"## {title}", "", *(f"- {_safe(line)}" for line in said)]
    return "\n".join([*parts, *_talks(report), *_quotations(report), ""])


def _safe(words: str) -> str:
    return _MARKS.sub(lambda found: f"\\{found[0]}", clean(words).replace("\n", " ").strip())


def _rows(report: Report, rows: tuple[Row, ...]) -> list[str]:
    return [sentences.row(row, report.trends) for row in rows]


def _card(report: Report) -> Iterator[str]:
    if not report.columns:
        return
    names = [f"{_safe(column.head)}: {_safe(full_name(column.spec))}" for column in report.columns]
    yield from ("", "## Day by day", "", f"| {report.unit} | {' | '.join(names)} |")
    yield "|---" * (len(names) + 1) + "|"
    for line in report.lines:
        yield f"| {_safe(line.label)} | {' | '.join(line.cells)} |"
    yield from ("", *(f"- {_safe(said)}" for said in meanings(report.columns)))


def _talks(report: Report) -> Iterator[str]:
    if report.talks:
        yield from ("", "## Talks that were prepared")
    for talk in report.talks:
        yield from ("", f"### {_safe(talk_title(talk))}")
        yield from _quoted(talk.words)
        for outcome in talk.outcomes:
            yield from ("", _safe(happened(outcome)))
            yield from _quoted(outcome.words)
        if not talk.outcomes:
            yield from ("", "Nothing was written about it afterwards.")


def _quotations(report: Report) -> Iterator[str]:
    if report.said:
        yield from ("", "## In my own words")
    for said in report.said:
        yield from ("", f"### {_safe(said.day)}, {_safe(said.title)}")
        yield from _quoted(said.words)


def _quoted(words: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    for prompt, lines in words:
        yield from ("", _safe(prompt), "")
        yield from (f"> {_safe(line)}  " for line in lines)
