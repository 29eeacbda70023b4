"""What follows the opening words: the first question at once, and the rest of the program behind it.

Reading the exercise and importing what plays it takes longer than Questionary takes to import. So the
first question comes from a small committed text, and everything else is read in a thread while the person
looks at it. The answer is then the first move of the exercise, as if nothing had happened.
"""

from __future__ import annotations

import gc
import os
import threading
from typing import TYPE_CHECKING, Any

from dbtcoach.disk.access import may_be_set
from dbtcoach.errors import LeaveError
from dbtcoach.journal.entry import day_of
from dbtcoach.practice.page import Page
from dbtcoach.script.model import Scale
from dbtcoach.shipped.first_questions import FIRST
from dbtcoach.shipped.openings import OPENINGS
from dbtcoach.sitting.stage import Stage, open_stage
from dbtcoach.terminal.screen import LEFT, Screen
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.script.model import Exercise


def go_on(name: str, screen: Screen) -> int:
    """Lead through a shipped exercise, or the door, whose first words are on this screen already."""
    around = Surroundings()
    if not name:
        from dbtcoach.sitting.door import open_door

        gc.freeze()  # as below
        gc.enable()
        return open_door(around, screen)
    stage = open_stage(around, screen)
    rest = _Rest(lambda: around.catalogue.read(name))
    try:
        with stage.given_back():
            if name in FIRST and _keeps_without_asking(around.home, around.clock()):
                _ask_first(stage, name, rest)
            exercise = rest.exercise()
    except LeaveError:
        around.tell(LEFT)
        raise
    finally:
        gc.freeze()  # modules stay: looking through all of them once costs as much as the next page
        gc.enable()
    from dbtcoach.sitting.live import Wishes, practise

    return practise(around, exercise, Wishes(), stage)


def first_page(name: str) -> Page:
    """Return the first page of a shipped exercise, as the engine would make it."""
    title, *opening = OPENINGS[name]
    given = dict(FIRST[name])
    message = given.pop("said", given["message"])
    step = Scale(**given)
    return Page(
        step=step,
        exercise=title,
        message=message,
        help=step.help,
        opening="\n".join(opening),
        first=True,
    )


def _keeps_without_asking(home: Home, now: datetime) -> bool:
    """Say whether nothing comes before the first question or stands in it, by a glance at two files.

    A day that has its check-in offers the answers of that.
    """
    try:
        with open(home.state, "rb") as file:  # noqa: PTH123 - pathlib is not imported yet
            state = file.read(4096).replace(b" ", b"")
    except OSError:
        return False
    asked = b'"first_run":"' in state and f'"checked_in":"{day_of(now)}"'.encode() not in state
    return asked and os.access(home.folder, os.W_OK | os.X_OK) and not may_be_set(home.config)


def _ask_first(stage: Stage, name: str, rest: _Rest) -> None:
    """Ask the first question now, so that its answer is given already when the exercise asks it."""
    page = first_page(name)
    prompts: Any = stage.terminal
    prompts.when_shown = rest.begin
    prompts.answered = {page.step.id: prompts.present(page)}


class _Rest:
    """Everything behind the first question: read in a thread, and waited for when it is needed."""

    def __init__(self, read: Callable[[], Exercise]) -> None:
        self.read = read
        self.thread: threading.Thread | None = None
        self.found: list[Exercise] = []
        self.failed: list[BaseException] = []

    def begin(self) -> None:
        """Begin to read."""
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def exercise(self) -> Exercise:
        """Return the exercise; raise what went wrong in reading it."""
        if self.thread is None:
            self._read()
        else:
            self.thread.join()
        if self.failed:
            raise self.failed[0]
        return self.found[0]

    def _read(self) -> None:
        try:
            import dbtcoach.sitting.live  # noqa: F401 - so that it is there when the answer comes

            self.found.append(self.read())
        except Exception as error:  # noqa: BLE001 - told where it is asked for
            self.failed.append(error)
