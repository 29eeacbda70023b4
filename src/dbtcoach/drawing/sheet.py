"""A page that is open: what is drawn above and below its question, for a width, at every redraw."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text as Words

from dbtcoach.drawing import blocks
from dbtcoach.drawing.captions import (
    HEAVY,
    PERSON_NOW,
    as_typed,
    enter_alone,
    has_help,
    instruction,
    options,
    range_shared,
)
from dbtcoach.drawing.key_table import help_for, kind_of
from dbtcoach.drawing.theme import Hung, Look
from dbtcoach.drawing.week_table import week_table
from dbtcoach.script.model import Asked, Card, Menu, Say, Scale, Scales, Select, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

    from dbtcoach.drawing.glyphs import Glyphs
    from dbtcoach.drawing.pacer import Pace
    from dbtcoach.practice.page import Page

NOTED = "Rewrite it here, or press Enter to keep it. Both are fine."
Styled = list[tuple[str, str]]
_KEY = re.compile(r"(\S+) (.*)")


@dataclass(slots=True)
class Sheet:
    """What changes on a page while it is open: help shown, how far it is scrolled, what is typed."""

    page: Page
    look: Look = field(default_factory=Look)
    show_help: bool = False
    back: str = "Ctrl-B"  # the key that goes back and arrives here
    scrolled: int | None = None  # the first line in sight; None: where it has to be read first
    most: int = 0  # how far the page can be scrolled in this window
    pace: Pace | None = None  # of a page that takes time: how far it is
    pointed: int = -1  # of a list: the choice that is pointed at
    typed: Callable[[], str] = str  # what stands in the answer so far
    chosen: Callable[[], bool] = bool  # whether something in the list is pointed at, or ticked
    keys: Callable[[], list[str]] | None = None  # that answer, where the question knows them best
    others: list[str] = field(default_factory=list)  # under a note: what was written, and the other ways
    gap_ahead: Callable[[], bool] = bool  # whether a gap in one of those is still open behind the cursor
    told_at: int | None = None  # the line at which help begins, or what is wrong; None without either
    _above: tuple[object, Styled] = (None, [])  # as drawn last, and for what

    @property
    def glyphs(self) -> Glyphs:
        """The marks that this terminal can show."""
        return self.look.glyphs

    @property
    def at_question(self) -> bool:
        """Say whether the end of the page has to be in sight, since the question stands there."""
        asked = isinstance(self.page.step, Asked | Menu)
        return self.scrolled is None and self.told_at is None and asked and blocks.asks(self.page)

    @property
    def top(self) -> int:
        """The first line in sight."""
        if self.scrolled is not None:
            return min(self.scrolled, self.most)
        if self.told_at is not None:  # help that was asked for is seen from its first line on
            return min(self.told_at, self.most)
        return self.most if self.at_question else 0

    def turn_help(self) -> None:
        """Show more about the page, or no more."""
        self.show_help = not self.show_help
        self.scrolled = None

    def scroll_by(self, lines: int) -> None:
        """Show what is above or below, as far as there is something."""
        self.scrolled = max(0, min(self.most, self.top + lines))

    def complain(self, wrong: str) -> None:
        """Say on the open page what is wrong with what was typed, or nothing any more."""
        self.page = replace(self.page, error=wrong)

    def above(self, width: int) -> Styled:
        """Return the page above its question, in this width."""
        now = (width, self.show_help, self.typed(), self.page.error)
        if now != self._above[0]:
            self._above = (now, above(self, width))
        return self._above[1]

    def below(self, width: int) -> Styled:
        """Return what stands under the question, in this width."""
        return below(self, width)


def above(sheet: Sheet, width: int) -> Styled:
    """Return title and progress, opening, message, help and error."""
    page, look = sheet.page, sheet.look
    text = look.fragments(Group(*_told(look, page, width), *_how(sheet)), width)
    told = list(_asked_for(sheet))
    sheet.told_at = sum(part.count("\n") for _style, part in text) + 1 if told else None
    text += look.fragments(Group(*told), width) if told else []
    return text[:-1] if isinstance(page.step, Say | Card) else text  # there, an empty line takes the keys


def _told(look: Look, page: Page, width: int) -> Iterator[RenderableType]:
    yield blocks.headline(look, page, width)
    yield ""
    if page.opening:
        yield look.words(page.opening, "hint")
        yield ""
    yield from blocks.recalled(look, page)
    if isinstance(page.step, Card):
        yield from blocks.card(look, page)
    elif page.grid is not None:
        yield from week_table(look, page.grid, width)
    else:
        yield from blocks.message(look, page)


def _how(sheet: Sheet) -> Iterator[RenderableType]:
    """Yield how to answer."""
    page, look = sheet.page, sheet.look
    step = page.step
    if isinstance(step, Text) and step.count:
        yield look.words(f"Up to {step.count}, one a line. Enter on an empty line goes on.", "hint")
    elif isinstance(step, Scale):
        yield ""
        yield from blocks.scale(look, step, sheet.typed())
    elif isinstance(step, Scales):
        yield look.words(range_shared(step), "hint")
    elif isinstance(step, Select) and step.multiple == "ranked":
        yield look.words(f"{instruction(page)}, such as 2 1", "hint")
        yield ""
        for number, (_value, label) in enumerate(options(page, helped=sheet.show_help), 1):
            yield Hung(look.words(f"   {number}  ", "key"), look.words(label))


def _asked_for(sheet: Sheet) -> Iterator[RenderableType]:
    """Yield what was wrong, and help that was asked for: the step's own first, the keys behind it."""
    page, look = sheet.page, sheet.look
    if page.error:
        yield ""
        yield look.words(f"! {page.error}", "error")
    if sheet.show_help:
        yield ""
        if page.help:
            yield look.words(page.help)
            yield ""
        yield look.words("\n".join(help_for(kind_of(page.step))), "hint")


def _answering(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the keys that answer here, as things stand: ``?`` is a letter once something is typed."""
    page, typed = sheet.page, sheet.typed()
    if sheet.keys is not None:
        keys = sheet.keys()
    elif sheet.pace is not None:
        keys = sheet.pace.keys()
    else:
        keys = [_enter(sheet)]
        if sheet.others and typed in ("", *sheet.others):
            keys.append("↑ takes the other")
        if typed and isinstance(page.step, Text) and not page.step.count:
            keys.append("Ctrl-J new line")
    if has_help(page) and not typed:
        keys.append("? help")
    return [(found[1], found[2]) for found in map(_KEY.fullmatch, keys) if found]


def _enter(sheet: Sheet) -> str:
    """Return what Enter does now; nothing on an empty answer that is needed."""
    page, typed = sheet.page, sheet.typed()
    step = page.step
    if sheet.gap_ahead():
        return "Enter finds the next gap"
    if sheet.chosen():
        return "Enter goes on" if isinstance(step, Select) and step.multiple else "Enter takes it"
    if isinstance(step, Menu):
        return enter_alone(page)
    if page.remarks and typed in ("", as_typed(page)):
        return "Enter keeps it"
    if isinstance(step, Text) and typed:
        *before, last = typed.split("\n")
        return "Enter adds another" if last.strip() and len(before) + 1 < step.count else "Enter goes on"
    if typed or not isinstance(step, Asked):
        return "Enter goes on"
    return "" if step.required else enter_alone(page)


def _hints(sheet: Sheet, width: int) -> RenderableType:
    """Return the keys in one line: in full, or where that is too long without those that help tells as well.

    The ways out stay, whatever goes. 80 columns and 60 have room for one of these, save where Enter has much
    to say; then, and in narrower windows, all are there, in several lines.
    """
    answering = _answering(sheet)
    out = [("Ctrl-C", "leaves"), ("Ctrl-Q", "hides all")]
    leaving = out if sheet.page.first else [(sheet.back, "back"), *out]
    line = [(key, does.replace("new line", "line")) for key, does in answering]
    fewer = [(key, does) for key, does in answering if does != "new line"]
    # What answers, and help, which tells the rest; of what takes time, how it is paused and how it is ended.
    told = fewer[:2] if sheet.pace is not None else [*fewer[:1], *fewer[1:][-1:]]
    ends = [leaving, _in_short(leaving), out, _in_short(out)]
    forms = [keys + end for end in ends for keys in (line, fewer, told)]
    if sheet.pace is not None or sheet.keys is not None:  # there the way back goes before other keys do
        forms = [keys + end for keys in (fewer, told) for end in ends]
    return blocks.keys_line(sheet.look, [answering + leaving, *forms], width)


def _in_short(keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, does.removesuffix(" all")) for key, does in keys]


def below(sheet: Sheet, width: int) -> Styled:
    """Return what stands under the question: notes on the answer, and the keys."""
    return [*noted(sheet, width), ("", "\n"), *keys_below(sheet, width)]


def noted(sheet: Sheet, width: int) -> Styled:
    """Return the notes on the answer, if any, with air around them."""
    page, look = sheet.page, sheet.look
    lines: list[RenderableType] = [""]
    if page.remarks:
        lines += [*blocks.notes(look, page), Hung(Words(" " * blocks.INDENT), look.words(NOTED, "hint")), ""]
    return look.fragments(Group(*lines), width)[:-1]


def keys_below(sheet: Sheet, width: int) -> Styled:
    """Return what stays in sight: the keys that work here, quiet lines above them, and where people are."""
    page, look = sheet.page, sheet.look
    footnotes = [
        *([page.footnote] if page.footnote else []),
        *([HEAVY.format("Ctrl-G")] if page.heavy else []),
    ]
    lines: list[RenderableType] = [look.words("\n".join(footnotes), "hint"), ""] if footnotes else []
    lines.append(_hints(sheet, width))
    if page.first and not page.remarks:
        lines.append(look.words(PERSON_NOW.format("Press Ctrl-G."), "hint"))
    return look.fragments(Group(*lines), width)[:-1]  # the last line ends the page
