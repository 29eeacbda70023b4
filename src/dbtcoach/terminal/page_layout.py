"""The page around a question: its words above, its keys below, drawn anew as a whole at every change."""

from __future__ import annotations

import functools
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
    VSplit,
    Window,
)

from dbtcoach.drawing.blocks import choice
from dbtcoach.drawing.sheet import keys_below, noted
from dbtcoach.drawing.window_size import air_in, column_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent
    from questionary.prompts.common import InquirerControl

    from dbtcoach.drawing.sheet import Sheet, Styled

MOST_KEYS = 4  # lines of keys that stay in sight whatever else there is
SPARE = 6  # rows beside an answer and its notes: the question, the keys, and where more is
ROOMY = 12  # rows from which on one can be spared for saying that there is more to read


def drawn_size() -> Size:
    """Return the rows of the window, and the columns of a page in it, as the library drew it last."""
    size = get_app().output.get_size()
    return Size(size.rows, column_in(size.columns)[1])


def draw_anew(event: KeyPressEvent) -> None:
    """Have the page drawn on an empty screen, where much of it changes.

    Drawn over what stands there, one that has become shorter keeps its height, and of what a terminal shows
    in fewer columns than are counted here, as a flag is, letters stay behind.
    """
    event.app.renderer.erase(leave_alternate_screen=False)


def around(inner: Any, sheet: Sheet) -> VSplit:
    """Return a layout with the page above the question and its keys below, in a column of the window.

    Where the window is too small for all of it, the question stays in sight.
    """

    def width() -> int:
        return drawn_size().columns

    def lines() -> int:
        return sum(text.count("\n") for _style, text in sheet.above(width()))

    drawn: list[tuple[int, ...]] = [()]

    def scroll(window: Window) -> int:
        info, told = window.render_info, cut()  # that there is more is told in a row of the page's own
        sheet.most = max(0, info.content_height - info.window_height) if info is not None else 0
        now = (lines(), *drawn_size(), sheet.most, told)
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
        FormattedTextControl(lambda: FormattedText(sheet.above(width())), get_cursor_position=place),
        dont_extend_height=True,
        get_vertical_scroll=scroll,
        wrap_lines=False,
    )

    def room_for_notes() -> Dimension:
        """Return the height of notes, which go before the words above as the answer does."""
        rows, wanted = drawn_size().rows, sum(text.count("\n") for _style, text in noted(sheet, width())) + 1
        if not sheet.page.remarks:
            return Dimension(min=0, preferred=wanted)
        answer = inner.preferred_height(width(), rows).preferred
        return Dimension(min=max(0, min(wanted, rows - min(answer, rows // 3) - SPARE)), preferred=wanted)

    def room_for_keys() -> Dimension:
        """Return the height of the keys, which stay in sight, but where the question needs their rows."""
        wanted = sum(text.count("\n") for _style, text in keys_below(sheet, width())) + 1
        return Dimension(min=min(wanted, MOST_KEYS if drawn_size().rows >= ROOMY else 0), preferred=wanted)

    notes = Window(
        FormattedTextControl(lambda: FormattedText(noted(sheet, width()))),
        height=room_for_notes,
        dont_extend_height=True,
    )
    keys = Window(
        FormattedTextControl(lambda: FormattedText(keys_below(sheet, width()))),
        height=room_for_keys,
        dont_extend_height=True,
    )
    rest = FormattedTextControl(lambda: [("class:quiet", _more(sheet))])
    air = Window(
        height=lambda: Dimension(min=0, preferred=air_in(drawn_size().rows)), dont_extend_height=True
    )
    more = ConditionalContainer(Window(rest, height=1), Condition(cut))
    page = HSplit([air, above, inner, notes, keys, more], width=lambda: Dimension.exact(width()))
    margin = Window(width=lambda: Dimension.exact(column_in(get_app().output.get_size().columns)[0]))
    return VSplit([margin, page, Window()])


def _more(sheet: Sheet) -> str:
    if 0 < sheet.top < sheet.most:
        return "PageUp, PageDown: more"
    return "PageUp: more above" if sheet.top else "PageDown: more below"


def lines_in(rows: list[Styled]) -> int:
    """Return how many lines some rows take."""
    return sum(text.count("\n") for row in rows for _style, text in row)


def in_rows(rows: Callable[[], list[Styled]], place: Callable[[], Point], *, cursor: bool) -> Window:
    """Return a window with rows: all of them before the words above, as far as there is room."""

    def height() -> Dimension:
        wanted = lines_in(rows())
        return Dimension(min=max(1, min(wanted, drawn_size().rows - ROOMY // 2)), preferred=wanted)

    def shown() -> FormattedText:
        return FormattedText([part for row in rows() for part in row][:-1])

    control = FormattedTextControl(shown, focusable=True, show_cursor=cursor, get_cursor_position=place)
    return Window(control, height=height, dont_extend_height=cursor)


def listed(control: InquirerControl, instruction: str, sheet: Sheet) -> Layout:
    """Return a layout with a list of choices, as Rich lays them out, below its instruction, if any."""

    @functools.lru_cache(maxsize=1)  # asked for several times in a drawing
    def laid_out(width: int, at: int, ticked: frozenset[str] | None, helped: bool) -> list[Styled]:  # noqa: FBT001 - a key
        return [
            sheet.look.fragments(
                choice(
                    sheet.look,
                    sheet.page,
                    number,
                    pointed=number == at,
                    ticked=None if ticked is None else one.value in ticked,
                    helped=helped,
                ),
                width,
            )
            for number, one in enumerate(control.choices)
        ]

    def rows() -> list[Styled]:
        ticked = frozenset(control.selected_options) if instruction else None
        return laid_out(drawn_size().columns, control.pointed_at, ticked, sheet.show_help)

    def place() -> Point:
        return Point(x=0, y=lines_in(rows()[: max(0, control.pointed_at)]))

    choices = in_rows(rows, place, cursor=False)
    if not instruction:
        return Layout(choices)
    line = FormattedTextControl([("class:instruction", sheet.glyphs.say(instruction))])
    above = Window(line, dont_extend_height=True, always_hide_cursor=True, wrap_lines=True)
    return Layout(HSplit([above, choices]))
