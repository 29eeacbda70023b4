"""A front end with what a sitting adds to the pages of its exercise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dbtcoach.practice.page import Given
from dbtcoach.script.model import Scale
from dbtcoach.sitting.stage import LineKeeper, ShowsPeople

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.practice.page import Move, Page, Terminal
    from dbtcoach.terminal.people import People

    Stands = Callable[[str, str], None]


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


class Answered:
    """A front end on which one page was answered already."""

    def __init__(self, terminal: Terminal, step_id: str, move: Move) -> None:
        self.terminal = terminal
        self.step_id = step_id
        self.moves = [move]

    @property
    def stands(self) -> Stands | None:
        """What takes the lines that are left; see LineKeeper."""
        return self.terminal.stands if isinstance(self.terminal, LineKeeper) else None

    @stands.setter
    def stands(self, stands: Stands | None) -> None:
        if isinstance(self.terminal, LineKeeper):
            self.terminal.stands = stands

    @property
    def people(self) -> People | None:
        """Who can be shown at any page; see ShowsPeople."""
        return self.terminal.people if isinstance(self.terminal, ShowsPeople) else None

    @people.setter
    def people(self, people: People | None) -> None:
        if isinstance(self.terminal, ShowsPeople):
            self.terminal.people = people

    def hand_over(self) -> None:
        """Hand over what stands on the line now."""
        if isinstance(self.terminal, LineKeeper):
            self.terminal.hand_over()

    def present(self, page: Page) -> Move:
        """Return the move that was made already, then hand every page on."""
        if self.moves and page.step.id == self.step_id:
            return self.moves.pop()
        return self.terminal.present(page)
