"""A front end with what a sitting adds to the pages of its exercise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dbtcoach.practice.page import Given
from dbtcoach.script.model import Scale

if TYPE_CHECKING:
    from dbtcoach.practice.page import Move, Page, Terminal


class Keeps(Protocol):
    """Keeps what is written, as it is written."""

    trouble: str  # why the last of it could not be; empty where it could


@dataclass(slots=True)
class Telling:
    """Says on the next page that the draft could not be written, once a reason.

    ``strength`` is a distress that was told a moment ago: it is not asked for again, and the first words
    stand on the page after it.
    """

    terminal: Terminal
    keeper: Keeps
    strength: int | None = None
    opening: str = ""
    told: str = ""

    def present(self, page: Page) -> Move:
        """Show the page, with what has to be known below it, or answer what was told already."""
        step, known = page.step, self.strength
        self.strength = None
        if known is not None and isinstance(step, Scale) and step.role == "distress_before":
            self.opening = page.opening
            return Given(known)
        trouble = self.keeper.trouble
        if trouble and trouble != self.told:
            words = f"{trouble}\nYou can go on. If you leave before the end, your last words are not kept."
            page = replace(page, footnote="\n".join(filter(None, [page.footnote, words])))
        self.told = trouble
        page, self.opening = replace(page, opening=self.opening or page.opening), ""
        return self.terminal.present(page)


@dataclass(slots=True)
class Answered:
    """A front end on which a page was answered already."""

    terminal: Terminal
    moves: dict[str, Move]  # by step

    def present(self, page: Page) -> Move:
        """Return the move that was made already, then hand every page on."""
        given = self.moves.pop(page.step.id, None)
        return given if given is not None else self.terminal.present(page)
