"""Text becomes sentences of plain words, each of which knows where in the text it stands.

Spelling is evened out here, so that a rule is written once: ``ur``, ``you're``, ``YOU’RE``, ``you re`` and
``youre`` are all "you are", ``sooooo`` is "so", ``d i e`` and ``d1e`` are "die".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.coach.letters import plain_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dbtcoach.coach.letters import Letters

LONGEST_WORD = 40  # letters; longer ones are noise, and are cut before any look-up
MOST_SPLIT = 60  # letters that may stand apart in a row
QUOTE = "quote"

_PIECE = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m|[ap]\.m\.?)(?![a-z])|\d{1,2}:\d\d)"
    # One letter after the other with the same sign between: "d i e", "d.i.e", "d - i - e".
    r"|(?P<split>(?<![^\W_])[^\W\d_](?P<between>\s|\s?[.,_*·•|/~+–—-]\s?)[^\W\d_]"
    rf"(?:(?P=between)[^\W\d_]){{1,{MOST_SPLIT}}}(?![^\W_]|'\w))"
    # "2day", "gr8"
    r"|(?P<mixed>(?<![\w.,£$€])\d(?!(?:k|p|st|nd|rd|th)\b)[^\W\d_]+(?![\w'])|(?<!\w)[^\W\d_]+\d(?![\w.,:]))"
    r"|(?P<number>[£$€]?\s?\d[\d,.]*\d|[£$€]?\d)(?P<unit>k|p|st|nd|rd|th)?"
    r"|(?P<word>[^\W\d_]+(?:[01345$@']+[^\W\d_]+)*'?(?:\*+[^\W\d_]*)*)"
    r"|(?P<end>[.!?]+|\n[^\S\n]*\n\s*)"
    r"|(?P<clause>[,;:—–()\[\]/]|(?<=\s)-(?=\s))"
    r"|(?P<symbol>[🙄👏🙃👍💀🤡😒🤦])",
    re.IGNORECASE,
)
_STANDS_FOR = str.maketrans("01345$@", "oieassa")  # digits and signs in the place of letters: "su1cide"
_STAND_ALONE = frozenset("abciknoruvwxy")  # "r u ok", "b n q": each may be a word
_LONG = re.compile(r"(.)\1{2,}")
_ABBREVIATED = frozenset({"mr", "mrs", "ms", "dr", "st", "etc", "vs", "e", "g", "i"})
_ENDINGS = frozenset({"t", "re", "ve", "ll", "d", "m", "s"})
_SUFFIXES = {"re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
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
    known: Callable[[], frozenset[str]] = frozenset  # what a lengthened or split word is led back to
    you_are: frozenset[str] = frozenset()  # words before which "ur" and "your" stand for "you are"


def sentences(text: str, spelling: Spelling) -> list[Sentence]:
    """Return the sentences of a text that hold a word; the time is linear in its length."""
    letters = plain_letters(text)
    reader = _Reader(letters, spelling)
    spans = quoted_spans(letters.text)
    at = 0
    for piece in _PIECE.finditer(letters.text):
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


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return where quoted words lie as (start, end) without their marks; an unclosed quote is none.

    Of nested quotes only the outer one counts. An apostrophe is taken as a mark only where a word begins or
    ends, so that "mums' house" and "don't" are not mistaken for speech.
    """
    marks = [(found.start(), found[0]) for found in re.finditer("[\"']", text)]
    last = {mark: at for at, mark in marks if mark == '"' or _ends_word(text, at)}
    spans: list[tuple[int, int]] = []
    opened, by = -1, ""
    for at, mark in marks:
        if by:
            if mark == by and (mark == '"' or _ends_word(text, at)):
                spans.append((opened + 1, at))
                by = ""
        elif last.get(mark, -1) > at and (mark == '"' or _begins_word(text, at)):
            opened, by = at, mark
    return spans


def _begins_word(text: str, at: int) -> bool:
    return not (at and text[at - 1].isalnum()) and not text[at + 1 : at + 2].isspace()


def _ends_word(text: str, at: int) -> bool:
    return at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()


class _Reader:
    """Collects tokens into sentences, from left to right."""

    def __init__(self, letters: Letters, spelling: Spelling) -> None:
        self.letters = letters
        self.spelling = spelling
        self.found: list[Sentence] = []
        self.current: list[Token] = []
        self.opens = True
        self.comma = False

    def take(self, piece: re.Match[str], *, quoted: bool) -> None:
        """Take the next piece of the text."""
        match piece.lastgroup:
            case "end" if quoted or not self._ends(piece):
                self.opens = True
            case "end":
                mark = piece.group()
                self.close("question" if "?" in mark else "exclaimed" if "!" in mark else "")
            case "clause":
                self.opens = True
                self.comma = self.comma or piece.group() == ","
            case kind:
                self._append(piece, kind or "", quoted=quoted)
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
        after = self.letters.text[piece.end() : piece.end() + 1]
        if after and not after.isspace() and after not in "\"')":
            return False
        last = self.current[-1] if self.current else None
        return (
            last is None or last.word not in _ABBREVIATED or last.end != self.letters.span(*piece.span())[0]
        )

    def _append(self, piece: re.Match[str], kind: str, *, quoted: bool) -> None:
        surface = piece.group().strip()
        start, end = self.letters.span(*piece.span())
        marks = {"comma"} if self.comma else set()
        words: tuple[str, ...] = (surface.lower(),)
        match kind:
            case "word":
                surface, start = self._whole(surface, start)
                words = _spelt(surface, self.current, self.spelling)
                marks |= _shape(surface, first=not self.current)
                if _LONG.search(surface[:LONGEST_WORD]):
                    marks.add("long")
            case "split":
                words = _together("".join(filter(str.isalpha, surface.lower())), self.spelling)
            case "mixed":
                words = self.spelling.plain.get(words[0]) or _parted(words[0])
            case "time" | "symbol":
                marks.add(kind)
            case _:
                marks.add("number")
        for index, word in enumerate(words):
            shape = frozenset(marks | ({"number"} if word.isdigit() else _endings(word)))
            self.current.append(Token(word, start, end, shape, self.opens and index == 0, quoted))

    def _whole(self, surface: str, start: int) -> tuple[str, int]:
        """Return a word with what stands before it when that is its head: "don" of "don t"."""
        whole = (
            self.current[-1].word + surface.lower() if self.current and surface.lower() in _ENDINGS else ""
        )
        if whole not in self.spelling.plain or self.current[-1].end + 1 != start:
            return surface, start
        before = self.current.pop()
        self.opens = before.opens
        return whole, before.start


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
    word = surface[:LONGEST_WORD].lower().rstrip("'")
    told = spelling.plain.get(word)
    if told is None:
        word = word.rstrip("*'") or word
        if not word.isalpha():
            word = word.translate(_STANDS_FOR)
            told = spelling.plain.get(word)
    _lead_back(current, word, spelling)
    if told is not None:
        return told
    if "'" in word:
        return _uncontracted(word, spelling)
    if _LONG.search(word) and word not in spelling.known():
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
    if tail in _SUFFIXES:
        return (head, _SUFFIXES[tail])
    whole = word.replace("'", "")
    return spelling.plain.get(whole, (whole,))


def _shortened(word: str, spelling: Spelling) -> str:
    known = spelling.known()
    double = _LONG.sub(r"\1\1", word)
    single = _LONG.sub(r"\1", word)
    return double if double in known and single not in known else single


def _parted(mixed: str) -> tuple[str, ...]:
    """Return the number and the word of something like "3days" or "ward6"."""
    return (mixed[0], mixed[1:]) if mixed[0].isdigit() else (mixed[:-1], mixed[-1])


def _together(letters: str, spelling: Spelling) -> tuple[str, ...]:
    """Return the words that letters standing apart spell: the fewest known ones, else one long word."""
    if _STAND_ALONE.issuperset(letters):
        return tuple(plain for letter in letters for plain in spelling.plain.get(letter, (letter,)))
    known = spelling.known()
    ways: list[tuple[str, ...] | None] = [()]  # for each place how to get there
    for end in range(1, len(letters) + 1):
        before = ((way, letters[at:end]) for at, way in enumerate(ways) if way is not None)
        ways.append(min(((*way, word) for way, word in before if word in known), key=len, default=None))
    return tuple(plain for word in ways[-1] or (letters,) for plain in spelling.plain.get(word, (word,)))
