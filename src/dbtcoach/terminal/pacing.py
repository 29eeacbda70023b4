"""A page that takes time: breathing or a wait, drawn anew where something moved, until Enter or its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbtcoach.drawing.pace_page import drawn, moment
from dbtcoach.drawing.window_size import air_in
from dbtcoach.practice.page import ON

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.layout import Window

    from dbtcoach.drawing.pacer import Pace
    from dbtcoach.drawing.sheet import Sheet, Styled
    from dbtcoach.practice.page import Move
    from dbtcoach.terminal.people import ShowPeople

TICK = 0.1  # seconds between two looks at the clock


def spend(sheet: Sheet, pace: Pace, asker: Any, *, animated: bool, bell: bool) -> Move | ShowPeople:
    """Show what takes time until it is over or Enter ends it; return the move.

    Whoever looks at people to call meanwhile comes back to the moment that they left. What is drawn depends
    on the clock alone, so a resized or suspended window does not lose the rhythm.
    """
    import asyncio

    from prompt_toolkit.application import Application
    from prompt_toolkit.layout import Layout

    from dbtcoach.terminal.key_bindings import bindings
    from dbtcoach.terminal.page_layout import around

    def enter(event: KeyPressEvent) -> None:
        if pace.begun:
            event.app.exit(result=ON)
        else:
            pace.begin()

    async def tick() -> None:
        last = None
        while not pace.over:
            await asyncio.sleep(TICK)
            if last != (last := moment(pace, animated=animated)):
                app.invalidate()
        if pace.watch.runs and bell:
            app.output.bell()
            app.output.flush()
        pace.watch.stop()
        app.invalidate()
        if not (pace.waits or app.is_done):
            app.exit(result=ON)

    picture = _picture(sheet, pace, animated=animated)
    app: Application[Move | ShowPeople] = Application(
        layout=Layout(around(picture, sheet)), color_depth=asker.depth, **asker.streams
    )
    keys = bindings("time", sheet, {"enter": enter, "pause": lambda _event: pace.pause()}, asker.suspend, {})

    def begin() -> None:
        pace.come()
        app.create_background_task(tick())

    move: Move | ShowPeople = asker.run(app, keys, begin)
    pace.leave()
    return move


def _picture(sheet: Sheet, pace: Pace, *, animated: bool) -> Window:
    """Return what is in the middle of the page, worked out only where something moved."""
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.layout import FormattedTextControl, Window

    from dbtcoach.terminal.page_layout import drawn_size

    seen: list[tuple[object, Styled]] = []  # what was drawn last, and of what

    def lines() -> Styled:
        size = drawn_size()
        now = (moment(pace, animated=animated), pace.begun, sheet.show_help, size)
        if not seen or seen[0][0] != now:
            page = (*sheet.above(size.columns), *sheet.below(size.columns))
            taken = air_in(size.rows) + 1 + sum(text.count("\n") for _style, text in page)
            shown = drawn(pace, sheet.look, size.columns, size.rows - taken, animated=animated)
            seen[:] = [(now, sheet.look.fragments(shown, size.columns))]
        return seen[0][1]

    # Told its height, the library need not lay it out twice.
    control = FormattedTextControl(lambda: FormattedText(lines()), focusable=True, show_cursor=False)
    return Window(control, height=lambda: sum(text == "\n" for _style, text in lines()))
