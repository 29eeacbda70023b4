"""Trees become leaves: the places where a word can stand, and which of them may come next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.coach.trees import Chain, Choice, Gap, Maybe, Member, Tree, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Place:
    """What a subtree begins with, ends with, and whether it can be nothing."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    empty: bool


class Layout:
    """The leaves of all phrases laid out so far, from the side of what they accept.

    ``words``, ``rows`` and ``names`` tell which leaves accept a word, a row of words (by its first two)
    and a name; ``gaps`` accept any word, or with ``wide`` any word of any clause.
    """

    def __init__(self) -> None:
        """Start without a phrase."""
        self.follow: list[set[int]] = []
        self.ends: dict[int, list[int]] = {}  # leaf -> the phrases that may end there
        self.words: dict[str, set[int]] = {}
        self.rows: dict[tuple[str, ...], dict[tuple[str, ...], set[int]]] = {}
        self.names: dict[str, set[int]] = {}
        self.gaps: set[int] = set()
        self.wide: set[int] = set()

    def add(self, phrase: int, tree: Tree) -> tuple[int, ...]:
        """Lay out the tree of one more phrase, and return the leaves that it begins with."""
        place = self._place(tree)
        for leaf in place.last:
            self.ends.setdefault(leaf, []).append(phrase)
        return place.first

    def after(self, leaves: Iterable[int]) -> frozenset[int]:
        """Return the leaves that may come after these."""
        return NONE.union(*(self.follow[leaf] for leaf in leaves))

    def ended(self, leaves: Iterable[int]) -> tuple[int, ...]:
        """Return the phrases that may end at one of these leaves, in order."""
        return tuple(sorted({phrase for leaf in leaves for phrase in self.ends.get(leaf, ())}))

    def _place(self, tree: Tree) -> _Place:
        match tree:
            case Chain(parts):
                return self._chained([self._place(part) for part in parts])
            case Choice(options):
                places = [self._place(option) for option in options]
                first = tuple(leaf for place in places for leaf in place.first)
                last = tuple(leaf for place in places for leaf in place.last)
                return _Place(first, last, any(place.empty for place in places))
            case Maybe(part):
                gaps = _gaps(tree)
                if gaps:
                    return self._gapped(gaps)
                place = self._place(part)
                return _Place(place.first, place.last, empty=True)
            case _:
                leaf = self._leaf(tree)
                return _Place((leaf,), (leaf,), empty=False)

    def _leaf(self, tree: Word | Member | Gap) -> int:
        leaf = len(self.follow)
        self.follow.append(set())
        match tree:
            case Word(words, rows):
                for word in words:
                    self.words.setdefault(word, set()).add(leaf)
                for row in rows:
                    self.rows.setdefault(row[:2], {}).setdefault(row, set()).add(leaf)
            case Member(name):
                self.names.setdefault(name, set()).add(leaf)
            case Gap(wide):
                (self.wide if wide else self.gaps).add(leaf)
        return leaf

    def _gapped(self, gaps: list[Gap]) -> _Place:
        """Lay out a run of gaps in one go: there are thousands, and each would be a nest of its own."""
        leaves = tuple(self._leaf(gap) for gap in gaps)
        for leaf in leaves[:-1]:
            self.follow[leaf].add(leaf + 1)
        return _Place(leaves[:1], leaves, empty=True)

    def _chained(self, places: list[_Place]) -> _Place:
        whole = places[0]
        for place in places[1:]:
            for leaf in whole.last:
                self.follow[leaf].update(place.first)
            whole = _Place(
                whole.first + place.first if whole.empty else whole.first,
                whole.last + place.last if place.empty else place.last,
                whole.empty and place.empty,
            )
        return whole


def _gaps(tree: Tree) -> list[Gap]:
    """Return the gaps of a tree that is nothing else: each may be left out, with all behind it."""
    gaps: list[Gap] = []
    while isinstance(tree, Maybe):
        part = tree.part
        if isinstance(part, Gap):
            return [*gaps, part]
        if not isinstance(part, Chain) or len(part.parts) != 2 or not isinstance(part.parts[0], Gap):  # noqa: PLR2004 - a gap and the rest
            return []
        gaps.append(part.parts[0])
        tree = part.parts[1]
    return []
