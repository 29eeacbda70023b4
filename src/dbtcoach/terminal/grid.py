"""Several numbers on one page: a row for each, filled one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.layout import Dimension, FormattedTextControl, Layout, Window
from rich.text import Text as Drawn

from dbtcoach.errors import LeaveError
from dbtcoach.practice.answers import LEFT_OUT, InvalidAnswerError, by_row, in_row
from dbtcoach.practice.page import ON, Typed
from dbtcoach.terminal.captions import as_typed, range_of, range_shared
from dbtcoach.terminal.numbers import moved, typed, value_of
from dbtcoach.terminal.page_layout import ROOMY, drawn_size
from dbtcoach.terminal.wrapping import columns, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from dbtcoach.practice.page import Page
    from dbtcoach.script.model import Scales
    from dbtcoach.terminal.key_bindings import Handler, Handlers
    from dbtcoach.terminal.sheet import Sheet
    from dbtcoach.terminal.theme import Look

_BETWEEN = " ,;\n\t"
_MOST_DOTS = 10
_BESIDE = 24  # columns kept for a number and its scale


@dataclass(slots=True)
class Grid:
    """The rows of a page and what stands in each: a number, a dash that leaves it out, or nothing yet."""

    step: Scales
    values: list[str]
    at: int = 0
    going_on: bool = False  # the next digit goes on from what was typed

    @classmethod
    def on(cls, page: Page, step: Scales) -> Grid:
        """Return the rows of a page with what was answered or begun before."""
        begun = by_row(step, page.line or as_typed(page))[: len(step.rows)]
        values = [*begun, *[""] * (len(step.rows) - len(begun))]
        first = values.index("") if page.line and "" in values else 0
        return cls(step, values, first)

    @property
    def line(self) -> str:
        """What stands in the rows, as it would be typed in one line; nothing where no row has a number."""
        if not any(value not in ("", LEFT_OUT) for value in self.values):
            return ""
        last = max(number for number, value in enumerate(self.values) if value)
        return " ".join(value or LEFT_OUT for value in self.values[: last + 1])

    def take(self, words: str) -> None:
        """Take what was typed, or came at once: digits, what stands between them, and a dash."""
        together = by_row(self.step, words)
        if len(together) == len(words) == len(self.values) > 1:  # 20310
            self.values, self.at = together, len(together) - 1
            return
        for letter in words:
            here = self.values[self.at]
            scale = self.step.scale(self.step.rows[self.at])
            if letter in _BETWEEN:
                if here:
                    self.move(1)
            elif letter == LEFT_OUT and scale.low >= 0:
                self.values[self.at], self.going_on = LEFT_OUT, False
            else:
                before = "" if here == LEFT_OUT and scale.low >= 0 else here
                self.values[self.at] = typed(scale, before, letter, goes_on=self.going_on)
                self.going_on = True

    def move(self, by: int) -> None:
        """Go to another row, as far as there is one."""
        self.at = min(len(self.values) - 1, max(0, self.at + by))
        self.going_on = False

    def change(self, by: int) -> None:
        """Make the number here larger or smaller."""
        scale = self.step.scale(self.step.rows[self.at])
        self.values[self.at], self.going_on = moved(scale, self.values[self.at], by), False

    def erase(self, *, all_of_it: bool = False) -> None:
        """Take back the last digit here, or all of them."""
        self.values[self.at] = "" if all_of_it else self.values[self.at][:-1]

    def wrong(self) -> str:
        """Return what is wrong with the number here, if anything."""
        value = self.values[self.at]
        if value in ("", LEFT_OUT):
            return ""
        try:
            in_row(self.step, self.step.rows[self.at], value)
        except InvalidAnswerError as wrong:
            return str(wrong)
        return ""

    @property
    def last(self) -> bool:
        """Whether this is the last row."""
        return self.at == len(self.values) - 1


def acts_on(grid: Grid, sheet: Sheet, changed: Callable[[], None] | None) -> Handlers:
    """Return what the keys do in the rows."""

    def does(act: Callable[[KeyPressEvent], object]) -> Handler:
        def done(event: KeyPressEvent) -> None:
            sheet.complain("")
            act(event)
            if changed is not None:
                changed()

        return done

    def enter(event: KeyPressEvent) -> None:
        if wrong := grid.wrong():
            sheet.complain(wrong)
        elif not grid.last:
            grid.move(1)
        else:
            event.app.exit(result=Typed(grid.line) if grid.line else ON)

    def leave(event: KeyPressEvent) -> None:
        if grid.values[grid.at]:
            grid.erase(all_of_it=True)
        else:
            event.app.exit(exception=LeaveError())

    return {
        "enter": does(enter),
        "type": does(lambda event: grid.take(event.data)),
        "next": does(lambda _event: grid.move(1)),
        "previous": does(lambda _event: grid.move(-1)),
        "more": does(lambda _event: grid.change(1)),
        "less": does(lambda _event: grid.change(-1)),
        "erase": does(lambda _event: grid.erase()),
        "erase to start": does(lambda _event: grid.erase(all_of_it=True)),
        "skip": lambda event: event.app.exit(result=ON),
        "leave when empty": does(leave),
    }


def keys_here(grid: Grid) -> list[str]:
    """Return the keys that answer here, for the foot of the page."""
    left_out = "-" if grid.step.scale(grid.step.rows[grid.at]).low >= 0 else ""
    here = grid.values[grid.at]
    keys = ["Enter goes on" if grid.last else "Enter next"]
    keys += [f"{left_out} leaves out"] if left_out and not here else []
    return [*keys, *(["↑ back a row"] if grid.at else [])]


def laid_out(grid: Grid, sheet: Sheet) -> Layout:
    """Return a layout with the rows, the cursor in the one that is being filled."""

    def rows() -> list[list[tuple[str, str]]]:
        return drawn(grid, sheet.look, drawn_size().columns)

    def lines(shown: list[list[tuple[str, str]]]) -> int:
        return sum(text.count("\n") for row in shown for _style, text in row)

    def height() -> Dimension:
        wanted = lines(rows())
        return Dimension(min=max(1, min(wanted, drawn_size().rows - ROOMY // 2)), preferred=wanted)

    def cursor() -> Point:
        shown = rows()
        here = "".join(text for _style, text in shown[grid.at]).rstrip("\n").split("\n")[-1]
        mark = here.find(_CURSOR)
        return Point(x=columns(here[:mark]), y=lines(shown[: grid.at + 1]) - 1)

    def shown() -> FormattedText:
        parts = [part for row in rows() for part in row][:-1]
        return FormattedText([(style, text.replace(_CURSOR, "")) for style, text in parts])

    control = FormattedTextControl(shown, focusable=True, get_cursor_position=cursor)
    return Layout(Window(control, height=height, dont_extend_height=True))


_CURSOR = "\ue001"  # where it stands while the rows are being laid out; it is never shown


def drawn(grid: Grid, look: Look, width: int) -> list[list[tuple[str, str]]]:
    """Return each row as it stands."""
    scales = [grid.step.scale(row) for row in grid.step.rows]
    shared = bool(range_shared(grid.step))
    room = max(1, width - _BESIDE)
    longest = min(room, max(columns(look.words(row.label).plain) for row in grid.step.rows))
    digits = max(len(str(end)) for scale in scales for end in (scale.low, scale.high))
    found = []
    for number, (row, value) in enumerate(zip(grid.step.rows, grid.values, strict=True)):
        here = number == grid.at
        name = "pointed" if here else "plain"
        *above, label = wrap(look.words(row.label).plain, longest)
        pad = " " * (longest - columns(label))
        given = value_of(value)
        scale = scales[number]
        beside = ""
        if (
            shared
            and scale.low == 0
            and scale.high <= _MOST_DOTS
            and given is not None
            and given <= scale.high
        ):
            beside = "●" * given + "○" * (scale.high - given)
        elif not shared:
            beside = range_of(scale)
        line = Drawn.assemble(
            *[piece for one in above for piece in (look.words(f"  {one}", name), "\n")],
            look.words("› " if here else "  ", "accent"),
            look.words(label, name),
            f"{pad}  ",
            look.words(value, "mine"),
            _CURSOR if here else "",
            " " * (digits - len(value)),
            look.words(f"  {beside}", "accent" if shared else "hint") if beside else "",
        )
        found.append(look.fragments(line, width))
    return found
