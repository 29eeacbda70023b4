"""What of a sitting is kept on this computer: the draft after every answer, the entry at the end."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dbtcoach.disk.home import NO_HOME, NOWHERE
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.insight.week_card import BECAME
from dbtcoach.journal import drafts
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.file import append, check_writable
from dbtcoach.journal.seal import KEY_MISSING, is_key_missing, is_sealed, read_recipient, seal_session, writer
from dbtcoach.journal.state import FollowUp, State, read_state, update_state
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.draft import dump
from dbtcoach.script.link import drills
from dbtcoach.script.model import walk
from dbtcoach.sitting.records import entry_of
from dbtcoach.sitting.same_day import what_changed, with_answers
from dbtcoach.terminal.modes import hold_interrupts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.disk.lock import Claim
    from dbtcoach.journal.entry import Entry
    from dbtcoach.journal.repair import Repair
    from dbtcoach.journal.seal import Opener
    from dbtcoach.practice.session import Session

LOOK_BACK = "after"  # the option of an exercise that looks at what became of it
LOOK_BACK_AT_WEEK = "reflect-week"
NEVER = "stop_asking"  # the answer to a follow-up after which nobody asks again


COME_BACK = "If you have a backup: dbtcoach data restore FILE"
LOST = "What you wrote last could not be kept."
GOES_ON = "You can go on, but nothing will be kept."


def cannot_keep(home: Home) -> str:
    """Return why nothing can be saved here, in words for the person; empty when it can."""
    if home is NOWHERE:
        return f"{NO_HOME}\n{GOES_ON}"
    try:
        check_writable(home.journal)
    except JournalError as error:
        return f"{error}\n{GOES_ON}"
    return ""


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until a draft is written: an answer that was given is not lost to it."""
    hold_interrupts(held=True)
    try:
        yield
    finally:
        hold_interrupts(held=False)


@dataclass(slots=True)
class Keeper:
    """Keeps one sitting; ``saves`` False keeps nothing at all."""

    home: Home
    exercise: str
    clock: Callable[[], datetime]
    randomness: Callable[[int], bytes]
    saves: bool
    claim: Claim | None = None
    notices: list[str] = field(default_factory=list)  # what to say when the exercise is over
    day: date | None = None
    before: Callable[[date], Entry | None] = lambda _day: None  # the check-in that a day has already
    asks_about: Callable[[], str] = str  # the entry whose plan is asked about
    saved: bool = False  # the entry is in the journal
    answered: bool = False  # there are words or answers in the draft
    partly: bool = False  # and some that were written are not
    trouble: str = ""  # why the draft is not as it should be; empty when the last writing of it went well

    def begin(self) -> str:
        """Take the draft for this run; return what the person should know first, or an empty text."""
        if not self.saves:
            return ""
        closed = cannot_keep(self.home)
        if closed:
            self.saves = False
            return closed
        try:
            read_recipient(self.home)
            self.claim = drafts.claim(self.home, self.exercise)
        except JournalError as error:
            self.saves = False
            return f"{error}\n{GOES_ON}"
        if self.claim is None:
            return (
                "Another window has this exercise open, so this one keeps no draft.\nIt is saved at its end."
            )
        return ""

    def waiting(self) -> drafts.Draft | None:
        """Return the draft that waits; a damaged one is moved aside and told about."""
        if not self.saves or self.claim is None:
            return None
        try:
            found = drafts.load(self.home, self.exercise, self.clock())
        except JournalError as error:
            self.notices.append(str(error))
            return None
        if isinstance(found, drafts.SetAside):
            self.notices.append(f"The draft could not be read. It was kept as {found.kept}")
            return None
        if found is not None:
            self.answered = is_sealed(found.session) or bool(found.session.get("answers"))
        return found

    def draft(self, session: Session) -> None:
        """Write the draft, unless nothing may be drafted any more: then remove it."""
        if not self.saves or self.claim is None:
            return
        if session.private:
            with uninterrupted():
                self._remove()
            return
        data = {**dump(session), "day": self.day.isoformat() if self.day is not None else None}
        # Before it is written: a Ctrl-C that waited until then goes off right behind it.
        self.answered = bool(data["answers"] or data["lines"])
        self.partly = not session.unkept.isdisjoint({*session.answers, *session.lines})
        self.write(session.exercise.title, data)

    def write(self, title: str, data: Mapping[str, Any]) -> None:
        """Write this as the draft; ``trouble`` says what stood against it."""
        if not self.saves or self.claim is None:
            return
        with uninterrupted():
            try:
                drafts.save(self.home, self.exercise, title, seal_session(self.home, data), self.clock())
                self.trouble = ""
            except JournalError as error:
                self.trouble = str(error)

    def _remove(self) -> None:
        try:
            drafts.remove(self.home, self.exercise)
            self.trouble = ""
        except JournalError as error:
            self.trouble = str(error)

    def drop(self) -> None:
        """Remove the draft."""
        if self.saves and self.claim is not None:
            try:
                drafts.remove(self.home, self.exercise)
            except JournalError as error:
                self.notices.append(str(error))

    def let_go(self) -> None:
        """Keep nothing of this sitting after all: no entry, and no draft either."""
        self.drop()
        self.saves = False

    def save(self, session: Session, started: datetime) -> Entry:
        """Save the session as an entry and remove its draft; raise JournalError with both as they were.

        Raises UsageError where there is no home folder to save in.
        """
        if self.home is NOWHERE:
            raise UsageError(NO_HOME)
        whole = entry_of(session, started, self.clock(), self.day)
        before = self._before(whole)
        entry = what_changed(session, before, whole) if before is not None else whole
        saved = before or whole
        if entry is not None:
            receipt = append(
                self.home.journal,
                entry,
                now=self.clock(),
                randomness=self.randomness,
                write=writer(self.home),
            )
            saved = receipt.entry
            self.notices += _kept_aside(receipt.repair)
        self.saved = True
        self.partly = not session.unkept.isdisjoint(session.answers)
        if is_key_missing(self.home):
            self.notices.append(KEY_MISSING)
        self.drop()
        try:
            about = self.asks_about() if BECAME in session.passed else ""
            update_state(self.home, lambda state: marked(state, session, saved, about))
        except JournalError as error:
            self.notices.append(str(error))
        return saved

    def offered(self, session: Session) -> Session:
        """Return a new session with the answers that the check-in of its day has already."""
        if session.exercise.name != CHECK_IN:
            return session
        before = self.before(self.day or day_of(self.clock()))
        return session if before is None else with_answers(session, before)

    def _before(self, entry: Entry) -> Entry | None:
        return self.before(date.fromisoformat(entry.day)) if entry.exercise == CHECK_IN else None

    def release(self) -> None:
        """Let another run have the draft."""
        if self.claim is not None:
            self.claim.release()


def unsealed(draft: drafts.Draft, opener: Callable[[], Opener]) -> Mapping[str, Any]:
    """Return what is in a draft; raise JournalError, with the draft as it is, if it stays locked."""
    if not is_sealed(draft.session):
        return draft.session
    session = opener().session(draft.session)
    if session is None:
        raise JournalError("This draft was sealed with another key, so it was left as it is.")
    return session


def day_in(data: Mapping[str, Any]) -> date | None:
    """Return the day that a draft is about, when that is not the day on which it was begun."""
    try:
        return date.fromisoformat(str(data.get("day")))
    except ValueError:
        return None


def _kept_aside(repair: Repair | None) -> list[str]:
    if repair is None or not repair.kept:
        return []
    if not repair.lost:
        return [f"The journal had lost all it held. It was kept as {repair.kept}\n{COME_BACK}"]
    return [f"A part of the journal could not be read. It was kept as {repair.kept}"]


def marked(state: State, session: Session, entry: Entry, about: str = "") -> State:
    """Return the state after an entry: what is done today, seen, and to be asked about. It holds no words.

    ``about`` is the id of the entry whose plan was asked about.
    """
    exercise = session.exercise
    if about:
        state = state.with_asked(about)
    if (
        exercise.name == LOOK_BACK_AT_WEEK or "week_due" in session.facts
    ):  # it was offered: once in seven days
        state = state.with_done(LOOK_BACK_AT_WEEK, entry.day)
    if exercise.daily:
        latest = state.done(exercise.name) or ""
        if latest > entry.finished[:10]:  # a clock was wrong: no later day has been
            latest = ""
        state = state.with_done(exercise.name, max(latest, entry.day))
    if exercise.option == LOOK_BACK and state.follow_up is not None:
        state = replace(state, follow_up=replace(state.follow_up, due=""))
    if exercise.follow_up and entry.complete and not session.private:
        stopped = state.follow_up is not None and state.follow_up.stopped
        state = replace(state, follow_up=FollowUp(entry.id, entry.day, stopped=stopped))
    live: dict[str, Any] = live_answers(session)
    for step in walk(exercise.steps):
        if step.role == "follow_up" and step.id in session.passed and state.follow_up is not None:
            stopped = state.follow_up.stopped or live.get(step.id) == NEVER
            state = replace(state, follow_up=replace(state.follow_up, due="", stopped=stopped))
    for drill in drills(exercise):
        drawn = session.drawn.get(drill.id, ())
        now_seen = [scene for scene in drawn if f"{drill.id}.{scene}" in live]
        again = set(now_seen) & set(state.scenes) and set(drawn) <= {*state.scenes, *now_seen}
        before = () if again else state.scenes  # all were seen: a new round begins with these
        state = replace(state, scenes=tuple(dict.fromkeys([*before, *now_seen])))
    return state


def first_run_answered(home: Home) -> str | None:
    """Return the answer to the first-run question, or None when it has not been asked."""
    return read_state(home).first_run


def remember_first_run(home: Home, answer: str) -> None:
    """Remember the answer; where nothing can be written it is asked again next time."""
    try:
        update_state(home, lambda state: replace(state, first_run=answer))
    except JournalError:
        return
