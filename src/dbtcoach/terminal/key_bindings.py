"""The keys that work on every page, in every kind of question, before Questionary's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.practice.page import BACK, Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.filters import FilterOrBool
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from questionary.prompts.common import InquirerControl

    from dbtcoach.terminal.sheet import Sheet


def page_keys(sheet: Sheet, suspend: Callable[[], None]) -> KeyBindings:
    """Return bindings for back, help, scrolling, leaving, suspending and the quick exit, all eager."""
    from prompt_toolkit.application import get_app
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.key_binding import KeyBindings

    from dbtcoach.script.model import Scale, Scales

    keys = KeyBindings()
    # In a number there is no question mark; in words there may be one.
    helps = Condition(
        lambda: isinstance(sheet.page.step, Scale | Scales) or not get_app().current_buffer.text
    )

    @keys.add("c-b", eager=True)
    @keys.add("s-tab", eager=True)
    def _back(event: KeyPressEvent) -> None:
        event.app.exit(result=BACK)

    @keys.add("c-c", eager=True)
    @keys.add("c-d", eager=True)
    @keys.add("<sigint>", eager=True)
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=LeaveError())

    @keys.add("c-q", eager=True)
    def _vanish(event: KeyPressEvent) -> None:
        event.app.exit(exception=QuickExitError())

    @keys.add("?", eager=True, filter=helps)
    def _help(_event: KeyPressEvent) -> None:
        sheet.show_help = not sheet.show_help
        sheet.scrolled = None

    @keys.add("pagedown", eager=True)
    def _down(_event: KeyPressEvent) -> None:
        sheet.scroll_by(5)

    @keys.add("pageup", eager=True)
    def _up(_event: KeyPressEvent) -> None:
        sheet.scroll_by(-5)

    if sys.platform != "win32":

        @keys.add("c-z", eager=True)
        def _suspend(_event: KeyPressEvent) -> None:
            from prompt_toolkit.application import run_in_terminal

            run_in_terminal(suspend)

    return keys


def arrows(keys: KeyBindings, low: int, high: int) -> None:
    """Let the arrows move a number from low to high."""

    def move(event: KeyPressEvent, by: int) -> None:
        typed = event.current_buffer.text.strip()
        start = int(typed) if typed.isascii() and typed.removeprefix("-").isdigit() else None
        value = (low if by > 0 else high) if start is None else min(high, max(low, start + by))
        event.current_buffer.text = str(value)
        event.current_buffer.cursor_position = len(str(value))

    @keys.add("right", eager=True)
    @keys.add("up", eager=True)
    def _more(event: KeyPressEvent) -> None:
        move(event, 1)

    @keys.add("left", eager=True)
    @keys.add("down", eager=True)
    def _less(event: KeyPressEvent) -> None:
        move(event, -1)


def choose_by_key(keys: KeyBindings, key: str, value: object) -> None:
    """Let one key choose a value."""

    @keys.add(key, eager=True)
    def _chosen(event: KeyPressEvent) -> None:
        event.app.exit(result=Given(value))


def move_in(keys: KeyBindings, control: InquirerControl, *, moved: FilterOrBool) -> None:
    """Let the arrows move the pointer of a list, up only where it has ``moved``; let nothing be typed."""
    from prompt_toolkit.keys import Keys

    @keys.add("down", eager=True)
    def _next(_event: KeyPressEvent) -> None:
        control.select_next()

    @keys.add("up", eager=True, filter=moved)
    def _previous(_event: KeyPressEvent) -> None:
        control.select_previous()

    @keys.add(Keys.Any)
    def _nothing(_event: KeyPressEvent) -> None:
        """Do nothing: there is nowhere to type."""


def tick_by_key(keys: KeyBindings, key: str, number: int, control: InquirerControl) -> None:
    """Let one key tick a choice, and take the tick away again."""

    @keys.add(key, eager=True)
    def _ticked(_event: KeyPressEvent) -> None:
        control.pointed_at = number
        tick(control)


def tick(control: InquirerControl) -> None:
    """Tick the choice that is pointed at, or take its tick away."""
    value = control.get_pointed_at().value
    if value in control.selected_options:
        control.selected_options.remove(value)
    else:
        control.selected_options.append(value)
