"""The cards that a waiting draft has reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import CoachError
from dbtcoach.insight.kept_cards import values_of
from dbtcoach.journal import drafts
from dbtcoach.journal.seal import is_sealed
from dbtcoach.practice.cards import cards_from
from dbtcoach.sitting.prepare import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dbtcoach.journal.entry import Json
    from dbtcoach.practice.page import FilledCard
    from dbtcoach.world.surroundings import Surroundings


def drafted_cards(around: Surroundings) -> Iterator[tuple[drafts.Waiting, list[FilledCard]]]:
    """Yield each draft that has reached a card, the newest first; the passphrase opens sealed ones.

    Raises JournalError where it stays locked.
    """
    for header in drafts.waiting(around.home):
        draft = drafts.peek(around.home, header.exercise)
        data = draft.session if draft is not None else None
        if data is not None and is_sealed(data):
            data = around.keyring.opener().session(data)
        if data is None:
            continue
        cards = _cards(around, header.exercise, data)
        if cards:
            yield header, cards


def _cards(around: Surroundings, name: str, data: Mapping[str, Json]) -> list[FilledCard]:
    try:
        exercise = around.catalogue.read(name)
    except (CoachError, OSError):  # one of their own, and gone
        return []
    listed, passed = data.get("answers"), data.get("passed")
    answers = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    values = values_of((str(item.get("step")), item.get("value")) for item in answers)
    reached = [step for step in passed if isinstance(step, str)] if isinstance(passed, list) else []
    facts = facts_of(around, around.clock())
    return cards_from(exercise, values, reached, facts)
