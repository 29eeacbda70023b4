"""Where a text quotes somebody: found once from left to right, in linear time."""

from __future__ import annotations

import bisect

# An opening mark, and the marks that may close it: noqa comments, because these are the marks themselves.
_PAIRS = {
    "“": "”",
    "«": "»",
    "„": "“”",
    "‹": "›",  # noqa: RUF001
    "「": "」",
    '"': '"”',
    "‘": "’'",
    "'": "'’",
}
_SINGLE = "‘'"
_CLOSERS = frozenset("”»“›」\"’'")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return where quoted words lie as (start, end) without their marks; an unclosed quote is none.

    Of nested quotes only the outer one counts. An apostrophe is taken as a closing mark only where a
    word ends, so that "mums' house" and "don't" are not mistaken for speech.
    """
    if _PAIRS.keys().isdisjoint(text):  # mostly
        return []
    closers = _closing_marks(text)
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char in _PAIRS and _opens(text, at):
            end = _first_after(closers, _PAIRS[char], at + 1)
            if end is not None:
                spans.append((at + 1, end))
                at = end
        at += 1
    return spans


def _closing_marks(text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, char in enumerate(text):
        if char in _CLOSERS and (char not in "’'" or _ends_word(text, at)):
            found.setdefault(char, []).append(at)
    return found


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in _SINGLE:
        return not (before.isalnum() or after.isspace())
    return True


def _ends_word(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not before.isspace() and not after.isalnum()


def _first_after(closers: dict[str, list[int]], marks: str, start: int) -> int | None:
    best: int | None = None
    for mark in marks:
        places = closers.get(mark, [])
        index = bisect.bisect_left(places, start)
        if index < len(places) and (best is None or places[index] < best):
            best = places[index]
    return best
