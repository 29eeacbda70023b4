"""A worksheet as a page for paper: its Markdown in two columns, with lines to write on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dbtcoach.insight.paper import document, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLE = """
@page { size: A4; margin: 10mm 12mm }
* { box-sizing: border-box }
body { font: 15px/1.35 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 800px;
  margin: 0 auto; padding: 14px }
h1 { font-size: 1.4em; margin: 0 } h2 { font-size: 1em; margin: .7em 0 .1em; break-after: avoid }
p, ul, blockquote { margin: .15em 0 } ul { padding: 0; list-style: none }
.ticks li { display: inline-block; margin-right: 1.2em }
i { color: #555 } blockquote { padding-left: .7em; border-left: 2px solid #c9d3dd }
.line { border-bottom: 1px solid #777; height: 1.8em }
main { columns: 2; column-gap: 8mm }
@media screen and (max-width: 560px) { main { columns: 1 } }
@media print { body { font-size: 8.4pt; line-height: 1.22; max-width: none; padding: 0 } }
"""
_LINE = re.compile(r"_{60}")


def page(title: str, markdown: str) -> str:
    """Return a worksheet as HTML; above its first question stand name, date and people to call."""
    head, *sections = markdown.split("\n## ")
    body = [
        "".join(_blocks(head)),
        "<main>",
        *("".join(_blocks(f"## {each}")) for each in sections),
        "</main>",
    ]
    return document(title, STYLE, body)


def _blocks(markdown: str) -> Iterator[str]:
    for block in filter(None, markdown.split("\n\n")):
        text = block.strip("\n")
        lines = text.split("\n")
        if text.startswith("# "):
            yield f"<h1>{safe(text[2:])}</h1>"
        elif text.startswith("## "):
            yield f"<h2>{safe(text[3:])}</h2>"
        elif _LINE.fullmatch(text):
            yield '<div class="line"></div>'
        elif text.startswith("> "):
            yield f"<blockquote>{'<br>'.join(safe(line.lstrip('> ')) for line in lines)}</blockquote>"
        elif text.startswith("- "):
            listed = (_spaced(line[2:]) for line in lines)
            rows = "" if "  " in text or "____" in text else ' class="ticks"'
            yield f"<ul{rows}>{''.join(f'<li>{line}</li>' for line in listed)}</ul>"
        elif text != "---":
            yield f"<p>{'<br>'.join(map(_marked, lines))}</p>"


def _spaced(line: str) -> str:
    """Return a line in which two spaces, as between numbers to ring, stay wide."""
    return safe(line).replace("  ", "&ensp;").replace("[ ]", "☐")


def _marked(line: str) -> str:
    """Return a line with its emphasis."""
    strong = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", _spaced(line))
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", strong)
