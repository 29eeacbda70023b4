"""A page that takes time: the pacer or a wait, drawn anew ten times a second until a key ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbtcoach.practice.page import ON, Move
from dbtcoach.script.model import Breathe, Wait
from dbtcoach.terminal.key_bindings import page_keys
from dbtcoach.terminal.pacer import draw, draw_wait, over

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPressEvent
    from prompt_toolkit.output import Output

    from dbtcoach.terminal.sheet import Sheet, Styled

TICK = 0.1  # seconds between two drawings


def spend(
    sheet: Sheet,
    step: Breathe | Wait,
    asker: Any,
    monotonic: Callable[[], float],
    *,
    animated: bool,
) -> Move:
    """Show the pacer until its time is up or a key ends it; return the move.

    What is drawn depends on the clock alone, so a resized or suspended window does not lose the rhythm.
    """
    import asyncio

    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
    from prompt_toolkit.keys import Keys
    from prompt_toolkit.layout import FormattedTextControl, Layout, Window

    from dbtcoach.terminal.page_layout import around, drawn_size
    from dbtcoach.terminal.styles import STYLE

    begun = monotonic()
    terminal_input: Input | None = asker.streams["input"]
    terminal_output: Output | None = asker.streams["output"]

    def drawn() -> FormattedText:
        elapsed = monotonic() - begun
        width = drawn_size().columns
        text: Styled = (
            draw(step, elapsed, width, sheet.glyphs, animated=animated)
            if isinstance(step, Breathe)
            else draw_wait(step, elapsed)
        )
        return FormattedText([("", "\n"), *text])

    keys = KeyBindings()

    @keys.add(Keys.Any, eager=True)
    @keys.add("enter", eager=True)
    def _ended(event: KeyPressEvent) -> None:
        event.app.exit(result=ON)

    async def tick() -> None:
        while not over(step, monotonic() - begun):
            await asyncio.sleep(TICK)
            app.invalidate()
        if not app.is_done:
            app.exit(result=ON)

    window = Window(FormattedTextControl(drawn, focusable=True, show_cursor=False), dont_extend_height=True)
    app: Application[Move] = Application(
        layout=Layout(around(window, sheet)),
        key_bindings=merge_key_bindings([keys, page_keys(sheet, asker.suspend)]),
        style=STYLE,
        erase_when_done=True,
        color_depth=asker.depth,
        input=terminal_input,
        output=terminal_output,
    )
    app.ttimeoutlen = 0.1

    def start() -> None:
        app.create_background_task(tick())

    return app.run(pre_run=start)
