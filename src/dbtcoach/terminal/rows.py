"""What stands in the rows of a page that asks for several numbers, while they are filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.drawing.captions import as_typed
from dbtcoach.practice.answers import LEFT_OUT, LONGEST_WORDS, InvalidAnswerError, as_items, by_row, in_row
from dbtcoach.terminal.numbers import MINUS, moved, typed

if TYPE_CHECKING:
    from dbtcoach.practice.page import Page
    from dbtcoach.script.model import Scales

_BETWEEN = " ,;\n\t"
_SKIP = ":skip"


@dataclass(slots=True)
class Rows:
    """The rows of a page and what stands in each: a number, a dash that leaves it out, or nothing yet."""

    step: Scales
    values: list[str]
    at: int = 0
    going_on: bool = False  # the next digit goes on from what was typed
    spelt: str = ""  # the last letters that were typed

    @classmethod
    def on(cls, page: Page, step: Scales) -> Rows:
        """Return the rows of a page with what was answered or begun before."""
        begun = by_row(step, page.line or as_typed(page))[: len(step.rows)]
        values = [*begun, *[""] * (len(step.rows) - len(begun))]
        rows = cls(step, values, values.index("") if page.line and "" in values else 0)
        wrong = [number for number in range(len(values)) if rows.wrong(number)]
        rows.at = wrong[0] if wrong else rows.at
        return rows

    @property
    def line(self) -> str:
        """What stands in the rows, as it would be typed in one line; nothing where no row has a number."""
        if not any(value not in ("", LEFT_OUT) for value in self.values):
            return ""
        last = max(number for number, value in enumerate(self.values) if value)
        return as_items(value or LEFT_OUT for value in self.values[: last + 1])

    def skips(self, letters: str) -> bool:
        """Say whether these letters end the word that skips all rows, as it is typed in line mode."""
        self.spelt = (self.spelt + letters.lower())[-len(_SKIP) :]
        return self.spelt == _SKIP

    def take(self, words: str) -> str:
        """Take what was typed, or came at once: digits, what stands between them, and a dash.

        Return what is wanted, where something else came.
        """
        wanted = ""
        together = by_row(self.step, words)
        if len(together) == len(words) == len(self.values) > 1:  # 20310
            self.values, self.at = together, len(together) - 1
            return ""
        for letter in words:
            here, row = self.values[self.at], self.step.rows[self.at]
            if row.kind == "text":
                self._write(letter)
                continue
            scale = self.step.scale(self.step.rows[self.at])
            if letter in _BETWEEN:
                if here:
                    self.move(1)
            elif letter == LEFT_OUT and scale.low >= 0:
                self.values[self.at], self.going_on = LEFT_OUT, False
            elif row.kind == "yes/no" and letter.lower() in ("y", "n"):
                self.values[self.at] = letter.lower()
            elif row.kind != "yes/no" and (letter.isdecimal() or letter in MINUS):
                before = "" if here == LEFT_OUT and scale.low >= 0 else here
                self.values[self.at] = typed(scale, before, letter, goes_on=self.going_on)
                self.going_on = True
            elif not any(self.spelt.endswith(_SKIP[:count]) for count in range(1, len(_SKIP))):
                wanted = self._wrong_with(self.at, letter)
        return wanted

    def _write(self, letter: str) -> None:
        here = "" if self.values[self.at] == LEFT_OUT else self.values[self.at]
        if letter in "\n\t":
            self.move(1)
        elif (here or not letter.isspace()) and len(here) < LONGEST_WORDS:
            self.values[self.at] = here + letter

    def fill(self, typed_line: str) -> str:
        """Take a line of numbers for this row and those behind it; return what is wrong, if anything.

        An empty line leaves what stands here. Behind the last row nothing is left to fill.
        """
        alone = self.step.rows[self.at].kind == "text" and '"' not in typed_line
        items = [typed_line] * bool(typed_line) if alone else by_row(self.step, typed_line, self.at)
        if len(items) > len(self.values) - self.at:
            return f"There are {len(self.values)} rows, and more numbers than that."
        for item in items or [self.values[self.at]]:
            before, self.values[self.at] = self.values[self.at], item
            if wrong := self.wrong():
                self.values[self.at] = before
                return wrong
            self.at += 1
        return ""

    @property
    def writing(self) -> bool:
        """Whether words are being written here: a question mark is one of their letters."""
        return self.step.rows[self.at].kind == "text" and bool(self.values[self.at])

    @property
    def full(self) -> bool:
        """Whether the last row is behind."""
        return self.at == len(self.values)

    def move(self, by: int) -> None:
        """Go to another row, as far as there is one."""
        self.at = min(len(self.values) - 1, max(0, self.at + by))
        self.going_on = False

    def change(self, by: int) -> None:
        """Make the number here larger or smaller; larger is yes."""
        row = self.step.rows[self.at]
        if row.kind == "yes/no":
            self.values[self.at] = "y" if by > 0 else "n"
        if row.kind in ("yes/no", "text"):
            return
        scale = self.step.scale(self.step.rows[self.at])
        self.values[self.at], self.going_on = moved(scale, self.values[self.at], by), False

    def erase(self, *, all_of_it: bool = False) -> None:
        """Take back the last digit here, or all of them."""
        self.values[self.at] = "" if all_of_it else self.values[self.at][:-1]

    def wrong(self, number: int | None = None) -> str:
        """Return what is wrong in a row, this one if none is named; nothing if it is right."""
        number = self.at if number is None else number
        value = self.values[number]
        return "" if value in ("", LEFT_OUT) else self._wrong_with(number, value)

    def _wrong_with(self, number: int, value: str) -> str:
        try:
            in_row(self.step, self.step.rows[number], value)
        except InvalidAnswerError as wrong:
            return str(wrong)
        return ""

    @property
    def last(self) -> bool:
        """Whether this is the last row."""
        return self.at == len(self.values) - 1
