"""A skill card as lines to read and as paper, and the own last uses that stand on it as raw numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import JournalError
from dbtcoach.insight.entry_lines import distress_of
from dbtcoach.insight.paper import document, safe
from dbtcoach.journal.entry import Entry
from dbtcoach.journal.read import read_newest
from dbtcoach.script.skills import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dbtcoach.script.skills import Skill

LAST = 3
_LOOKED_AT = 300  # entries; what was longer ago says little about today
_COUNTED = ("", "time", "two", "three")
A_PAGE = 4  # cards
_STYLE = """
@page { size: A4; margin: 10mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.35 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 }
section { display: grid; grid-template-columns: 1fr 1fr; grid-template-rows: 1fr 1fr; gap: 5mm;
  height: 275mm; break-after: page }
section:last-child { break-after: auto }
article { border: 1px solid #9fb2c4; border-radius: 3mm; padding: 5mm; overflow: hidden; break-inside: avoid }
h2 { font-size: 1.35em; margin: 0 }
p { margin: .6em 0 }
ul { margin: .4em 0; padding-left: 1.2em }
.quiet { color: #555; margin: 0 }
@media screen { body { max-width: 210mm; margin: 0 auto; padding: 10px } }
@media screen and (max-width: 560px) { section { display: block; height: auto } }
"""


def card_lines(skill: Skill, uses: str = "") -> list[str]:
    """Return what stands below the title of a card, its words cleaned."""
    return [
        clean(" ".join(line.split()))
        for line in (
            f"For: {skill.what_for}",
            *(f"- {line}" for line in skill.how),
            "",
            f"Not when: {skill.not_when}",
            f"Example: {skill.example}",
            *([uses] if uses else []),
        )
    ]


def last_uses(journal: str, skill: Skill, exercise: str) -> str:
    """Return in a line the last numbers of the exercise (by its file) and of check-ins that name this skill.

    Only what lies in the clear is looked at, so nobody is asked for a passphrase; what cannot be read is as
    if it were not there.
    """
    distress: list[str] = []
    rated: list[str] = []
    names = {plain(skill.name), plain(skill.title)}
    try:
        for entry in _newest(journal):
            found = entry.distress
            if entry.exercise == exercise and found is not None and None not in (found.before, found.after):
                distress.append(distress_of(found))
            for answer in entry.answers if entry.exercise == "reflect" else ():
                value = answer.value if answer.step == "skills" else None
                rated += [str(number) for row, number in _rows(value) if plain(row) in names]
            if len(distress) >= LAST <= len(rated):
                break
    except JournalError:
        return ""
    told = (("distress", distress), ("in check-ins", rated))
    parts = [f"{label} {', '.join(numbers[:LAST])}" for label, numbers in told if numbers]
    return f"Your last times: {'; '.join(parts)}" if parts else ""


def last_changes(journal: str, exercise: str, step: str) -> dict[str, str]:
    """Return for each choice of a step the last numbers of distress before and after an exercise with it.

    As ``last_uses``: raw numbers, the newest first, of what lies in the clear.
    """
    found: dict[str, list[str]] = {}
    try:
        for entry in _newest(journal):
            told = entry.distress
            if entry.exercise != exercise or told is None or None in (told.before, told.after):
                continue
            for answer in entry.answers:
                if answer.step == step and isinstance(answer.value, str):
                    found.setdefault(answer.value, []).append(f"{told.before} to {told.after}")
    except JournalError:
        return {}
    return {
        choice: f"last {_COUNTED[len(numbers[:LAST])]}: distress from {', '.join(numbers[:LAST])}"
        for choice, numbers in found.items()
    }


def _newest(journal: str) -> Iterator[Entry]:
    for count, record in enumerate(read_newest(journal)):
        if count == _LOOKED_AT:
            return
        if isinstance(record, Entry):
            yield record


def _rows(value: object) -> Iterator[tuple[str, int]]:
    rows: Mapping[object, object] = value if isinstance(value, dict) else {}
    yield from ((str(row), number) for row, number in rows.items() if isinstance(number, int))


def paper(skills: list[Skill]) -> str:
    """Return the cards as a page to print, four on a sheet."""
    sheets = [skills[start : start + A_PAGE] for start in range(0, len(skills), A_PAGE)]
    body = [f"<section>\n{''.join(map(_article, sheet))}</section>" for sheet in sheets]
    return document("Skills", _STYLE, body)


def _article(skill: Skill) -> str:
    how = "".join(f"<li>{safe(line)}</li>" for line in skill.how)
    return (
        f'<article dir="auto"><h2>{safe(skill.title)}</h2><p class="quiet">{safe(skill.module)}</p>'
        f"<p>{safe(skill.what_for)}</p><ul>{how}</ul>"
        f"<p><b>Not when:</b> {safe(skill.not_when)}</p>"
        f"<p><b>Example:</b> {safe(skill.example)}</p></article>\n"
    )
