"""Looking for words in entries, whatever their case and accents."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING
from unicodedata import normalize

from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dbtcoach.journal.entry import Entry, Json

# The blocks of marks that Unicode puts on letters (Combining Diacritical Marks and their supplements), and
# the vowel signs of Hebrew and Arabic.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u064b-\u0652\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_SPACES = re.compile(r"\s+")
_AROUND = 40  # letters of context on each side
BEGINNING = 256  # bytes of a line in which its exercise is named


class Match(Frozen):
    """Where words were found: the step's id, and the words with what stands around them."""

    step: str
    before: str = field(repr=False)
    words: str = field(repr=False)
    after: str = field(repr=False)


def fold(text: str) -> str:
    """Return a text without case and accents, each stretch of blanks being one."""
    if not text.isascii():
        text = _MARKS.sub("", normalize("NFKD", normalize("NFKD", text).casefold()))
    return _SPACES.sub(" ", text.lower())


def matches(entry: Entry, folded: str) -> list[Match]:
    """Return where the folded words stand in what was written, one match for each text that holds them."""
    found: list[Match] = []
    for saved in entry.answers:
        for text in _texts(saved.value):
            if folded in fold(text):
                match = _in_context(saved.step, text, folded)
                found += [match] if match is not None else []
    return found


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)


def _in_context(step: str, text: str, folded: str) -> Match | None:
    letters, places = _folded_places(text)
    start = letters.find(folded)
    if start < 0:  # accents that change places when a whole text is folded: nothing to point at
        return None
    first, last = places[start], places[start + len(folded) - 1] + 1
    while last < len(text) and _MARKS.match(text[last]):
        last += 1
    before, after = text[max(0, first - _AROUND) : first], text[last : last + _AROUND]
    return Match(
        step,
        ("…" if first > _AROUND else "") + _SPACES.sub(" ", before),
        _SPACES.sub(" ", text[first:last]),
        _SPACES.sub(" ", after) + ("…" if last + _AROUND < len(text) else ""),
    )


def _folded_places(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in fold(letter):
            if part == " " and letters and letters[-1] == " ":
                continue
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def may_hold(folded: str) -> Callable[[bytes], bool] | None:
    """Return a quick look at a line of the journal: False where the words cannot be in it.

    Looks for the longest stretch of letters and digits, which JSON writes as they are. A line with escaped
    letters, or one that names no exercise, such as a sealed one, is never ruled out. None where the words
    have no letters to look for.
    """
    stretches = re.findall(r"[^\W_]+", folded)
    if not stretches:
        return None
    longest = max(stretches, key=len)
    plain = longest.encode()

    def look(line: bytes) -> bool:
        if line.isascii():
            if plain in line.lower() or b'"exercise":' not in line[:BEGINNING]:
                return True
            return b"\\" in line and b"\\u" in line  # a single letter is looked for ten times as fast
        return longest in fold(line.decode("utf-8", "replace")) or b"\\u" in line

    return look


def match_data(entry: Mapping[str, Json], found: list[Match]) -> dict[str, Json]:
    """Return a found entry as JSON."""
    return {
        **entry,
        "matches": [
            {"step": match.step, "before": match.before, "match": match.words, "after": match.after}
            for match in found
        ],
    }
