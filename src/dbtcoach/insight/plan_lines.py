"""A plan as lines to read and as paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.insight.paper import document, safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.journal.plan import Part, Plan

TITLE = "My plan"
ABOUT = (
    "It prevents nothing by itself. It is best made with a clinician.",
    "Nobody has tested this form. Keep it where only you look.",
)
_EMPTY_LINES = 2  # to write on, below what is written already
_STYLE = """
@page { size: A4; margin: 12mm 14mm }
body { font: 10.5pt/1.35 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 180mm;
  margin: 0 auto }
h1 { font-size: 1.4em; margin: 0 }
h2 { font-size: 1.05em; margin: .9em 0 .1em; break-after: avoid }
section { break-inside: avoid }
p { margin: .2em 0; overflow-wrap: anywhere }
.quiet { color: #555; font-size: .9em }
.numbers { border: 1px solid #9fb2c4; border-radius: 3mm; padding: 1.5mm 4mm; margin: .6em 0;
  font-size: .88em }
.line { border-bottom: 1px solid #9fb2c4; height: 7mm }
"""


def plan_lines(plan: Plan) -> list[str]:
    """Return a plan as lines, its words cleaned."""
    lines: list[str] = []
    for part in plan:
        lines += ["", clean(part.title), *(f"- {' '.join(clean(line).split())}" for line in part.shown)]
    return lines[1:]


def paper(plan: Plan, asks: Mapping[str, str], numbers: str) -> str:
    """Return a page to print: the public numbers first, then what is asked, the plan, and room to write."""
    called = "".join(f"<p>{safe(line)}</p>" for line in numbers.split("\n"))
    body = [
        f"<h1>{TITLE}</h1>",
        *(f'<p class="quiet">{safe(line)}</p>' for line in ABOUT),
        f'<div class="numbers">{called}</div>',
        *(_section(part, asks.get(part.name, "")) for part in plan),
    ]
    return document(TITLE, _STYLE, body)


def _section(part: Part, question: str) -> str:
    asked = f'<p class="quiet">{safe(question)}</p>' if question and not part.shown else ""
    written = "".join(f'<p dir="auto">{safe(line)}</p>' for line in part.shown)
    empty = '<div class="line"></div>' * max(1, _EMPTY_LINES - len(part.shown))
    return f'<section><h2 dir="auto">{safe(part.title)}</h2>{asked}{written}{empty}</section>'
