"""How large the window is: asked here and nowhere else, except by the library that draws a page.

Imported for the opening words, so it imports nothing that takes time.
"""

import os


def size_of(fd: int) -> tuple[int, int]:
    """Return columns and rows of the terminal behind a descriptor; 0 for what nobody has told it."""
    try:
        columns, rows = os.get_terminal_size(fd)
    except (OSError, ValueError):
        return 0, 0
    return columns, rows
