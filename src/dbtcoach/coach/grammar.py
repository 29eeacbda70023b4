"""What a phrase may be made of, and where one is written wrongly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_GAP = 12
MAX_NESTING = 6
MAX_LENGTH = 4000  # characters of one phrase


def _bracket(opens: str, closes: str) -> str:
    """Return what a bracket matches, with the brackets in it."""
    pattern = "(?!)"
    for _ in range(MAX_NESTING):
        pattern = rf"\{opens}(?:[^\{opens}\{closes}]++|{pattern})*+\{closes}"
    return pattern


_ITEM = re.compile(
    rf"\s*({_bracket('(', ')')}|{_bracket('[', ']')}"
    r"|,?\.\.\.\d+|<[a-z_]+>|~[a-z]+|[a-z0-9'’*-]+|[|^$,])",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r",?\.\.\.(?P<gap>\d+)|<(?P<name>[a-z_]+)>|~[a-z]+|[a-z0-9'’*-]+|(?P<sign>[()\[\]|^$,])|(?P<other>\S)",
    re.IGNORECASE,
)
_INNER = re.compile(r"[(\[<~.^$,]")


def items_of(text: str) -> list[str]:
    """Return what a phrase is made of: words, names, verbs, gaps, signs, brackets with what is in them."""
    return _ITEM.findall(text)


def is_flat(item: str) -> bool:
    """Return whether an item, which may be a bracket, holds nothing but words."""
    return not _INNER.search(item, 1)


def wrong_in(text: str, unknown: Callable[[str], str]) -> tuple[int, str] | None:
    """Return the place of the first mistake, from 0, and what is wrong there; ``unknown`` judges a name."""
    if len(text) > MAX_LENGTH:
        return 0, f"a phrase is longer than {MAX_LENGTH} characters"
    opened: list[tuple[int, str]] = []
    before = "|"
    for found in _PIECE.finditer(text):
        piece, at = found[0], found.start()
        wrong = _wrong(found, opened, before, unknown)
        if wrong:
            return at, wrong
        if piece in "([":
            opened.append((at, piece))
        elif piece in ")]":
            opened.pop()
        before = piece if piece not in "^,$" else before
    if opened:
        return opened[-1][0], f"this '{opened[-1][1]}' is never closed"
    return (len(text), "a word is missing here") if before == "|" else None


def _wrong(
    found: re.Match[str], opened: list[tuple[int, str]], before: str, unknown: Callable[[str], str]
) -> str:
    """Return what is wrong with a piece behind another one, inside some brackets, or nothing."""
    piece = found[0]
    if found["gap"]:
        if not found.string[: found.start()].strip(" ^"):
            return "a phrase cannot start with a gap"
        return "" if 1 <= int(found["gap"][:4]) <= MAX_GAP else f"a gap holds 1 to {MAX_GAP} words"
    if found["name"]:
        return unknown(found["name"])
    if found["other"]:
        return f"'{piece}' has no meaning in a phrase"
    if piece in "([":
        return f"brackets nested deeper than {MAX_NESTING}" if len(opened) >= MAX_NESTING else ""
    closes = {")": "(", "]": "["}.get(piece)
    outside = found.string[found.end() :] if piece == "$" else found.string[: found.start()]
    if (closes and (not opened or opened[-1][1] != closes)) or (piece in "^,$" and outside.strip()):
        return f"'{piece}' cannot stand here"
    return "a word is missing here" if before in "([|" and piece in "|)]" else ""
