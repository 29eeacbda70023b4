"""The front end for a terminal that can move its cursor: one page at a time on the alternate screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dbtcoach.script.model import Breathe, Wait
from dbtcoach.terminal.glyphs import for_encoding
from dbtcoach.terminal.modes import hold_interrupts, raise_interrupts
from dbtcoach.terminal.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.practice.page import Move, Page
    from dbtcoach.terminal.ahead import TypedAhead
    from dbtcoach.terminal.streams import Streams


class Prompts:
    """Shows pages and asks with Questionary; which is imported when the first page comes up."""

    def __init__(
        self,
        streams: Streams,
        suspend: Callable[[], None],
        *,
        animated: bool = True,
        colour: bool = True,
        ends: tuple[Any, Any] = (None, None),
    ) -> None:
        self.streams = streams
        self.suspend = suspend
        self.animated = animated
        self.colour = colour
        self.ends = ends  # prompt_toolkit's input and output, for tests
        self.asker: Any = None
        self.when_shown: Callable[[], None] | None = None  # called once, when the first page is on the screen
        self.before_shown: Callable[[], None] | None = None  # called once, when the next page is about to be
        self.ahead: TypedAhead | None = None

    def present(self, page: Page) -> Move:
        """Show the page and return the move; raise LeaveError or QuickExitError when the person leaves."""
        from dbtcoach.errors import LeaveError

        if self.asker is None:
            # A terminal that does not answer the cursor-position request gets a warning above every prompt.
            os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"
            from dbtcoach.terminal.asking import Asker

            self.asker = Asker(self.suspend, *self.ends, colour=self.colour)
            raise_interrupts()
            self.asker.when_shown = self.when_shown
        self.asker.before_shown, self.before_shown = self.before_shown, None
        hold_interrupts(held=False)
        sheet = Sheet(page, for_encoding(self.streams.stdout.encoding))
        try:
            if isinstance(page.step, Breathe | Wait):
                return self._spend(sheet, page.step)
            move: Move = self.asker.ask(sheet)
        except (EOFError, KeyboardInterrupt):
            raise LeaveError from None
        return move

    def hold_keys(self) -> None:
        """Keep what is typed before the next page is on the screen for the page after ``give_keys``."""

        def ahead() -> TypedAhead:
            from dbtcoach.terminal.ahead import TypedAhead

            self.ahead = self.ahead or TypedAhead(self.ends[0])
            return self.ahead

        if self.asker is not None:
            ahead()
        self.before_shown = lambda: ahead().keep_back()

    def give_keys(self) -> None:
        """Let the next page have the keys that were held, or that wait still because no page came between."""
        self.before_shown = None
        if self.ahead is not None:
            self.ahead.give()
            self.ahead = None

    def _spend(self, sheet: Sheet, step: Breathe | Wait) -> Move:
        from dbtcoach.terminal.pacing import spend

        return spend(sheet, step, self.asker, self.streams.monotonic, animated=self.animated)
