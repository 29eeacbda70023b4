"""The letters of a text, evened out: however it was typed, pasted or disguised, rules read the same.

Compatibility forms (full width, bold, circled), accents, look-alikes of other alphabets, every kind of
quotation mark, dash, space and line break, and whatever cannot be seen become plain letters, or nothing.
Each letter still knows where it stood in the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = re.compile(r"[\n\t -_a-~]*")  # nothing to do: no letter but these, and most texts are that

_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Unicode's default-ignorable code points (DerivedCoreProperties.txt).
_UNSEEN = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_ALIKE = str.maketrans(
    # Cyrillic, Greek and phonetic letters that look like Latin ones, by what they look like.
    "аеорсухіјѕԁһӏԛԝкмтАВЕКМНОРСТУХІЈЅαοινρτυκεΑΒΕΖΗΙΚΜΝΟΡΤΥΧıłøđħŧðɑɡᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢꜰꜱ‐‒―\u2800",  # noqa: RUF001
    "aeopcyxijsdhlqwkmtABEKMHOPCTYXIJSaoivptukeABEZHIKMNOPTYXilodhtdagabcdeghijklmnoprtuvwyzfs-–— ",
) | str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "⁄": "/"})  # noqa: RUF001
_QUOTES = str.maketrans(
    dict.fromkeys("“”„‟«»‹›″‶〝〞〟「」『』❝❞", '"') | dict.fromkeys("‘’‚‛`´′‵ʼʹʻʽˈ՚ꞌ᾽᾿❛❜‘", "'")  # noqa: RUF001
)
_FRAMED = (0x1F150, 0x1F170, 0x1F130, 0x249C)  # in circles, squares and brackets: A to Z from each of these


@dataclass(frozen=True, slots=True)
class Letters:
    """Plain letters; ``starts`` and ``ends`` say for each where in the given text it begins and ends."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def plain_letters(text: str) -> Letters:
    """Return the letters of a text, evened out; the time is linear in its length."""
    if _PLAIN.fullmatch(text):
        return Letters(text, range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    before = ""
    for at, letter in enumerate(text):
        plain = "" if before == "\r" and letter == "\n" else _plain(letter)
        before = letter
        if plain:
            parts.append(plain)
            starts += [at] * len(plain)
            ends += [at + 1] * len(plain)
        elif ends:
            ends[-1] = at + 1  # a mark above a letter, or what cannot be seen, belongs to the letter before
    return Letters("".join(parts), starts, ends)


@lru_cache(4096)
def _plain(letter: str) -> str:
    if letter in _BREAKS:
        return "\n"
    if _UNSEEN.match(letter):
        return ""
    if letter.translate(_QUOTES) != letter:
        return letter.translate(_QUOTES)
    code = ord(letter)
    for first in _FRAMED:
        if first <= code < first + 26:
            return chr(ord("A") + code - first)
    kept = (part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    plain = "".join(" " if part.isspace() else part for part in kept).translate(_QUOTES).translate(_ALIKE)
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Me", "Mn") and not plain.isspace() else plain
