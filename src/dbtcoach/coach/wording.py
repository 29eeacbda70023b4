"""What to write instead, with the person's own words in it where they fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dbtcoach.coach.inflect import Irregular
    from dbtcoach.coach.places import Lexicon
    from dbtcoach.coach.words import Token

SLOTS = ("rest", "past", "words")
MOST_WORDS = 12  # more would be a draft of its own, not an example

_JOINS = frozenset({"and", "but", "because", "so"})
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "this", "that"})

_SLOT = re.compile(r"\{([a-z_]+)\}")


def slots(pattern: str) -> list[str]:
    """Return the names of the slots in a pattern."""
    return _SLOT.findall(pattern)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule spoke: the text, the tokens of its sentence and the first and last of the hit."""

    text: str
    tokens: Sequence[Token]
    first: int
    last: int


def fill(patterns: Sequence[str], place: Place, lexicon: Lexicon, irregular: Irregular) -> str:
    """Return the first pattern whose slots the text can fill, else the last one without its slots.

    ``{rest}`` is what follows the marked words in their clause, ``{past}`` the same with its verb put
    into the past, ``{words}`` the marked words, and any other slot the marked word of that list.
    """
    for pattern in patterns:
        values = {name: _value(name, place, lexicon, irregular) for name in slots(pattern)}
        if all(values.values()):
            return _put(pattern, values)
    return _put(patterns[-1], {})


def _put(pattern: str, values: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: values.get(slot.group(1), "…"), pattern)


def _value(name: str, place: Place, lexicon: Lexicon, irregular: Irregular) -> str:
    tokens = place.tokens
    match name:
        case "words":
            return _between(place, place.first, place.last)
        case "rest":
            return _between(place, place.last + 1, _clause_end(place))
        case "past":
            return _in_past(place, irregular)
        case _:
            hit = tokens[place.first : place.last + 1]
            spans = [
                (first, first + size - 1) for first, size, names in lexicon.spans(hit) if f"<{name}>" in names
            ]
            spans += [(at, at) for at, token in enumerate(hit) if f"<{name}>" in lexicon.of(token)]
            if not spans:
                return ""
            first, last = min(spans, key=lambda span: (span[0], -span[1]))
            return _between(place, place.first + first, place.first + last)


def _clause_end(place: Place) -> int:
    at, tokens = place.last + 1, place.tokens
    while at < len(tokens) and not tokens[at].opens and not _joins(tokens[at : at + 2]):
        at += 1
    return at - 1


def _joins(tokens: Sequence[Token]) -> bool:
    """Return whether a second clause begins here, without a comma: "and I am sick of it"."""
    return len(tokens) > 1 and tokens[0].word in _JOINS and tokens[1].word in _SUBJECTS


def _between(place: Place, first: int, last: int) -> str:
    """Return the text of some tokens, or nothing when they are none, too many or quoted."""
    tokens = place.tokens[first : last + 1]
    if not 1 <= len(tokens) <= MOST_WORDS or any(token.quoted for token in tokens):
        return ""
    return " ".join(place.text[tokens[0].start : tokens[-1].end].split())


def _in_past(place: Place, irregular: Irregular) -> str:
    rest = _between(place, place.last + 1, _clause_end(place))
    verb = place.tokens[place.last + 1].word if rest else ""
    if not rest.lower().startswith(verb) or verb not in irregular:
        return ""
    return irregular[verb][0] + rest[len(verb) :]
