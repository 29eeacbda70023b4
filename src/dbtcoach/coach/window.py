"""A sentence as sets of places: for each word and name the tokens where it stands, as bits of a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.lexicon import Lexicon
    from dbtcoach.coach.pieces import AnyOf, AnyRow, Piece
    from dbtcoach.coach.words import Token

SHORT = 512  # tokens: a longer sentence is read in windows, so that no number grows with the text


class Window:
    """A stretch of a sentence; bit n of a number stands for its n-th token, or for the place before it.

    ``at`` has the places of each word, of each two words in a row and of each ``<name>``; ``longer``
    those of the names of several words, with how many words each has. ``words`` are all of these words,
    pairs and names.
    """

    __slots__ = (
        "all",
        "at",
        "base",
        "begins",
        "final",
        "inner",
        "longer",
        "memory",
        "opens",
        "options",
        "words",
    )

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        """Take the tokens of a short sentence, which is one window."""
        at: dict[str, int] = {}
        inner = 0
        before = ""
        bit = 1
        for token in tokens:
            word = token.word
            at[word] = at.get(word, 0) | bit
            if bit > 1:
                pair = f"{before} {word}"
                at[pair] = at.get(pair, 0) | bit >> 1
            before = word
            if not token.opens:
                inner |= bit
            for name in (*token.marks, *lexicon.of(token)):
                key = f"<{name}>"
                at[key] = at.get(key, 0) | bit
            bit <<= 1
        self.at = at
        self.all = bit - 1
        self.inner = inner  # the tokens that open no clause
        self.opens = self.all ^ inner | 1
        self.begins = self.all  # where a phrase may begin
        self.base = 0  # the first token's number in the sentence
        self.final = bit  # the end of the sentence, when it is in the window
        self.longer: dict[str, list[tuple[int, int]]] = {}
        for first, ends in lexicon.spans(tokens).items():
            for last, names in ends:
                for name in names:
                    self.longer.setdefault(f"<{name}>", []).append((last - first + 1, 1 << first))
        self.words = frozenset(at).union(self.longer)
        self.memory: dict[AnyRow, list[tuple[int, int]]] = {}  # what has been looked for in this window
        self.options: dict[AnyOf, set[Piece]] = {}  # the same, for choices


class Reading:
    """The tokens of a sentence, and its windows, which are made once for all who look for something."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        """Take a sentence, and the lists that words belong to."""
        self.tokens = tokens
        self._lexicon = lexicon
        self._windows: dict[int, list[Window]] = {}

    def windows(self, reach: int) -> list[Window]:
        """Return windows of which one holds any phrase of at most so many words, wherever it begins."""
        if len(self.tokens) <= SHORT:
            reach = 0
        windows = self._windows.get(reach)
        if windows is None:
            windows = self._windows[reach] = self._cut(reach) if reach else [self._whole()]
        return windows

    def _whole(self) -> Window:
        return Window(self.tokens, self._lexicon)

    def _cut(self, reach: int) -> list[Window]:
        step = max(SHORT, 2 * reach)
        windows: list[Window] = []
        for base in range(0, len(self.tokens), step):
            window = Window(self.tokens[base : base + step + reach], self._lexicon)
            window.base = base
            window.begins &= (1 << step) - 1
            if base:
                window.opens = window.all ^ window.inner
            if base + step + reach < len(self.tokens):
                window.final = 0
            windows.append(window)
        return windows
