"""Trees become pieces; a tree that several phrases share, such as a part, becomes one."""

from __future__ import annotations

from dbtcoach.coach.keys import COMMON
from dbtcoach.coach.pieces import AnyOf, AnyRow, AnyWord, Gaps, InRow, Named, OneWord, OrNothing, Piece
from dbtcoach.coach.trees import Chain, Choice, Gap, Maybe, Member, Tree, Word, nullable

NONE: frozenset[str] = frozenset()


class Layout:
    """Makes the pieces of phrases."""

    def __init__(self, longest: int) -> None:
        """Take how many words the longest name of a list has."""
        self._longest = longest
        self._rows: dict[Word, AnyRow] = {}
        self._choices: dict[int, tuple[Tree, Piece]] = {}  # by identity: a part is the same everywhere

    def piece(self, tree: Tree) -> Piece:
        """Return the piece that finds a phrase, which never begins in a gap."""
        return self._piece(_led(tree) if _opens_with_gap(tree) else tree)

    def _piece(self, tree: Tree) -> Piece:
        match tree:
            case Word(words, ()):
                return OneWord(*words) if len(words) == 1 else AnyWord(words)
            case Word(words, rows):
                if tree not in self._rows:
                    self._rows[tree] = AnyRow(words, rows)
                return self._rows[tree]
            case Member(name):
                return Named(f"<{name}>", self._longest)
            case Gap(wide):
                return Gaps(1, wide=wide, least=1)
            case Chain(parts):
                return InRow([self._piece(part) for part in parts])
            case Choice(options):
                return self._choice(tree, options)
            case Maybe(part):
                gaps = _gaps(tree)
                return Gaps(len(gaps), wide=gaps[0].wide) if gaps else OrNothing(self._piece(part))

    def _choice(self, tree: Tree, options: tuple[Tree, ...]) -> Piece:
        shared = self._choices.get(id(tree))
        if shared is None:
            piece = AnyOf([(_needed(option), self._piece(option)) for option in options])
            shared = self._choices[id(tree)] = (tree, piece)
        return shared[1]


def _needed(tree: Tree) -> frozenset[str]:
    """Return words, pairs and names of which every hit of a tree holds one; none when it can do without."""
    match tree:
        case Word(words, rows):
            return words.union(f"{row[0]} {row[1]}" for row in rows)
        case Member(name):
            return frozenset((f"<{name}>",))
        case Chain(parts):
            found = [keys for keys in map(_needed, parts) if keys]
            return min(found, key=lambda keys: (len(keys & COMMON), len(keys)), default=NONE)
        case Choice(options):
            each = [_needed(option) for option in options]
            return NONE.union(*each) if all(each) else NONE
        case _:
            return NONE


def _opens_with_gap(tree: Tree) -> bool:
    match tree:
        case Gap():
            return True
        case Maybe(part):
            return _opens_with_gap(part)
        case Choice(options):
            return any(map(_opens_with_gap, options))
        case Chain(parts):
            for part in parts:
                if _opens_with_gap(part):
                    return True
                if not nullable(part):
                    return False
            return False
        case Word() | Member():
            return False


def _led(tree: Tree) -> Tree:
    """Return what a tree stands for without all that is nothing or begins in a gap."""
    match tree:
        case Gap():
            return Choice(())
        case Maybe(part):
            return _led(part)
        case Choice(options):
            return Choice(tuple(map(_led, options)))
        case Chain(parts):
            led: list[Tree] = []
            for at, part in enumerate(parts):
                led.append(Chain((_led(part), *parts[at + 1 :])))
                if not nullable(part):
                    break
            return Choice(tuple(led))
        case Word() | Member():
            return tree


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
