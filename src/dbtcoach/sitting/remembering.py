"""A front end with what was before: the week in columns, and one's own last numbers beside a choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.insight.skill_lines import last_changes
from dbtcoach.journal.seal import is_locked
from dbtcoach.script.model import Say, Select

if TYPE_CHECKING:
    from dbtcoach.practice.page import Move, Page, Terminal
    from dbtcoach.sitting.memory import Memory

NUMBERS = "${week_numbers}"  # a message that is drawn in columns where there is a screen


@dataclass(slots=True)
class Remembering:
    """Adds to a page what stands in the journal: raw numbers, never a rank or a promise."""

    terminal: Terminal
    memory: Memory

    def present(self, page: Page) -> Move:
        """Show the page, with what belongs beside it."""
        step = page.step
        if isinstance(step, Say) and step.message.strip() == NUMBERS:
            page = replace(page, grid=self.memory.grid())
        elif isinstance(step, Select) and step.last_uses:
            page = self._with_uses(page, step)
        return self.terminal.present(page)

    def _with_uses(self, page: Page, step: Select) -> Page:
        around = self.memory.around
        if around.settings.shared or not around.settings.memory or is_locked(around.home):
            return page
        # A step of an exercise that runs inside another is told by that one: its numbers are of the whole.
        told = last_changes(around.home.journal, self.memory.exercise, step.id)
        choices = tuple(
            replace(choice, label=f"{choice.label} ({told[choice.value]})")
            if choice.value in told
            else choice
            for choice in step.choices
        )
        return replace(page, step=replace(step, choices=choices))
