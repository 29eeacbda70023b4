"""An exercise with a person: first words to farewell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError, LeaveError, UsageError
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.seal import is_locked
from dbtcoach.practice.coaching import leave_line
from dbtcoach.practice.course import pending
from dbtcoach.practice.draft import drawn_in, load
from dbtcoach.practice.endings import HELP_NOW, strength_after
from dbtcoach.practice.play import play
from dbtcoach.practice.session import Session, start
from dbtcoach.script.model import Text
from dbtcoach.sitting import questions
from dbtcoach.sitting.again import REPEATS, lines_again
from dbtcoach.sitting.ahead import choose_next, say_next
from dbtcoach.sitting.country import Atlas, present
from dbtcoach.sitting.first_run import may_save
from dbtcoach.sitting.keeping import LOST, Keeper, day_in, unsealed
from dbtcoach.sitting.known_facts import moment_name
from dbtcoach.sitting.memory import Memory, is_shown_unasked
from dbtcoach.sitting.prepare import completed, facts_of, looks_back, scenes_for
from dbtcoach.sitting.records import transcript
from dbtcoach.sitting.remains import Remains, what_is_kept
from dbtcoach.sitting.remembering import Remembering
from dbtcoach.sitting.rule_loading import ShippedCoach
from dbtcoach.sitting.same_day import check_in_of, is_check_in_there
from dbtcoach.sitting.stage import Stage, open_stage
from dbtcoach.sitting.telling import Telling
from dbtcoach.terminal.people import TITLE as PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dbtcoach.practice.session import Facts
    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.script.model import Exercise
    from dbtcoach.world.keyring import Keyring
    from dbtcoach.world.settings import Settings
    from dbtcoach.world.surroundings import Surroundings


FORMER = {"together": "validate-together"}  # exercises in the place of others, whose drafts they cannot take
LEFT_OVER = (
    "Something you began in an older form of this exercise is still kept. It cannot be gone on with.\n"
    "To see where it is: dbtcoach data check"
)
SCRIPTED = "With answers in a file: --answers FILE"
READ = "To read it: dbtcoach log show"
KEPT = f"Kept in your journal. {READ} last"
PARTLY = ", but not every line"
NOT_KEPT = "Nothing was kept. You can come back any time."


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the exercise was asked for."""

    save: bool = True
    fresh: bool = False
    day: date | None = None  # the day it is about, when that is not today
    strength: int | None = None  # a distress that was told just before it
    resume: bool = False  # to go on with the draft was chosen already


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
        stage = open_stage(around, instead=SCRIPTED)
    keeper = Keeper(around.home, exercise.name, around.clock, around.randomness, saves=False, day=wishes.day)
    keeper.before = lambda day: check_in_of(around, day)
    memory = Memory(around, exercise.name, lambda: keeper.day)
    keeper.asks_about = lambda: memory.plan[0]

    def facts() -> Facts:
        repeats = exercise.name == REPEATS
        return facts_of(around, around.clock(), keeper.day, memory.fact, repeats=repeats)

    atlas = Atlas(around, lambda: keeper.saves, facts, stage.ask_secret(PEOPLE))
    stage.show_people(lambda: atlas)
    remains = Remains(stage.streams.stdout)
    sitting = _Sitting(
        exercise, stage, keeper, around.catalogue, around.keyring, facts, atlas, remains, memory
    )
    try:
        with stage.given_back():
            chosen, strength = sitting.hold(wishes, around.settings)
    except LeaveError:
        sitting.remains.write()
        around.tell(*keeper.notices, sitting.farewell())
        raise
    except JournalError:
        sitting.remains.write()
        raise
    finally:
        stage.leave()
        keeper.release()
    sitting.remains.write()
    around.tell(*keeper.notices, sitting.farewell())
    return _go_on(around, chosen, replace(wishes, fresh=False, day=None, strength=strength, resume=False))


def _go_on(around: Surroundings, chosen: str, wishes: Wishes) -> int:
    """Begin what was chosen at the end, if anything was; return the exit code."""
    if chosen == HELP_NOW:
        present(around)
    elif chosen:
        return practise(around, around.catalogue.read(chosen), wishes)
    return 0


UNSAVED = "So this exercise is not saved. Here is what you wrote, this once. Copy what you need."


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
    memory: Memory

    def hold(self, wishes: Wishes, settings: Settings) -> tuple[str, int | None]:
        """Lead from the first words to the last; raise JournalError where the entry cannot be saved.

        Returns what is to be gone on with, and how strong the distress is now.
        """
        stage, keeper, exercise = self.stage, self.keeper, self.exercise
        stage.hold_keys()
        keeper.saves = wishes.save and may_save(stage, keeper.home, exercise, settings, keeper.clock)
        self._tell(keeper.begin())
        if keeper.saves and exercise.name in FORMER and keeper.home.has_draft(FORMER[exercise.name]):
            keeper.notices.append(LEFT_OVER)
        if is_shown_unasked(self.memory):
            self.memory.hidden = not questions.shows_kept(stage.terminal, exercise)
        session = self._begun(settings, wishes)
        stage.give_keys()
        coach = ShippedCoach(Path(keeper.home.exercises), notes=settings.coach)
        session = played = self._played(session, coach, wishes.strength)
        if keeper.saves:
            kept = what_is_kept(session, stage.terminal)
            if kept is None:
                keeper.let_go()
            session = kept or session
        self._save(session)
        if coach.problem:
            keeper.notices.append(f"Your own coach rules could not be used:\n{coach.problem}")
        chosen = ""
        if stage.screen is None:  # all of it stands there
            say_next(played, stage.terminal, self.catalogue)
        else:
            self.remains.ask(session, stage.terminal, saved=keeper.saved)
            chosen = choose_next(played, stage.terminal, self.catalogue)
        return chosen, strength_after(session)

    def _played(self, session: Session, coach: ShippedCoach, strength: int | None) -> Session:
        """Return the session when nothing is due any more; whoever leaves takes numbers in a crisis along."""
        stage, keeper = self.stage, self.keeper
        latest = [session]
        stage.keep_lines(lambda step, line: keeper.draft(leave_line(latest[0], step, line, coach)))
        if isinstance(pending(session), Text):
            coach.begin()  # words that are being typed are read before they are drafted
        shown = Remembering(stage.terminal, self.memory)
        terminal, saves = Telling(shown, keeper, strength), keeper.saves
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

    def _begun(self, settings: Settings, wishes: Wishes) -> Session:
        """Return the session in the draft that waits, if the person goes on with it, or a new one."""
        keeper, exercise = self.keeper, self.exercise
        now = keeper.clock()
        if wishes.fresh:
            keeper.drop()
        draft = keeper.waiting()
        if draft is not None:
            when = moment_name(draft.header.saved, now) if settings.shows_memory else ""
            terminal = self.stage.terminal
            if wishes.resume or questions.continue_draft(terminal, exercise, draft.header, when):
                words = unsealed(draft, lambda: self.keyring.opener(self.stage.ask_secret(exercise.title)))
                keeper.day = day_in(words)
                dealt = completed(exercise, drawn_in(words), self.catalogue, settings)
                return load(words, dealt, self.facts())
            keeper.drop()
        again = is_check_in_there(keeper.home, exercise.name, keeper.day, day_of(now))
        earlier = again or self.memory.waits() or looks_back(exercise, self.facts())
        if is_locked(keeper.home) and earlier:
            self._tell(self.keyring.offered(self.stage.ask_secret(exercise.title)))
        drawn = scenes_for(exercise, self.catalogue, keeper.home, day_of(now))
        dealt = completed(exercise, drawn, self.catalogue, settings)
        aside = lines_again(dealt, self.stage, keeper.home, self.keyring, settings, now)
        begun = replace(start(dealt, self.facts(), now.isoformat("T", "seconds"), drawn), aside=aside)
        return keeper.offered(begun)

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
                self.remains.ask_numbers(session, stage.terminal)
            stage.leave()
            if not shown and not private:  # in line mode they stand on the screen already
                stage.streams.stdout.write(transcript(session))
                stage.streams.stdout.flush()
            part = PARTLY if keeper.partly else ""
            drafted = "" if private or keeper.trouble else f" Your answers are in the draft{part}."
            raise JournalError(f"{error}\nThis exercise was not saved.{drafted}") from None

    def farewell(self) -> str:
        """Return what was kept, for a person who is at the end or left before it."""
        keeper, exercise = self.keeper, self.exercise
        if keeper.saved:
            day = "last" if keeper.day is None else keeper.day.isoformat()
            return f"Kept in your journal{PARTLY if keeper.partly else ''}. {READ} {day}"
        if keeper.trouble:
            return f"{keeper.trouble}\n{LOST}"
        if keeper.saves and keeper.claim is not None and keeper.home.has_draft(exercise.name):
            command = (
                exercise.name if not exercise.variant_of else f"{exercise.variant_of} --{exercise.option}"
            )
            kept = "Your answers so far are kept" if keeper.answered else "Your place is kept"
            # Behind many words the command has a line of its own: it is copied, so it is not broken.
            part, line_end = (PARTLY, "\n") if keeper.partly else ("", " ")
            return f"{kept}{part}.{line_end}To go on: dbtcoach {command}"
        return NOT_KEPT


def _started(session: Session, now: datetime) -> datetime:
    """Return when the session was begun; a draft from elsewhere may hold anything."""
    try:
        started = datetime.fromisoformat(session.started)
    except ValueError:
        return now
    return started if started.tzinfo is not None else now
