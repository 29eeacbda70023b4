"""Whether a sitting may keep anything: the settings say so, or the first-run question is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError
from dbtcoach.journal.seal import is_locked
from dbtcoach.sitting import questions
from dbtcoach.sitting.country import keep_setting
from dbtcoach.sitting.keeping import cannot_keep, first_run_answered, remember_first_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.script.model import Exercise
    from dbtcoach.sitting.stage import Stage
    from dbtcoach.world.settings import Settings

UNSURE = (
    "What config.yaml says about saving could not be read.\n"
    "Until this is mended, nothing is kept. You can go on."
)


def may_save(
    stage: Stage, home: Home, exercise: Exercise, settings: Settings, clock: Callable[[], datetime]
) -> bool:
    """Return whether answers may be kept; what stands against it is told, and what is not known is asked."""

    def tell(words: str) -> None:
        questions.tell(stage.terminal, exercise, words)

    if settings.unsure:
        tell(UNSURE)
        return False
    if settings.save is not None:
        return settings.save
    unwritable = cannot_keep(home)
    if unwritable:
        tell(unwritable)
        return False
    answer = first_run_answered(home)
    if answer is None and stage.streams.stdin.isatty():
        answer = _asked(stage, home, exercise, clock, tell)
        if answer is None:
            return False
        remember_first_run(home, answer)
        if answer != questions.KEEP:
            keep_setting(home, settings, "shared", "true")
    return answer != questions.NOTHING


def _asked(
    stage: Stage,
    home: Home,
    exercise: Exercise,
    clock: Callable[[], datetime],
    tell: Callable[[str], None],
) -> str | None:
    """Ask who uses this computer; a lock that was chosen is put on now, or the question comes again."""
    answer = questions.first_run(stage.terminal, exercise)
    while answer == questions.LOCK and not is_locked(home):
        from dbtcoach.world.locking import lock_here

        try:
            if lock_here(home, stage.ask_secret(exercise.title), clock()):
                break
        except JournalError as error:
            tell(str(error))
        answer = questions.first_run(stage.terminal, exercise)
    return answer
