"""What happens to written words: they are looked at for danger, then for how they will land.

Notes never block: the person revises or keeps, and is not asked a second time. Words of danger are not
coached: people to call are shown once, the person decides to go on, and what they wrote is kept only if
they say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, cast

from dbtcoach.practice import moves
from dbtcoach.practice.page import BACK, Given, Page, Remark, Terminal, Typed
from dbtcoach.script.model import Choice, Confirm, Select, Text

if TYPE_CHECKING:
    from dbtcoach.coach.model import Kind, Review, Safety
    from dbtcoach.practice.session import Session, Value

MOST_NOTES = 2
REVISE, GO_ON, STOP = "revise", "go_on", "stop"

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


class Coach(Protocol):
    """Reads a text; rules and settings are behind it."""

    def review(self, text: str, kind: Kind) -> Review:
        """Return the notes on a text; none when the coach is turned off."""
        ...

    def danger(self, text: str) -> Safety | None:
        """Return what kind of danger a text may be about."""
        ...


@dataclass(slots=True)
class Desk:
    """Where the words of one sitting are looked at; it remembers what was said already."""

    coach: Coach
    terminal: Terminal
    shown: set[str] = field(default_factory=set)
    remarked: set[str] = field(default_factory=set)
    keeps: bool | None = None  # whether words of danger should be kept, once that was asked

    def look_for_danger(self, session: Session, step: Text, page: Page) -> Session:
        """Return the session after a look for danger; people to call are shown once for each kind."""
        safety = self.coach.danger(_words(session, step))
        if safety is None:
            return session
        ended = False
        if safety not in self.shown:
            self.shown.add(safety)
            ended = self._stops(session, safety, page)
        if safety == "soft":
            return moves.finish(session) if ended else session
        if self.keeps is None and step.keep:
            self.keeps = self._keeps(page)
        unkept = session.unkept if self.keeps else session.unkept | {step.id}
        session = replace(session, private=True, unkept=unkept)
        return moves.finish(session) if ended else session

    def remark(self, session: Session, step: Text, page: Page) -> Session:
        """Return the session with the step due again when the person wants to revise after the notes."""
        if not step.coach or session.private or session.ended or step.id in self.remarked:
            return session
        words = _words(session, step)
        review = self.coach.review(words, cast("Kind", step.coach)) if words else None
        if review is None or not review.notes:
            return session
        self.remarked.add(step.id)
        move = self.terminal.present(_notes_page(page, step, words, review))
        revises = move in (Given(REVISE), Typed("1"), Typed(REVISE), BACK)
        return moves.reopen(session, step) if revises else session

    def _stops(self, session: Session, safety: Safety, page: Page) -> bool:
        lines = session.facts.get("lines.abuse" if safety == "abuse" else "lines.crisis", "")
        words = {"crisis": CRISIS, "abuse": ABUSE, "soft": SOFT}[safety]
        choices = (Choice(GO_ON, "Go on with the exercise"), Choice(STOP, "Stop here"))
        question = Select(id="safety", message="", choices=choices)
        message = f"{words}\n\n{lines}"
        move = self.terminal.present(_aside(page, question, message, MISSED))
        return move in (Given(STOP), Typed("2"), Typed(STOP))

    def _keeps(self, page: Page) -> bool:
        question = Confirm(id="keep_words", message="")
        message = (
            "Should the words you just wrote be kept in your journal?\nWithout an answer they are not kept."
        )
        help_text = "From here on nothing is drafted: if you leave, nothing of this stays on this computer."
        asked = replace(_aside(page, question, message, help_text), enter="Enter means no")
        move = self.terminal.present(asked)
        yes = isinstance(move, Typed) and move.text.strip().casefold() in ("y", "yes")
        return yes or move == Given(value=True)


def _words(session: Session, step: Text) -> str:
    given = session.answers.get(step.id)
    value: Value = "" if given is None else given.value
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _aside(page: Page, question: Select | Confirm, message: str, help_text: str) -> Page:
    """Return a page of its own beside the step that was answered."""
    return Page(
        step=question, exercise=page.exercise, message=message, help=help_text, left=page.left, first=True
    )


def _notes_page(page: Page, step: Text, words: str, review: Review) -> Page:
    remarks = tuple(
        Remark(note.start, note.end, note.message, note.pattern) for note in review.notes[:MOST_NOTES]
    )
    choices = (Choice(REVISE, "Change it"), Choice(GO_ON, "Keep it as it is"))
    question = Select(id=f"{step.id}_notes", message="", choices=choices)
    shown = _aside(
        page,
        question,
        review.strength or "Before you go on:",
        "Both are fine. You know them; this only reads words.",
    )
    return replace(shown, text=words, remarks=remarks, first=False)
