"""Names for entries that sort by the time they were saved (UUID version 7, RFC 9562)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_RANDOM_BITS = 74
_RANDOM = 1 << _RANDOM_BITS
_LOW_BITS = 62
_END_OF_TIME = 253_402_300_800_000  # the year 10000, in milliseconds; an id beyond it is not one of ours
_LENGTH = 36
_HYPHENS = (8, 13, 18, 23)
_DIGITS = frozenset("0123456789abcdef")


def next_id(now_ms: int, randomness: Callable[[int], bytes], newest: str | None) -> str:
    """Return an id for ``now_ms`` (milliseconds since 1970) that is larger than ``newest``.

    The clock may have jumped back: then the id counts on from ``newest``, which therefore bounds it from
    below. A ``newest`` that is no UUID version 7 before the year 10000 is not looked at, and neither is one
    (from a merged journal) that leaves no room before it.
    """
    moment = min(max(now_ms, 0), _END_OF_TIME - 1)
    chosen = moment << _RANDOM_BITS | int.from_bytes(randomness(10), "big") % _RANDOM
    before = _number(newest)
    if before is not None and chosen <= before:
        # A step of up to 2**32 rather than 1: two machines that count on from the same id stay apart.
        following = before + 1 + int.from_bytes(randomness(4), "big")
        if following >> _RANDOM_BITS < _END_OF_TIME:
            chosen = following
    return _text(chosen)


def moment_of(name: str) -> int | None:
    """Return when ``name`` was given, in milliseconds since 1970, or None if it is not an id of ours."""
    number = _number(name)
    return None if number is None else number >> _RANDOM_BITS


def _text(number: int) -> str:
    moment, random = number >> _RANDOM_BITS, number % _RANDOM
    high, low = random >> _LOW_BITS, random % (1 << _LOW_BITS)
    digits = f"{moment:012x}7{high:03x}{(2 << _LOW_BITS) | low:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _number(text: str | None) -> int | None:
    if text is None or len(text) != _LENGTH or any(text[place] != "-" for place in _HYPHENS):
        return None
    digits = text.replace("-", "")
    if len(digits) != _LENGTH - len(_HYPHENS) or not _DIGITS.issuperset(digits):
        return None
    if digits[12] != "7" or digits[16] not in "89ab":
        return None
    moment = int(digits[:12], 16)
    if moment >= _END_OF_TIME:
        return None
    low = int(digits[16:], 16) % (1 << _LOW_BITS)
    return moment << _RANDOM_BITS | int(digits[13:16], 16) << _LOW_BITS | low
