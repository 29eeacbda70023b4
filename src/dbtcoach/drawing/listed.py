"""The lines of a command as Rich draws them: the words that a pipe gets, in the styles of the theme."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from rich.console import Group
from rich.text import Text

from dbtcoach.drawing.theme import Hung
from dbtcoach.drawing.window_size import air_in, column_in
from dbtcoach.drawing.wrapping import columns as columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from dbtcoach.drawing.theme import Look
    from dbtcoach.practice.page import Page, Remark

Kind = Literal["entries", "entry", "found", "trends", "people", "exercises", "skills", "problem"]

_NUMBER = r"\+?\d[\d\ue000 ]+\d"
# What stands out in a line of each kind, by the style that it gets.
_MARKS: dict[Kind, tuple[str, ...]] = {
    "entries": (
        r"^(?P<hint>\S+(?: {2}[\d: ]{5})?) ",
        r" {2,}(?P<accent>[\d–]+ → [\d–]+) ",
        r" (?P<hint>\S+)$",
    ),
    "entry": (r"^Distress (?P<accent>.*)$",),
    "found": (r"^(?P<hint>\S+) {2}", r"(?P<marked>».*«)", r"^\S+ {2}.* {2}(?P<hint>\S+)$"),
    "trends": (
        r"(?P<accent>[■●━\u2581-\u2588]+)",
        r"(?P<track>[·□○])",
        r"^(?P<hint>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)) ",
    ),
    "people": (rf"(?P<question>{_NUMBER})", r"(?P<accent>\w[\w-]*(?:\.\w[\w-]*)+(?:/[\w/-]+)?)"),
    "exercises": (r"(?P<hint>\[[^]]*\])$", r"^(?P<error>! .*)$"),
    "skills": (r"^(?P<accent>\*)",),
    "problem": (),
}
_DATE = re.compile(r"\d{1,2} \w{3} \d{4}( \d\d:\d\d)?|no date")
# The name before what is said of it, whose further lines hang under the first.
_NAMED: dict[Kind, re.Pattern[str]] = {
    "exercises": re.compile(r"(?:\S+(?: --\S+)?)? {2,}"),
    "skills": re.compile(r"(?:\* | {2})\S.*? {2,}"),
}


def drawn(look: Look, kind: Kind, lines: Sequence[str]) -> Iterator[RenderableType]:
    """Yield the lines, each of them clean already, as this terminal can show them."""
    for number, line in enumerate(lines):
        named = _NAMED[kind].match(line) if kind in _NAMED else None
        indent = named.end() if named else len(line) - len(line.lstrip(" "))
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        name, words = (
            Text(line[:indent], "key"),
            look.words(line[indent:], _style(kind, line, before, after, number)),
        )
        for mark in _MARKS[kind]:
            name.highlight_regex(mark)
            words.highlight_regex(mark)
        yield Hung(name, words) if words else ""


def _style(kind: Kind, line: str, before: str, after: str, number: int) -> str:
    """Return the style of a whole line, by where it stands."""
    indented, heads = line.startswith(" "), not before and not line.startswith(" ")
    match kind:
        case "entry" if indented:
            return "mine"
        case "entry":
            return "title" if _DATE.fullmatch(after) else "hint"
        case "trends" if heads:
            return "title" if number == 0 else "question"
        case "skills" if heads:
            return "question"
        case "people" if after.startswith("Emergency: "):
            return "title"
        case "problem" if number == 0:
            return "error"
        case _:
            return "plain"


def in_line(look: Look, kind: Kind, lines: Sequence[str], width: int) -> str:
    """Return the lines for a terminal of this width, one below the other."""
    return look.ansi(Group(*drawn(look, kind, lines)), width)


def reviewed(
    look: Look, text: str, remarks: tuple[Remark, ...], strength: str, said: list[str], width: int
) -> str:
    """Return somebody's words with what the notes are about underlined, the notes, and what else is said."""
    from dbtcoach.drawing import blocks
    from dbtcoach.practice.page import Page
    from dbtcoach.script.model import Say

    page = Page(Say(id="text", message=""), "", "", "", text=text, remarks=remarks, strength=strength)
    parts = [_written(look, page, blocks.MARK), "", *blocks.notes(look, page)]
    return look.ansi(Group(*parts, *(part for words in said for part in (look.words(words), ""))), width)


def _written(look: Look, page: Page, mark: str) -> RenderableType:
    edges = sorted({0, len(page.text), *(edge for r in page.remarks for edge in (r.start, r.end))})
    pieces = []
    for start, end in pairwise(edges):
        noted = any(r.start <= start and end <= r.end for r in page.remarks)
        pieces.append(look.words(page.text[start:end], "marked" if noted else "mine"))
    return Hung(look.words(f"{mark}  ", "accent"), Text.assemble(*pieces))


def on_page(look: Look, kind: Kind, lines: Sequence[str], columns: int, rows: int) -> list[str]:
    """Return the lines for a screen of their own: in the middle, with air above."""
    widest = max(map(columns_of, lines), default=0)
    margin, width = column_in(columns)
    if kind == "trends" and widest > width:
        margin, width = max(0, (columns - widest) // 2), widest
    shown = in_line(look, kind, lines, width).splitlines()
    return [*[""] * air_in(rows), *(f"{' ' * margin}{line}".rstrip(" ") for line in shown)]
