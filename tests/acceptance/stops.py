"""Every prompt of an exercise, each with the draft that leads straight to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.pty.walker import Route, Walker

from dbtcoach.disk.home import Home
from dbtcoach.journal import drafts
from dbtcoach.practice.course import events
from dbtcoach.practice.draft import dump, load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.pty.person import Person

    from dbtcoach.practice.page import Page
    from dbtcoach.practice.session import Session

_TIME = re.compile(r"\d\d:\d\d")  # a minute may pass between two looks at the clock
NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
WORD = "hidden-from-everybody"  # in every text that is written

# Every exercise with its command, and a way through it on which nothing stops the draft.
SHIPPED: dict[str, tuple[list[str], dict[str, object]]] = {
    "pause": (["pause"], {"pace": "whole", "breath": "sigh"}),
    "ground": (["ground"], {"safe": "yes_safe", "state": "foggy"}),
    "express": (["express"], {}),
    "dear-man": (
        ["dear-man"],
        {"afraid": "not_afraid", "kind": "ask", "extra": ("mindful", "plan")},
    ),
    "dear-man-after": (["dear-man", "--after"], {}),
    "rehearse": (["rehearse"], {}),
    "validate": (["validate"], {}),
    "validate-drill": (["validate", "--drill"], {}),
    "connect": (["connect"], {}),
    "repair": (["repair"], {}),
    "mend": (["mend"], {}),
    "mend-drill": (["mend", "--drill"], {}),
    "cope-ahead": (["cope-ahead"], {}),
    "pros-cons": (["pros-cons"], {"minutes": ("minute",)}),
    "accept": (["accept"], {}),
    "reflect": (["reflect"], {"more": True}),
}


@dataclass(frozen=True)
class Stop:
    """A prompt: its page, and the session as it is when the page is shown."""

    step: str
    page: Page
    session: Session

    @property
    def first(self) -> bool:
        """Say whether nothing has been answered yet, so that there is no draft."""
        return not events(self.session)


class Careful(Route):
    """Follows an exercise with answers that can be found again, and that no step is alarmed by."""

    def decide(self, step: Any, page: Page) -> Any:
        """Return the planned answer, or one that holds the word; fear and danger are answered with no."""
        found = super().decide(step, page)
        if isinstance(found, str) and found.startswith("My words"):
            return f"{WORD} {step.id}"
        if step.id in ("afraid", "safe", "fear") and step.id not in self.plan:
            known = [choice.value for choice in getattr(step, "choices", ())]
            return next((value for value in known if value.startswith(("not_afraid", "yes_safe"))), found)
        return found


def stops(home: Path, exercise: str, plan: Mapping[str, object]) -> list[Stop]:
    """Return every prompt on a way through an exercise."""
    route = Careful(home, exercise, plan)
    found: list[Stop] = []
    while route.due is not None:
        page = route.page()
        assert not route.session.private, f"{exercise} stops drafting before {page.step.id}"
        found.append(Stop(page.step.id, page, route.session))
        route.take(page, route.decide(page.step, page))
    return found


def put_draft(home: Path, stop: Stop) -> None:
    """Write the draft with which the exercise goes on at this prompt."""
    exercise = stop.session.exercise
    data = {**dump(stop.session), "day": None}
    drafts.save(Home(str(home)), exercise.name, exercise.title, data, NOW)


def drafted(home: Path, exercise: str) -> dict[str, Any] | None:
    """Return the session in the draft that waits, or None."""
    found = drafts.load(Home(str(home)), exercise, NOW)
    if found is None:
        return None
    assert isinstance(found, drafts.Draft)
    return dict(found.session)


def go_to(person: Person, stop: Stop, plan: Mapping[str, object]) -> None:
    """See the prompt, by going on with the draft where there is one.

    What no draft may hold is asked again on the way, and answered again.
    """
    if not stop.first:
        person.see("You were in the middle of", "Go on from there")
        person.press("1")
        there = stop.session
        walker = Walker(person, there.exercise.name, plan)
        walker.session = load(dump(there), there.exercise, there.facts)
        while walker.due is not None and walker.due.id != stop.step:
            walker.go_on()
    see_page(person, stop)


def see_page(person: Person, stop: Stop) -> None:
    """Wait until the words of the prompt can be read; of a long page, the end of its message."""
    words = stop.page.message.split("\n")[-1] or stop.page.title or stop.page.exercise
    person.see(*(part for part in _TIME.split(words) if part.strip()))
