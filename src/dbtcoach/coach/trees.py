"""What a phrase is made of: words, choices and gaps, in a tree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One of these words, or one of these rows of words: a whole bracket of choices is one place."""

    words: frozenset[str]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A word that belongs to a list, or whose spelling shows something (a number, a time, capitals)."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Any one word; unless it is ``wide``, one that does not open a clause."""

    wide: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """One after the other."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of these."""

    options: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """This, or nothing."""

    part: Tree


Tree = Word | Member | Gap | Chain | Choice | Maybe


def nullable(tree: Tree) -> bool:
    """Return whether a tree can match no word at all."""
    match tree:
        case Chain(parts):
            return all(nullable(part) for part in parts)
        case Choice(options):
            return any(nullable(option) for option in options)
        case Maybe():
            return True
        case _:
            return False


def first(tree: Tree) -> Tree:
    """Return the place that a tree starts with, taking what may be left out as there."""
    while isinstance(tree, Chain | Maybe):
        tree = tree.parts[0] if isinstance(tree, Chain) else tree.part
    return tree
