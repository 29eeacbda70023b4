"""Which lists a word belongs to, and where in a sentence an entry of several words stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dbtcoach.coach.words import Token

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists, from the side of the words; ``longer`` has entries of several words by their first two."""

    words: Mapping[str, frozenset[str]]
    longer: Mapping[tuple[str, ...], tuple[tuple[tuple[str, ...], frozenset[str]], ...]]

    @property
    def longest(self) -> int:
        """Return how many words the longest entry has."""
        return max((len(entry) for entries in self.longer.values() for entry, _names in entries), default=1)

    def of(self, token: Token) -> frozenset[str]:
        """Return the lists that a token belongs to by itself."""
        return self.words.get(token.word, NONE)

    def spans(self, tokens: Sequence[Token]) -> dict[int, list[tuple[int, frozenset[str]]]]:
        """Return for each start the last token, and the lists, of every entry of several words there."""
        words = tuple(token.word for token in tokens)
        found: dict[int, list[tuple[int, frozenset[str]]]] = {}
        for first in range(len(words)):
            for entry, names in self.longer.get(words[first : first + 2], ()):
                if words[first : first + len(entry)] == entry:
                    found.setdefault(first, []).append((first + len(entry) - 1, names))
        return found
