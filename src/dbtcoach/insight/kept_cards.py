"""The cards of an entry: as it keeps them, or made from its answers where an earlier release saved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import CoachError
from dbtcoach.practice.cards import cards_from
from dbtcoach.practice.page import CardPart, FilledCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dbtcoach.journal.entry import Entry, Json
    from dbtcoach.practice.session import Value
    from dbtcoach.script.model import Exercise


def cards_of_entry(entry: Entry, read: Callable[[str], Exercise]) -> list[FilledCard]:
    """Return the cards of an entry; ``read`` gives the exercise of a name, as a catalogue does."""
    if entry.cards is not None:
        return [card for found in entry.cards for card in _card(found)]
    try:
        exercise = read(entry.exercise)
    except (CoachError, OSError):
        return []
    return cards_from(exercise, values_of((saved.step, saved.value) for saved in entry.answers))


def values_of(answers: Iterable[tuple[str, Json]]) -> dict[str, Value]:
    """Return saved answers by step id, as a session has them; what no step can have is left out."""
    return {step: value for step, found in answers if (value := _value(found)) is not None}


def _value(found: Json) -> Value | None:
    match found:
        case bool() | int() | str():
            return found
        case list() | tuple():
            return tuple(item for item in found if isinstance(item, str))
        case dict():
            return {name: number for name, number in found.items() if isinstance(number, int)}
        case _:
            return None


def _card(found: Json) -> Iterator[FilledCard]:
    if not isinstance(found, dict):
        return
    listed = found.get("parts")
    parts = (
        tuple(_part(each) for each in listed if isinstance(each, dict)) if isinstance(listed, list) else ()
    )
    if any(part.text for part in parts):
        yield FilledCard(_text(found.get("title")), parts)


def _part(found: Mapping[str, Json]) -> CardPart:
    return CardPart(_text(found.get("title")), _text(found.get("text")), found.get("for") == "me")


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
