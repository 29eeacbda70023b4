"""How unusual spellings are read, so that a rule is written once.

``ur``, ``you're``, ``YOU’RE``, ``you re`` and ``youre`` are all "you are"; ``sooooo`` is "so"; ``d i e`` and
``d1e`` are "die".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_WORD = 40  # letters; longer ones are noise, and are cut before any look-up
LONG = re.compile(r"(.)\1{2,}")

_STANDS_FOR = str.maketrans("01345$@", "oieassa")  # digits and signs in the place of letters: "su1cide"
_STAND_ALONE = frozenset("abciknoruvwxy")  # "r u ok", "b n q": each may be a word
_SUFFIXES = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
ENDINGS = frozenset({"t", "s", *_SUFFIXES})  # what an apostrophe parts from a word
_IS = frozenset(
    "he she it that this there what who where how why when here one everything everyone everybody nothing "  # noqa: SIM905 - read at a glance
    "nobody someone somebody something".split()
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word to plain words, by itself or because of the word after it."""

    plain: Mapping[str, tuple[str, ...]]
    you_are: frozenset[str] = frozenset()  # words before which "ur" and "your" stand for "you are"
    known: Callable[[], frozenset[str]] = frozenset  # what a lengthened or split word is led back to

    def bare(self, surface: str) -> str:
        """Return a word as it is looked up: without marks around it, digits in it read as letters."""
        word = surface[:LONGEST_WORD].lower().rstrip("'")
        if word not in self.plain:
            word = word.rstrip("*'") or word
            if not word.isalpha():
                word = word.translate(_STANDS_FOR)
        return word

    def words(self, word: str) -> tuple[str, ...]:
        """Return the plain words that a bare word stands for."""
        if word in self.plain:
            return self.plain[word]
        if "'" in word:
            return self._uncontracted(word)
        if LONG.search(word) and word not in self.known():
            double, single = LONG.sub(r"\1\1", word), LONG.sub(r"\1", word)
            word = double if double in self.known() and single not in self.known() else single
            return self.plain.get(word, (word,))
        return (word,)

    def _uncontracted(self, word: str) -> tuple[str, ...]:
        head, _, tail = word.partition("'")
        if tail == "t" and head.endswith("n"):
            return (*self.plain.get(head[:-1], (head[:-1],)), "not")
        if tail == "s":
            return (head, "is" if head in _IS else "us" if head == "let" else "'s")
        if tail in _SUFFIXES:
            return (head, _SUFFIXES[tail])
        whole = word.replace("'", "")
        return self.plain.get(whole, (whole,))

    def mixed(self, word: str) -> tuple[str, ...]:
        """Return the words of "gr8", or the number and the word of something like "3days" or "ward6"."""
        at = 1 if word[0].isdigit() else -1
        return self.plain.get(word, (word[:at], word[at:]))

    def together(self, letters: str) -> tuple[str, ...]:
        """Return the words that letters standing apart spell: the fewest known ones, else one long word."""
        ways: list[tuple[str, ...] | None] = [()]  # for each place how to get there
        if _STAND_ALONE.issuperset(letters):
            ways = [tuple(letters)]
        else:
            known = self.known()
            for end in range(1, len(letters) + 1):
                before = ((way, letters[at:end]) for at, way in enumerate(ways) if way is not None)
                ways.append(
                    min(((*way, word) for way, word in before if word in known), key=len, default=None)
                )
        return tuple(plain for word in ways[-1] or (letters,) for plain in self.plain.get(word, (word,)))
