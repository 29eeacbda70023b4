"""The front end for a terminal that can move its cursor: one page at a time on the alternate screen."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dbtcoach.drawing.pacer import pace_of
from dbtcoach.terminal.modes import hold_interrupts, raise_interrupts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.drawing.pacer import Pace
    from dbtcoach.drawing.sheet import Sheet
    from dbtcoach.drawing.theme import Look
    from dbtcoach.practice.page import Move, Page
    from dbtcoach.terminal.ahead import TypedAhead
    from dbtcoach.terminal.people import People, ShowPeople
    from dbtcoach.terminal.streams import Streams


OFTEN = 0.6  # seconds after which what was typed is handed over


class Prompts:
    """Shows pages and asks with Questionary; which is imported when the first page comes up."""

    def __init__(
        self,
        streams: Streams,
        suspend: Callable[[], None],
        *,
        animated: bool = True,
        look: Callable[[], Look] | None = None,
        ends: tuple[Any, Any] = (None, None),
        back: str = "Ctrl-B",
    ) -> None:
        self.streams = streams
        self.suspend = suspend
        self.animated = animated
        self.look = look  # asked when the first page comes up
        self.ends = ends  # prompt_toolkit's input and output, for tests
        self.asker: Any = None
        self.when_shown: Callable[[], None] | None = None  # called once, when the first page is on the screen
        self.before_shown: Callable[[], None] | None = None  # called once, when the next page is about to be
        self.ahead: TypedAhead | None = None
        self.answered: dict[str, Move] = {}  # by step: its page was shown before the exercise was read
        self.back = back  # the key that goes back, as the page names it
        self.stands: Callable[[str, str], None] | None = None  # takes a step's id and what stands on its line
        self.sheet: Sheet | None = None  # the page that is open
        self._told: str | None = None  # what was handed over last
        self._timer: object = None
        self.people: Callable[[], People] | None = None  # to be shown at any page
        self.bell = False  # rings when what takes time is over

    def present(self, page: Page) -> Move:
        """Show the page and return the move; raise LeaveError or QuickExitError when the person leaves."""
        from dbtcoach.errors import LeaveError
        from dbtcoach.terminal.people import ShowPeople, show

        if page.step.id in self.answered:
            return self.answered.pop(page.step.id)

        if self.asker is None:
            # A terminal that does not answer the cursor-position request gets a warning above every prompt.
            os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"
            from dbtcoach.terminal.asking import Asker

            encoding = self.streams.stdin.encoding or "utf-8"
            from dbtcoach.drawing.theme import PLAIN

            shown = PLAIN if self.look is None else self.look()
            self.asker = Asker(self.suspend, *self.ends, look=shown, encoding=encoding)
            self.asker.changed = self._changed
            raise_interrupts()
            self.asker.when_shown = self.when_shown
        self.asker.before_shown, self.before_shown = self.before_shown, None
        self._told = page.line
        pace = pace_of(page.step, self.streams.monotonic, self.streams.seconds)
        pointed = -1
        try:
            while True:
                hold_interrupts(held=False)
                self.sheet = sheet = self._sheet(page)
                self._timer, sheet.pace, sheet.pointed = None, pace, pointed
                move: Move | ShowPeople = self.asker.ask(sheet) if pace is None else self._spend(sheet, pace)
                if not isinstance(move, ShowPeople):
                    break
                self.hand_over()
                page, pointed = replace(page, line=move.line), sheet.pointed
                if self.people is not None:
                    show(self.people(), lambda aside: self.asker.ask(self._sheet(aside)))
        except (EOFError, KeyboardInterrupt, LeaveError):
            self.hand_over()
            raise LeaveError from None
        self.sheet = None
        return move

    def _sheet(self, page: Page) -> Sheet:
        from dbtcoach.drawing.sheet import Sheet

        return Sheet(page, self.asker.look, back=self.back)

    def hand_over(self) -> None:
        """Let ``stands`` have what stands on the line of the page that is open, if it changed since."""
        sheet, self._timer = self.sheet, None
        line = "" if sheet is None else sheet.typed()
        if sheet is None or self.stands is None or line == (self._told or ""):
            return
        self._told = line
        self.stands(sheet.page.step.id, line)

    def _changed(self) -> None:
        """Hand over what stands on the line within a second, however fast somebody types."""
        if self._timer is None and self.stands is not None:
            import asyncio

            self._timer = asyncio.get_running_loop().call_later(OFTEN, self.hand_over)

    def hold_keys(self) -> None:
        """Keep what is typed before the next page is on the screen for the page after ``give_keys``."""

        def ahead() -> TypedAhead:
            from dbtcoach.terminal.ahead import TypedAhead

            self.ahead = self.ahead or TypedAhead(self.asker.streams["input"])
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

    def _spend(self, sheet: Sheet, pace: Pace) -> Move | ShowPeople:
        from dbtcoach.terminal.pacing import spend

        return spend(sheet, pace, self.asker, animated=self.animated, bell=self.bell)
