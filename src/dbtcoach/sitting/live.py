"""An exercise with a person: first words to farewell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbtcoach.errors import JournalError, LeaveError, QuickExitError, UsageError
from dbtcoach.journal.seal import is_locked, is_sealed
from dbtcoach.practice.draft import drawn_in, load
from dbtcoach.practice.play import play
from dbtcoach.practice.session import Session, start
from dbtcoach.sitting import questions
from dbtcoach.sitting.keeping import Keeper, cannot_keep, day_in, first_run_answered, remember_first_run
from dbtcoach.sitting.lookup import clock_time, day_name
from dbtcoach.sitting.prepare import completed, facts_of, looks_back, scenes_for
from dbtcoach.sitting.records import cards_of, transcript
from dbtcoach.sitting.rule_loading import ShippedCoach
from dbtcoach.sitting.stage import Stage, open_stage, stage_asker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dbtcoach.journal.drafts import Draft
    from dbtcoach.script.model import Exercise
    from dbtcoach.world.surroundings import Surroundings


KEPT = "Kept in your journal. To read it: dbtcoach log show last"
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
    keeper = Keeper(around, exercise.name, saves=False, day=wishes.day)
    try:
        return _sit(around, exercise, wishes, stage, keeper)
    except QuickExitError:
        stage.vanish(around)
    except (LeaveError, KeyboardInterrupt):
        stage.leave()
        around.tell(*keeper.notices, _left(around, exercise, keeper))
        raise LeaveError from None
    finally:
        stage.leave()
        keeper.release()


def _sit(around: Surroundings, exercise: Exercise, wishes: Wishes, stage: Stage, keeper: Keeper) -> int:
    stage.hold_keys()
    keeper.saves = wishes.save and _may_save(around, exercise, stage)
    notice = keeper.begin()
    if notice:
        questions.tell(stage.terminal, exercise, notice)
    session = _begun(around, exercise, wishes, stage, keeper)
    stage.give_keys()
    coach = ShippedCoach(Path(around.home.exercises), notes=around.settings.coach)
    for latest in play(session, stage.terminal, lambda: facts_of(around), coach, saves=keeper.saves):
        session = latest
        coach.begin()
        keeper.draft(session)
    if keeper.saves and session.unsafe and not questions.keeps_entry(stage.terminal, exercise):
        keeper.let_go()
    try:
        if keeper.saves:
            keeper.save(session, _started(session, around))
    except JournalError as error:
        stage.leave()
        around.streams.stdout.write(transcript(session))
        around.streams.stdout.flush()
        drafted = "." if session.private else ", and in the draft if it could be written."
        kept = f" Your answers are above{drafted}"
        raise JournalError(f"{error}\nThis exercise was not saved.{kept}") from None
    if coach.problem:
        keeper.notices.append(f"Your own coach rules could not be used:\n{coach.problem}")
    cards = cards_of(session)
    may_stay = bool(cards) and stage.screen is not None and not session.private
    stays = may_stay and questions.card_stays(stage.terminal, exercise)
    stage.leave()
    if stays:
        _show_cards(around, cards)
    around.tell(*keeper.notices, KEPT if keeper.saved else "Nothing was kept.")
    return 0


def _may_save(around: Surroundings, exercise: Exercise, stage: Stage) -> bool:
    settings = around.settings
    if settings.unsure:
        questions.tell(stage.terminal, exercise, UNSURE)
        return False
    if settings.save is not None:
        return settings.save
    closed = cannot_keep(around)
    if closed:
        questions.tell(stage.terminal, exercise, closed)
        return False
    answer = first_run_answered(around)
    if answer is None and around.streams.stdin.isatty():
        answer = _first_run(around, exercise, stage)
        if answer is None:
            return False
        remember_first_run(around, answer)
    return answer != questions.NOTHING


def _first_run(around: Surroundings, exercise: Exercise, stage: Stage) -> str | None:
    """Ask what to keep; a lock that was chosen is put on now, or the question comes again."""
    answer = questions.first_run(stage.terminal, exercise)
    while answer == questions.LOCK and not is_locked(around.home):
        from dbtcoach.world.locking import lock_here

        try:
            if lock_here(around, stage_asker(around, stage, exercise.title)):
                break
        except JournalError as error:
            questions.tell(stage.terminal, exercise, str(error))
        answer = questions.first_run(stage.terminal, exercise)
    return answer


def _unsealed(around: Surroundings, exercise: Exercise, draft: Draft, stage: Stage) -> Mapping[str, Any]:
    """Return the session in a draft; raise JournalError, with the draft as it is, if it stays locked."""
    if not is_sealed(draft.session):
        return draft.session
    session = around.keyring.opener(stage_asker(around, stage, exercise.title)).session(draft.session)
    if session is None:
        raise JournalError("This draft was sealed with another key, so it was left as it is.")
    return session


def _begun(around: Surroundings, exercise: Exercise, wishes: Wishes, stage: Stage, keeper: Keeper) -> Session:
    if wishes.fresh:
        keeper.drop()
    draft = keeper.waiting()
    if draft is not None:
        when = _when(draft, around)
        if questions.continue_draft(stage.terminal, exercise, draft.header, when):
            words = _unsealed(around, exercise, draft, stage)
            keeper.day = day_in(words)
            dealt = completed(around, exercise, drawn_in(words))
            return load(words, dealt, facts_of(around))
        keeper.drop()
    if looks_back(exercise, facts_of(around)) and is_locked(around.home):
        locked = around.keyring.offered(stage_asker(around, stage, exercise.title))
        if locked:
            questions.tell(stage.terminal, exercise, locked)
    drawn = scenes_for(around, exercise)
    dealt = completed(around, exercise, drawn)
    return start(dealt, facts_of(around), around.clock().isoformat("T", "seconds"), drawn)


def _when(draft: Draft, around: Surroundings) -> str:
    try:
        saved = datetime.fromisoformat(draft.header.saved)
    except ValueError:
        return "earlier"
    day = "today" if saved.date() == around.clock().date() else day_name(saved)
    return f"{day}, {clock_time(saved)}"


def _started(session: Session, around: Surroundings) -> datetime:
    """Return when the session was begun; a draft from elsewhere may hold anything."""
    now = around.clock()
    try:
        started = datetime.fromisoformat(session.started)
    except ValueError:
        return now
    return started if started.tzinfo is not None else now


def _left(around: Surroundings, exercise: Exercise, keeper: Keeper) -> str:
    if keeper.saved:  # they left where only the card was asked about
        return KEPT
    if keeper.saves and keeper.claim is not None and around.home.has_draft(exercise.name):
        command = exercise.name if not exercise.variant_of else f"{exercise.variant_of} --{exercise.option}"
        kept = "Your answers so far are kept." if keeper.answered else "Your place is kept."
        return f"{kept} To go on: dbtcoach {command}"
    return "Nothing was kept. You can come back any time."


def _show_cards(around: Surroundings, cards: list[tuple[str, str]]) -> None:
    from dbtcoach.cleaning import clean

    for title, text in cards:
        around.streams.stdout.write(f"\n{clean(title)}\n\n{clean(text)}\n\n")
    around.streams.stdout.flush()
