"""How much work something is, told without a clock that runs faster here than there.

``steps`` counts, and is the same on every machine. ``walks`` is for work that is done in C, where nothing can
be counted: it sets the time against that of a plain loop, which a slow machine makes slow as well.
"""

from __future__ import annotations

import functools
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MEGABYTE = bytes(1_000_000)


def steps(action: Callable[[], object]) -> int:
    """Return how many lines of Python an action goes through; what C does within one is not counted."""
    count = 0

    def trace(_frame: object, _event: str, _argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def walks(action: Callable[[], object]) -> float:
    """Return in how many times the processor time of a loop over a megabyte an action is done."""
    return seconds(action) / megabyte()


def seconds(action: Callable[[], object]) -> float:
    """Return the processor time that an action takes."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


@functools.cache
def megabyte() -> float:
    """Return the processor seconds in which Python looks at each byte of a megabyte, here and now."""

    def look() -> None:
        for _byte in _MEGABYTE:
            pass

    return min(seconds(look) for _ in range(5))
