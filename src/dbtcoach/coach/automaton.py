"""Many phrases, looked for together in time linear in the text.

A phrase is read and laid out when a text first holds the words that it cannot do without: most never are.
Then all places of a window are tried at once, so that a phrase costs a few steps and not a few for each word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.coach.layout import Layout

if TYPE_CHECKING:
    from dbtcoach.coach.lexicon import Lexicon
    from dbtcoach.coach.phrasebook import Phrases
    from dbtcoach.coach.pieces import Piece
    from dbtcoach.coach.window import Reading, Window

LEAST_REACH = 64  # words that windows have in common, when no phrase needs more


@dataclass(frozen=True, slots=True)
class Hit:
    """Phrase ``phrase`` covers the tokens from ``first`` to ``last``, both included."""

    phrase: int
    first: int
    last: int


@dataclass(slots=True, eq=False)
class _Entry:
    """A text of a phrase, the numbers of all phrases that have it, and what is known of it so far."""

    book: Phrases
    at: int
    numbers: list[int]
    needed: tuple[frozenset[str], ...] | None = None
    piece: Piece | None = None
    leads: str = ""
    ends: bool = False


class Automaton:
    """All phrases of one set; ``hits`` finds where each of them stands."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the lists that words belong to."""
        self.lexicon = lexicon
        self.layout = Layout(lexicon.longest)
        self.count = 0
        self.reach = LEAST_REACH
        self.entries: dict[str, _Entry] = {}
        self.by_key: dict[str, list[_Entry]] = {}  # phrases that show no key stand under ""

    def add(self, book: Phrases) -> None:
        """Take more phrases; all are numbered through in the order in which they come.

        All books have one vocabulary, so that phrases with the same text are one.
        """
        for at, keys in enumerate(book.keys):
            entry = self.entries.get(book.texts[at])
            if entry is None:
                entry = self.entries[book.texts[at]] = _Entry(book, at, [])
                for key in keys or ("",):
                    self.by_key.setdefault(key, []).append(entry)
            entry.numbers.append(self.count)
            self.count += 1

    def hits(self, reading: Reading) -> list[Hit]:
        """Return, for every start, the longest hit of each phrase; by start, then by the shortest hit."""
        while True:
            reach = self.reach
            found = [hit for window in reading.windows(reach) for hit in self._within(window)]
            if self.reach == reach:  # else a phrase was read that may have reached beyond a window
                return found

    def _within(self, window: Window) -> list[Hit]:
        found: list[tuple[int, int, int, int]] = []
        for entry in self._candidates(window):
            if entry.piece is None:
                self._read(entry)
            if entry.piece is not None:
                found.extend(_found(entry, entry.piece, window))
        base = window.base
        return [Hit(number, base + first, base + last) for first, _least, number, last in sorted(found)]

    def _candidates(self, window: Window) -> list[_Entry]:
        """Return the phrases that the words of a window let occur."""
        words = window.words
        some: dict[_Entry, None] = dict.fromkeys(self.by_key.get("", ()))
        for word in words & self.by_key.keys():
            some.update(dict.fromkeys(self.by_key[word]))
        found: list[_Entry] = []
        for entry in some:
            needed = entry.needed
            if needed is None:
                needed = entry.needed = entry.book.needed(entry.at)
            for keys in needed:
                if words.isdisjoint(keys):
                    if keys is not needed[0]:  # it is the first to be tried next time
                        entry.needed = (keys, *(other for other in needed if other is not keys))
                    break
            else:
                found.append(entry)
        return found

    def _read(self, entry: _Entry) -> None:
        phrase = entry.book.phrase(entry.at)
        entry.piece = self.layout.piece(phrase.tree)
        entry.leads, entry.ends = phrase.leads, phrase.ends
        while self.reach < entry.piece.reach:
            self.reach *= 2


def _found(entry: _Entry, piece: Piece, window: Window) -> list[tuple[int, int, int, int]]:
    """Return the hits of a phrase: the first token, the last of the shortest, the number, the last."""
    allowed = window.final if entry.ends else window.all << 1
    starts = piece.starts(allowed, window) & window.begins
    if starts and entry.leads:
        starts &= window.opens if entry.leads == "," else int(window.base == 0)
    found: list[tuple[int, int, int, int]] = []
    while starts:
        start = starts & -starts
        starts ^= start
        ends = piece.ends(start, window) & allowed
        first, least, last = (one.bit_length() - 1 for one in (start, (ends & -ends) >> 1, ends >> 1))
        found.extend((first, least, number, last) for number in entry.numbers)
    return found
