"""Making, reading and changing a plan for bad moments, with a person at a terminal or in line mode.

The questions are those of an exercise, without a coach: words of danger belong in a plan. It is saved after
every answer, so it is its own draft, and nothing of it is in the journal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.insight.plan_lines import TITLE, plan_lines
from dbtcoach.journal import plan
from dbtcoach.practice.aside import asked
from dbtcoach.practice.page import Page
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import read_bytes, shipped_folder
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Choice, Confirm, Select, Text
from dbtcoach.sitting.country import may_keep
from dbtcoach.sitting.prepare import facts_of
from dbtcoach.sitting.questions import chosen, tell
from dbtcoach.sitting.stage import open_stage

if TYPE_CHECKING:
    from dbtcoach.journal.plan import Plan
    from dbtcoach.practice.session import Facts, Session
    from dbtcoach.script.model import Exercise
    from dbtcoach.sitting.stage import Stage
    from dbtcoach.world.surroundings import Surroundings

CHANGE, DELETE, CLOSE = "change", "delete", "close"
KEPT = "Your plan is kept. To see it or change it: dbtcoach plan"
NOTHING = "No plan is kept here. A page for paper: dbtcoach plan --print"
MAY_NOT = (
    "Nothing is kept on this computer, as you set it, so no plan is either.\n"
    "A page for paper: dbtcoach plan --print"
)
DAMAGED = "Your plan could not be read. What is left of it is kept as {}\nYou can make it anew."
REMOVED = "Your plan was removed. Backups and old parts of the disk may still hold it."
HELP = (
    "It is kept in a file of its own, for your account alone, and locked with your journal.\n"
    "It prevents nothing by itself. Go through it with a clinician, if you can.\n"
    "On paper: dbtcoach plan --print"
)
TOLD = "Someone you fear could read the plan that is kept here. Remove it now?"
TOLD_HELP = "Think first of what is safer for you: a plan that is gone can be noticed too. Enter leaves it."


def questions() -> Exercise:
    """Return what is asked for a plan."""
    path = shipped_folder() / "data" / "plan.yaml"
    return decode(read_bytes(path), path.name)


def blank() -> Plan:
    """Return a plan with its headings and nothing else, for paper."""
    steps = (step for step in questions().steps if isinstance(step, Text))
    return tuple(plan.Part(step.id, _heading(step), ()) for step in steps)


def open_plan(around: Surroundings, *, change: bool = False) -> int:
    """Show the plan and what can be done with it; make one where there is none. Return the exit code."""
    if not may_keep(around) and not plan.there_is(around.home):
        around.tell(MAY_NOT)
        return 0
    stage = open_stage(around)
    said = [""]
    try:
        _opened(around, stage, said, change=change)
    except QuickExitError:
        stage.vanish()
    except (LeaveError, KeyboardInterrupt):
        stage.leave()
        around.tell(*filter(None, said))
        raise LeaveError from None
    finally:
        stage.leave()
    around.tell(*filter(None, said))
    return 0


def _opened(around: Surroundings, stage: Stage, said: list[str], *, change: bool) -> None:
    exercise = questions()
    kept = plan.make_room(around.home, around.clock())
    if kept:
        tell(stage.terminal, exercise, DAMAGED.format(kept))
    made = plan.read(around.home, lambda: around.keyring.opener(stage.ask_secret(TITLE)))
    if made is None:
        _ask(around, stage, exercise, (), said)
        return
    wanted: str | None = CHANGE
    if not change:
        wanted = chosen(stage.terminal, _page(made))
    if wanted == CHANGE:
        _ask(around, stage, exercise, made, said)
    elif wanted == DELETE and _sure(stage, "Remove your plan from this computer?", ""):
        plan.remove(around.home)
        said[0] = REMOVED


def _ask(around: Surroundings, stage: Stage, exercise: Exercise, before: Plan, said: list[str]) -> None:
    """Ask every part, what is there already to be changed; each answer is saved at once."""

    def facts() -> Facts:
        return facts_of(around, around.clock())

    session = start(exercise, facts(), around.clock().isoformat("T", "seconds"))
    session = replace(session, aside={part.name: part.lines for part in before})
    latest, saved = session, before
    said[0] = KEPT if before else NOTHING
    for latest in play(session, stage.terminal, facts, saves=False):
        now = _merged(latest, before)
        if now != saved and not latest.private:
            plan.save(around.home, now)
            saved = now
            said[0] = KEPT
    if latest.private and plan.there_is(around.home):
        said[0] = KEPT
        if _sure(stage, TOLD, TOLD_HELP):
            plan.remove(around.home)
            said[0] = REMOVED


def _merged(session: Session, before: Plan) -> Plan:
    """Return the plan as it is now: what was answered, and of what was not come to, what was there."""
    old = {part.name: part for part in before}
    parts: list[plan.Part] = []
    for step in session.exercise.steps:
        if not isinstance(step, Text):
            continue
        given = session.answers.get(step.id)
        if given is not None and isinstance(given.value, tuple):
            parts.append(plan.Part(step.id, _heading(step), given.value))
        elif step.id in old and step.id not in session.passed:
            parts.append(old[step.id])
        old.pop(step.id, None)
    return (*parts, *old.values())


def asks() -> dict[str, str]:
    """Return what is asked for each part, by its name, for paper."""
    steps = (step for step in questions().steps if isinstance(step, Text))
    return {step.id: step.message.partition("\n")[2].strip() for step in steps}


def _heading(step: Text) -> str:
    return step.message.partition("\n")[0]


def _page(made: Plan) -> Page:
    choices = (Choice(CHANGE, "Change it"), Choice(DELETE, "Remove it"), Choice(CLOSE, "Close"))
    return Page(
        step=Select(id="plan", message="", choices=choices),
        exercise=TITLE,
        message="\n".join(plan_lines(made)),
        help=HELP,
        first=True,
        enter="Enter closes it",
    )


def _sure(stage: Stage, question: str, about: str) -> bool:
    page = Page(
        step=Confirm(id="sure", message=""),
        exercise=TITLE,
        message=question,
        help=about,
        first=True,
        enter="Enter means no",
    )
    return asked(stage.terminal, page) is True
