"""What stays when an exercise is over: words that were put aside, numbers on the screen, the card."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.drawing.wrapping import fitted
from dbtcoach.practice.cards import cards_of
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.messages import card_text
from dbtcoach.practice.numbers import ABUSE_LINES, CRISIS_LINES, STOPPING_LINES, numbers_seen, say_numbers
from dbtcoach.script.model import Asked, walk
from dbtcoach.sitting import questions
from dbtcoach.world.paging import fit, window_size

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from dbtcoach.practice.page import FilledCard, Terminal
    from dbtcoach.practice.session import Session


def what_is_kept(session: Session, terminal: Terminal) -> Session | None:
    """Return the session as it is to be kept, or None where nothing of it is: one question at most.

    It is asked after an answer that makes keeping it a danger, and after words that brought numbers up.
    Whoever stopped at the numbers was told that those words are kept nowhere, and is not asked about them.
    """
    exercise, live = session.exercise, live_answers(session)
    answered = [s for s in walk(exercise.steps) if isinstance(s, Asked) and s.keep and s.id in live]
    words = not session.numbers and any(step.id in session.unkept for step in answered)
    if session.private and not answered:
        return None  # there is nothing that a question could be about
    if session.private:
        kept = questions.keeps_entry(terminal, exercise, words=words)
        if kept == questions.NOTHING:
            return None
        words = words and kept == questions.ALL
    else:
        words = words and questions.keeps_words(terminal, exercise)
    return replace(session, unkept=frozenset()) if words else session


@dataclass(frozen=True, slots=True)
class Remains:
    """What stands in the window when an exercise has left it."""

    out: TextIO
    words: list[str] = field(default_factory=list)

    def leave_with(self, session: Session) -> None:
        """Let the numbers for a crisis stay that somebody leaves at; those for abuse go."""
        if session.numbers == CRISIS_LINES:
            self._numbers(session, frozenset({CRISIS_LINES}))

    def ask(self, session: Session, terminal: Terminal, *, saved: bool) -> None:
        """Let numbers stay that somebody ends with, or the card, as far as the person wants them to."""
        self.ask_numbers(session, terminal)
        cards = [] if session.private or session.numbers else cards_of(session)
        if cards and questions.card_stays(terminal, session.exercise.title, saved=saved):
            self.keep(cards)

    def keep(self, cards: Iterable[FilledCard]) -> None:
        """Let these cards stay."""
        columns, _ = window_size(self.out, {})
        for card in cards:
            lines = [clean(card.title), "", *clean(card_text(card.parts)).split("\n")]
            self.words.append("\n".join(fit(lines, columns)))

    def ask_numbers(self, session: Session, terminal: Terminal) -> None:
        """Let the numbers for a crisis stay that somebody ends with, and those for abuse if they want it."""
        seen = numbers_seen(session)
        if CRISIS_LINES in seen:
            self._numbers(session, frozenset({CRISIS_LINES}))
        if seen & {ABUSE_LINES, STOPPING_LINES} and questions.numbers_stay(terminal, session.exercise):
            self._numbers(session, seen)

    def write(self) -> None:
        """Write them; the exercise has left the window."""
        self.out.writelines(f"\n{words}\n\n" for words in self.words)
        self.out.flush()

    def _numbers(self, session: Session, wanted: frozenset[str]) -> None:
        self.words[:] = [fitted(say_numbers(session, wanted), self.out)]
