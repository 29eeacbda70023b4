"""The words, or pairs of words in a row, that a phrase cannot do without.

They are found in its text without reading all of it. A text without any of them holds no hit of the
phrase, so that the phrase need not be read for it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from dbtcoach.coach.phrases import FLAT, MAX_LENGTH, rows_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.phrases import Vocabulary

NONE: frozenset[str] = frozenset()

# Brackets with what is in them, down to the third inside another; a bracket by itself is deeper than that.
_ITEM = re.compile(
    r"\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)"
    r"|\[[^\[\]]*(?:\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\][^\[\]]*)*\]"
    r"|[|()\[\]$^]|<[a-z_]+>|,?\.\.\.\d+|,|~[a-z]+|[^\s()\[\]|$^,<~.]+",
    re.IGNORECASE,
)

_LOWER = re.compile(r"[a-z |]+")  # choices of plain words
_BRACKETS = frozenset("()[]")
_CUT = _BRACKETS | {"|"}

# Words that most sentences hold: a phrase that needs one of these and a rarer one goes by the rarer.
COMMON = frozenset(
    "a about all am an and any are as at be because been but by can could did do does for from get go got "  # noqa: SIM905 - read at a glance
    "had has have he her him his how i if in is it just know like me more my never no not of on one or our "
    "out over she should so that the their them then they this to up us want was we were what when who will "
    "with would you your".split()
)
_COMMONEST = frozenset(
    {"a", "and", "i", "it", "me", "my", "the", "to", "you"}
)  # half of all sentences hold one
_COMMONER = 5  # times as common as other common words


def keys_of(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return words, pairs of words and names (``<name>``) of which each hit of a phrase holds at least one.

    None are returned when the text does not show them; then the phrase may stand in any sentence.
    """
    return _of_choice(_ITEM.findall(text), vocabulary)


def all_keys_of(text: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """Return every set of which each hit of a phrase holds at least one, as far as shown, rarest first."""
    items = _ITEM.findall(text)
    if not _CUT.isdisjoint(items):
        return ()
    found = sorted((_of_item(item, vocabulary) for item in items), key=itemgetter(1))
    return tuple(keys for keys, _common in found if keys)


def _of_choice(items: list[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the keys of a choice of chains: those of every chain together, or none when one has none."""
    if _CUT.isdisjoint(items):
        return _rarest(items, vocabulary)
    if not _BRACKETS.isdisjoint(items):
        return NONE
    found: set[str] = set()
    chain: list[str] = []
    for item in (*items, "|"):
        if item != "|":
            chain.append(item)
            continue
        keys = _rarest(chain, vocabulary)
        if not keys:
            return NONE
        found |= keys
        chain = []
    return frozenset(found)


def _rarest(items: list[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the keys of that item of a chain which the fewest sentences will hold, shorter items first."""
    best, least = NONE, MAX_LENGTH
    for item in sorted(items, key=len):
        keys, common = vocabulary.keys.get(item) or _of_item(item, vocabulary)
        if keys and common < least:
            best, least = keys, common
            if not common:
                break
    return best


def _of_item(item: str, vocabulary: Vocabulary) -> tuple[frozenset[str], int]:
    """Return the keys of an item, and how many of them are common."""
    found = vocabulary.keys.get(item)
    if found is None:
        keys = _read(item, vocabulary)
        named = sum(key.startswith("<") for key in keys) if "<" in item else 0
        common = len(keys & COMMON) + (_COMMONER - 1) * len(keys & _COMMONEST)
        found = vocabulary.keys[item] = (keys, named + common)
    return found


def _read(item: str, vocabulary: Vocabulary) -> frozenset[str]:
    first = item[0]
    if first == "(":
        body = item[1:-1]
        if _LOWER.fullmatch(body) and vocabulary.spelling.keys().isdisjoint(body.replace("|", " ").split()):
            return frozenset(row if " " not in row else _rare(row.split()) for row in body.split("|"))
        if FLAT.fullmatch(item):
            return frozenset(_rare(row) for row in rows_of(body, vocabulary))
        return _of_choice(_ITEM.findall(body), vocabulary)
    if first == "<":
        return vocabulary.named_keys(item[1:-1])
    if first == "~":
        return frozenset(vocabulary.forms(item[1:].lower()))
    if first in "[.,$^":
        return NONE
    return frozenset(words_of(item, vocabulary)[:1])


def _rare(row: Sequence[str]) -> str:
    """Return the pair of words in a row to go by: with as few common ones as there is, or the only word."""
    if len(row) <= 2:  # noqa: PLR2004 - a word, or one pair
        return " ".join(row)
    best, least = "", MAX_LENGTH
    for first, second in pairwise(row):
        common = (first in COMMON) + (second in COMMON)
        if common < least:
            best, least = f"{first} {second}", common
            if not common:
                break
    return best
