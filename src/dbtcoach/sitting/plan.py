"""Making, reading and changing a plan for bad moments, with a person at a terminal or in line mode.

The questions are those of an exercise, without a coach: words of danger belong in a plan. It is saved after
every answer and with every line that is left, so it is its own draft, and nothing of it is in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError, LeaveError
from dbtcoach.insight.plan_lines import TITLE, plan_lines
from dbtcoach.journal import plan
from dbtcoach.practice.aside import asked
from dbtcoach.practice.moves import leave_line
from dbtcoach.practice.page import Page
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import read_bytes, shipped_folder
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Choice, Confirm, Select, Text
from dbtcoach.sitting.country import may_keep
from dbtcoach.sitting.first_run import may_save
from dbtcoach.sitting.keeping import GOES_ON, LOST, cannot_keep, uninterrupted
from dbtcoach.sitting.prepare import facts_of
from dbtcoach.sitting.questions import chosen, tell
from dbtcoach.sitting.stage import open_stage
from dbtcoach.sitting.telling import Telling

if TYPE_CHECKING:
    from dbtcoach.journal.plan import Plan
    from dbtcoach.practice.session import Facts, Session
    from dbtcoach.script.model import Exercise
    from dbtcoach.sitting.stage import Stage
    from dbtcoach.world.surroundings import Surroundings

CHANGE, DELETE, CLOSE = "change", "delete", "close"
KEPT = "Your plan is kept. To see it or change it: dbtcoach plan"
ON_PAPER = "A page for paper: dbtcoach plan --print"
NOTHING = f"No plan is kept here. {ON_PAPER}"
MAY_NOT = f"Nothing is kept on this computer, as you set it, so no plan is either.\n{ON_PAPER}"
UNSAVED = "So your plan is not kept as it is now."
COPY = "Here it is, this once. Copy what you need."
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
    """Show the plan and what can be done with it; make one where there is none. Return the exit code.

    Raises JournalError where it could not be saved, after the person has seen it once more.
    """
    if not may_keep(around) and not plan.there_is(around.home):
        around.tell(MAY_NOT)
        return 0
    sitting = _Sitting(around, open_stage(around, instead=ON_PAPER))
    try:
        with sitting.stage.given_back():
            sitting.hold(change=change)
    except LeaveError:
        around.tell(*sitting.farewell())
        raise
    sitting.stage.leave()
    if sitting.trouble:
        raise JournalError(f"{sitting.trouble}\n{UNSAVED}")
    around.tell(*sitting.farewell())
    return 0


@dataclass(slots=True)
class _Sitting:
    """One sitting at the plan: what is in the file now, and what to say when it is over."""

    around: Surroundings
    stage: Stage
    exercise: Exercise = field(default_factory=questions)
    said: str = ""
    saved: plan.Plan = ()
    trouble: str = ""  # why it could not be saved last; empty where it could
    closed: str = ""  # why nothing can be kept here at all

    def hold(self, *, change: bool) -> None:
        """Lead from the first page to the last."""
        around, stage = self.around, self.stage
        kept = plan.make_room(around.home, around.clock())
        if kept:
            tell(stage.terminal, self.exercise, DAMAGED.format(kept))
        made = self._read()
        wanted: str | None = CHANGE
        if made is not None and not change:
            wanted = chosen(stage.terminal, _page(made))
        if wanted == CHANGE:
            self._change()
        elif wanted == DELETE and self._sure("Remove your plan from this computer?", ""):
            self._remove()

    def farewell(self) -> list[str]:
        """Return what was kept, for a person who is at the end or left before it."""
        return [f"{self.trouble}\n{LOST}"] if self.trouble else [self.said] if self.said else []

    def _read(self) -> Plan | None:
        around = self.around
        return plan.read(around.home, lambda: around.keyring.opener(self.stage.ask_secret(TITLE)))

    def _change(self) -> None:
        """Ask every part, unless another window does: each would write over what the other was told."""
        around, stage = self.around, self.stage
        stage.hold_keys()
        if not may_save(stage, around.home, self.exercise, around.settings, around.clock):
            self.said = KEPT if plan.there_is(around.home) else NOTHING
            return
        claim = None
        self.closed = cannot_keep(around.home)
        if not self.closed:
            try:
                claim = plan.claim(around.home)
            except JournalError as error:
                self.closed = f"{error}\n{GOES_ON}"
        if claim is None and not self.closed:
            raise JournalError(plan.OPEN)
        if self.closed:
            tell(stage.terminal, self.exercise, self.closed)
        try:
            feared = self._ask(self._read() or ())  # another window may have changed it meanwhile
        finally:
            if claim is not None:
                claim.release()
        if feared and plan.there_is(around.home):
            self.said = KEPT
            if self._sure(TOLD, TOLD_HELP):
                self._remove()

    def _ask(self, before: Plan) -> bool:
        """Ask every part, what is there already to be changed; each answer is saved at once.

        Returns whether somebody is feared, so that nothing more is kept.
        """
        around, stage = self.around, self.stage
        self.said, self.saved = KEPT if before else NOTHING, before

        def facts() -> Facts:
            return facts_of(around, around.clock())

        stage.give_keys()
        session = start(self.exercise, facts(), around.clock().isoformat("T", "seconds"))
        latest = begun = replace(
            session,
            aside={part.name: part.lines for part in before if part.lines},
            lines={part.name: part.unfinished for part in before if part.unfinished},
        )
        stage.keep_lines(lambda step, line: self._keep(leave_line(latest, step, line), before))
        for latest in play(begun, Telling(stage.terminal, self), facts, saves=False):
            self._keep(latest, before)
        stage.keep_lines(None)
        words = "\n".join(plan_lines(_merged(latest, before)))
        if (self.trouble or self.closed) and words and not latest.private:
            tell(stage.terminal, self.exercise, f"{self.trouble}\n{UNSAVED} {COPY}\n\n{words}".lstrip())
        return latest.private

    def _keep(self, session: Session, before: Plan) -> None:
        """Save the plan as it is now, unless nothing may be kept any more; Ctrl-C waits until it is there."""
        now = _merged(session, before)
        if session.private or self.closed or now == self.saved:
            return
        try:
            with uninterrupted():
                plan.save(self.around.home, now)
                self.saved, self.trouble, self.said = now, "", KEPT
        except JournalError as error:
            self.trouble = str(error)

    def _remove(self) -> None:
        plan.remove(self.around.home)
        self.said = REMOVED

    def _sure(self, question: str, about: str) -> bool:
        page = Page(
            step=Confirm(id="sure", message=""),
            exercise=TITLE,
            message=question,
            help=about,
            first=True,
            enter="Enter means no",
        )
        return asked(self.stage.terminal, page) is True


def _merged(session: Session, before: Plan) -> Plan:
    """Return the plan as it is now: what was answered, and of what was not come to, what was there."""
    steps = [step for step in session.exercise.steps if isinstance(step, Text)]
    parts: list[plan.Part] = []
    for step in steps:
        given = session.answers.get(step.id)
        lines = given.value if given is not None else ()
        if step.id not in session.passed:
            lines = session.aside.get(step.id, ())
        part = plan.Part(step.id, _heading(step), (), session.lines.get(step.id, ""))
        part = replace(part, lines=lines) if isinstance(lines, tuple) else part
        parts += [part] if part.shown else []
    asked_for = {step.id for step in steps}
    return (*parts, *(part for part in before if part.name not in asked_for))


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
