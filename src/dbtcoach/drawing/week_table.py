"""Days beside each other on a screen: one hue, and the numbers carry the meaning alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from dbtcoach.drawing.theme import Look
    from dbtcoach.practice.page import Grid, GridRow

MARK = "*"  # at the head of a day that stands out, and before what says why
CELL, LEAST = 6, 4  # columns of a day; in a narrow window
_LABEL = 12  # columns that a name has at least


def week_table(look: Look, grid: Grid, width: int) -> Iterator[RenderableType]:
    """Yield the title, a line for each row, and what the mark means."""
    labels = [look.words(f"  {row.label}" if row.under else row.label) for row in grid.rows]
    widest = max((label.cell_len for label in labels), default=0)
    cell = max(LEAST, min(CELL, (width - min(widest, _LABEL)) // len(grid.heads)))
    room = min(widest, max(_LABEL, width - cell * len(grid.heads)))
    yield look.words(grid.title, "question")
    yield ""
    heads = (
        look.words(f"{head}{MARK if place in grid.marked else ''}", "key" if place in grid.marked else "hint")
        for place, head in enumerate(grid.heads)
    )
    yield Text.assemble(" " * room, *(_right(head, cell) for head in heads), no_wrap=True)
    for row, label in zip(grid.rows, labels, strict=True):
        label.truncate(room, overflow="ellipsis", pad=True)
        yield Text.assemble(label, *_cells(look, grid, row, cell), no_wrap=True)
    if grid.note:
        yield ""
        yield look.words(f"{MARK} {grid.note}")


def _cells(look: Look, grid: Grid, row: GridRow, cell: int) -> Iterator[Text]:
    for place, given in enumerate(row.cells):
        shown = look.words(given or "·", "hint" if given in ("", "0", "no") else "accent")
        if place in grid.marked and given:
            shown.stylize("bold")
        shown.truncate(cell - 1, overflow="ellipsis")
        yield _right(shown, cell)


def _right(words: Text, cell: int) -> Text:
    """Return words at the right end of their cell; the mark of a day hangs over its end."""
    hangs = 1 if words.plain.endswith(MARK) else 0
    return Text.assemble(" " * max(0, cell - words.cell_len - (1 - hangs)), words, "" if hangs else " ")
