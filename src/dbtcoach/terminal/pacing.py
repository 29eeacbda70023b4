"""A page that takes time: the pacer or a wait, drawn anew ten times a second until a key ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbtcoach.practice.page import ON
from dbtcoach.script.model import Breathe, Wait
from dbtcoach.terminal.pacer import draw, draw_wait, over

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from dbtcoach.practice.page import Move
    from dbtcoach.terminal.people import ShowPeople
    from dbtcoach.terminal.sheet import Sheet, Styled

TICK = 0.1  # seconds between two drawings


def spend(
    sheet: Sheet,
    step: Breathe | Wait,
    asker: Any,
    monotonic: Callable[[], float],
    *,
    animated: bool,
) -> Move | ShowPeople:
    """Show the pacer until its time is up or a key ends it; return the move.

    Whoever looks at people to call meanwhile comes back to the moment that they left.

    What is drawn depends on the clock alone, so a resized or suspended window does not lose the rhythm.
    """
    import asyncio

    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.keys import Keys
    from prompt_toolkit.layout import FormattedTextControl, Layout, Window

    from dbtcoach.terminal.key_bindings import bindings
    from dbtcoach.terminal.page_layout import around, drawn_size

    begun = monotonic() - sheet.spent

    def drawn() -> FormattedText:
        elapsed = monotonic() - begun
        width = drawn_size().columns
        text: Styled = (
            draw(step, elapsed, width, sheet.glyphs, animated=animated)
            if isinstance(step, Breathe)
            else draw_wait(step, elapsed)
        )
        return FormattedText([("", "\n"), *text])

    def end(event: KeyPressEvent) -> None:
        if len(event.data) == 1 or event.key_sequence[0].key is Keys.Any:  # no paste
            event.app.exit(result=ON)

    async def tick() -> None:
        while not over(step, monotonic() - begun):
            await asyncio.sleep(TICK)
            app.invalidate()
        if not app.is_done:
            app.exit(result=ON)

    window = Window(FormattedTextControl(drawn, focusable=True, show_cursor=False), dont_extend_height=True)
    app: Application[Move | ShowPeople] = Application(
        layout=Layout(around(window, sheet)), color_depth=asker.depth, **asker.streams
    )
    keys = bindings("time", sheet, {"end": end}, asker.suspend, {})
    move: Move | ShowPeople = asker.run(app, keys, lambda: app.create_background_task(tick()))
    sheet.spent = monotonic() - begun
    return move
