"""Many phrases, matched together in time linear in the text.

Every place in a phrase where a word can stand is a leaf. From the leaves that may come next, states are
made when a text first needs them and kept. A phrase is of bounded length, so that a walk from each word
takes a bounded number of steps, whatever the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.coach.trees import Chain, Choice, Gap, Maybe, Member, Tree, Word

if TYPE_CHECKING:
    from dbtcoach.coach.lexicon import Lexicon
    from dbtcoach.coach.phrases import Phrase
    from dbtcoach.coach.words import Token

MOST_STATES = 20_000  # then all are forgotten and made anew, so that no text can fill the memory

Signature = tuple[str, frozenset[str], bool]
Spans = Mapping[int, list[tuple[int, frozenset[str]]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """Phrase ``phrase`` covers the tokens from ``first`` to ``last``, both included."""

    phrase: int
    first: int
    last: int


@dataclass(slots=True, eq=False)
class _State:
    by_word: dict[str, list[int]] = field(default_factory=dict)
    by_row: dict[tuple[str, ...], list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_any: list[int] = field(default_factory=list)
    by_wide: list[int] = field(default_factory=list)
    accepts: tuple[int, ...] = ()
    reached: frozenset[int] = frozenset()
    moves: dict[Signature, _State | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a subtree begins with, ends with, and whether it can be nothing."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    empty: bool


class Automaton:
    """All phrases of one set; ``hits`` finds where each of them stands."""

    def __init__(self, phrases: Sequence[Phrase], lexicon: Lexicon) -> None:
        """Take the phrases, and the lists that words belong to."""
        self.phrases = phrases
        self.lexicon = lexicon
        self.leaves: list[Word | Member | Gap] = []
        self.follow: list[set[int]] = []
        self.ends: dict[int, list[int]] = {}
        starts: list[int] = []
        for index, phrase in enumerate(phrases):
            place = self._place(phrase.tree)
            starts.extend(place.first)
            for leaf in place.last:
                self.ends.setdefault(leaf, []).append(index)
        self.words = frozenset(word for leaf in self.leaves if isinstance(leaf, Word) for word in leaf.words)
        self.states: dict[frozenset[int], _State] = {}
        self.made = 0
        self.start = self._group(starts)

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return, for every start, the longest hit of each phrase."""
        signatures = [self.signature(token) for token in tokens]
        spans = self.lexicon.spans(tokens)
        words = tuple(token.word for token in tokens)
        found: list[Hit] = []
        for first, token in enumerate(tokens):
            for phrase, last in self._walk(first, words, signatures, spans).items():
                leads = self.phrases[phrase].leads
                if not leads or first == 0 or (leads == "," and token.opens):
                    found.append(Hit(phrase, first, last))
        return found

    def _walk(
        self, first: int, words: tuple[str, ...], signatures: list[Signature], spans: Spans
    ) -> dict[int, int]:
        """Return the phrases that begin at one token, each with the last token of its longest hit."""
        state: _State | None = self.start
        longest: dict[int, int] = {}
        later: dict[int, set[int]] = {}  # leaves that a row of words will have reached
        final = len(signatures) - 1
        for last in range(first, len(signatures)):
            if state is not None:
                self._look_ahead(state, last, words, spans, later)
                state = self._next(state, signatures[last])
            if last in later:
                reached = later.pop(last)
                state = self._state(frozenset(reached | state.reached if state is not None else reached))
            if state is not None:
                for phrase in state.accepts:
                    if last == final or not self.phrases[phrase].ends:
                        longest[phrase] = last
            elif not later:
                break
        return longest

    def _look_ahead(
        self, state: _State, at: int, words: tuple[str, ...], spans: Spans, later: dict[int, set[int]]
    ) -> None:
        """Note the leaves that rows of words reach from here, under the token where each row ends."""
        for row, leaf in state.by_row.get(words[at : at + 2], ()):
            if words[at : at + len(row)] == row:
                later.setdefault(at + len(row) - 1, set()).add(leaf)
        for end, names in spans.get(at, ()):
            for name in names & state.by_name.keys():
                later.setdefault(end, set()).update(state.by_name[name])

    def signature(self, token: Token) -> Signature:
        """Return all that the phrases can tell of a token."""
        listed = self.lexicon.of(token)
        marks = token.marks | listed if listed else token.marks
        return (token.word if token.word in self.words else "", marks, token.opens)

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
                self.leaves.append(tree)
                self.follow.append(set())
                leaf = len(self.leaves) - 1
                return _Place((leaf,), (leaf,), empty=False)

    def _gapped(self, gaps: list[Gap]) -> _Place:
        """Lay out a run of gaps in one go: there are thousands, and each would be a nest of its own."""
        first = len(self.leaves)
        leaves = tuple(range(first, first + len(gaps)))
        self.leaves.extend(gaps)
        self.follow.extend({leaf + 1} for leaf in leaves[:-1])
        self.follow.append(set())
        return _Place((first,), leaves, empty=True)

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

    def _group(self, leaves: Iterable[int]) -> _State:
        state = _State()
        for index in leaves:
            leaf = self.leaves[index]
            match leaf:
                case Word(words, rows):
                    for word in words:
                        state.by_word.setdefault(word, []).append(index)
                    for row in rows:
                        state.by_row.setdefault(row[:2], []).append((row, index))
                case Member(name):
                    state.by_name.setdefault(name, []).append(index)
                case Gap(wide):
                    (state.by_wide if wide else state.by_any).append(index)
        return state

    def _next(self, state: _State, signature: Signature) -> _State | None:
        try:
            return state.moves[signature]
        except KeyError:
            pass
        word, marks, opens = signature
        reached = set(state.by_word.get(word, ()))
        for name in marks:
            reached.update(state.by_name.get(name, ()))
        reached.update(state.by_wide)
        if not opens:
            reached.update(state.by_any)
        target = self._state(frozenset(reached)) if reached else None
        self.made += 1
        state.moves[signature] = target
        return target

    def _state(self, reached: frozenset[int]) -> _State:
        state = self.states.get(reached)
        if state is None:
            if self.made > MOST_STATES:
                self.states.clear()
                self.start.moves.clear()
                self.made = 0
            self.made += 1
            state = self._group({leaf for index in reached for leaf in self.follow[index]})
            accepts = {phrase for index in reached for phrase in self.ends.get(index, ())}
            state.accepts = tuple(sorted(accepts))
            state.reached = reached
            self.states[reached] = state
        return state


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
