"""A sentence as sets of places: for each word, pair of words and list, the tokens where it stands.

A set of places is a number: bit n stands for the n-th token, or for the place before it. One shift and one
mask then move a phrase on by a word, wherever in the sentence it may stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dbtcoach.coach.words import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.coach.words import Sentence


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists, each as ``<name>``, by word; ``longer`` has entries of several words by the first two."""

    words: dict[str, frozenset[str]] = field(default_factory=dict)
    longer: dict[str, dict[tuple[str, ...], frozenset[str]]] = field(default_factory=dict)

    def add(self, name: str, entries: Iterable[tuple[str, ...]]) -> None:
        """Add entries to a list, each as its words."""
        only, words = frozenset((f"<{name}>",)), self.words
        for entry in entries:
            if len(entry) == 1:
                held = words.get(entry[0])
                words[entry[0]] = only if held is None else held | only
            elif entry:
                beside = self.longer.setdefault(f"{entry[0]} {entry[1]}", {})
                beside[entry] = beside.get(entry, NONE) | only


class Places:
    """The places of one sentence; ``at`` has them by word, by two words in a row and by ``<name>``.

    ``longer`` has those of list entries of several words, each with how many words it has.
    """

    __slots__ = ("all", "at", "inner", "longer", "memory", "opens", "tokens", "words")

    def __init__(self, tokens: Sentence, lexicon: Lexicon) -> None:
        at: dict[str, int] = {}
        inner = 0
        before = ""
        bit = 1
        for token in tokens:
            word = token.word
            at[word] = at.get(word, 0) | bit
            if bit > 1:
                pair = f"{before} {word}"
                at[pair] = at.get(pair, 0) | bit >> 1
            before = word
            if not token.opens:
                inner |= bit
            for mark in token.marks:
                at[f"<{mark}>"] = at.get(f"<{mark}>", 0) | bit
            for name in lexicon.words.get(word, NONE):
                at[name] = at.get(name, 0) | bit
            bit <<= 1
        self.tokens = tokens
        self.at = at
        self.all = bit - 1
        self.inner = inner  # the tokens that open no clause
        self.opens = self.all & ~inner | 1
        self.longer: dict[str, list[tuple[int, int]]] = {}
        for pair in at.keys() & lexicon.longer.keys():
            for entry, names in lexicon.longer[pair].items():
                where = at[pair]
                for shift in range(2, len(entry)):
                    where &= at.get(entry[shift], 0) >> shift
                for name in names if where else ():
                    self.longer.setdefault(name, []).append((len(entry), where))
        self.words = frozenset(at).union(self.longer)
        self.memory: dict[Any, Any] = {}  # what parts of phrases have worked out about this sentence
