"""How large the window is, and where a page stands in it: asked here, and by the library that draws a page.

Imported for the opening words, so it imports nothing that takes time.
"""

import os

WIDEST = 72  # longer lines are hard to follow for tired eyes
_MARGIN = 4  # columns, where there is room
_ROOMY, _NARROW = 72, 50  # columns from which on there is room for a wide margin, and for any
_HIGH, _AIRY = 22, 15  # rows from which on there is room for air above a page, and a row of it for so many


def size_of(fd: int) -> tuple[int, int]:
    """Return columns and rows of the terminal behind a descriptor; 0 for what nobody has told it."""
    try:
        columns, rows = os.get_terminal_size(fd)
    except (OSError, ValueError):
        return 0, 0
    return columns, rows


def column_in(columns: int) -> tuple[int, int]:
    """Return the margin of a page and its width in a window of so many columns; a wide one has it centred."""
    least = _MARGIN if columns >= _ROOMY else 2 if columns >= _NARROW else 0
    margin = max(least, (columns - WIDEST) // 2)
    return margin, max(1, min(WIDEST, columns - margin - least // 2))


def air_in(rows: int) -> int:
    """Return how many rows are left free above a page."""
    return rows // _AIRY if rows >= _HIGH else 0


def page_width(columns: int) -> int:
    """Return how wide a picture on a page can be: it may take more of a wide window than words."""
    margin, width = column_in(columns)
    return max(width, columns - 2 * _MARGIN) if margin >= _MARGIN else width
