"""Several numbers on one page: a row for each, filled one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout import Layout
from rich.text import Text as Drawn

from dbtcoach.drawing.captions import range_beside
from dbtcoach.drawing.wrapping import columns, wrap
from dbtcoach.errors import LeaveError
from dbtcoach.practice.page import ON, Typed
from dbtcoach.terminal.numbers import value_of
from dbtcoach.terminal.page_layout import draw_anew, drawn_size, in_rows, lines_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from dbtcoach.drawing.sheet import Sheet
    from dbtcoach.drawing.theme import Look
    from dbtcoach.script.model import Scale
    from dbtcoach.terminal.key_bindings import Handler, Handlers
    from dbtcoach.terminal.rows import Rows

_MOST_DOTS = 10
_FIRST = 4  # columns before a number, without its label
_BESIDE = 20  # columns kept for a number and its scale
_LEAST = 12  # columns that a label has in the smallest window


def acts_on(rows: Rows, sheet: Sheet, changed: Callable[[], None]) -> Handlers:
    """Return what the keys do in the rows."""

    def does(act: Callable[[KeyPressEvent], object]) -> Handler:
        def done(event: KeyPressEvent) -> None:
            sheet.complain("")
            act(event)
            changed()

        return done

    def enter(event: KeyPressEvent) -> None:
        if wrong := rows.wrong():
            sheet.complain(wrong)
        elif not rows.last:
            rows.move(1)
        else:
            event.app.exit(result=Typed(rows.line) if rows.line else ON)

    def leave(event: KeyPressEvent) -> None:
        if rows.values[rows.at]:
            rows.erase(all_of_it=True)
        else:
            event.app.exit(exception=LeaveError())

    def helps(event: KeyPressEvent) -> None:
        if rows.writing:
            _write(rows, sheet, event)
        else:
            sheet.turn_help()
            draw_anew(event)

    return {
        "enter": does(enter),
        "type": does(lambda event: _write(rows, sheet, event)),
        "next": does(lambda _event: rows.move(1)),
        "previous": does(lambda _event: rows.move(-1)),
        "more": does(lambda _event: rows.change(1)),
        "less": does(lambda _event: rows.change(-1)),
        "help": helps,
        "erase": does(lambda _event: rows.erase()),
        "erase to start": does(lambda _event: rows.erase(all_of_it=True)),
        "skip": lambda event: event.app.exit(result=ON),
        "leave when empty": does(leave),
    }


def _write(rows: Rows, sheet: Sheet, event: KeyPressEvent) -> None:
    if rows.skips(event.data):
        event.app.exit(result=ON)
    else:
        sheet.complain(rows.take(event.data))


def keys_here(rows: Rows) -> list[str]:
    """Return the keys that answer here, for the foot of the page."""
    left_out = "-" if rows.step.scale(rows.step.rows[rows.at]).low >= 0 else ""
    here = rows.values[rows.at]
    keys = ["Enter goes on" if rows.last else "Enter next"]
    keys += [f"{left_out} leaves out"] if left_out and not here else []
    return [*keys, *(["↑ back"] if rows.at else [])]


def laid_out(rows: Rows, sheet: Sheet) -> Layout:
    """Return a layout with the rows, the cursor in the one that is being filled."""

    def drawn_rows() -> list[list[tuple[str, str]]]:
        return drawn(rows, sheet.look, drawn_size().columns)

    def cursor() -> Point:
        before = _FIRST + _room(rows, sheet.look, drawn_size().columns)
        here = drawn_rows()[: rows.at + 1]
        shown = _end_of(rows.values[rows.at], drawn_size().columns - before - 1)
        return Point(x=before + columns(shown), y=lines_in(here) - 1)

    return Layout(in_rows(drawn_rows, cursor, cursor=True))


def _room(rows: Rows, look: Look, width: int) -> int:
    """Return how wide the labels are."""
    longest = max(columns(look.words(row.label).plain) for row in rows.step.rows)
    return min(longest, max(_LEAST, width - _BESIDE))


def drawn(rows: Rows, look: Look, width: int) -> list[list[tuple[str, str]]]:
    """Return each row as it stands: its label, its number, and its scale beside it."""
    room = _room(rows, look, width)
    scales = [(row, rows.step.scale(row)) for row in rows.step.rows]
    digits = max(len(str(end)) for _row, scale in scales for end in (scale.low, scale.high))
    found = []
    for number, ((row, scale), value) in enumerate(zip(scales, rows.values, strict=True)):
        here = number == rows.at
        if row.kind == "text":
            value = _end_of(value, width - _FIRST - room - 1)  # noqa: PLW2901 - as far as there is room
        name = "pointed" if here else "plain"
        *above, last = wrap(look.words(scale.message).plain, room)
        line = Drawn.assemble(
            *(look.words(f"  {one}\n", name) for one in above),
            look.words("› " if here else "  ", "accent"),
            look.words(last, name),
            " " * (room - columns(last) + 2),
            look.words(value, "mine"),
            " " * (digits - len(value) + 2),
        )
        beside = _beside(
            look, scale, value, "" if row.kind == "text" and value else range_beside(rows.step, row)
        )
        fits = _FIRST + room + digits + 2 + beside.cell_len <= width
        shown = look.fragments(Drawn.assemble(line, beside) if fits else line, width)
        if here and not value:  # spaces at the end of a line are not drawn, and the cursor needs them
            shown[-1] = ("", " " * (room - columns(last) + 3) + "\n")
        found.append(shown)
    return found


def _end_of(words: str, room: int) -> str:
    """Return the end of words that are longer than their place."""
    while columns(words) > max(_LEAST, room):
        words = words[1:]
    return words


def _beside(look: Look, scale: Scale, value: str, own: str) -> Drawn:
    """Return a mark for each step of a short scale, or what a row takes that the others do not."""
    given = value_of(value)
    if own:
        return look.words(own, "hint")
    if scale.low or scale.high > _MOST_DOTS or given is None or not 0 <= given <= scale.high:
        return Drawn("")
    return look.words("●" * given + "○" * (scale.high - given), "accent")
