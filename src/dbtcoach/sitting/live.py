"""An exercise with a person: first words to farewell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbtcoach.errors import JournalError, LeaveError, QuickExitError, UsageError
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.seal import is_locked, is_sealed
from dbtcoach.practice.coaching import leave_line
from dbtcoach.practice.course import pending
from dbtcoach.practice.draft import drawn_in, load
from dbtcoach.practice.play import play
from dbtcoach.practice.session import Session, start
from dbtcoach.script.model import Text
from dbtcoach.sitting import questions
from dbtcoach.sitting.country import Atlas, keep_setting
from dbtcoach.sitting.keeping import Keeper, cannot_keep, day_in, first_run_answered, remember_first_run
from dbtcoach.sitting.known_facts import clock_time, day_name
from dbtcoach.sitting.prepare import completed, facts_of, looks_back, scenes_for
from dbtcoach.sitting.records import transcript
from dbtcoach.sitting.remains import Remains, with_words
from dbtcoach.sitting.rule_loading import ShippedCoach
from dbtcoach.sitting.same_day import check_in_of, is_check_in_there
from dbtcoach.sitting.stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from dbtcoach.journal.drafts import Draft
    from dbtcoach.practice.page import Move, Page, Terminal
    from dbtcoach.practice.session import Facts
    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.script.model import Exercise
    from dbtcoach.world.keyring import Keyring
    from dbtcoach.world.settings import Settings
    from dbtcoach.world.surroundings import Surroundings


UNSURE = (
    "What config.yaml says about saving could not be read.\n"
    "Until this is mended, nothing is kept. You can go on."
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the exercise was asked for."""

    plain: bool = False
    save: bool = True
    fresh: bool = False
    day: date | None = None  # the day it is about, when that is not today


def practise(around: Surroundings, exercise: Exercise, wishes: Wishes, stage: Stage | None = None) -> int:
    """Lead a person through an exercise, on a stage that is open already or a new one; return the exit code.

    Raises NoTerminalError when there is nobody to ask, LeaveError when the person left, and UsageError when
    another day is wished for while a draft waits: the draft has a day of its own.
    """
    if wishes.day is not None and wishes.save and not wishes.fresh and around.home.has_draft(exercise.name):
        raise UsageError(
            f"An unfinished page waits. Go on with it first: dbtcoach {exercise.name}\n"
            "Or drop it: the same command again, with --fresh."
        )
    if stage is None:
        stage = open_stage(around, plain=wishes.plain)
    keeper = Keeper(around.home, exercise.name, around.clock, around.randomness, saves=False, day=wishes.day)
    keeper.before = lambda day: check_in_of(around, day)

    def facts() -> Facts:
        return facts_of(around.home, around.keyring, lambda: around.country, around.clock(), keeper.day)

    atlas = Atlas(around, lambda: keeper.saves, facts)
    stage.show_people(atlas)
    sitting = _Sitting(
        exercise, stage, keeper, around.catalogue, around.keyring, facts, atlas, Remains(stage.streams.stdout)
    )
    try:
        sitting.hold(wishes, around.settings)
    except QuickExitError:
        stage.vanish()
    except (LeaveError, KeyboardInterrupt):
        stage.leave()
        sitting.remains.write()
        around.tell(*keeper.notices, sitting.farewell())
        raise LeaveError from None
    finally:
        stage.leave()
        keeper.release()
    sitting.remains.write()
    around.tell(*keeper.notices, keeper.kept() if keeper.saved else "Nothing was kept.")
    return 0


UNSAVED = "So this exercise is not saved. Here is what you wrote, this once. Copy what you need."


@dataclass(slots=True)
class _Telling:
    """A front end that also says on the next page that the draft could not be written, once a reason."""

    terminal: Terminal
    keeper: Keeper
    told: str = ""

    def present(self, page: Page) -> Move:
        """Show the page, with what has to be known below it."""
        trouble = self.keeper.trouble
        if trouble and trouble != self.told:
            words = f"{trouble}\nYou can go on. If you leave before the end, your last words are not kept."
            page = replace(page, footnote="\n".join(filter(None, [page.footnote, words])))
        self.told = trouble
        return self.terminal.present(page)


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One exercise on one stage, with what it looks up: scenes, what was written before, facts."""

    exercise: Exercise
    stage: Stage
    keeper: Keeper
    catalogue: Catalogue
    keyring: Keyring
    facts: Callable[[], Facts]
    atlas: Atlas
    remains: Remains

    def hold(self, wishes: Wishes, settings: Settings) -> None:
        """Lead from the first words to the last; raise JournalError where the entry cannot be saved."""
        stage, keeper, exercise = self.stage, self.keeper, self.exercise
        stage.hold_keys()
        keeper.saves = wishes.save and self._may_save(settings)
        self._tell(keeper.begin())
        session = self._begun(settings, fresh=wishes.fresh)
        stage.give_keys()
        coach = ShippedCoach(Path(keeper.home.exercises), notes=settings.coach)
        session = self._played(session, coach)
        if keeper.saves and session.private and not questions.keeps_entry(stage.terminal, exercise):
            keeper.let_go()
        if keeper.saves:
            session = with_words(session, stage.terminal)
        self._save(session)
        if coach.problem:
            keeper.notices.append(f"Your own coach rules could not be used:\n{coach.problem}")
        if stage.screen is not None:  # else all of it stands there
            self.remains.ask(session, stage.terminal, saved=keeper.saved)

    def _played(self, session: Session, coach: ShippedCoach) -> Session:
        """Return the session when nothing is due any more; whoever leaves takes numbers in a crisis along."""
        stage, keeper = self.stage, self.keeper
        latest = [session]
        stage.keep_lines(lambda step, line: keeper.draft(leave_line(latest[0], step, line, coach)))
        if isinstance(pending(session), Text):
            coach.begin()  # words that are being typed are read before they are drafted
        terminal, saves = _Telling(stage.terminal, keeper), keeper.saves
        try:
            for latest[0] in play(session, terminal, self.facts, coach, saves=saves, places=self.atlas):
                coach.begin()
                keeper.draft(latest[0])
        except (LeaveError, KeyboardInterrupt):
            if stage.screen is not None:
                self.remains.leave_with(latest[0])
            raise
        stage.keep_lines(None)
        return latest[0]

    def _tell(self, words: str) -> None:
        """Show words that have to be seen before the exercise goes on, if there are any."""
        if words:
            questions.tell(self.stage.terminal, self.exercise, words)

    def _may_save(self, settings: Settings) -> bool:
        if settings.unsure:
            self._tell(UNSURE)
            return False
        if settings.save is not None:
            return settings.save
        home = self.keeper.home
        unwritable = cannot_keep(home)
        if unwritable:
            self._tell(unwritable)
            return False
        answer = first_run_answered(home)
        if answer is None and self.stage.streams.stdin.isatty():
            answer = self._first_run()
            if answer is None:
                return False
            remember_first_run(home, answer)
            if answer != questions.KEEP:
                keep_setting(home, settings, "shared", "true")
        return answer != questions.NOTHING

    def _first_run(self) -> str | None:
        """Ask what to keep; a lock that was chosen is put on now, or the question comes again."""
        terminal, home = self.stage.terminal, self.keeper.home
        answer = questions.first_run(terminal, self.exercise)
        while answer == questions.LOCK and not is_locked(home):
            from dbtcoach.world.locking import lock_here

            try:
                if lock_here(home, self.stage.ask_secret(self.exercise.title), self.keeper.clock()):
                    break
            except JournalError as error:
                self._tell(str(error))
            answer = questions.first_run(terminal, self.exercise)
        return answer

    def _begun(self, settings: Settings, *, fresh: bool) -> Session:
        """Return the session in the draft that waits, if the person goes on with it, or a new one."""
        keeper, exercise = self.keeper, self.exercise
        now = keeper.clock()
        if fresh:
            keeper.drop()
        draft = keeper.waiting()
        if draft is not None:
            when = _when(draft.header.saved, now)
            if questions.continue_draft(self.stage.terminal, exercise, draft.header, when):
                words = self._unsealed(draft)
                keeper.day = day_in(words)
                dealt = completed(exercise, drawn_in(words), self.catalogue, settings)
                return load(words, dealt, self.facts())
            keeper.drop()
        again = is_check_in_there(keeper.home, exercise.name, keeper.day, day_of(now))
        if is_locked(keeper.home) and (again or looks_back(exercise, self.facts())):
            self._tell(self.keyring.offered(self.stage.ask_secret(exercise.title)))
        drawn = scenes_for(exercise, self.catalogue, keeper.home, day_of(now))
        dealt = completed(exercise, drawn, self.catalogue, settings)
        return keeper.offered(start(dealt, self.facts(), keeper.clock().isoformat("T", "seconds"), drawn))

    def _unsealed(self, draft: Draft) -> Mapping[str, Any]:
        """Return the session in a draft; raise JournalError, with the draft as it is, if it stays locked."""
        if not is_sealed(draft.session):
            return draft.session
        opener = self.keyring.opener(self.stage.ask_secret(self.exercise.title))
        session = opener.session(draft.session)
        if session is None:
            raise JournalError("This draft was sealed with another key, so it was left as it is.")
        return session

    def _save(self, session: Session) -> None:
        """Save the entry; where that fails, show the answers before the screen goes, and nothing after it."""
        keeper, stage = self.keeper, self.stage
        try:
            if keeper.saves:
                keeper.save(session, _started(session, keeper.clock()))
        except JournalError as error:
            private = session.private
            shown = stage.screen is not None
            if shown:
                words = f"{error}\n{UNSAVED}\n\n{transcript(session)}"
                questions.tell(stage.terminal, self.exercise, words)
            stage.leave()
            if not shown and not private:  # in line mode they stand on the screen already
                stage.streams.stdout.write(transcript(session))
                stage.streams.stdout.flush()
            part = ", but not every line" if keeper.partly else ""
            drafted = "" if private or keeper.trouble else f" Your answers are in the draft{part}."
            raise JournalError(f"{error}\nThis exercise was not saved.{drafted}") from None

    def farewell(self) -> str:
        """Return what was kept, for a person who left before the end."""
        keeper, exercise = self.keeper, self.exercise
        if keeper.trouble:
            return f"{keeper.trouble}\nWhat you wrote last could not be kept."
        if keeper.saved:  # they left where only the card was asked about
            return keeper.kept()
        if keeper.saves and keeper.claim is not None and keeper.home.has_draft(exercise.name):
            command = (
                exercise.name if not exercise.variant_of else f"{exercise.variant_of} --{exercise.option}"
            )
            kept = "Your answers so far are kept" if keeper.answered else "Your place is kept"
            part = ", but not every line" if keeper.partly else ""
            return f"{kept}{part}. To go on: dbtcoach {command}"
        return "Nothing was kept. You can come back any time."


def _when(saved: str, now: datetime) -> str:
    try:
        moment = datetime.fromisoformat(saved)
    except ValueError:
        return "earlier"
    day = "today" if moment.date() == now.date() else day_name(moment)
    return f"{day}, {clock_time(moment)}"


def _started(session: Session, now: datetime) -> datetime:
    """Return when the session was begun; a draft from elsewhere may hold anything."""
    try:
        started = datetime.fromisoformat(session.started)
    except ValueError:
        return now
    return started if started.tzinfo is not None else now
