"""What becomes of a number while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbtcoach.script.model import Scale

MINUS = "-\u2212"
_LONGEST = 4  # -100


def value_of(text: str) -> int | None:
    """Return the number that stands there; None for none, or for one that is not finished."""
    plain = text.strip().replace("\u2212", "-")
    return int(plain) if plain.removeprefix("-").isdecimal() and len(plain) <= _LONGEST else None


def typed(scale: Scale, text: str, letter: str, *, goes_on: bool) -> str:
    """Return what stands there after one more letter: it goes on from what was typed, or takes its place.

    A letter that belongs to no number changes nothing.
    """
    if not (letter.isdecimal() or (letter in MINUS and scale.low < 0)):
        return text
    longer = value_of(text + letter) if goes_on else None
    return text + letter if (longer is not None and longer <= scale.high) or text in MINUS else letter


def moved(scale: Scale, text: str, by: int) -> str:
    """Return the number that is one higher or lower; from nothing it begins at the end that it comes from."""
    start = value_of(text)
    first = scale.low if by > 0 else scale.high
    return str(first if start is None else min(scale.high, max(scale.low, start + by)))
