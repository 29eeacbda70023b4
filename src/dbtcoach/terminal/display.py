"""The screen that a page is drawn on: of one size for a whole drawing, and cleared a line at a time."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from prompt_toolkit.output.vt100 import Vt100_Output

if TYPE_CHECKING:
    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.output import Output


class Display(Vt100_Output):
    """A terminal with escape sequences."""

    _size: Size | None = None

    def get_size(self) -> Size:
        """Return the size that this drawing has, however often the window changes meanwhile."""
        if self._size is None:
            self._size = super().get_size()
        return self._size

    def look(self, _sender: object = None) -> None:
        """See how large the window is now."""
        self._size = super().get_size()

    def erase_down(self) -> None:
        """Clear from the cursor on, line by line: cleared at once, it goes to the scrollback of some."""
        rows = "\x1b[B\x1b[2K" * (self.get_size().rows - 1)
        self.write_raw(f"\x1b[K\x1b7{rows}\x1b8")

    def erase_screen(self) -> None:
        """Clear all lines, line by line."""
        self.write_raw("\x1b[H\x1b[2K")
        self.erase_down()


def display() -> Output | None:
    """Return the screen of standard output; None leaves the choice to the library, as on Windows."""
    if sys.platform == "win32":
        return None
    return Display.from_pty(sys.stdout, term=os.environ.get("TERM"))
