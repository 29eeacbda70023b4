"""What is wrong with a file, and where: all of it at once, in file order."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from dbtcoach.errors import ScriptError

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 50
COMPARED = 500  # names that a wrong one is compared with


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    col: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one place."""

    mark: Mark
    message: str

    def __str__(self) -> str:
        return f"{self.mark}: {self.message}"


@dataclass(slots=True)
class Problems:
    """Collects problems while a file is read, so that its author sees all of them at once.

    ``private`` says that the file holds what a person wrote: no message repeats a word of it then.
    """

    found: list[Problem] = field(default_factory=list)
    private: bool = False

    def add(self, mark: Mark, message: str) -> None:
        """Note one problem."""
        self.found.append(Problem(mark, message))

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Return a suggestion as ``nearest`` does, or nothing where the problem will not be shown anyway.

        Comparing 5,000 wrong names with 5,000 right ones would take half a minute.
        """
        return nearest(name, known) if len(self.found) < SHOWN else ""

    def raise_if_any(self) -> None:
        """Raise ScriptError with every problem, a line each, in file order; do nothing when there is none."""
        if self.found:
            ordered = sorted(set(self.found))
            lines = [str(problem) for problem in ordered[:SHOWN]]
            if len(ordered) > SHOWN:
                lines.append(f"… and {len(ordered) - SHOWN} more")
            raise ScriptError("\n".join(lines))


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest known name, or an empty text."""
    import difflib  # only a wrong file pays for it

    close = difflib.get_close_matches(name[:80], islice(known, COMPARED), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
