"""The editing keys of a line that is being written, as every shell has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.clipboard import ClipboardData

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyPressEvent

    from dbtcoach.drawing.key_table import Act


def edits() -> dict[Act, Callable[[KeyPressEvent], None]]:
    """Return what edits the line, by what it does; each can be undone."""
    return {
        "left": lambda event: event.current_buffer.cursor_left(),
        "right": lambda event: event.current_buffer.cursor_right(),
        "up": lambda event: event.current_buffer.cursor_up(),
        "down": lambda event: event.current_buffer.cursor_down(),
        "home": lambda event: _move(event, event.current_buffer.document.get_start_of_line_position()),
        "last": lambda event: _move(event, event.current_buffer.document.get_end_of_line_position()),
        "word left": lambda event: _move(event, _word_start(event.current_buffer)),
        "word right": lambda event: _move(event, _word_end(event.current_buffer)),
        "erase": lambda event: _erase(event, 1, kept=False),
        "delete": lambda event: _delete(event, 1, kept=False),
        "erase word": lambda event: _erase(event, -_blank_start(event.current_buffer)),
        "delete word": lambda event: _delete(event, _word_end(event.current_buffer)),
        "erase to start": lambda event: _erase(
            event, -event.current_buffer.document.get_start_of_line_position() or 1
        ),
        "delete to end": lambda event: _delete(
            event, event.current_buffer.document.get_end_of_line_position() or 1
        ),
        "put back": _put_back,
        "undo": lambda event: event.current_buffer.undo(),
    }


def insert(event: KeyPressEvent, text: str) -> None:
    """Write where the cursor is; letters that are typed one after another are undone together."""
    buffer = event.current_buffer
    if len(text) > 1 or text.isspace() or not buffer.text:
        buffer.save_to_undo_stack()
    buffer.insert_text(text)


def _move(event: KeyPressEvent, by: int) -> None:
    event.current_buffer.cursor_position += by


def _word_start(buffer: Buffer) -> int:
    return buffer.document.find_previous_word_beginning() or -buffer.cursor_position


def _blank_start(buffer: Buffer) -> int:
    return buffer.document.find_start_of_previous_word() or -buffer.cursor_position


def _word_end(buffer: Buffer) -> int:
    return buffer.document.find_next_word_ending() or len(buffer.text) - buffer.cursor_position


def _erase(event: KeyPressEvent, count: int, *, kept: bool = True) -> None:
    buffer = event.current_buffer
    buffer.save_to_undo_stack()
    _keep(event, buffer.delete_before_cursor(count), kept=kept)


def _delete(event: KeyPressEvent, count: int, *, kept: bool = True) -> None:
    buffer = event.current_buffer
    buffer.save_to_undo_stack()
    _keep(event, buffer.delete(count), kept=kept)


def _keep(event: KeyPressEvent, text: str, *, kept: bool) -> None:
    if kept and text:
        event.app.clipboard.set_data(ClipboardData(text))


def _put_back(event: KeyPressEvent) -> None:
    insert(event, event.app.clipboard.get_data().text)
