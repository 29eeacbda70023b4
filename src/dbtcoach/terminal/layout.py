"""The page around a question: its words above, its keys below, drawn anew as a whole at every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window

if TYPE_CHECKING:
    from questionary.prompts.common import InquirerControl

    from dbtcoach.terminal.paper import Sheet


def around(inner: Any, sheet: Sheet) -> HSplit:
    """Return a layout with the page above the question and its keys below.

    Where the window is too small for all of it, the question stays in sight.
    """

    def columns() -> int:
        return get_app().output.get_size().columns

    def scroll(window: Window) -> int:
        info = window.render_info
        sheet.most = max(0, info.content_height - info.window_height) if info is not None else 0
        return sheet.top

    def place() -> Point:
        # A window keeps its cursor in view, so the cursor of the page is put where the page should be seen.
        lines = sum(text.count("\n") for _style, text in sheet.above(columns()))
        return Point(x=0, y=lines if sheet.at_question else min(sheet.top, lines))

    above = Window(
        FormattedTextControl(lambda: FormattedText(sheet.above(columns())), get_cursor_position=place),
        dont_extend_height=True,
        get_vertical_scroll=scroll,
        wrap_lines=False,
    )
    below = Window(
        FormattedTextControl(lambda: FormattedText(sheet.below(columns()))), dont_extend_height=True
    )
    return HSplit([above, inner, below])


def listed(control: InquirerControl, instruction: str) -> Layout:
    """Return a layout with a list of choices below its instruction; the pointer shows where one is."""
    line = FormattedTextControl([("class:instruction", f"  {instruction}")])
    above = Window(line, dont_extend_height=True, always_hide_cursor=True, wrap_lines=True)
    return Layout(HSplit([above, Window(control)]))
