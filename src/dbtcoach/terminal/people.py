"""People to call, shown in the middle of anything, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dbtcoach.frozen import Frozen
from dbtcoach.practice.page import Given, Move, Page, Places
from dbtcoach.script.model import Choice, Select

if TYPE_CHECKING:
    from collections.abc import Callable

HERE, PLAN, ELSEWHERE = "here", "plan", "elsewhere"
MY_PLAN = "My own plan"
ANOTHER = "Another country? Type :help-now and its name, such as :help-now Ireland"
TITLE = "People to talk to"


class People(Places, Protocol):
    """Who can be called, by country."""

    def people(self, wanted: str = "") -> str:
        """Return them as plain lines: of the country that is known, or of the one that is wanted now."""
        ...


class ShowPeople(Frozen):
    """What the key for it makes of a page: people are shown, and it comes back with what was typed."""

    line: str


Reply = Move | ShowPeople


def show(people: People, ask: Callable[[Page], Reply]) -> None:
    """Show people to call at once, with what else there is under them, until the person goes back."""
    plan = (Choice(PLAN, MY_PLAN),) if people.has_plan() else ()
    here = (Choice(HERE, "Back to where I was"), *plan, Choice(ELSEWHERE, "Choose a country"))
    while (reply := ask(_page("people", people.people(), here))) in (Given(PLAN), Given(ELSEWHERE)):
        if reply == Given(PLAN):
            ask(_page("plan", people.plan(), (Choice(HERE, "Back to the numbers"),)))
            continue
        chosen = ask(_page("country", "Which country are you in?", people.choices()))
        if isinstance(chosen, Given):
            people.move(str(chosen.value))


def told(people: People, wanted: str) -> list[str]:
    """Return the same for line mode, with what can be typed: for the country or the plan that is wanted."""
    if people.has_plan() and wanted.casefold() == PLAN:
        return [*people.plan().split("\n"), ANOTHER]
    plan = [f"{MY_PLAN}? Type :help-now plan"] if people.has_plan() else []
    return [*people.people(wanted).split("\n"), *plan, ANOTHER]


def _page(name: str, message: str, choices: tuple[Choice, ...]) -> Page:
    step = Select(id=name, message="", choices=choices)
    return Page(step=step, exercise=TITLE, message=message, help="", enter="Enter goes back")
