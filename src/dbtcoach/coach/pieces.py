"""What a phrase is made of, as it is looked for: at many places of a window at once.

A set of places is a number, and one step of a piece is a shift and a mask, whatever the number of places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.window import Window


class Piece(Protocol):
    """What a tree stands for."""

    @property
    def reach(self) -> int:
        """Return the most words that it can take."""
        ...

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end when it begins at one of these places."""
        ...

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin when it ends at one of these places."""
        ...


class OneWord:
    """One word, or one name of a single word."""

    __slots__ = ("reach", "word")

    def __init__(self, word: str) -> None:
        self.word = word
        self.reach = 1

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        return (starts & window.at.get(self.word, 0)) << 1

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        return (ends >> 1) & window.at.get(self.word, 0)


class AnyWord:
    """Any one of some words."""

    __slots__ = ("reach", "words")

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self.reach = 1

    def where(self, window: Window) -> int:
        """Return where one of the words stands."""
        where, at = 0, window.at
        for word in self.words & window.words:
            where |= at[word]
        return where

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        return (starts & self.where(window)) << 1

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        return (ends >> 1) & self.where(window)


class AnyRow:
    """Any one of some words or rows of words."""

    __slots__ = ("by_key", "keys", "reach")

    def __init__(self, words: frozenset[str], rows: Sequence[tuple[str, ...]]) -> None:
        self.by_key: dict[str, list[tuple[str, ...]]] = {word: [] for word in words}
        for row in rows:
            self.by_key.setdefault(f"{row[0]} {row[1]}", []).append(row)
        self.keys = frozenset(self.by_key)
        self.reach = max(map(len, rows))

    def where(self, window: Window) -> list[tuple[int, int]]:
        """Return where they stand, by how many words they have."""
        found = window.memory.get(self)
        if found is None:
            found = window.memory[self] = self._looked_for(window)
        return found

    def _looked_for(self, window: Window) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        at = window.at
        for key in self.keys & window.words:
            rows = self.by_key[key]
            if not rows:
                found.append((1, at[key]))
            for row in rows:
                where = at[key]
                for shift in range(2, len(row)):
                    where &= at.get(row[shift], 0) >> shift
                if where:
                    found.append((len(row), where))
        return found

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        found = 0
        for size, where in self.where(window):
            found |= (starts & where) << size
        return found

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        found = 0
        for size, where in self.where(window):
            found |= (ends >> size) & where
        return found


class Named(OneWord):
    """A word or several that belong to a list."""

    __slots__ = ()

    def __init__(self, word: str, reach: int) -> None:
        super().__init__(word)
        self.reach = reach

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        found = (starts & window.at.get(self.word, 0)) << 1
        for size, where in window.longer.get(self.word, ()):
            found |= (starts & where) << size
        return found

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        found = (ends >> 1) & window.at.get(self.word, 0)
        for size, where in window.longer.get(self.word, ()):
            found |= (ends >> size) & where
        return found


class Gaps:
    """Up to so many words that open no clause, or with ``wide`` any words; with ``least``, one at least."""

    __slots__ = ("least", "reach", "wide")

    def __init__(self, most: int, *, wide: bool, least: int = 0) -> None:
        self.reach = most
        self.wide = wide
        self.least = least

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        free = window.all if self.wide else window.inner
        found = 0 if self.least else starts
        for _ in range(self.reach):
            starts = (starts & free) << 1
            if not starts:
                break
            found |= starts
        return found

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        free = window.all if self.wide else window.inner
        found = 0 if self.least else ends
        for _ in range(self.reach):
            ends = (ends >> 1) & free
            if not ends:
                break
            found |= ends
        return found


class InRow:
    """One after the other."""

    __slots__ = ("back", "parts", "reach")

    def __init__(self, parts: Sequence[Piece]) -> None:
        self.parts = tuple(parts)
        self.back = self.parts[::-1]
        self.reach = sum(part.reach for part in parts)

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        for part in self.parts:
            starts = part.ends(starts, window)
            if not starts:
                break
        return starts

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        for part in self.back:
            ends = part.starts(ends, window)
            if not ends:
                break
        return ends


class AnyOf:
    """Any one of these; an option is tried only where one of the words is that it cannot do without."""

    __slots__ = ("by_key", "free", "keys", "reach")

    def __init__(self, options: Sequence[tuple[frozenset[str], Piece]]) -> None:
        self.by_key: dict[str, list[Piece]] = {}
        self.free = [piece for keys, piece in options if not keys]
        for keys, piece in options:
            for key in keys:
                self.by_key.setdefault(key, []).append(piece)
        self.keys = frozenset(self.by_key)
        self.reach = max((piece.reach for _keys, piece in options), default=0)

    def options(self, window: Window) -> set[Piece]:
        """Return the options that the words of a window let occur."""
        found = window.options.get(self)
        if found is None:
            found = window.options[self] = set(self.free)
            for key in self.keys & window.words:
                found.update(self.by_key[key])
        return found

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        found = 0
        for option in self.options(window):
            found |= option.ends(starts, window)
        return found

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        found = 0
        for option in self.options(window):
            found |= option.starts(ends, window)
        return found


class OrNothing:
    """This, or nothing."""

    __slots__ = ("part", "reach")

    def __init__(self, part: Piece) -> None:
        self.part = part
        self.reach = part.reach

    def ends(self, starts: int, window: Window) -> int:
        """Return where it may end."""
        return starts | self.part.ends(starts, window)

    def starts(self, ends: int, window: Window) -> int:
        """Return where it may begin."""
        return ends | self.part.starts(ends, window)
