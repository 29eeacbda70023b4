"""The second reader: weighs every word of a text, and hears danger for which no rule has a name.

It is a sum of small numbers, one for each word, pair, triple and group of letters, from a table that
``benchmarks/second_reader.py`` makes. It understands nothing: it may bring the quiet line, or take it away,
and say whether a rule that is unsure is to be believed. It writes no note.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.model import Safety
    from dbtcoach.coach.words import Sentence, Token

FILE = "second_reader.bin"
MOST_BYTES = 64 * 1024
STOP = "."  # stands wherever a clause begins, and at the end
WINDOW = 24  # words that are weighed together: one line of danger must not drown in a long letter
_WORD, _PAIR, _TRIPLE = 1, 2, 3  # keep words apart from letters that look like them


@dataclass(frozen=True, slots=True)
class Weighed:
    """The stretch of a text that is most like words about danger: its score, and what each word adds."""

    score: float
    words: tuple[tuple[Token, float], ...] = ()

    def heaviest(self, most: int = 3) -> list[Token]:
        """Return the words that spoke most for danger, heaviest first."""
        ranked = sorted(self.words, key=lambda one: -one[1])
        return [token for token, weight in ranked[:most] if weight > 0]


class Cuts(NamedTuple):
    """The scores at which the second reader has something to say."""

    brings: float  # from here on it brings the quiet line by itself
    believes: float  # from here on it believes a rule that is unsure
    doubts: float  # below this it does not even ask quietly about what a rule is unsure of


@dataclass(frozen=True, slots=True)
class SecondReader:
    """A table of weights, and when to speak; made by ``read``."""

    weights: array[int]  # a power of two of them, so that a hash can be cut to a place
    scale: float
    bias: float
    cuts: Cuts

    def settle(self, sentences: Sequence[Sentence], unsure: Safety | None, *, quiet: bool) -> Safety | None:
        """Return the answer to a text about which no rule is sure.

        ``unsure`` is what a rule would answer that is not sure, and ``quiet`` whether another asks for the
        quiet line: the answer is the first, the quiet line, or none.
        """
        score = self.weigh(sentences).score
        if unsure and score >= self.cuts.believes:
            return unsure
        enough = self.cuts.doubts if unsure else self.cuts.brings
        return "soft" if quiet or score >= enough else None

    def weigh(self, sentences: Sequence[Sentence]) -> Weighed:
        """Return what weighs most in a text, in time that grows with its length alone."""
        tokens = stream(sentences)
        if not tokens:
            return Weighed(self.bias)
        marks = features([word for word, _token in tokens], len(self.weights) - 1)
        weights = [sum(map(self.weights.__getitem__, places)) for places in marks]
        sums, counts = [0, *accumulate(weights)], [0, *accumulate(map(len, marks))]

        def value(window: tuple[int, int]) -> float:
            first, end = window
            return (sums[end] - sums[first]) / sqrt(counts[end] - counts[first])

        first, end = max(windows(len(tokens)), key=value)
        unit = self.scale / sqrt(counts[end] - counts[first])
        words = tuple(
            (token, weight * unit)
            for (_word, token), weight in zip(tokens[first:end], weights[first:end], strict=True)
            if token is not None
        )
        return Weighed(self.bias + self.scale * value((first, end)), words)


def read(content: bytes) -> SecondReader:
    """Return the reader of a file: a line of JSON with the scores, then a byte for each weight."""
    head, _newline, weights = content.partition(b"\n")
    known = json.loads(head)
    cuts = Cuts(*(float(known["cuts"][name]) for name in Cuts._fields))
    return SecondReader(array("b", weights), float(known["scale"]), float(known["bias"]), cuts)


def windows(words: int) -> list[tuple[int, int]]:
    """Return which stretches of so many words are weighed: all of a short text, or each half overlapping."""
    if words <= WINDOW:
        return [(0, words)]
    step = WINDOW // 2
    return [(first, min(first + WINDOW, words)) for first in range(0, words - step, step)]


def stream(sentences: Sequence[Sentence]) -> list[tuple[str, Token | None]]:
    """Return the words of a text with a stop between its clauses; a number is a number, whichever it is."""
    found: list[tuple[str, Token | None]] = []
    for sentence in sentences:
        for token in sentence:
            if token.opens:
                found.append((STOP, None))
            found.append(("0" if token.marks & {"number", "time"} else token.word, token))
    return [*found, (STOP, None)] if found else []


def features(words: Sequence[str], mask: int) -> list[list[int]]:
    """Return for each word the places in the table of what ends in it: words, pairs, triples, letters."""
    text = f" {' '.join(words)} ".encode()
    found: list[list[int]] = []
    end = 1
    for at, word in enumerate(words):
        places = [crc32(word.encode(), _WORD) & mask]
        if at:
            places.append(crc32(f"{words[at - 1]} {word}".encode(), _PAIR) & mask)
        if at > 1:
            places.append(crc32(f"{words[at - 2]} {words[at - 1]} {word}".encode(), _TRIPLE) & mask)
        first, end = end + 1, end + len(word.encode()) + 1  # up to the space behind the word
        for last in range(first, end + 1):
            places += [crc32(text[last - size : last]) & mask for size in (3, 4, 5) if size <= last]
        found.append(places)
    return found
