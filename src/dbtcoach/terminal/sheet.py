"""A page as styled text above and below the question, wrapped to the width at every redraw."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.script.model import Asked, Breathe, Card, Menu, Scale, Scales, Select, Text, Wait
from dbtcoach.terminal.captions import HEAVY, PERSON_NOW, has_help, instruction, options, progress, range_of
from dbtcoach.terminal.glyphs import Glyphs
from dbtcoach.terminal.key_table import help_for, kind_of
from dbtcoach.terminal.wrapping import WIDEST, columns, lines_of, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.practice.page import Page

Styled = list[tuple[str, str]]


@dataclass(slots=True)
class Sheet:
    """What changes on a page while it is open: help shown, how far it is scrolled, what is typed."""

    page: Page
    glyphs: Glyphs = field(default_factory=Glyphs)
    show_help: bool = False
    back: str = "Ctrl-B"  # the key that goes back and arrives here
    scrolled: int | None = None  # the first line in sight; None: where it has to be read first
    most: int = 0  # how far the page can be scrolled in this window
    spent: float = 0.0  # seconds of a page that takes time, before it was shown again
    typed: Callable[[], str] = str  # what stands in the answer so far
    chosen: Callable[[], bool] = bool  # whether something in the list is pointed at, or ticked

    @property
    def at_question(self) -> bool:
        """Say whether the end of the page has to be in sight: the question, and help that was asked for."""
        return self.scrolled is None and isinstance(self.page.step, Asked | Menu)

    @property
    def top(self) -> int:
        """The first line in sight."""
        if self.scrolled is not None:
            return min(self.scrolled, self.most)
        return self.most if self.at_question else 0

    def scroll_by(self, lines: int) -> None:
        """Show what is above or below, as far as there is something."""
        self.scrolled = max(0, min(self.most, self.top + lines))

    def above(self, width: int) -> Styled:
        """Return the page above its question, for a screen of this width."""
        return above(self, min(width, WIDEST))

    def below(self, width: int) -> Styled:
        """Return the line of keys, for a screen of this width."""
        return below(self, min(width, WIDEST))


def above(sheet: Sheet, width: int) -> Styled:
    """Return title and progress, opening, message, help and error, wrapped."""
    page = _encodable(sheet.page, sheet.glyphs)
    text: Styled = headline(page.exercise, progress(page), width)
    if page.opening:
        text += _block("", page.opening, width)
        text.append(("", "\n"))
    if isinstance(page.step, Card):
        text += _card(page, width)
    else:
        text += _block("class:message", page.message, width)
    if page.remarks:
        text += _remarks(page, width)
    if isinstance(page.step, Scale):
        text += _scale(page.step, sheet.typed(), width)
    elif isinstance(page.step, Scales):
        text += _rows(page.step, sheet.typed(), width)
    elif isinstance(page.step, Text) and page.step.count:
        several = f"Up to {page.step.count}, one a line. Enter on an empty line goes on."
        text += _block("class:quiet", several, width)
    elif isinstance(page.step, Select) and page.step.multiple == "ranked":
        text += _ranked(page, sheet, width)
    if sheet.show_help:
        text.append(("", "\n"))
        # The step's own help comes last: in a small window that is what stays in sight.
        text += _block("class:quiet", "\n".join(help_for(kind_of(page.step))), width)
        text += _block("class:help", page.help, width) if page.help else []
    if page.error:
        text.append(("", "\n"))
        text += _block("class:error", f"! {page.error}", width)
    return [(style, sheet.glyphs.say(words)) for style, words in text]


def _encodable(page: Page, glyphs: Glyphs) -> Page:
    """Return the page in words that this terminal can show, so that lines are broken at their true width."""
    if glyphs.unicode:
        return page
    say = glyphs.say
    return replace(
        page,
        exercise=say(page.exercise),
        opening=say(page.opening),
        message=say(page.message),
        help=say(page.help),
        title=say(page.title),
        error=say(page.error),
    )


def headline(title: str, right: str, width: int) -> Styled:
    """Return the first line of every page: the exercise, and how much is left."""
    title = clean(title)
    space = width - columns(title) - columns(right)
    if space < 1 or not right:
        return [*_block("class:title", title, width), ("", "\n")]
    return [("class:title", title), ("", " " * space), ("class:quiet", right), ("", "\n\n")]


def _block(style: str, text: str, width: int) -> Styled:
    return [(style, f"{line}\n") for line in wrap(clean(text), width)]


def _card(page: Page, width: int) -> Styled:
    rule = "━" * min(width, max(columns(page.title), 24))
    text: Styled = [*_block("class:title", page.title, width), ("class:accent", f"{rule}\n")]
    text += _block("", page.message, width)
    text.append(("class:accent", f"{rule}\n"))
    return text


def _remarks(page: Page, width: int) -> Styled:
    """Return the person's own words with the marked ones underlined, and below them why."""
    text: Styled = [("", "\n")]
    for line, start in lines_of(page.text, width):
        text += [*_underlined(line, start, page), ("", "\n")]
    for remark in page.remarks:
        words = " ".join(page.text[remark.start : remark.end].split())
        text.append(("", "\n"))
        text += _block("class:message", f"“{words}”", width)
        text += _block("", remark.why, width)
        if remark.instead:
            text += _block("class:help", f"Try: {remark.instead}", width)
    return text


def _underlined(line: str, start: int, page: Page) -> Styled:
    marked = [any(r.start <= start + n < r.end for r in page.remarks) for n in range(len(line))]
    text: Styled = []
    for letter, mark in zip(line, marked, strict=True):
        style = "class:marked" if mark else ""
        if text and text[-1][0] == style:
            text[-1] = (style, text[-1][1] + letter)
        else:
            text.append((style, letter))
    return [(style, clean(words)) for style, words in text]


def _scale(step: Scale, typed: str, width: int) -> Styled:
    digits = typed.strip()
    is_number = len(digits) < 5 and digits.isascii() and digits.removeprefix("-").isdigit()  # noqa: PLR2004 - -100
    value = int(digits) if is_number else None
    cells = sum(len(str(number)) + 2 for number in range(step.low, step.high + 1))
    text: Styled = [("", "\n")]
    if cells <= width:
        for number in range(step.low, step.high + 1):
            chosen = number == value
            text.append(("class:chosen" if chosen else "", f"[{number}]" if chosen else f" {number} "))
        text.append(("", "\n"))
    return [*text, *_block("class:quiet", range_of(step), width)]


def _rows(step: Scales, typed: str, width: int) -> Styled:
    given = typed.replace(",", " ").split()
    longest = max(columns(row.label) for row in step.rows)
    text: Styled = [*_block("class:quiet", range_of(step), width), ("", "\n")]
    for number, row in enumerate(step.rows):
        now = number == len(given) if not typed or typed[-1] in " ," else number == len(given) - 1
        value = given[number] if number < len(given) else "·"
        *first, label = wrap(clean(row.label), max(1, width - 8))
        pad = " " * (min(longest, width - 8) - columns(label))
        mark = "›" if now else " "
        style = "class:chosen" if now else ""
        text += [(style, f"  {line}\n") for line in first]
        text.append((style, f"{mark} {label}{pad}  {wrap(clean(value), 4)[0]}\n"))
    return text


def _ranked(page: Page, sheet: Sheet, width: int) -> Styled:
    text: Styled = [*_block("class:quiet", f"{instruction(page)}, such as 2 1 3", width), ("", "\n")]
    for number, (_value, label) in enumerate(options(page, helped=sheet.show_help), 1):
        text += [("", f"{line}\n") for line in wrap(f"   {number}  {clean(label)}", width, " " * 6)]
    return text


def _packed(keys: list[str], width: int) -> list[str]:
    """Return the keys in as few lines as they need, none of them torn from what it does."""
    lines: list[str] = []
    for key in keys:
        longer = f"{lines[-1]} · {key}" if lines else key
        if lines and columns(longer) <= width:
            lines[-1] = longer
        else:
            lines += wrap(key, width)
    return lines


def _answering(sheet: Sheet) -> list[str]:
    """Return the keys that answer here, as things stand: ``?`` is a letter once something is typed."""
    page, typed = sheet.page, sheet.typed()
    count = page.step.count if isinstance(page.step, Text) else 0
    keys = []
    if sheet.chosen():
        several = isinstance(page.step, Select) and page.step.multiple
        keys.append("Enter goes on" if several else "Enter takes it")
    elif isinstance(page.step, Menu):
        keys.append("Enter is done")
    elif isinstance(page.step, Asked):
        if typed:
            *before, last = typed.split("\n")
            more = last.strip() and len(before) + 1 < count
            keys.append("Enter adds another" if more else "Enter goes on")
        elif not page.step.required:
            keys.append("Enter keeps it" if page.remarks else page.enter or "Enter skips")
        if typed and isinstance(page.step, Text) and not count:
            keys.append("Ctrl-J new line")
    elif isinstance(page.step, Breathe | Wait):
        keys.append("any key ends it")
    else:
        keys.append("Enter goes on")
    if has_help(page) and not typed:
        keys.append("? help")
    return keys


def _hints(sheet: Sheet, width: int) -> list[str]:
    """Return the keys in one line: in full, or where that is too long with Ctrl said once, or shorter still.

    80 columns and 60 have room for one of these; narrower windows get them in full, in several lines.
    """
    answering = _answering(sheet)
    leaving = ["Ctrl-C leaves", "Ctrl-Q hides all"]
    if not sheet.page.first:
        leaving.insert(0, f"{sheet.back} back")
    said = 2 if leaving[0].startswith("Shift") else 1
    once = ", ".join([*leaving[:said], *(key.removeprefix("Ctrl") for key in leaving[said:])])
    short = [key.replace("goes on", "on").replace("new line", "line") for key in answering]
    full, least = [*answering, *leaving], once.removesuffix(" all")
    forms = (full, [*answering, once], [*answering, least], [*short, least])
    fitting = (line for form in forms if columns(line := " · ".join(form)) <= width)
    line = next(fitting, "")
    return [line] if line else _packed(full, width)


def below(sheet: Sheet, width: int) -> Styled:
    """Return the keys that work here; on the first page also where people and help lines are."""
    page = sheet.page
    lines = _hints(sheet, width)
    if page.first and not page.remarks:
        lines += wrap(PERSON_NOW.format("Press Ctrl-G."), width)
    footnotes = [page.footnote] if page.footnote else []
    if page.heavy:
        footnotes.append(HEAVY.format("Ctrl-G"))
    if footnotes:
        lines = [*wrap(clean("\n".join(footnotes)), width), "", *lines]
    words = "\n".join(["", *lines])
    return [("class:quiet", sheet.glyphs.say(words))]
