"""Text becomes sentences of plain words, each of which knows where in the text it stands.

Spelling is evened out here, so that a rule is written once: ``ur``, ``you're``, ``YOU’RE`` and ``youre``
are all "you are", ``sooooo`` is "so". Every token keeps the span of the letters that it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.coach.quotes import quoted_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WORD = 40  # letters; longer ones are noise, and are cut before any look-up
QUOTE = "quote"

_PIECE = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m|[ap]\.m\.?)(?![a-z])|\d{1,2}:\d\d)"
    r"|(?P<number>[£$€]? ?\d[\d,.]*\d|[£$€]?\d)(?P<unit>k|p|st|nd|rd|th)?"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*['’]?(?:\*+[^\W\d_]*)*)"  # noqa: RUF001 - what keyboards make of an apostrophe
    r"|(?P<end>[.!?…]+|\n+)"
    r"|(?P<clause>[,;:—–()\[\]/]| - )"
    r"|(?P<symbol>[🙄👏🙃👍💀🤡😒🤦])",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")  # noqa: RUF001 - the same
_LONG = re.compile(r"(.)\1{2,}")
_ABBREVIATED = frozenset({"mr", "mrs", "ms", "dr", "st", "etc", "vs", "e", "g", "i"})
_SUFFIXES = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS = frozenset(
    "he she it that this there what who where how why when here one everything everyone everybody nothing "  # noqa: SIM905 - read at a glance
    "nobody someone somebody something".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A plain word; ``opens`` where a clause begins; ``marks`` say what its spelling shows."""

    word: str
    start: int
    end: int
    marks: frozenset[str] = frozenset()
    opens: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence, and the same with every quotation folded into one token."""

    tokens: tuple[Token, ...]
    plain: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How unusual spellings are read: a word to words, by itself or because of the word after it."""

    plain: Mapping[str, tuple[str, ...]]
    known: frozenset[str] = frozenset()  # words of the lists: a lengthened word is led back to one
    you_are: frozenset[str] = frozenset()  # words before which "ur" and "your" stand for "you are"


def sentences(text: str, spelling: Spelling) -> list[Sentence]:
    """Return the sentences of a text that hold a word; the time is linear in its length."""
    reader = _Reader(text, spelling)
    spans = quoted_spans(text)
    at = 0
    for piece in _PIECE.finditer(text):
        start = piece.start()
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        reader.take(piece, quoted=at < len(spans) and spans[at][0] <= start)
    reader.close("")
    return reader.found


def plain_words(text: str, spelling: Spelling) -> tuple[str, ...]:
    """Return the evened-out words of a phrase or list entry, whatever its punctuation."""
    if (
        text.isascii() and text.replace(" ", "").replace("-", "").isalpha()
    ):  # nearly all, and ten times quicker
        words = text.lower().replace("-", " ").split()
        return tuple(plain for word in words for plain in spelling.plain.get(word, (word,)))
    return tuple(token.word for sentence in sentences(text, spelling) for token in sentence.tokens)


class _Reader:
    """Collects tokens into sentences, from left to right."""

    def __init__(self, text: str, spelling: Spelling) -> None:
        self.text = text
        self.spelling = spelling
        self.found: list[Sentence] = []
        self.current: list[Token] = []
        self.opens = True
        self.comma = False

    def take(self, piece: re.Match[str], *, quoted: bool) -> None:
        """Take the next piece of the text."""
        kind = piece.lastgroup
        if kind == "end":
            if quoted or not self._ends(piece):
                self.opens = True
                return
            mark = piece.group()
            self.close("question" if "?" in mark else "exclaimed" if "!" in mark else "")
        elif kind == "clause":
            self.opens = True
            self.comma = self.comma or piece.group() == ","
        else:
            self._append(piece, quoted=quoted)
            self.opens = self.comma = False

    def close(self, mark: str) -> None:
        """End the sentence, and let its last token know by which mark."""
        current = self.current
        if current:
            last = current[-1]
            if mark:
                current[-1] = replace(last, marks=last.marks | {mark})
            self.found.append(Sentence(tuple(current), _folded(tuple(current))))
        self.current = []
        self.opens, self.comma = True, False

    def _ends(self, piece: re.Match[str]) -> bool:
        if piece.group() != ".":
            return True
        after = self.text[piece.end() : piece.end() + 1]
        if after and not after.isspace() and after not in "\"'”’)":
            return False
        last = self.current[-1] if self.current else None
        return last is None or last.word not in _ABBREVIATED or last.end != piece.start()

    def _append(self, piece: re.Match[str], *, quoted: bool) -> None:
        kind = piece.lastgroup
        marks = {"comma"} if self.comma else set()
        words: tuple[str, ...] = (piece.group().strip().lower(),)
        if piece.group("number") is not None:
            marks.add("number")
        elif kind == "word":
            surface = piece.group()
            words = _spelt(surface, self.current, self.spelling)
            marks |= _shape(surface, first=not self.current)
            if _LONG.search(surface[:LONGEST_WORD]):
                marks.add("long")
        else:
            marks.add("time" if kind == "time" else "symbol")
        for index, word in enumerate(words):
            shape = frozenset(marks | _endings(word))
            self.current.append(Token(word, *piece.span(), shape, self.opens and index == 0, quoted))


def _folded(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with each run of quoted ones as one token."""
    if not any(token.quoted for token in tokens):
        return tokens
    plain: list[Token] = []
    for token in tokens:
        if token.quoted and plain and plain[-1].quoted:
            plain[-1] = replace(plain[-1], end=token.end)
        elif token.quoted:
            plain.append(Token("", token.start, token.end, frozenset({QUOTE}), token.opens, quoted=True))
        else:
            plain.append(token)
    return tuple(plain)


def _shape(surface: str, *, first: bool) -> set[str]:
    marks: set[str] = set()
    if "*" in surface:
        marks.add("starred")
    if len(surface) > 1 and surface.isupper() and surface.isalpha():
        marks.add("caps")
    elif surface[:1].isupper() and len(surface) > 1 and "'" not in surface[:3]:
        marks.add("initial" if first else "capital")
    return marks


def _endings(word: str) -> set[str]:
    if len(word) > 4 and word.endswith("ing"):  # noqa: PLR2004 - not "king", "ring"
        return {"ing"}
    if len(word) > 3 and word.endswith("ed"):  # noqa: PLR2004 - not "red", "bed"
        return {"ed"}
    if len(word) > 3 and word.endswith("ly"):  # noqa: PLR2004 - not "fly"
        return {"ly"}
    return set()


def _spelt(surface: str, current: list[Token], spelling: Spelling) -> tuple[str, ...]:
    word = surface[:LONGEST_WORD].lower().translate(_APOSTROPHES).rstrip("'")
    told = spelling.plain.get(word)
    if told is None and word[-1:] in "*'":
        word = word.rstrip("*'") or word
    _lead_back(current, word, spelling)
    if told is not None:
        return told
    if "'" in word:
        return _uncontracted(word, spelling)
    if word not in spelling.known and _LONG.search(word):
        word = _shortened(word, spelling)
        return spelling.plain.get(word, (word,))
    return (word,)


def _lead_back(current: list[Token], word: str, spelling: Spelling) -> None:
    """Read a "ur" or "your" that stands before this word as "you are" when this word asks for it."""
    if not current or current[-1].word != "your" or word not in spelling.you_are:
        return
    last = current.pop()
    current.append(Token("you", last.start, last.end, last.marks, last.opens, last.quoted))
    current.append(
        Token("are", last.start, last.end, last.marks - {"comma"}, opens=False, quoted=last.quoted)
    )


def _uncontracted(word: str, spelling: Spelling) -> tuple[str, ...]:
    head, _, tail = word.partition("'")
    if tail == "t" and head.endswith("n"):
        return (*spelling.plain.get(head[:-1], (head[:-1],)), "not")
    if tail == "s":
        return (head, "is" if head in _IS else "us" if head == "let" else "'s")
    suffix = _SUFFIXES.get("'" + tail)
    return (head, suffix) if suffix else (word.replace("'", ""),)


def _shortened(word: str, spelling: Spelling) -> str:
    double = _LONG.sub(r"\1\1", word)
    single = _LONG.sub(r"\1", word)
    return double if double in spelling.known and single not in spelling.known else single
