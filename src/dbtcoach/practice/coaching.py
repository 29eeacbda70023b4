"""What happens to written words: they are looked at for danger, then for how they will land.

Notes never block: the person revises or keeps, and is not asked a second time. Words of danger are not
coached: people to call are shown once, the person decides to go on, and what they wrote is kept only if
they say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, cast

from dbtcoach.cleaning import quoted
from dbtcoach.practice import moves
from dbtcoach.practice.aside import asked
from dbtcoach.practice.page import BACK, Page, Remark, Terminal
from dbtcoach.script.model import Choice, Confirm, Select, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.coach.model import Kind, Review, Safety
    from dbtcoach.practice.session import Facts, Session, Value

MOST_NOTES = 2
REVISE, GO_ON, STOP, ELSEWHERE = "revise", "go_on", "stop", "elsewhere"

CRISIS = "This sounds like more than a hard talk. A person can be with you in this, right now."
ABUSE = (
    "What you write sounds as if someone is hurting you, or making you afraid.\n"
    "If you are afraid of them, this exercise may not be safe. Asking for change can bring backlash.\n"
    "It is not your job to word it better. Call from a phone they can't check."
)
SOFT = "This may be heavier than an exercise. If you would like a person beside you, here are some."
MISSED = (
    "This was noticed by words alone, on this computer. It can be wrong, and it misses things.\n"
    "Nobody was told. You decide what happens next."
)


PLACED = (
    "It decides whose help lines are shown.\nWhere answers are kept, so is this: as “country” in config.yaml."
)


class Coach(Protocol):
    """Reads a text; rules and settings are behind it."""

    def review(self, text: str, kind: Kind) -> Review:
        """Return the notes on a text; none when the coach is turned off."""
        ...

    def danger(self, text: str) -> Safety | None:
        """Return what kind of danger a text may be about."""
        ...


class Places(Protocol):
    """The countries that have help lines."""

    def choices(self) -> tuple[Choice, ...]:
        """Return the countries to choose from."""
        ...

    def move(self, code: str) -> Facts:
        """Return the facts with the help lines of this country, from now on."""
        ...


@dataclass(slots=True)
class Desk:
    """Where the words of one sitting are looked at; it remembers what was said already."""

    coach: Coach
    terminal: Terminal
    saves: bool = True  # False: nothing of this sitting is kept, so whether to keep words is no question
    places: Places | None = None
    shown: set[str] = field(default_factory=set)
    remarked: set[str] = field(default_factory=set)
    keeps: dict[str, bool] = field(default_factory=dict)  # whether words of a kind of danger may be kept

    def read(self, session: Session, step: Text, page: Page) -> Iterator[Session]:
        """Yield the session after the words of a step were looked at, and after what the person says to it.

        It is yielded before anything is shown as well: words of danger are not to be kept then and nothing
        may be drafted any more, so a window that is closed on the first line of help leaves nothing behind.
        """
        words = _written(session, step)
        safety = self.coach.danger(words) if words else None
        if safety in ("crisis", "abuse"):
            session = replace(session, private=True, unkept=session.unkept | {step.id})
        elif words:
            session = replace(session, unkept=session.unkept - {step.id})
        yield session
        after = session if safety is None else self._cares(session, safety, step, page)
        after = self._remarks(after, step, page)
        if after is not session:
            yield after

    def _cares(self, session: Session, safety: Safety, step: Text, page: Page) -> Session:
        """Return the session after people to call were shown, and after the question what may be kept."""
        if safety not in self.shown:
            self.shown.add(safety)
            answer = asked(self.terminal, self._safety_page(session, safety, page))
            while answer == ELSEWHERE and self.places is not None:
                session = self._moved(session, self.places, page)
                answer = asked(self.terminal, self._safety_page(session, safety, page))
            if answer == BACK:
                return moves.reopen(session, step)
            if answer == STOP:
                session = moves.finish(session)
        if safety == "soft" or not (step.keep and self.saves):
            return session
        if safety not in self.keeps:
            answer = asked(self.terminal, _keep_page(page))
            if answer == BACK:
                return moves.reopen(session, step)
            self.keeps[safety] = answer is True
        return replace(session, unkept=session.unkept - {step.id}) if self.keeps[safety] else session

    def _safety_page(self, session: Session, safety: Safety, page: Page) -> Page:
        lines = session.facts.get("lines.abuse" if safety == "abuse" else "lines.crisis", "")
        words = {"crisis": CRISIS, "abuse": ABUSE, "soft": SOFT}[safety]
        choices: tuple[Choice, ...] = (Choice(GO_ON, "Go on with the exercise"), Choice(STOP, "Stop here"))
        if self.places is not None:
            choices = (*choices, Choice(ELSEWHERE, "Choose a country for these numbers"))
        # Required, so that an Enter too many does not carry somebody past the numbers.
        question = Select(id="safety", message="", choices=choices, required=True)
        return _aside(page, question, f"{words}\n\n{lines}", MISSED)

    def _moved(self, session: Session, places: Places, page: Page) -> Session:
        """Return the session with the lines of the country that was chosen, or as it is when none was."""
        question = Select(id="country", message="", choices=places.choices())
        answer = asked(self.terminal, _aside(page, question, "Which country are you in?", PLACED))
        return replace(session, facts=places.move(answer)) if isinstance(answer, str) else session

    def _remarks(self, session: Session, step: Text, page: Page) -> Session:
        """Return the session with the step due again when the person wants to revise after the notes."""
        if not step.coach or session.private or session.ended or step.id in self.remarked:
            return session
        words = _written(session, step)
        review = self.coach.review(words, cast("Kind", step.coach)) if words else None
        if review is None or not review.notes:
            return session
        self.remarked.add(step.id)
        answer = asked(self.terminal, _notes_page(page, step, words, review))
        return moves.reopen(session, step) if answer in (REVISE, BACK) else session


def _written(session: Session, step: Text) -> str:
    given = session.answers.get(step.id)
    value: Value = "" if given is None else given.value
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _aside(page: Page, question: Select | Confirm, message: str, help_text: str) -> Page:
    """Return a page of its own beside the step that was answered."""
    return Page(step=question, exercise=page.exercise, message=message, help=help_text, left=page.left)


def _keep_page(page: Page) -> Page:
    message = (
        "Should the words you just wrote be kept in your journal?\n"
        "It will be the same for more words like these. Without an answer they are not kept."
    )
    help_text = "From here on nothing is drafted: if you leave, nothing of this stays on this computer."
    question = Confirm(id="keep_words", message="")
    return replace(_aside(page, question, message, help_text), enter="Enter means no")


def _notes_page(page: Page, step: Text, words: str, review: Review) -> Page:
    remarks = tuple(
        Remark(note.start, note.end, quoted(note.message), quoted(note.pattern))
        for note in review.notes[:MOST_NOTES]
    )
    choices = (Choice(REVISE, "Change it"), Choice(GO_ON, "Keep it as it is"))
    question = Select(id=f"{step.id}_notes", message="", choices=choices)
    shown = _aside(
        page,
        question,
        review.strength or "Before you go on:",
        "Both are fine. You know them; this only reads words.",
    )
    return replace(shown, text=words, remarks=remarks)
