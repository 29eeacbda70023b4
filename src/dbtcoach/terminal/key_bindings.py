"""What the keys of ``key_table`` do on a drawn page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dbtcoach.drawing.key_table import DIGITS, LETTERS, acts
from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.practice.answers import number_wanted
from dbtcoach.practice.page import Given, Go
from dbtcoach.script.model import Scale, Scales
from dbtcoach.terminal.editing import insert
from dbtcoach.terminal.keyboard import one_binding
from dbtcoach.terminal.numbers import MINUS, moved, typed, value_of
from dbtcoach.terminal.page_layout import draw_anew
from dbtcoach.terminal.people import ShowPeople

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from questionary.prompts.common import InquirerControl

    from dbtcoach.drawing.key_table import Act, Kind
    from dbtcoach.drawing.sheet import Sheet

    Handler = Callable[[KeyPressEvent], None]
    Handlers = dict[Act, Handler]


def bindings(
    kind: Kind,
    sheet: Sheet,
    own: Mapping[Act, Handler],
    suspend: Callable[[], None],
    picks: Mapping[str, Handler],
) -> KeyBindings:
    """Return the keys of this kind of prompt: those of every page, those of its ``own``, and ``picks``.

    ``picks`` are the keys that stand before choices. Raises KeyError for an act that nothing does.
    """
    does: Handlers = {**page_acts(sheet, suspend), **own}
    handlers: dict[str, Handler] = {}
    for key, act in acts(kind).items():
        if key == LETTERS:
            handlers["type"] = does[act]
        elif key == DIGITS:
            handlers |= picks or {"type": does[act]}
        else:
            handlers[key] = does[act]
    helps, words = does["help"], handlers.get("type")

    def ask(event: KeyPressEvent) -> None:
        # In a number there is no question mark; in words there may be one.
        if words is None or isinstance(sheet.page.step, Scale | Scales) or not event.current_buffer.text:
            helps(event)
        else:
            words(event)

    return one_binding({**handlers, "?": ask})


def page_acts(sheet: Sheet, suspend: Callable[[], None]) -> Handlers:
    """Return what can be done on every page: back, help, people, scrolling, every way out."""

    def leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=LeaveError())

    def leave_when_empty(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.save_to_undo_stack()
            event.current_buffer.delete()
        else:
            leave(event)

    def helps(event: KeyPressEvent) -> None:
        sheet.turn_help()
        draw_anew(event)

    def scrolls(lines: int) -> Handler:
        def done(event: KeyPressEvent) -> None:
            sheet.scroll_by(lines)
            draw_anew(event)

        return done

    def stop(_event: KeyPressEvent) -> None:
        from prompt_toolkit.application import run_in_terminal

        if sys.platform != "win32":
            run_in_terminal(suspend)

    return {
        "back": lambda event: event.app.exit(result=Go("back", sheet.typed())),
        "people": lambda event: event.app.exit(result=ShowPeople(sheet.typed())),
        "leave": leave,
        "leave when empty": leave_when_empty,
        "hide": lambda event: event.app.exit(exception=QuickExitError()),
        "help": helps,
        "page down": scrolls(5),
        "page up": scrolls(-5),
        "stop": stop,
    }


def numbering(scale: Scale, sheet: Sheet) -> Handlers:
    """Return what changes a number: digits go on from what was typed, or replace what stands there."""
    left_by_typing = [""]

    def put(event: KeyPressEvent, text: str) -> None:
        event.current_buffer.text = text
        event.current_buffer.cursor_position = len(text)

    def take(event: KeyPressEvent) -> None:
        words = event.data.strip()
        no_number = value_of(words) is None and words not in ("", *(MINUS if scale.low < 0 else ""))
        sheet.complain(number_wanted(scale.low, scale.high) if no_number else "")
        if no_number:
            return
        for letter in words:
            here = event.current_buffer.text.strip()
            put(event, typed(scale, here, letter, goes_on=left_by_typing[0].startswith(here)))
            left_by_typing[0] = event.current_buffer.text

    def move(by: int, *, sets: bool) -> Handler:
        def done(event: KeyPressEvent) -> None:
            sheet.complain("")
            if sets or value_of(event.current_buffer.text) is not None:
                put(event, moved(scale, event.current_buffer.text, by))
                left_by_typing[0] = ""

        return done

    return {
        "type": take,
        "more": move(1, sets=True),
        "less": move(-1, sets=True),
        "up": move(1, sets=False),
        "down": move(-1, sets=False),
    }


def tick(control: InquirerControl) -> None:
    """Tick the choice that is pointed at, or take its tick away."""
    value = control.get_pointed_at().value
    if value in control.selected_options:
        control.selected_options.remove(value)
    else:
        control.selected_options.append(value)


def answering(value: object) -> Handler:
    """Return what answers with a value."""
    return lambda event: event.app.exit(result=Given(value))


def moving(control: InquirerControl) -> Handlers:
    """Return what moves the pointer of a list; it stands above the list until it is moved."""

    def previous(_event: KeyPressEvent) -> None:
        if control.pointed_at < 0:
            control.pointed_at = len(control.choices) - 1
        else:
            control.select_previous()

    return {"next": lambda _event: control.select_next(), "previous": previous}


def ranking(choices: int, sheet: Sheet) -> Handlers:
    """Return what is written of an order: numbers and what stands between them, and no letters."""

    def take(event: KeyPressEvent) -> None:
        words = event.data.replace("\n", " ")
        kept = "".join(letter for letter in words if letter.isdecimal() or letter in " ,;-")
        sheet.complain("" if kept == words else number_wanted(1, choices))
        insert(event, kept)

    return {"type": take}
