"""Phrases that are read when they are first needed, each with the words that it cannot do without."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dbtcoach.coach.keys import all_keys_of, keys_of
from dbtcoach.coach.phrases import Phrase, Vocabulary, parse

if TYPE_CHECKING:
    from collections.abc import Sequence


class Phrases:
    """Some phrases as they are written; few of all rules are needed for one text."""

    def __init__(self, texts: Sequence[str], vocabulary: Vocabulary) -> None:
        """Take the phrases."""
        self.texts = tuple(texts)
        self.vocabulary = vocabulary
        self._read: dict[int, Phrase] = {}
        self._needed: dict[int, tuple[frozenset[str], ...]] = {}

    def phrase(self, at: int) -> Phrase:
        """Return one phrase; raises PhraseError."""
        phrase = self._read.get(at)
        if phrase is None:
            phrase = self._read[at] = parse(self.texts[at], self.vocabulary)
        return phrase

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """For each phrase its keys, as ``keys_of`` finds them."""
        return tuple(keys_of(text, self.vocabulary) for text in self.texts)

    def fits(self, at: int, words: frozenset[str]) -> bool:
        """Return whether a phrase may stand among these words and names, as far as its text shows."""
        needed = self._needed.get(at)
        if needed is None:
            needed = self._needed[at] = all_keys_of(self.texts[at], self.vocabulary)
        return not any(words.isdisjoint(keys) for keys in needed)
