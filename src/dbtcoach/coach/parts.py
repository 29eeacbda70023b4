"""The pieces of a phrase that stand by themselves, words, lists and gaps, at all places of a sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from dbtcoach.coach.words import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dbtcoach.coach.places import Places


class Part(ABC):
    """A piece of a phrase. Sets of places are bits of a number, as ``Places`` has them."""

    keys = (
        NONE  # words, pairs and names of which each hit of it holds one; none where it may be no word at all
    )

    def possible(self, places: Places) -> bool:
        """Return whether the words of a sentence let it stand there; if not, it need not be tried."""
        return not self.keys or not self.keys.isdisjoint(places.words)

    @abstractmethod
    def heads(self, places: Places) -> int:
        """Return where its first word may stand."""

    @abstractmethod
    def after(self, starts: int, places: Places) -> int:
        """Return where it may end when it begins at one of some places."""


class Words(Part):
    """One of some words, or of some rows of words."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows
        self.keys = frozenset([row[0] if len(row) == 1 else f"{row[0]} {row[1]}" for row in rows])

    @cached_property
    def _by_key(self) -> dict[str, list[Sequence[str]]]:
        found: dict[str, list[Sequence[str]]] = {}
        for row in self._rows:
            found.setdefault(" ".join(row[:2]), []).append(row)
        return found

    def where(self, places: Places) -> list[tuple[int, int]]:
        """Return how many words stand where, once for each sentence."""
        found: list[tuple[int, int]] | None = places.memory.get(self)
        if found is None:
            found = places.memory[self] = list(self._where(places))
        return found

    def _where(self, places: Places) -> Iterator[tuple[int, int]]:
        at = places.at
        for key in self.keys & places.words:
            for row in self._by_key[key]:
                where = at[key]
                for shift in range(2, len(row)):
                    where &= at.get(row[shift], 0) >> shift
                if where:
                    yield len(row), where

    def heads(self, places: Places) -> int:
        heads = 0
        for _size, where in self.where(places):
            heads |= where
        return heads

    def after(self, starts: int, places: Places) -> int:
        found = 0
        for size, where in self.where(places):
            found |= (starts & where) << size
        return found


class Named(Words):
    """A word, or several, that belong to a list; or a word whose spelling shows something."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.keys = frozenset((name,))

    def _where(self, places: Places) -> Iterator[tuple[int, int]]:
        if self._name in places.at:
            yield 1, places.at[self._name]
        yield from places.longer.get(self._name, ())


class Gap(Part):
    """Up to so many words that open no clause, or with ``wide`` any words; no phrase begins in one."""

    def __init__(self, most: int, *, wide: bool) -> None:
        self._most = most
        self._wide = wide

    def heads(self, places: Places) -> int:  # noqa: ARG002
        return 0

    def after(self, starts: int, places: Places) -> int:
        free = places.all if self._wide else places.inner
        found = starts
        for _ in range(self._most):
            starts = (starts & free) << 1
            if not starts:
                break
            found |= starts
        return found


class Maybe(Part):
    """A part, or nothing."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def heads(self, places: Places) -> int:
        return self._part.heads(places)

    def after(self, starts: int, places: Places) -> int:
        return starts | self._part.after(starts, places)
