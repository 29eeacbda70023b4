"""Many phrases, matched together in time linear in the text.

A phrase is read and laid out when a text first holds a word that the phrase cannot do without: most never
are. Every place in it where a word can stand is a leaf. States, which are sets of leaves, are made when a
text first needs them and kept. A phrase is of bounded length, so that a walk from each word takes a bounded
number of steps, whatever the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from dbtcoach.coach.layout import NONE, Layout

if TYPE_CHECKING:
    from dbtcoach.coach.lexicon import Lexicon
    from dbtcoach.coach.phrasebook import Phrases
    from dbtcoach.coach.words import Token

MOST_STATES = 60_000  # with their moves; then all are forgotten, so that no text can fill the memory

NOTHING: frozenset[str] = frozenset()

Signature = tuple[str, frozenset[str], bool]
Spans = Mapping[int, Sequence[tuple[int, frozenset[str]]]]
Longer = dict[int, list[tuple[int, set[int]]]]  # first of several words -> the last, the leaves they reach


@dataclass(frozen=True, slots=True)
class Hit:
    """Phrase ``phrase`` covers the tokens from ``first`` to ``last``, both included."""

    phrase: int
    first: int
    last: int


@dataclass(slots=True, eq=False)
class _State:
    """The leaves that were just reached, those that may come next, and the phrases that may end here."""

    reached: frozenset[int]
    ahead: frozenset[int]
    gaps: frozenset[int]
    wide: frozenset[int]
    accepts: tuple[int, ...]
    moves: dict[Signature, _State | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What a walk needs to know of a sentence."""

    starts: frozenset[int]  # the leaves that a phrase may begin with here
    signatures: Sequence[Signature]
    longer: Longer
    begun: dict[Signature, _State | None] = field(default_factory=dict)  # where a first token leads


class Automaton:
    """All phrases of one set; ``hits`` finds where each of them stands."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the lists that words belong to."""
        self.lexicon = lexicon
        self.phrases: list[tuple[Phrases, int]] = []
        self.layout = Layout()
        self.tied: dict[int, tuple[str, bool]] = {}  # how the phrases read so far are tied to the sentence
        self.unread: dict[str, list[int]] = {}  # by key; phrases that show none stand under ""
        self.begun: dict[str, set[int]] = {}  # by key, where the phrases begin that have been read
        self.states: dict[frozenset[int], _State] = {}
        self.made = 0

    def add(self, book: Phrases) -> None:
        """Take more phrases; all are numbered through in the order in which they come."""
        for at, keys in enumerate(book.keys):
            for key in keys or ("",):
                self.unread.setdefault(key, []).append(len(self.phrases))
            self.phrases.append((book, at))

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return, for every start, the longest hit of each phrase."""
        spans = self.lexicon.spans(tokens)
        marks = [self._marks(token) for token in tokens]
        starts = self._starts(tokens, marks, spans)
        if not starts:
            return []
        known = self.layout.words
        signatures = [
            (token.word if token.word in known else "", shown, token.opens)
            for token, shown in zip(tokens, marks, strict=True)
        ]
        stretch = _Stretch(starts, signatures, self._longer(tokens, spans))
        found: list[Hit] = []
        for first, token in enumerate(tokens):
            state = self._begin(stretch, signatures[first])
            if state is None and first not in stretch.longer:
                continue
            for phrase, last in self._walk(first, state, stretch).items():
                leads = self.tied[phrase][0]
                if not leads or first == 0 or (leads == "," and token.opens):
                    found.append(Hit(phrase, first, last))
        return found

    def _marks(self, token: Token) -> frozenset[str]:
        """Return the names that a token answers to by itself."""
        listed = self.lexicon.of(token)
        return token.marks | listed if listed else token.marks

    def _starts(self, tokens: Sequence[Token], marks: list[frozenset[str]], spans: Spans) -> frozenset[int]:
        """Return where the phrases begin that the words of a sentence let occur."""
        names = NOTHING.union(*marks, *(listed for ends in spans.values() for _last, listed in ends))
        words = frozenset(token.word for token in tokens).union(f"<{name}>" for name in names)
        keys = ["", *(words & self.unread.keys())]
        for key in keys:
            unread = self.unread.get(key)
            if unread:
                self.unread[key] = [number for number in unread if not self._read(number, words)]
        return NONE.union(*(self.begun.get(key, ()) for key in keys))

    def _read(self, number: int, words: frozenset[str]) -> bool:
        """Return whether a phrase is laid out, which is done when these words let it occur."""
        if number in self.tied:
            return True
        book, at = self.phrases[number]
        if not book.fits(at, words):
            return False
        phrase = book.phrase(at)
        self.tied[number] = (phrase.leads, phrase.ends)
        starts = self.layout.add(number, phrase.tree)
        for key in book.keys[at] or ("",):
            self.begun.setdefault(key, set()).update(starts)
        return True

    def _longer(self, tokens: Sequence[Token], spans: Spans) -> Longer:
        """Return which leaves accept several words together: rows of words, and entries of lists."""
        words = tuple(token.word for token in tokens)
        rows, by_name = self.layout.rows, self.layout.names
        longer: Longer = {}
        for first, pair in enumerate(pairwise(words)):
            for row, leaves in rows.get(pair, {}).items():
                if words[first : first + len(row)] == row:
                    longer.setdefault(first, []).append((first + len(row) - 1, leaves))
        for first, ends in spans.items():
            for last, names in ends:
                listed: set[int] = set().union(*(by_name.get(name, ()) for name in names))
                longer.setdefault(first, []).append((last, listed))
        return longer

    def _walk(self, first: int, state: _State | None, stretch: _Stretch) -> dict[int, int]:
        """Return the phrases that begin at one token, each with the last token of its longest hit."""
        longest: dict[int, int] = {}
        later: dict[int, set[int]] = {}  # leaves that several words together will have reached
        signatures = stretch.signatures
        final = len(signatures) - 1
        ahead = stretch.starts
        for last in range(first, len(signatures)):
            for end, leaves in stretch.longer.get(last, ()):
                if not ahead.isdisjoint(leaves):
                    later.setdefault(end, set()).update(ahead & leaves)
            if last > first and state is not None:
                state = self._next(state, signatures[last])
            if last in later:
                reached = later.pop(last)
                state = self._state(NONE.union(reached, () if state is None else state.reached))
            if state is None and not later:
                break
            ahead = NONE if state is None else state.ahead
            for phrase in () if state is None else state.accepts:
                if last == final or not self.tied[phrase][1]:
                    longest[phrase] = last
        return longest

    def _begin(self, stretch: _Stretch, signature: Signature) -> _State | None:
        if signature not in stretch.begun:
            stretch.begun[signature] = self._state(self._accepting(stretch.starts, signature))
        return stretch.begun[signature]

    def _accepting(self, leaves: frozenset[int], signature: Signature) -> frozenset[int]:
        """Return those of some leaves that stand for a word or name and accept this token."""
        word, marks, _opens = signature
        named = [self.layout.names[name] & leaves for name in marks if name in self.layout.names]
        return (leaves & self.layout.words.get(word, NONE)).union(*named)

    def _next(self, state: _State, signature: Signature) -> _State | None:
        try:
            return state.moves[signature]
        except KeyError:
            pass
        reached = self._accepting(state.ahead, signature) | state.wide
        if not signature[2]:
            reached |= state.gaps
        target = self._state(reached)
        self.made += 1
        state.moves[signature] = target
        return target

    def _state(self, reached: frozenset[int]) -> _State | None:
        if not reached:
            return None
        state = self.states.get(reached)
        if state is None:
            if self.made > MOST_STATES:
                self.states.clear()
                self.made = 0
            self.made += 1
            layout = self.layout
            ahead = layout.after(reached)
            gaps, wide = ahead & layout.gaps, ahead & layout.wide
            state = _State(reached, ahead, gaps, wide, layout.ended(reached))
            self.states[reached] = state
        return state
