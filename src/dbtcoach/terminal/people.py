"""People to call, shown in the middle of anything, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dbtcoach.practice.page import Given, Move, Page
from dbtcoach.script.model import Choice, Select

if TYPE_CHECKING:
    from collections.abc import Callable
HERE, ELSEWHERE = "here", "elsewhere"
TITLE = "People to talk to"


class People(Protocol):
    """Who can be called, by country."""

    def people(self, wanted: str = "") -> str:
        """Return them as plain lines: of the country that is known, or of the one that is wanted now."""
        ...

    def choices(self) -> tuple[Choice, ...]:
        """Return the countries to choose from."""
        ...

    def move(self, code: str) -> object:
        """Show those of this country from now on."""
        ...


@dataclass(frozen=True, slots=True)
class ShowPeople:
    """What the key for it makes of a page: people are shown, and it comes back with what was typed."""

    line: str


Reply = Move | ShowPeople


def show(people: People, ask: Callable[[Page], Reply]) -> None:
    """Show people to call at once, with the country to be chosen under them, until the person goes back."""
    here = (Choice(HERE, "Back to where I was"), Choice(ELSEWHERE, "Choose a country"))
    while ask(_page("people", people.people(), here)) == Given(ELSEWHERE):
        chosen = ask(_page("country", "Which country are you in?", people.choices()))
        if isinstance(chosen, Given):
            people.move(str(chosen.value))


def _page(name: str, message: str, choices: tuple[Choice, ...]) -> Page:
    step = Select(id=name, message="", choices=choices)
    return Page(step=step, exercise=TITLE, message=message, help="", enter="Enter goes back")
