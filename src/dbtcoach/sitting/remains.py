"""What stays when an exercise is over: words that were put aside, numbers on the screen, the card."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.practice.cards import cards_of
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.messages import card_text
from dbtcoach.practice.numbers import ABUSE_LINES, CRISIS_LINES, numbers_seen, say_numbers
from dbtcoach.script.model import Asked, walk
from dbtcoach.sitting import questions
from dbtcoach.terminal.wrapping import fitted
from dbtcoach.world.paging import fit, window_size

if TYPE_CHECKING:
    from typing import TextIO

    from dbtcoach.practice.page import Terminal
    from dbtcoach.practice.session import Session


def with_words(session: Session, terminal: Terminal) -> Session:
    """Return the session with the words that brought numbers up, if the person wants to keep them too.

    Whoever stopped at the numbers was told that they are kept nowhere, and is not asked.
    """
    live = live_answers(session)
    steps = (step for step in walk(session.exercise.steps) if step.id in session.unkept)
    if session.numbers or not any(isinstance(s, Asked) and s.keep and s.id in live for s in steps):
        return session
    kept = questions.keeps_words(terminal, session.exercise)
    return replace(session, unkept=frozenset()) if kept else session


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
        seen = numbers_seen(session)
        if CRISIS_LINES in seen:
            self._numbers(session, frozenset({CRISIS_LINES}))
        if ABUSE_LINES in seen and questions.numbers_stay(terminal, session.exercise):
            self._numbers(session, seen)
        cards = [] if session.private or session.numbers else cards_of(session)
        if cards and questions.card_stays(terminal, session.exercise, saved=saved):
            columns, _ = window_size(self.out, {})
            for card in cards:
                lines = [clean(card.title), "", *clean(card_text(card.parts)).split("\n")]
                self.words.append("\n".join(fit(lines, columns)))

    def write(self) -> None:
        """Write them; the exercise has left the window."""
        self.out.writelines(f"\n{words}\n\n" for words in self.words)
        self.out.flush()

    def _numbers(self, session: Session, wanted: frozenset[str]) -> None:
        self.words[:] = [fitted(say_numbers(session, wanted), self.out)]
