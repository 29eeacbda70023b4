"""The cards of a session, and of answers that were saved before cards were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.practice.as_answered import as_answered
from dbtcoach.practice.course import holds, live_answers
from dbtcoach.practice.messages import card_parts, fill
from dbtcoach.practice.page import FilledCard
from dbtcoach.script.contents import guards_of, texts_of
from dbtcoach.script.facts import is_fact, references
from dbtcoach.script.model import Asked, Card, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dbtcoach.practice.session import Facts, Session, Value
    from dbtcoach.script.model import Exercise


def cards_of(session: Session, hidden: frozenset[str] = frozenset()) -> list[FilledCard]:
    """Return every card that was reached; of those with the same title the last, which says most.

    Answers of ``hidden`` steps are not in them.
    """
    reached = (
        step for step in walk(session.exercise.steps) if isinstance(step, Card) and step.id in session.passed
    )
    return _filled(session, reached, hidden)


def cards_from(
    exercise: Exercise,
    values: Mapping[str, Value],
    reached: Collection[str] | None = None,
    facts: Facts | None = None,
) -> list[FilledCard]:
    """Return the cards that answers make: of a draft those it ``reached``, else as far as that is certain.

    What was kept nowhere cannot be known of an entry: a card that hangs on such an answer is left out, and
    so is one that names a time, or that has no word of the person in it.
    """
    facts = facts or {}
    steps = walk(exercise.steps)
    session = as_answered(exercise, values, reached or (), facts)
    live = live_answers(session)
    kept_nowhere = {step.id for step in steps if isinstance(step, Asked) and not step.keep}

    def shown(card: Card) -> bool:
        if not holds(card.when, live, facts):
            return False
        if reached is not None:  # nothing is drafted after an answer that would have to hide it
            return card.id in reached
        names = {name for text in texts_of(card) for name in references(text)}
        keys = {guard.key for guard in guards_of(card)}
        return not keys & kept_nowhere and not any(map(is_fact, names)) and bool(names & live.keys())

    return _filled(session, (step for step in steps if isinstance(step, Card) and shown(step)), frozenset())


def _filled(session: Session, cards: Iterable[Card], hidden: frozenset[str]) -> list[FilledCard]:
    found: dict[str, FilledCard] = {}
    for card in cards:
        parts = card_parts(session, card, hidden)
        if parts:
            title = fill(session, card.title, hidden)
            found[title] = FilledCard(title, parts)
    return list(found.values())
