"""What stands on a page, as Rich lays it out: headline, words, card, choices, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from dbtcoach.drawing.captions import keys_of, options, progress, range_of, shortened
from dbtcoach.drawing.theme import Hung
from dbtcoach.practice.page import CardPart
from dbtcoach.script.model import Asked, Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from dbtcoach.drawing.theme import Look
    from dbtcoach.practice.page import Page
    from dbtcoach.script.model import Scale

MARK = "▎"  # before what is typed
INDENT = 3  # columns of that mark, which Questionary follows with two spaces
_BAR, _ROOM_FOR_BAR = 18, 50
# A line that says whom to call, up to its hours; and a number in it, however it is grouped.
_CALLS = re.compile(r"(?m)^[^(\[\n]*(?:\b(?:call|text) |Emergency: |right now: )[^(\[\n]*")
_NUMBER = re.compile(r"\b(?:\d[\d-]+(?: \d+)*|\d+(?: \d+)+)\b")
_BULLET = "\n- "
_SENTENCE = re.compile(r"(?<=[.!?…”’])[ \n]+")


def headline(look: Look, page: Page, width: int) -> RenderableType:
    """Return the first line of every page: the exercise, and how far it has come."""
    title = look.words(page.exercise, "title")
    right = look.words(progress(page), "hint")
    if page.progress is not None and width >= _ROOM_FOR_BAR:
        full = _BAR * page.progress.number // page.progress.of
        bar = (look.words("━" * full, "accent"), look.words("─" * (_BAR - full), "track"))
        right = Text.assemble(*bar, "  ", right)
    space = width - title.cell_len - right.cell_len
    return Text.assemble(title, " " * space, right) if right and space > 0 else title


def message(look: Look, page: Page) -> Iterator[RenderableType]:
    """Yield the words of a page; of one that asks, the questions are strong, or else its first sentence.

    Numbers to call are strong on every page: who looks for one may have no patience left to read.
    """
    words = look.words(page.message)
    if isinstance(page.step, Asked | Menu):
        for start, end in _strong(words.plain):
            words.stylize("question", start, end)
    for line in _CALLS.finditer(look.glyphs.say(page.message)):
        for number in _NUMBER.finditer(line[0]):
            words.stylize("question", line.start() + number.start(), line.start() + number.end())
    if _BULLET not in f"\n{words.plain}":
        yield words
        return
    for text in words.split(allow_blank=True):
        yield Hung(text[:2], text[2:]) if text.plain.startswith(_BULLET[1:]) else text


def _strong(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the questions of a text stand; of a text without one, its first sentence."""
    spans, start = [], 0
    for gap in [*_SENTENCE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        spans.append((start, end))
        start = gap.end() if gap else end
    asking = [span for span in spans if text[span[0] : span[1]].endswith("?")]
    yield from asking or spans[:1]


def asks(page: Page) -> bool:
    """Say whether the words of a page end with its question, so that their end has to be in sight."""
    return page.message.rstrip().endswith("?") or "\n\n" not in page.message


def recalled(look: Look, page: Page) -> Iterator[RenderableType]:
    """Yield earlier words, each in one line: a reminder, not a text to read again."""
    labels = [look.words(f"{each.label}  " if each.label else "", "hint") for each in page.recalled]
    widest = max((label.cell_len for label in labels), default=0)
    for each, label in zip(page.recalled, labels, strict=True):
        label.pad_right(widest - label.cell_len)
        words = look.words(shortened(each.words), "theirs" if each.theirs else "mine")
        yield Text.assemble(label, words, no_wrap=True, overflow="ellipsis")
    if page.recalled:
        yield ""


def card(look: Look, page: Page) -> Iterator[RenderableType]:
    """Yield a card in its parts: nothing stands beside its words, so that they can be copied as they are."""
    yield look.words(page.title, "question")
    for part in page.parts or (CardPart("", page.message),):
        yield ""
        if part.title:
            yield look.words(part.title, "hint" if part.for_me else "title")
        for line in part.text.strip("\n").split("\n"):
            words = look.words(line, "plain" if part.for_me else "mine")
            yield Hung(Text("  "), words, deeper=2) if line else ""


def scale(look: Look, step: Scale, typed: str) -> Iterator[RenderableType]:
    """Yield the numbers of a scale with the one that stands there, and what its ends mean."""
    numbers = [
        look.words(f"[{number}]", "chosen") if str(number) == typed.strip() else look.words(f" {number} ")
        for number in range(step.low, step.high + 1)
    ]
    yield Text.assemble(*numbers, no_wrap=True, overflow="ellipsis")
    yield look.words(range_of(step), "hint")


def notes(look: Look, page: Page) -> Iterator[RenderableType]:
    """Yield what the coach says to the words that are underlined, and how else they could be said."""
    if page.strength:
        yield Padding(look.words(page.strength, "good"), (0, 0, 1, INDENT))
    for remark in page.remarks:
        why = look.words(remark.why, "note")
        if len(page.remarks) > 1:  # each says which of the underlined words it means
            words = " ".join(page.text[remark.start : remark.end].split())
            why = Text.assemble(look.words(f"“{words}”", "marked"), "  ", why)
        said: list[RenderableType] = [why]
        if remark.instead:
            said.append(Hung(look.words("Try  ", "hint"), look.words(remark.instead)))
        yield Padding(Group(*said), (0, 0, 1, INDENT))


def choice(look: Look, page: Page, number: int, *, pointed: bool, ticked: bool | None, helped: bool) -> Hung:
    """Return a choice behind the key that takes it; one that can be ticked has a box."""
    given = options(page, helped=helped)
    name = "pointed" if pointed else "plain"
    box = "" if ticked is None else "☑ " if ticked else "☐ "
    mark = Text.assemble(
        look.words("› " if pointed else "  ", "accent"),
        look.words(box, "accent" if ticked else "hint"),
        look.words(f"{keys_of(page)[number]}  ", "key"),
    )
    return Hung(mark, look.words(given[number][1], name))


def keys_line(look: Look, forms: list[list[tuple[str, str]]], width: int) -> Text:
    """Return the first of these forms that fits in a line, or else the first in several: the keys bright.

    Several are filled from their end, where the ways out are: those stay beside each other.
    """
    for form in forms:
        for gap in (3, 2):
            line = Text(" " * gap).join(_key(look, key, does) for key, does in form)
            if line.cell_len <= width:
                return line
    lines: list[Text] = []
    for key, does in reversed(forms[0]):
        one = _key(look, key, does)
        if lines and one.cell_len + 3 + lines[0].cell_len <= width:
            lines[0] = Text.assemble(one, "   ", lines[0])
        else:
            lines.insert(0, one)
    return Text("\n").join(lines)


def _key(look: Look, key: str, does: str) -> Text:
    return Text.assemble(look.words(key, "key"), " ", look.words(does, "hint"))
