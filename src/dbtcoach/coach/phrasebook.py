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

    def needed(self, at: int) -> tuple[frozenset[str], ...]:
        """Return sets of which each hit of a phrase holds at least one, as far as its text shows."""
        return all_keys_of(self.texts[at], self.vocabulary)
