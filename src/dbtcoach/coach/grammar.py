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
_INNER = re.compile(r"[(\[<~.^$,]")


_DEEP = f"brackets nested deeper than {MAX_NESTING}"


class PhraseError(Exception):
    """A phrase is written wrongly; ``at`` is where in it, from 0."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


def items_of(text: str) -> list[str]:
    """Return what a phrase is made of: words, names, verbs, gaps, signs, brackets with what is in them."""
    found: list[str] = _ITEM.findall(text)
    return found


def is_flat(item: str) -> bool:
    """Return whether an item, which may be a bracket, holds nothing but words."""
    return not _INNER.search(item, 1)


def is_gap(item: str) -> bool:
    """Return whether an item is a gap."""
    return "..." in item and item[0] in ".,"


def check(text: str, unknown: Callable[[str], str]) -> None:
    """Raise PhraseError for the first mistake; ``unknown`` says what is wrong with a name, or nothing."""
    if len(text) > MAX_LENGTH:
        raise PhraseError(0, f"a phrase is longer than {MAX_LENGTH} characters")
    _check(text, 0, 0, unknown)
    if not text.strip(" ^,$"):
        raise PhraseError(0, "a word is missing here")
    if is_gap(items_of(text.strip(" ^"))[0]):
        raise PhraseError(0, "a phrase cannot start with a gap")
    if _optional(text):
        raise PhraseError(0, "a phrase needs at least one word that must be there")


def _optional(text: str) -> bool:
    """Return whether a phrase can be no word at all."""
    chains: list[bool] = [True]
    for item in items_of(text):
        if item == "|":
            chains.append(True)
        elif item[0] not in "[.,^$" and not (item[0] == "(" and _optional(item[1:-1])):
            chains[-1] = False
    return any(chains)


def _check(text: str, at: int, depth: int, unknown: Callable[[str], str]) -> None:
    """Check what stands at a place of a phrase, inside so many brackets."""
    end, empty = 0, True
    for found in _ITEM.finditer(text):
        if found.start() != end:
            break
        item, here, end = found[1], at + found.start(1), found.end()
        outside = text[: found.start()] if item in ("^", ",") else text[end:]
        wrong = _wrong(item, depth, unknown, alone=empty, edge=not outside.strip())
        if wrong:
            raise PhraseError(here, wrong)
        if item[0] in "([":
            _check(item[1:-1], here + 1, depth + 1, unknown)
        empty = item == "|"
    rest = text[end:].strip()
    here = at + text.index(rest, end)
    if rest and rest[0] in "([":
        closed = rest.count(rest[0]) <= rest.count(")" if rest[0] == "(" else "]")
        raise PhraseError(here, _DEEP if closed else f"this '{rest[0]}' is never closed")
    if rest:
        what = "cannot stand here" if rest[0] in ")]" else "has no meaning in a phrase"
        raise PhraseError(here, f"'{rest[0]}' {what}")
    if empty:
        raise PhraseError(here, "a word is missing here")


def _wrong(item: str, depth: int, unknown: Callable[[str], str], *, alone: bool, edge: bool) -> str:
    """Return what is wrong with an item by itself, or nothing."""
    if item == "|":
        return "a word is missing here" if alone else ""
    if item in ("^", ",", "$"):
        return f"'{item}' cannot stand here" if depth or not edge else ""
    if item[0] in "([":
        return _DEEP if depth >= MAX_NESTING else ""
    if is_gap(item):
        return "" if 1 <= int(item.rpartition(".")[2][:4]) <= MAX_GAP else f"a gap holds 1 to {MAX_GAP} words"
    return unknown(item[1:-1]) if item[0] == "<" else ""
