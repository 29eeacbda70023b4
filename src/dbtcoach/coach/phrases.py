"""The language that rules are written in: a phrase becomes a tree of words, choices and gaps.

``you (always|never) ~forget [about] ...2 <kin>`` reads: the word "you", one of two words, any form of
"forget", "about" or nothing, up to two words of the same clause, a word or name from the list "kin".
``,...2`` is a gap that may run on into the next clause.
``^`` in front ties a phrase to the start of a sentence, ``,`` to the start of a clause, ``$`` behind it to
the end of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.coach.trees import Chain, Choice, Gap, Maybe, Tree, Word, first, nullable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MAX_GAP = 12
MAX_NESTING = 6
MAX_LENGTH = 4000  # characters of one phrase

FLAT = re.compile(r"\([a-z0-9'’ |-]*\)|\[[a-z0-9'’ |-]*\]", re.IGNORECASE)  # a bracket with words only
_PIECE = re.compile(
    rf"\s*(?:(?P<flat>{FLAT.pattern})"
    r"|(?P<gap>(?P<wide>,?)\.\.\.(?P<size>\d+))|(?P<name><[a-z_]+>)"
    r"|(?P<mark>[\[\]()|^$,])|(?P<verb>~[a-z]+)"
    r"|(?P<word>[a-z0-9'’*-]+))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A tree, and where it may start and end; ``leads`` and ``ends`` tie it to the sentence."""

    tree: Tree
    leads: str = ""  # "^" starts the sentence, "," starts a clause
    ends: bool = False


class PhraseError(Exception):
    """A phrase is written wrongly; ``at`` is where in it, from 0."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a phrase may refer to: how words are evened out, verbs inflected and names resolved."""

    spelling: Mapping[str, tuple[str, ...]]
    plain: Callable[[str], tuple[str, ...]]
    forms: Callable[[str], tuple[str, ...]]
    named: Callable[[str], Tree]  # raises PhraseError for a name that nothing has
    named_keys: Callable[[str], frozenset[str]]  # words or names of which each hit of a name holds one
    keys: dict[str, tuple[frozenset[str], int]] = field(default_factory=dict)  # the keys found so far


def parse(text: str, vocabulary: Vocabulary) -> Phrase:
    """Return the phrase that a text stands for; raises PhraseError."""
    if len(text) > MAX_LENGTH:
        raise PhraseError(0, f"a phrase is longer than {MAX_LENGTH} characters")
    return _Reader(text, vocabulary).phrase()


def words_of(value: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the evened-out words of a single word in a phrase."""
    if value.isalpha() and value not in vocabulary.spelling:
        return (value.lower(),)
    return vocabulary.plain(value)


def rows_of(body: str, vocabulary: Vocabulary) -> list[Sequence[str]]:
    """Return the evened-out words of each choice in a bracket that holds nothing but words."""
    body = body.lower()
    rows = [option.split() for option in body.split("|")]
    odd = "'" in body or "’" in body or "-" in body
    if odd or not vocabulary.spelling.keys().isdisjoint(body.replace("|", " ").split()):
        return [_plain(row, vocabulary) for row in rows]
    return [*rows]


def _plain(row: Sequence[str], vocabulary: Vocabulary) -> Sequence[str]:
    letters = "".join(row)
    if letters.isascii() and letters.isalpha() and vocabulary.spelling.keys().isdisjoint(row):
        return row  # nearly always, even beside an odd one
    return vocabulary.plain(" ".join(row))


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.pieces: list[tuple[str, str, int]] = []
        self.at = 0
        end = 0
        for piece in _PIECE.finditer(text.rstrip()):
            if piece.start() != end:
                break
            end = piece.end()
            kind = piece.lastgroup or ""
            kind = "gap" if piece.group("gap") else kind
            value = piece.group("size") if kind == "gap" else piece.group(kind)
            kind = "wide" if piece.group("wide") else kind
            self.pieces.append((kind, value, piece.end() - len(piece.group().lstrip())))
        if end != len(text.rstrip()):
            end += len(text[end:]) - len(text[end:].lstrip())
            raise PhraseError(end, f"this character has no meaning in a phrase: '{text[end]}'")
        self.end = end

    def phrase(self) -> Phrase:
        leads = ""
        if self._peek() in ("^", ","):
            leads = self._take()[1]
        tree = self._choice(0)
        ends = False
        if self._peek() == "$":
            self._take()
            ends = True
        if self.at < len(self.pieces):
            _kind, value, at = self.pieces[self.at]
            raise PhraseError(at, f"'{value}' cannot stand here")
        if nullable(tree):
            raise PhraseError(0, "a phrase needs at least one word that must be there")
        if isinstance(first(tree), Gap):
            raise PhraseError(0, "a phrase cannot start with a gap")
        return Phrase(tree, leads, ends)

    def _peek(self) -> str:
        if self.at < len(self.pieces):
            kind, value, _at = self.pieces[self.at]
            return value if kind == "mark" else kind
        return ""

    def _take(self) -> tuple[str, str, int]:
        piece = self.pieces[self.at]
        self.at += 1
        return piece

    def _choice(self, depth: int) -> Tree:
        options = [self._chain(depth)]
        while self._peek() == "|":
            self._take()
            options.append(self._chain(depth))
        return options[0] if len(options) == 1 else _joined(options)

    def _chain(self, depth: int) -> Tree:
        parts: list[Tree] = []
        while self._peek() not in ("", "|", ")", "]", "$", "^", ","):
            parts.extend(self._item(depth))
        if not parts:
            at = self.pieces[self.at][2] if self.at < len(self.pieces) else self.end
            raise PhraseError(at, "a word is missing here")
        return parts[0] if len(parts) == 1 else Chain(tuple(parts))

    def _item(self, depth: int) -> list[Tree]:
        kind, value, at = self._take()
        if kind == "mark":
            return [self._group(value, at, depth)]
        if kind == "flat":
            return [self._flat(value, at)]
        if kind in ("gap", "wide"):
            size = int(value[:4])
            if not 1 <= size <= MAX_GAP:
                raise PhraseError(at, f"a gap holds 1 to {MAX_GAP} words")
            return [_gap(size, wide=kind == "wide")]
        if kind == "name":
            try:
                return [self.vocabulary.named(value[1:-1])]
            except PhraseError as error:
                raise PhraseError(at, str(error)) from None
        if kind == "verb":
            return [Word(frozenset(self.vocabulary.forms(value[1:].lower())))]
        return [Word(frozenset((word,))) for word in words_of(value, self.vocabulary)]

    def _flat(self, value: str, at: int) -> Tree:
        """Read a bracket that holds nothing but words: by far the most text of a rule file."""
        rows = rows_of(value[1:-1], self.vocabulary)
        if not all(rows):
            raise PhraseError(at, "a word is missing here")
        word = _word(rows)
        return word if value[0] == "(" else Maybe(word)

    def _group(self, mark: str, at: int, depth: int) -> Tree:
        if depth >= MAX_NESTING:
            raise PhraseError(at, f"brackets nested deeper than {MAX_NESTING}")
        inner = self._choice(depth + 1)
        wanted = ")" if mark == "(" else "]"
        if self._peek() != wanted:
            raise PhraseError(at, f"this '{mark}' is never closed")
        self._take()
        return inner if mark == "(" else Maybe(inner)


def _word(options: Iterable[Sequence[str]]) -> Word:
    singles: list[str] = []
    rows: list[tuple[str, ...]] = []
    for option in options:
        if len(option) == 1:
            singles.append(option[0])
        else:
            rows.append(tuple(option))
    return Word(frozenset(singles), tuple(rows))


def _joined(options: list[Tree]) -> Tree:
    """Make one place of the options that are plain words: fewer places for the matcher to be in."""
    words: set[str] = set()
    rows: list[tuple[str, ...]] = []
    rest: list[Tree] = []
    for option in options:
        row = _row(option)
        if isinstance(option, Word):
            words |= option.words
            rows.extend(option.rows)
        elif row:
            rows.append(row)
        else:
            rest.append(option)
    if words or rows:
        rest.insert(0, Word(frozenset(words), tuple(rows)))
    return rest[0] if len(rest) == 1 else Choice(tuple(rest))


def _row(tree: Tree) -> tuple[str, ...]:
    """Return the words of a chain of single words, or nothing."""
    if not isinstance(tree, Chain):
        return ()
    row: list[str] = []
    for part in tree.parts:
        if not isinstance(part, Word) or part.rows or len(part.words) != 1:
            return ()
        row.extend(part.words)
    return tuple(row)


def _gap(size: int, *, wide: bool) -> Tree:
    inner: Tree = Maybe(Gap(wide))
    for _ in range(size - 1):
        inner = Maybe(Chain((Gap(wide), inner)))
    return inner
