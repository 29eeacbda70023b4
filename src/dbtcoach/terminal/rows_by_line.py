"""Several numbers in line mode: a question for each row, or all of them in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.drawing.captions import range_beside, range_shared
from dbtcoach.practice.page import ON, Move, Typed
from dbtcoach.terminal.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.practice.page import Page
    from dbtcoach.script.model import Scales

ALL_AT_ONCE = "All rows in one line: 2 0 3, with a - for one to leave out."


def how(step: Scales) -> list[str]:
    """Return the scale of the rows, if they share one, and how they are answered."""
    shared = range_shared(step)
    many = f"{len(step.rows)} rows. " if len(step.rows) > 1 else ""
    return [*([shared] if shared else []), f"{many}Enter or - leaves one out, :skip all."]


def ask_rows(
    page: Page,
    step: Scales,
    read: Callable[[str, str], str],
    meaning: Callable[[str], tuple[bool, Move | None]],
    tell: Callable[[str], None],
) -> Move:
    """Ask for the rows and return the move; ``read`` gets the prompt and what stands in the rows so far.

    ``meaning`` says whether a line is a command, and which move it is, if it is one.
    """
    rows = Rows.on(page, step)
    while not rows.full:
        row = step.rows[rows.at]
        beside = range_beside(step, row)
        scale = f", {beside}" if beside else ""
        before = f" ({rows.values[rows.at]})" if rows.values[rows.at] else ""
        line = read(f"{row.label}{scale}{before}: ", rows.line)
        command, move = meaning(line)
        if command:
            if move is not None:
                return move
        elif wrong := rows.fill(line):
            tell(wrong)
    return Typed(rows.line) if rows.line else ON
