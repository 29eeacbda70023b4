"""Text becomes sentences of plain words, each of which knows where in the text it stands.

Spelling is evened out here, so that a rule is written once: ``ur``, ``you're``, ``YOU’RE`` and ``youre``
are all "you are", ``sooooo`` is "so". Every token keeps the span of the letters that it came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.coach.quotes import quoted_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WORD = 40  # letters; longer ones are noise, and are cut before any look-up
QUOTE = "quote"

_PIECE = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m|[ap]\.m\.?)(?![a-z])|\d{1,2}:\d\d)"
    r"|(?P<number>[£$€]? ?\d[\d,.]*\d|[£$€]?\d)(?P<unit>k|p|st|nd|rd|th)?"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*['’]?(?:\*+[^\W\d_]*)*)"
    r"|(?P<end>[.!?…]+|\n+)"
    r"|(?P<clause>[,;:—–()\[\]/]| - )"
    r"|(?P<symbol>[🙄👏🙃👍💀🤡😒🤦])",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")
_LONG = re.compile(r"(.)\1{2,}")
_ABBREVIATED = frozenset({"mr", "mrs", "ms", "dr", "st", "etc", "vs", "e", "g", "i"})
_SUFFIXES = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS = frozenset(
    [
        "he",
        "she",
        "it",
        "that",
        "this",
        "there",
        "what",
        "who",
        "where",
        "how",
        "why",
        "when",
        "here",
        "everything",
        "everyone",
        "everybody",
        "nothing",
        "nobody",
        "someone",
        "somebody",
        "something",
        "one",
    ]
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
    known: frozenset[str] = (
        frozenset()
    )  # words that lists and rules use: a lengthened word is led back to one
    you_are: frozenset[str] = frozenset()  # words after which "ur" and "your" stood for "you are"


def sentences(text: str, spelling: Spelling) -> list[Sentence]:
    """Return the sentences of a text that hold a word; the time is linear in its length."""
    found: list[Sentence] = []
    current: list[Token] = []
    spans = quoted_spans(text)
    next_span = 0
    opens = True
    comma = False
    for piece in _PIECE.finditer(text):
        start = piece.start()
        while next_span < len(spans) and spans[next_span][1] <= start:
            next_span += 1
        quoted = next_span < len(spans) and spans[next_span][0] <= start
        kind = piece.lastgroup
        if kind == "end":
            if quoted or not _ends_sentence(text, piece, current):
                opens = True
                continue
            mark = "question" if "?" in piece.group() else "exclaimed" if "!" in piece.group() else ""
            _close(found, current, mark)
            current = []
            opens, comma = True, False
        elif kind == "clause":
            opens = True
            comma = comma or piece.group() == ","
        else:
            _append(current, piece, opens, comma, quoted, spelling)
            opens = comma = False
    _close(found, current, "")
    return found


def plain_words(text: str, spelling: Spelling) -> tuple[str, ...]:
    """Return the evened-out words of a phrase or list entry, whatever its punctuation."""
    if (
        text.isascii() and text.replace(" ", "").replace("-", "").isalpha()
    ):  # nearly all, and ten times quicker
        words = text.lower().replace("-", " ").split()
        return tuple(plain for word in words for plain in spelling.plain.get(word, (word,)))
    return tuple(token.word for sentence in sentences(text, spelling) for token in sentence.tokens)


def _ends_sentence(text: str, piece: re.Match[str], current: list[Token]) -> bool:
    mark = piece.group()
    if mark != ".":
        return True
    after = text[piece.end() : piece.end() + 1]
    if after and not after.isspace() and after not in "\"'”’)":
        return False
    return not (current and current[-1].word in _ABBREVIATED and current[-1].end == piece.start())


def _close(found: list[Sentence], current: list[Token], mark: str) -> None:
    if not current:
        return
    if mark:
        last = current[-1]
        marks = last.marks | {mark}
        current[-1] = Token(last.word, last.start, last.end, marks, last.opens, last.quoted)
    tokens = tuple(current)
    found.append(Sentence(tokens, _folded(tokens)))


def _folded(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    if not any(token.quoted for token in tokens):
        return tokens
    plain: list[Token] = []
    for token in tokens:
        if token.quoted and plain and plain[-1].quoted:
            last = plain[-1]
            plain[-1] = Token(last.word, last.start, token.end, last.marks, last.opens, quoted=True)
        elif token.quoted:
            marks = frozenset({QUOTE})
            plain.append(Token("", token.start, token.end, marks, token.opens, quoted=True))
        else:
            plain.append(token)
    return tuple(plain)


def _append(
    current: list[Token],
    piece: re.Match[str],
    opens: bool,
    comma: bool,
    quoted: bool,
    spelling: Spelling,  # noqa: FBT001 - what is known at this place
) -> None:
    start, end = piece.span()
    kind = piece.lastgroup
    marks = {"comma"} if comma else set()
    if piece.group("number") is not None:
        marks.add("number")
        words: tuple[str, ...] = (piece.group().strip().lower(),)
    elif kind == "word":
        surface = piece.group()
        words = _spelt(surface, current, spelling)
        marks |= _shape(surface, first=not current)
        if _LONG.search(surface[:LONGEST_WORD]):
            marks.add("long")
    else:
        marks.add("time" if kind == "time" else "symbol")
        words = (piece.group().lower(),)
    for index, word in enumerate(words):
        shape = frozenset(marks | _endings(word))
        current.append(Token(word, start, end, shape, opens and index == 0, quoted))


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
