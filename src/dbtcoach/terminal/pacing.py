"""A page that takes time: breathing or a wait, drawn anew where something moved, until Enter or its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbtcoach.practice.page import ON
from dbtcoach.terminal.pace_page import drawn, moment
from dbtcoach.terminal.theme import WIDEST

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

    from dbtcoach.practice.page import Move
    from dbtcoach.terminal.pacer import Pace
    from dbtcoach.terminal.people import ShowPeople
    from dbtcoach.terminal.sheet import Sheet, Styled
    from dbtcoach.terminal.theme import Look

TICK = 0.1  # seconds between two looks at the clock


def spend(
    sheet: Sheet, pace: Pace, asker: Any, look: Look, *, animated: bool, bell: bool
) -> Move | ShowPeople:
    """Show what takes time until it is over or Enter ends it; return the move.

    Whoever looks at people to call meanwhile comes back to the moment that they left. What is drawn depends
    on the clock alone, so a resized or suspended window does not lose the rhythm.
    """
    import asyncio

    from prompt_toolkit.application import Application
    from prompt_toolkit.layout import FormattedTextControl, Layout, Window
    from prompt_toolkit.output import ColorDepth

    from dbtcoach.terminal.key_bindings import bindings
    from dbtcoach.terminal.page_layout import around, drawn_size

    seen: list[tuple[object, Styled]] = []  # what was drawn last, and of what

    def picture() -> Styled:
        size = drawn_size()
        now = (moment(pace, animated=animated), pace.begun, size)
        if not seen or seen[0][0] != now:
            around_it = (*sheet.above(size.columns), *sheet.below(size.columns))
            room = size.rows - 1 - sum(text.count("\n") for _style, text in around_it)
            width = min(size.columns, WIDEST)
            shown = drawn(pace, look, width, room, animated=animated)
            seen[:] = [(now, look.fragments(shown, width))]
        return seen[0][1]

    def height() -> int:
        return sum(text == "\n" for _style, text in picture())

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

    depth = ColorDepth.DEPTH_24_BIT if look.colours == "truecolor" else asker.depth
    # Told its height, the library need not lay out the picture twice.
    window = Window(FormattedTextControl(picture, focusable=True, show_cursor=False), height=height)
    app: Application[Move | ShowPeople] = Application(
        layout=Layout(around(window, sheet)), color_depth=depth, **asker.streams
    )
    keys = bindings("time", sheet, {"enter": enter, "pause": lambda _event: pace.pause()}, asker.suspend, {})

    def begin() -> None:
        pace.come()
        app.create_background_task(tick())

    move: Move | ShowPeople = asker.run(app, keys, begin)
    pace.leave()
    return move
