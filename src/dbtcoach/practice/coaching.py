"""What happens to written words: they are looked at for danger, then for how they will land.

Notes never block: they stand under the words while these are written anew or kept, and come once. A line
that says danger plainly is not coached: people to call are shown once, and the person decides to go on. That
line is in no draft, and nothing else changes. What is only heavy brings one quiet line, once, under the next
page. What somebody did to another is mended with no words: in an apology it ends the exercise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, cast

from dbtcoach.cleaning import quoted
from dbtcoach.coach.model import GRAVE, SAFETY
from dbtcoach.practice import moves
from dbtcoach.practice.aside import asked
from dbtcoach.practice.joints import inside, sentence_of
from dbtcoach.practice.numbers import ABUSE_LINES, CRISIS_LINES, STOPPING_LINES
from dbtcoach.practice.page import BACK, Page, Places, Remark, Terminal
from dbtcoach.script.model import Choice, Scales, Select, Text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.coach.model import Kind, Review, Safety
    from dbtcoach.practice.session import Session, Value
    from dbtcoach.script.model import Step

_GRAVEST: tuple[Safety | None, ...] = (*SAFETY, None)
MOST_NOTES = 2
GO_ON, STOP, PLAN, ELSEWHERE = "go_on", "stop", "plan", "elsewhere"

CRISIS = "This sounds like more than a hard talk. A person can be with you in this, right now."
# On a page the numbers come before what stands behind an empty line: in a small window, that is scrolled to.
ABUSE = (
    "What you write sounds as if someone is hurting you, or making you afraid.\n"
    "Call from a phone they can't check.\n\n"
    "If you are afraid of them, this exercise may not be safe. Asking for change can bring backlash.\n"
    "It is not your job to word it better, or to bear it."
)
VIOLENCE = (
    "What you write sounds as if you hurt somebody, or made them afraid.\n"
    "No sorry makes up for that, and it may ask them to stay. What helps them is that it stops.\n"
    "You can learn that, with help.\n\n"
    "If you may hurt yourself: dbtcoach help-now"
)
GOT_FREE = (
    "Did you only hit back to get free? Then it is you who needs help: dbtcoach help-now\n"
    "Is it not what happened? Go back, and write what did."
)
MISSED = (
    "This was noticed by words alone, on this computer. It can be wrong, and it misses things.\n"
    "Nobody was told. You decide what happens next."
)
ASIDE = "What you just wrote is kept nowhere, unless you say so at the end."
NOWHERE = "What you just wrote is kept nowhere."
NUMBERS = Select(id="plan", message="", choices=(Choice(GO_ON, "Back to the numbers"),))
ENGLISH = "The coach reads English only."

_ABOUT: dict[Safety, tuple[str, str]] = {  # what is said first, and whose numbers
    "crisis": (CRISIS, CRISIS_LINES),
    "violence": (VIOLENCE, STOPPING_LINES),
    "abuse": (ABUSE, ABUSE_LINES),
}

PLACED = (
    "It decides whose help lines are shown.\nWhere answers are kept, so is this: as “country” in config.yaml."
)


class Coach(Protocol):
    """Reads a text; rules and settings are behind it."""

    def review(self, text: str, kind: Kind) -> Review:
        """Return the notes on a text; none when the coach is turned off."""
        ...

    def danger(self, text: str, kind: Kind = "message") -> Safety | None:
        """Return what kind of danger a text may be about."""
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
    heavy: bool = False  # the next page has the quiet line
    noted: tuple[str, str, Review] | None = None  # a step that is due again, its words, and what is noted

    def on_page(self, page: Page) -> Page:
        """Return the page with the notes on the words that stand there, if it is their page."""
        if self.noted is None or self.noted[0] != page.step.id:
            return page
        _step, words, review = self.noted
        remarks = tuple(
            Remark(note.start, note.end, quoted(note.message), quoted(note.pattern))
            for note in review.notes[:MOST_NOTES]
        )
        return replace(page, text=words, remarks=remarks, strength=review.strength or "")

    def read(self, session: Session, step: Text | Scales, page: Page) -> Iterator[Session]:
        """Yield the session after the words of a step were looked at, and after what the person says to it.

        It is yielded before anything is shown as well: words of danger are in no draft then already, so a
        window that is closed on the first line of help leaves nothing of them behind.
        """
        self.noted = None
        words = _written(session, step)
        safety = self._danger(step, words)
        grave = safety in GRAVE
        ends = _ends(step, safety)
        if safety is not None and grave:
            shows = "" if safety in self.shown and not ends else _ABOUT[safety][1]
            private = session.private or ends
            session = replace(session, unkept=session.unkept | {step.id}, numbers=shows, private=private)
        elif words:
            session = replace(session, unkept=session.unkept - {step.id})
        yield session
        if safety is not None and safety not in self.shown:
            self.shown.add(safety)
            self.heavy = self.heavy or not grave
        if session.numbers:
            yield self._cares(session, step, page, ends=ends)
        elif not grave:
            after = self._remarks(session, step)
            if after is not session:
                yield after

    def _danger(self, step: Text | Scales, words: str) -> Safety | None:
        """Return what danger the words may be about: what was written, alone and in its sentence."""
        sentence = sentence_of(step.sentence) if isinstance(step, Text) else None
        alone = inside(sentence, words) if sentence is not None else words
        found = [self.coach.danger(text, _kind(step)) for text in dict.fromkeys((words, alone)) if text]
        return min(found, key=_GRAVEST.index, default=None)

    def take_heavy(self) -> bool:
        """Say whether the quiet line belongs on the page that comes now; it is said once."""
        heavy, self.heavy = self.heavy, False
        return heavy

    def _cares(self, session: Session, step: Text | Scales, page: Page, *, ends: bool) -> Session:
        """Return the session after people to call were shown: it goes on, is over, or has the words again."""
        kept = ASIDE if self.saves and step.keep and not session.private else NOWHERE
        answer = asked(self.terminal, self._safety_page(session, page, kept, ends=ends))
        while answer in (ELSEWHERE, PLAN) and self.places is not None:
            if answer == PLAN:
                asked(self.terminal, _aside(page, NUMBERS, self.places.plan(), ""))
            else:
                session = self._moved(session, self.places, page)
            answer = asked(self.terminal, self._safety_page(session, page, kept, ends=ends))
        if answer == STOP:
            return moves.finish(session)
        session = replace(session, numbers="")
        return moves.reopen(session, step) if answer == BACK else session

    def _safety_page(self, session: Session, page: Page, kept: str, *, ends: bool) -> Page:
        lines = session.facts.get(session.numbers, "")
        words = next(words for words, numbers in _ABOUT.values() if numbers == session.numbers)
        choices: tuple[Choice, ...] = (Choice(STOP, "Stop here"),)
        if not ends:
            choices = (Choice(GO_ON, "Go on with the exercise"), *choices)
        if self.places is not None:
            if self.places.has_plan():
                choices = (*choices, Choice(PLAN, "My own plan"))
            choices = (*choices, Choice(ELSEWHERE, "Choose a country for these numbers"))
        more = f"{GOT_FREE}\n{MISSED}" if session.numbers == STOPPING_LINES else MISSED
        # Required, so that an Enter too many does not carry somebody past the numbers.
        question = Select(id="safety", message="", choices=choices, required=True)
        first, _, rest = words.partition("\n\n")
        return _aside(page, question, f"{first}\n\n{lines}\n\n{rest}\n{kept}".replace("\n\n\n", "\n\n"), more)

    def _moved(self, session: Session, places: Places, page: Page) -> Session:
        """Return the session with the lines of the country that was chosen, or as it is when none was."""
        question = Select(id="country", message="", choices=places.choices())
        answer = asked(self.terminal, _aside(page, question, "Which country are you in?", PLACED))
        return replace(session, facts=places.move(answer)) if isinstance(answer, str) else session

    def _remarks(self, session: Session, step: Text | Scales) -> Session:
        """Return the session with the step due again when there are notes on its words."""
        if (
            not isinstance(step, Text)
            or not step.coach
            or session.private
            or session.ended
            or step.id in self.remarked
        ):
            return session
        words = _written(session, step)
        review = self.coach.review(words, cast("Kind", step.coach)) if words else None
        if review is None or not review.notes:
            return session
        self.remarked.add(step.id)
        self.noted = (step.id, words, review)
        return moves.reopen(session, step)


def leave_line(session: Session, step_id: str, line: str, coach: Coach | None) -> Session:
    """Return the session with what stands on a line that is left; words of danger are not to be kept."""
    session = moves.leave_line(session, step_id, line)
    step = next((step for step in walk(session.exercise.steps) if step.id == step_id), None)
    if coach is not None and line and coach.danger(line, _kind(step)) in GRAVE:
        session = replace(session, unkept=session.unkept | {step_id})
    return session


def _kind(step: Step | None) -> Kind:
    return cast("Kind", step.coach) if isinstance(step, Text) and step.coach else "message"


def _ends(step: Text | Scales, safety: Safety | None) -> bool:
    """Return whether these words end the exercise: what was done to somebody is no case for an apology."""
    return safety == "violence" and _kind(step) == "apology"


def _written(session: Session, step: Text | Scales) -> str:
    given = session.answers.get(step.id)
    value: Value = "" if given is None else given.value
    if isinstance(value, Mapping):
        return "\n".join(words for words in value.values() if isinstance(words, str))
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _aside(page: Page, question: Select, message: str, help_text: str) -> Page:
    """Return a page of its own beside the step that was answered."""
    return Page(
        step=question, exercise=page.exercise, message=message, help=help_text, progress=page.progress
    )
