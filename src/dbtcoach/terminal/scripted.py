"""Scripted answers: a mapping from step ids to values plays the exercise, and takes no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import UsageError
from dbtcoach.practice.answers import InvalidAnswerError, check
from dbtcoach.practice.outcomes import outcomes
from dbtcoach.practice.page import ON, Given, Move, Page
from dbtcoach.practice.written import written
from dbtcoach.script.contents import labels_of
from dbtcoach.script.model import Asked, Card, Menu, Say, Text, walk
from dbtcoach.script.problems import SHOWN, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dbtcoach.script.model import Exercise

_LONGEST_ID = 40


class Script:
    """The front end for ``--answers``: it notes what is wrong instead of stopping at the first thing.

    ``places`` says where each answer stands (``file:line:col``). A name that no step has is repeated only
    where it is made as ids are: after a slip of the indentation it may be a line of what somebody wrote.
    """

    def __init__(
        self,
        answers: Mapping[str, object],
        tell: Callable[[str], None],
        places: Mapping[str, str] | None = None,
    ) -> None:
        self.answers = answers
        self.tell = tell
        self.places = places or {}
        self.used: set[str] = set()
        self.problems: list[str] = []
        self.parts: set[tuple[str, str]] = set()  # that were taken from menus

    def present(self, page: Page) -> Move:
        """Return the answer that the script gives to this page."""
        step = page.step
        if isinstance(step, Menu):
            return Given(self._part(step, page))
        if not isinstance(step, Asked):
            if isinstance(step, Say | Card):
                self.tell(page.message)
            return ON
        self.used.add(step.id)
        given = self.answers.get(step.id)
        own = isinstance(step, Text) and step.offer != ""  # which a script that wants it names itself
        if given is None and page.offered is not None and not own:  # null takes away what is there already
            return Given(page.offered) if step.id not in self.answers else ON
        if given is None:
            return self._missing(step)
        try:
            value = check(step, given)
        except InvalidAnswerError as wrong:
            self.problems.append(f"{step.id}: {wrong}")
            return self._filler(step)
        self.tell(f"{page.message}\n> {written(value, labels_of(step))}")
        return Given(value)

    def finish(self, exercise: Exercise) -> list[str]:
        """Return a line for each answer that no step asked for; raise UsageError when anything was wrong."""
        steps = {step.id for step in walk(exercise.steps) if isinstance(step, Asked | Menu)}
        for name in self.answers:
            if name not in steps:
                near = nearest(name, sorted(steps)) if len(self.problems) < SHOWN else ""
                said = f"there is no step '{name}'" if _like_an_id(name) else "there is no such step"
                self.problems.append(f"{self.places.get(name, 'an answer')}: {said}{near}")
        if self.problems:
            text = "\n".join(f"  {problem}" for problem in self.problems)
            raise UsageError(f"These answers cannot be used, and nothing was saved:\n{text}")
        return [
            f"{name}: not asked this time, so its answer is left out."
            for name in self.answers
            if name not in self.used
        ]

    def _part(self, menu: Menu, page: Page) -> str:
        self.used.add(menu.id)
        given = self.answers.get(menu.id)
        wanted = given if isinstance(given, list | tuple) else [] if given is None else [given]
        known = [part.value for part in menu.parts if not part.change]
        for name in wanted:
            if name not in (*known, "done"):
                problem = f"{menu.id}: there is no such part of this menu{nearest(str(name), known)}"
                if problem not in self.problems:
                    self.problems.append(problem)
            elif name not in (*page.done, "done") and (menu.id, name) not in self.parts:
                self.parts.add((menu.id, name))
                return str(name)
        return "done"

    def _missing(self, step: Asked) -> Move:
        if not step.required:
            return ON
        self.problems.append(f"{step.id}: this step needs an answer")
        return self._filler(step)

    def _filler(self, step: Asked) -> Move:
        """Return something that lets the script go on to its next problem; nothing of it is saved."""
        return Given(outcomes(step, (), {})[0]) if step.required else ON


def _like_an_id(name: str) -> bool:
    """Tell whether a name is made as the ids of steps are: small letters, digits, ``_`` and ``.`` only."""
    plain = name.replace("_", "").replace(".", "")
    return plain.isascii() and plain.isalnum() and name == name.lower() and len(name) <= _LONGEST_ID
