"""Somebody who knows the way: follows an exercise with the program's own engine, and presses what is due.

The engine says which page comes next, so a walk holds for every wording of an exercise; what is
asserted is that the page is on the screen as a whole, and that the keys lead to the next one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.sitting.world import dealt_today, facts_now

from dbtcoach.practice import moves
from dbtcoach.practice.coaching import GO_ON, Desk
from dbtcoach.practice.course import live_answers, pending
from dbtcoach.practice.endings import ahead
from dbtcoach.practice.numbers import ABUSE_LINES, numbers_seen
from dbtcoach.practice.page import Given
from dbtcoach.practice.play import page_of
from dbtcoach.practice.session import start
from dbtcoach.script.model import (
    Asked,
    Breathe,
    Card,
    Confirm,
    Menu,
    OnPage,
    Scale,
    Scales,
    Select,
    Text,
    Wait,
    walk,
)
from dbtcoach.sitting.ahead import WHAT_NOW
from dbtcoach.sitting.rule_loading import ShippedCoach
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.pty.person import Person

    from dbtcoach.practice.page import Move, Page

LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"
SKIP = object()
_TIME = re.compile(r"\d\d:\d\d")


class Route:
    """A way through an exercise: what comes next, and what is answered there."""

    def __init__(self, home: Path, exercise: str, plan: Mapping[str, object] | None = None) -> None:
        self.around = Surroundings(env={"DBTCOACH_HOME": str(home), "LANG": "C.UTF-8"})
        self.plan = dict(plan or {})
        dealt, drawn = dealt_today(self.around, exercise)
        self.session = start(dealt, facts_now(self.around), "2026-01-01T00:00:00+00:00", drawn)
        self.desk = Desk(ShippedCoach(home / "exercises"), self)
        self.typed: list[str] = []
        self.never_kept: set[int] = set()  # which of the typed lines answer a step with keep: false

    @property
    def due(self) -> OnPage | None:
        """The step that comes next."""
        return pending(self.session)

    def page(self) -> Page:
        """Return the page that should be on the screen now."""
        step = self.due
        assert step is not None, "the exercise is over"
        self.session = replace(self.session, facts=facts_now(self.around))
        return self.desk.on_page(page_of(self.session, step))

    def take(self, page: Page, answer: Any) -> None:
        """Follow one page, answered so."""
        asked = isinstance(page.step, Asked | Menu) and answer is not SKIP
        self.session = (
            moves.answer(self.session, page.step, answer, page.message)
            if asked
            else moves.move_on(self.session, page.step)
        )
        if isinstance(page.step, Text) and asked:
            for latest in self.desk.read(self.session, page.step, page):
                self.session = latest

    def present(self, page: Page) -> Move:
        """Answer what the coach puts in between: what was written is kept, the exercise goes on."""
        answer = self.plan.get(page.step.id, False if isinstance(page.step, Confirm) else GO_ON)
        self.aside(page, answer)
        return Given(answer)

    def aside(self, page: Page, answer: object) -> None:
        """Type what answers a page of the coach."""
        assert isinstance(page.step, Select | Confirm)
        self.typed.append(_line(page.step, answer))

    def lines(self) -> list[str]:
        """Go to the end, and return what would be typed on the way, a line for each answer."""
        while self.due is not None:
            page = self.page()
            answer = page.offered if page.remarks else self.decide(page.step, page)
            if page.remarks:
                self.typed.append("")  # keeps the words
            elif isinstance(page.step, Asked | Menu):
                if not getattr(page.step, "keep", True):
                    self.never_kept.add(len(self.typed))
                self.typed += _skipped(page.step) if answer is SKIP else [_line(page.step, answer)]
            self.take(page, answer)
        return self.typed

    def kept(self) -> dict[str, Any]:
        """Return what the entry should hold: step ids and values as JSON has them."""
        live = live_answers(self.session)
        kept = {
            step.id
            for step in walk(self.session.exercise.steps)
            if isinstance(step, Menu) or getattr(step, "keep", False)
        }
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in live.items()
            if name in kept
        }

    def decide(self, step: OnPage, page: Page) -> Any:  # noqa: C901 - one case for each kind of step
        """Return the planned answer to a step, or one that fits it; None where it takes none."""
        if isinstance(step, Menu):
            wanted = self.plan.get(step.id, ())
            assert isinstance(wanted, tuple | list)
            return next((part for part in wanted if part not in page.done), "done")
        if step.id in self.plan:
            return self.plan[step.id]
        match step:
            case Text(count=0):
                return f"My words about {step.id}"
            case Text():
                return [f"item {number} of {step.id}" for number in range(1, step.count + 1)]
            case Select(multiple=""):
                return step.choices[0].value
            case Select(multiple="several"):
                return [step.choices[0].value]
            case Select():
                return [choice.value for choice in reversed(step.choices)]
            case Confirm():
                return True
            case Scale():
                return 4 if step.role != "distress_after" else 3
            case Scales():
                return {row.id: min(step.high, number) for number, row in enumerate(step.rows)}
            case _:
                return None


class Walker(Route):
    """Walks a person through an exercise; ``pages`` are the pages seen so far, in order."""

    def __init__(self, person: Person, exercise: str, plan: Mapping[str, object] | None = None) -> None:
        super().__init__(person.home, exercise, plan)
        self.person = person
        self.pages: list[Page] = []
        self.screens: list[str] = []

    def see(self) -> Page:
        """Wait until the page that is due stands on the screen with all its words."""
        page = self.page()
        # A minute may pass between two looks at the clock.
        parts = [part for part in _TIME.split(page.message) if part.strip()]
        self.person.see(page.exercise, page.title, *parts)
        return page

    def go_on(self) -> None:
        """See the page that is due, answer it as planned, and follow."""
        page = self.see()
        self.pages.append(page)
        self.screens.append(self.person.screen)
        answer = page.offered if page.remarks else self.decide(page.step, page)
        if page.remarks:
            self.person.see(*(remark.why for remark in page.remarks))
        if answer is SKIP or page.remarks:
            rows = page.step.rows if isinstance(page.step, Scales) else ()
            self.person.press(*["enter"] * max(1, len(rows)))
        else:
            self._press(page.step, answer)
        self.take(page, answer)

    def aside(self, page: Page, answer: object) -> None:
        """See a page of the coach, and press what answers it."""
        self.person.see(page.message)
        self._press(page.step, answer)

    def go_on_unseen(self) -> None:
        """Follow one page that the person has gone through by hand, as planned."""
        page = self.page()
        self.take(page, self.decide(page.step, page))
        if self.desk.noted is not None:
            self.take(page, self.page().offered)

    def until(self, step_id: str) -> None:
        """Go on until the step of this id is due, and see it."""
        while self.due is not None and self.due.id != step_id:
            self.go_on()
        assert self.due is not None, f"{step_id} never came"
        self.see()

    def to_the_end(self) -> None:
        """Go on until nothing is due."""
        while self.due is not None:
            self.go_on()

    def leave(self, *, keeps: bool = True) -> int:
        """Say what should be kept, where that is asked, let a card go, and return the exit code."""
        answers = live_answers(self.session)
        kept = [
            s
            for s in walk(self.session.exercise.steps)
            if isinstance(s, Asked) and s.keep and s.id in answers
        ]
        if self.session.private and kept:
            self.person.see("Keep this in your journal?", "Enter means no")
            self.person.press("y" if keeps else "enter")
            if ABUSE_LINES in numbers_seen(self.session):
                self.person.see("leave them on the screen?")
                self.person.press("enter")
        elif any(isinstance(page.step, Card) for page in self.pages):
            self.person.see("Should your card stay")
            self.person.press("n")
        if ahead(self.session):
            self.person.see(WHAT_NOW, "Enter ends here")
            self.person.press("enter")
        return self.person.wait_exit()

    def _press(self, step: OnPage, answer: Any) -> None:  # noqa: C901, PLR0912 - one case for each kind of step
        person = self.person
        match step:
            case Text(count=0) | Scale():
                person.type(str(answer))
                person.press("enter")
            case Text():
                for item in answer:
                    person.type(item)
                    person.press("enter")
                if len(answer) < step.count:
                    person.press("enter")
            case Select(multiple=""):
                person.press(_letter(step, answer))
            case Select(multiple="several"):
                person.press(*(_letter(step, value) for value in answer), "enter")
            case Select():
                person.type(" ".join(_letter(step, value) for value in answer))
                person.press("enter")
            case Confirm():
                person.press("y" if answer else "n")
            case Scales():
                person.type(" ".join(str(number) for number in answer.values()))
                person.press("enter")
            case Menu(parts=parts):
                values = [part.value for part in parts]
                # Enter with nothing chosen is done.
                person.press("enter" if answer == "done" else LETTERS[values.index(answer)])
            case Breathe() | Wait():
                if isinstance(step, Wait) and step.ready:
                    person.press("enter")
                    person.see("Space pauses")
                person.press("enter")
            case _:
                person.press("enter")


def _letter(step: Select, value: object) -> str:
    return LETTERS[[choice.value for choice in step.choices].index(str(value))]


def _skipped(step: Asked | Menu) -> list[str]:
    """Return the lines that skip a step: an empty one, for each row where there are rows."""
    return [""] * (len(step.rows) if isinstance(step, Scales) else 1)


def _line(step: Asked | Menu, answer: Any) -> str:
    """Return what answers a step in line mode."""
    match step:
        case Text(count=0) | Scale():
            return str(answer)
        case Text():
            return "; ".join(answer)
        case Scales():
            return " ".join(str(number) for number in answer.values())
        case Confirm():
            return "y" if answer else "n"
        case Menu():
            return str(answer)
        case Select(choices=choices):
            values = [choice.value for choice in choices]
            chosen = answer if isinstance(answer, list | tuple) else [answer]
            return " ".join(str(values.index(value) + 1) for value in chosen)
