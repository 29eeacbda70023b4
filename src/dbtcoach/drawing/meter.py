"""A bar that says how far something has come that takes longer than a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

_QUIET = 0.5  # seconds until there is anything to see of how far it has come
_EVERY = 0.1
_LOOKS = 256  # steps between two looks at the clock
_WIDTH = 24


class Meter:
    """A bar on a stream, once half a second is over and ``shows`` is True; ``total`` is asked for then."""

    def __init__(
        self, err: TextIO, monotonic: Callable[[], float], total: Callable[[], int], *, shows: bool
    ) -> None:
        self._err = err
        self._monotonic = monotonic
        self._count = total
        self._shows = shows
        self._drawn = False
        self._total = 0
        self._next = monotonic() + _QUIET
        self.begin_again()

    def begin_again(self) -> None:
        """Count from nothing."""
        self._done = 0

    def step(self) -> None:
        """Say that one more is done."""
        self._done += 1
        if self._shows and self._done % _LOOKS == 0:
            now = self._monotonic()
            if now >= self._next:
                self._next = now + _EVERY
                self._draw()

    def _draw(self) -> None:
        self._total = self._total or self._count()
        filled = min(_WIDTH, _WIDTH * self._done // max(1, self._total))
        self._write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}]")
        self._drawn = True

    def end(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._write("\r" + " " * (_WIDTH + 2) + "\r")
            self._drawn = False

    def _write(self, text: str) -> None:
        try:
            self._err.write(text)
            self._err.flush()
        except (OSError, ValueError):
            self._shows = False
