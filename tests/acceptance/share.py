"""How much of a long run is done: a share of it in every run, the whole with ``DBTCOACH_FULL=1``."""

from __future__ import annotations

import os
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = bool(os.environ.get("DBTCOACH_FULL"))
LONG = 7200 if FULL else 180  # seconds after which a test has hung

Thing = TypeVar("Thing")


def share(part: int, whole: int) -> int:
    """Return how often to do something."""
    return whole if FULL else part


def some(things: Sequence[Thing], part: int) -> list[Thing]:
    """Return all of these things, or so many of them from the whole length of the list."""
    if FULL or len(things) <= part:
        return list(things)
    return [things[round(number * (len(things) - 1) / max(1, part - 1))] for number in range(part)]


def in_turn(*lists: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return all combinations of these things, or as few as have each thing in one of them."""
    if FULL:
        return list(product(*lists))
    return [tuple(things[n % len(things)] for things in lists) for n in range(max(map(len, lists)))]
