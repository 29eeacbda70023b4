"""What to write instead, with the person's own words in it where they fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.lists import Irregular
    from dbtcoach.coach.words import Token

SLOTS = ("rest", "past", "words")
MOST_WORDS = 12  # more would be a draft of its own, not an example

_JOINS = frozenset({"and", "but", "because", "so"})
_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "this", "that"})
_SLOT = re.compile(r"\{([a-z_]+)\}")


def slots(pattern: str) -> list[str]:
    """Return the names of the slots in a pattern."""
    return _SLOT.findall(pattern)


def fill(
    patterns: Sequence[str], text: str, tokens: Sequence[Token], hit: tuple[int, int], irregular: Irregular
) -> str:
    """Return the first pattern whose slots the text can fill, else the last one without its slots.

    ``{words}`` are the marked words, ``{rest}`` is what follows them in their clause, and ``{past}`` the same
    with its verb put into the past.
    """
    first, last = hit
    end = last + 1
    while end < len(tokens) and not tokens[end].opens and not _joins(tokens[end : end + 2]):
        end += 1
    rest = _own(text, tokens[last + 1 : end])
    verb = tokens[last + 1].word if rest else ""
    regular = not rest.lower().startswith(verb) or verb not in irregular
    values = {
        "words": _own(text, tokens[first : last + 1]),
        "rest": rest,
        "past": "" if regular else irregular[verb][0] + rest[len(verb) :],
    }
    for pattern in patterns:
        if all(values[name] for name in slots(pattern)):
            return _SLOT.sub(lambda slot: values[slot[1]], pattern)
    return _SLOT.sub("…", patterns[-1])


def _joins(tokens: Sequence[Token]) -> bool:
    """Return whether a second clause begins here, without a comma: "and I am sick of it"."""
    return len(tokens) > 1 and tokens[0].word in _JOINS and tokens[1].word in _SUBJECTS


def _own(text: str, tokens: Sequence[Token]) -> str:
    """Return the text of some tokens, or nothing when they are none, too many or quoted."""
    if not 1 <= len(tokens) <= MOST_WORDS or any(token.quoted for token in tokens):
        return ""
    return " ".join(text[tokens[0].start : tokens[-1].end].split())
