"""How a range of numbers is said on paper."""

from __future__ import annotations


def between(low: int, high: int, bottom: int, top: int) -> str:
    """Return a range of numbers in words; what reaches the ``bottom`` or the ``top`` is open there."""
    if low == high:
        return str(low)
    if high >= top:
        return f"{low} or more"
    return f"{high} or less" if low <= bottom else f"{low} to {high}"


def risen(low: int, high: int) -> str:
    """Return how much higher or lower a number is than another, as words before that one."""
    if low == high == 0:
        return "the same as"
    if low >= 0:
        return {0: "not lower than", 1: "higher than"}.get(low, f"at least {low} higher than")
    if high < -1:
        return f"at least {-high} lower than"
    return {0: "not higher than", -1: "lower than"}.get(high, f"at most {high} higher than")
