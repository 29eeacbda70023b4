"""The page around a question: its words above, its keys below, drawn anew as a whole at every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import get_app
from prompt_toolkit.data_structures import Point, Size
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.layout import (
    ConditionalContainer,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)

if TYPE_CHECKING:
    from questionary.prompts.common import InquirerControl

    from dbtcoach.terminal.sheet import Sheet

ROOMY = 12  # rows from which on one can be spared for saying that there is more to read


def drawn_size() -> Size:
    """Return the size of the window that a page is drawn in, as the library drew it last."""
    return get_app().output.get_size()


def around(inner: Any, sheet: Sheet) -> HSplit:
    """Return a layout with the page above the question and its keys below.

    Where the window is too small for all of it, the question stays in sight.
    """

    def columns() -> int:
        return drawn_size().columns

    def lines() -> int:
        return sum(text.count("\n") for _style, text in sheet.above(columns()))

    drawn: list[tuple[int, ...]] = [()]

    def scroll(window: Window) -> int:
        info = window.render_info
        sheet.most = max(0, info.content_height - info.window_height) if info is not None else 0
        now = (lines(), *drawn_size(), sheet.most)
        if now != drawn[0]:
            drawn[0] = now
            get_app().invalidate()  # what is known here is of the last drawing: once more, with this one
        return sheet.top

    def cut() -> bool:
        return sheet.most > 0 and drawn_size().rows >= ROOMY

    def place() -> Point:
        # A window keeps its cursor in view, so the cursor of the page is put where the page should be seen.
        return Point(x=0, y=lines() if sheet.at_question else min(sheet.top, lines()))

    above = Window(
        FormattedTextControl(lambda: FormattedText(sheet.above(columns())), get_cursor_position=place),
        dont_extend_height=True,
        get_vertical_scroll=scroll,
        wrap_lines=False,
    )
    below = Window(
        FormattedTextControl(lambda: FormattedText(sheet.below(columns()))), dont_extend_height=True
    )
    rest = FormattedTextControl(
        lambda: [("class:quiet", "PageUp: more above" if sheet.top else "PageDown: more below")]
    )
    return HSplit([above, inner, below, ConditionalContainer(Window(rest, height=1), Condition(cut))])


def listed(control: InquirerControl, instruction: str) -> Layout:
    """Return a layout with a list of choices below its instruction, if any, and the pointer in it."""
    choices = Window(control, height=lambda: _room(control))
    if not instruction:
        return Layout(choices)
    line = FormattedTextControl([("class:instruction", f"  {instruction}")])
    above = Window(line, dont_extend_height=True, always_hide_cursor=True, wrap_lines=True)
    return Layout(HSplit([above, choices]))


def _room(control: InquirerControl) -> Dimension:
    """Return the height of a list: all of it before the words above it, as far as the window allows."""
    lines = sum(str(choice.title).count("\n") + 1 for choice in control.choices)
    return Dimension(min=max(1, min(lines, drawn_size().rows - ROOMY // 2)), preferred=lines)
