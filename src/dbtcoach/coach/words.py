"""Text becomes sentences of plain words, each of which knows where in the text it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dbtcoach.coach.letters import plain_letters
from dbtcoach.coach.spelling import ENDINGS, LONG, LONGEST_WORD

if TYPE_CHECKING:
    from dbtcoach.coach.letters import Letters
    from dbtcoach.coach.spelling import Spelling

LONG_SENTENCE = 200  # words: one that goes on is cut at the next clause, so that no set of places grows
LONGEST_SENTENCE = 250  # with the text; and at this length at any word
MOST_SPLIT = 60  # letters that may stand apart in a row
NONE: frozenset[str] = frozenset()

_PIECE = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m|[ap]\.m\.?)(?![a-z])|\d{1,2}:\d\d)"
    # One letter after the other with the same sign between: "d i e", "d.i.e", "d - i - e".
    r"|(?P<split>(?<![^\W_])[^\W\d_](?P<between>\s|\s?[.,_*·•|/~+–—-]\s?)[^\W\d_]"
    rf"(?:(?P=between)[^\W\d_]){{1,{MOST_SPLIT}}}(?![^\W_]|'\w))"
    # "2day", "gr8"
    r"|(?P<mixed>(?<![\w.,£$€])\d(?!(?:k|p|st|nd|rd|th)\b)[^\W\d_]+(?![\w'])|(?<!\w)[^\W\d_]+\d(?![\w.,:]))"
    r"|(?P<number>[£$€]?\s?\d[\d,.]*\d|[£$€]?\d)(?P<unit>k|p|st|nd|rd|th)?"
    r"|(?P<word>[^\W\d_]+(?:[01345$@']+[^\W\d_]+)*'?(?:\*+[^\W\d_]*)*)"
    # Dots before a small letter are a pause: "i want to... go".
    r"|(?P<clause>[,;:—–()\[\]/]|(?<=\s)-(?=\s)|\.{2,}+(?=\s*(?-i:[a-z])))"
    r"|(?P<end>[.!?]+|\n[^\S\n]*\n\s*)"
    r"|(?P<symbol>[🙄👏🙃👍💀🤡😒🤦])",
    re.IGNORECASE,
)
_ABBREVIATED = frozenset({"mr", "mrs", "ms", "dr", "st", "etc", "vs", "e", "g", "i"})
_CLAUSES = frozenset({"and", "but", "so", "because", "then", "i"})


class Token(NamedTuple):
    """A plain word; ``opens`` where a clause begins; ``marks`` say what its spelling shows."""

    word: str
    start: int
    end: int
    marks: frozenset[str] = NONE
    opens: bool = False
    quoted: bool = False


Sentence = tuple[Token, ...]


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
                current[-1] = last._replace(marks=last.marks | {mark})
            self.found.append(tuple(current))
        self.current = []
        self.opens, self.comma = True, False

    def _ends(self, piece: re.Match[str]) -> bool:
        if piece.group() != ".":
            return True
        after = self.letters.text[piece.end() : piece.end() + 1]
        if after and not after.isspace() and after not in "\"')":
            return False
        last = self.current[-1] if self.current else None
        at = self.letters.starts[piece.start()]
        return last is None or last.word not in _ABBREVIATED or last.end != at

    def _append(self, piece: re.Match[str], kind: str, *, quoted: bool) -> None:
        surface = piece.group().strip()
        start, end = self.letters.starts[piece.start()], self.letters.ends[piece.end() - 1]
        marks = {"comma"} if self.comma else set()
        words: tuple[str, ...] = (surface.lower(),)
        match kind:
            case "word":
                surface, start = self._whole(surface, start)
                word = self.spelling.bare(surface)
                self._lead_back(word)
                words = self.spelling.words(word)
                marks |= _shape(surface, first=not self.current)
            case "split":
                words = self.spelling.together("".join(filter(str.isalpha, surface.lower())))
            case "mixed":
                words = self.spelling.mixed(surface.lower())
            case "time" | "symbol":
                marks.add(kind)
            case _:
                marks.add("number")
        if len(self.current) >= LONG_SENTENCE and (
            self.opens or words[0] in _CLAUSES or len(self.current) >= LONGEST_SENTENCE
        ):
            self.close("")
        for index, word in enumerate(words):
            ending = "number" if word.isdigit() else _ending(word)
            shape = frozenset((*marks, ending) if ending else marks)
            self.current.append(Token(word, start, end, shape, self.opens and index == 0, quoted))

    def _whole(self, surface: str, start: int) -> tuple[str, int]:
        """Return a word with what stands before it when that is its head: "don" of "don t"."""
        last = self.current[-1] if self.current else None
        if last is None or surface.lower() not in ENDINGS or last.end + 1 != start:
            return surface, start
        whole = last.word + surface.lower()
        if whole not in self.spelling.plain:
            return surface, start
        self.opens = self.current.pop().opens
        return whole, last.start

    def _lead_back(self, word: str) -> None:
        """Read a "ur" or "your" that stands before this word as "you are" when this word asks for it."""
        if self.current and self.current[-1].word == "your" and word in self.spelling.you_are:
            last = self.current.pop()
            self.current.append(last._replace(word="you"))
            self.current.append(last._replace(word="are", marks=last.marks - {"comma"}, opens=False))


def _shape(surface: str, *, first: bool) -> set[str]:
    marks: set[str] = set()
    if "*" in surface:
        marks.add("starred")
    if LONG.search(surface[:LONGEST_WORD]):
        marks.add("long")
    if not surface.islower() and len(surface) > 1:
        if surface.isupper() and surface.isalpha():
            marks.add("caps")
        elif surface[0].isupper() and "'" not in surface[:3]:
            marks.add("initial" if first else "capital")
    return marks


def _ending(word: str) -> str:
    for ending, least in (("ing", 5), ("ed", 4), ("ly", 4)):  # not "king", "red", "fly"
        if word.endswith(ending) and len(word) >= least:
            return ending
    return ""
