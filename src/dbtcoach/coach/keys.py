"""The words that a phrase cannot do without, found in its text without reading all of it.

A text without any of them holds no hit of the phrase, so that the phrase need not be read for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dbtcoach.coach.phrases import FLAT, MAX_LENGTH, rows_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dbtcoach.coach.phrases import Vocabulary

NONE: frozenset[str] = frozenset()

# Brackets with what is in them, down to the third inside another; a bracket by itself is deeper than that.
_ITEM = re.compile(
    r"\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)"
    r"|\[[^\[\]]*(?:\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\][^\[\]]*)*\]"
    r"|[|()\[\]$^]|<[a-z_]+>|,?\.\.\.\d+|,|~[a-z]+|[^\s()\[\]|$^,<~.]+",
    re.IGNORECASE,
)

# Words that most sentences hold: a phrase that needs one of these and a rarer one goes by the rarer.
COMMON = frozenset(
    "a about all am an and any are as at be because been but by can could did do does for from get go got "  # noqa: SIM905 - read at a glance
    "had has have he her him his how i if in is it just know like me more my never no not of on one or our "
    "out over she should so that the their them then they this to up us want was we were what when who will "
    "with would you your".split()
)


def keys_of(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return words, and names as ``<name>``, of which each hit of a phrase holds at least one.

    None are returned when the text does not show them; then the phrase may stand in any sentence.
    """
    return _needed(_ITEM.findall(text), vocabulary)


def _needed(items: list[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the keys of a choice of chains: those of every chain together, or none when one has none."""
    if "(" in items or "[" in items or ")" in items or "]" in items:
        return NONE
    if "|" not in items:
        return _rarest(items, vocabulary)
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


def _rarest(items: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the keys of that item of a chain which the fewest sentences will hold, shorter items first."""
    best, least = NONE, MAX_LENGTH
    for item in sorted(items, key=len):
        keys, common = _keys(item, vocabulary)
        if keys and common < least:
            best, least = keys, common
            if not common:
                break
    return best


def _keys(item: str, vocabulary: Vocabulary) -> tuple[frozenset[str], int]:
    """Return the keys of an item, and how many of them are common."""
    known = vocabulary.keys.get(item)
    if known is None:
        keys = _of_item(item, vocabulary)
        common = sum(key.startswith("<") for key in keys) if "<" in item else 0
        known = vocabulary.keys[item] = (keys, common + len(keys & COMMON))
    return known


def _of_item(item: str, vocabulary: Vocabulary) -> frozenset[str]:
    first = item[0]
    if first == "(":
        if FLAT.fullmatch(item):
            return frozenset(
                row[0] if len(row) == 1 else _rare(row) for row in rows_of(item[1:-1], vocabulary)
            )
        return _needed(_ITEM.findall(item[1:-1]), vocabulary)
    if first == "<":
        return vocabulary.named_keys(item[1:-1])
    if first == "~":
        return frozenset(vocabulary.forms(item[1:].lower()))
    if first in "[.,$^":
        return NONE
    return frozenset(words_of(item, vocabulary)[:1])


def _rare(row: Sequence[str]) -> str:
    """Return the word of a row to go by: a rare one, and of these the longest."""
    return max((word for word in row if word not in COMMON), key=len, default=row[0] if row else "")
