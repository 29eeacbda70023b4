"""Thirty evenings at a terminal, with a clock that stands: ``python -m tests.pty.thirty_days``.

It writes docs/thirty-days.md, the screens of four of them, as they stand when they are answered.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pty.person import Person, settle, squeezed
from tests.shell import home_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = Path(__file__).parents[2] / "docs" / "thirty-days.md"
FIX = "python -m tests.pty.thirty_days"
CLOCK = Path(__file__).parent / "dated.py"
FIRST = datetime(2026, 11, 2, 21, 30, tzinfo=UTC)  # a Monday
SHOWN = (1, 2, 8, 30)
LEFT_OUT = (6, 13, 20, 21)  # nobody checks in every evening
MOST_PAGES = 20
FOOT = "hides"  # ends the line of keys: the page is there
LAST = "Kept in your journal."
STEPS = (
    "Say good morning first",
    "Ten minutes outside before I answer",
    "Eat at seven",
    "Phone in the hall at night",
    "Ask how her day was, and listen",
)
GOOD = ("The light in the kitchen at five", "Soup", "A long bath", "")
CONFIG = "urges: [Send that message]\n"
BEFORE = {
    4: ("connect", "afraid: not_afraid\nperson_safe: kind\ndose: Tell Ana one thing that was hard today.\n"),
    9: ("express", "afraid: not_afraid\npath: timeout\nback: hour\nstrength: 7\n"),
}


@dataclass(slots=True)
class Evening:
    """One check-in: its number, and each screen as it stood when it was answered."""

    number: int
    screens: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return all that was on the screen, on one line."""
        return squeezed(" ".join(self.screens))


def evenings(folder: Path, last: int = 30) -> Iterator[Evening]:
    """Yield the evenings of somebody whose home folder this is, up to the ``last``."""
    settle(home_of(folder))
    (home_of(folder) / "config.yaml").write_text(CONFIG, "utf-8")
    for number in range(1, last + 1):
        if number in BEFORE:
            exercise, answers = BEFORE[number]
            (folder / "answers.yaml").write_text(answers, "utf-8")
            with _person(folder, number, exercise, "--answers", "answers.yaml", hour=-3) as person:
                assert person.wait_exit() == 0
        if number not in LEFT_OUT:
            evening = Evening(number)
            with _person(folder, number, "reflect") as person:
                _check_in(person, evening)
                assert person.wait_exit() == 0
            yield evening


def _person(folder: Path, number: int, *arguments: str, hour: int = 0) -> Person:
    at = FIRST + timedelta(days=number - 1, hours=hour)
    command = (sys.executable, str(CLOCK), at.isoformat())
    return Person(folder, *arguments, env={"COLORTERM": "truecolor"}, command=command)


def _check_in(person: Person, evening: Evening) -> None:
    shown = ""
    for _ in range(MOST_PAGES):
        person.wait_for(partial(_stands, person, shown), "another page, or the end")
        if not person.child.isalive():
            return
        shown = person.screen
        evening.screens.append(shown)
        _answer(person, shown, evening.number)
        if LAST in shown:
            return


def _stands(person: Person, before: str) -> bool:
    """Tell whether a page is whole, and another than the one that was answered, or it is all over."""
    if not person.child.isalive():
        return True
    headline = before.strip().split("\n", 1)
    asked = squeezed(headline[1])[:60] if len(headline) > 1 else ""
    now = squeezed(person.screen)
    return FOOT in now and (not asked or asked not in now) and not person.look(0.1)


def _answer(person: Person, screen: str, number: int) -> None:
    text = squeezed(screen)
    for words, keys in (
        ("You planned:", str(number % 4 + 1)),
        ("For this week you planned:", "2"),
        ("How strong was each today", f"{number % 5} {number % 3} {(number + 2) % 5} {number % 4} 0\r"),
        ("Send that message", f"{(number * number + 2) % 6} {int(number % 7 == 3)}\r"),
        ("How far did you get", f"{number % 2 * 5} 0 {number % 3 * 3} {4 if number % 7 == 3 else 0} 1\r"),
        ("One good thing", f"{GOOD[number % len(GOOD)]}\r"),
        ("One small step", f"{STEPS[number % len(STEPS)]}\r"),
        ("A little more?", "y" if number % 5 == 1 else "n"),
        ("Time to look back?", "1"),
        ("next week?", "Eat before I write to anyone.\r"),
        ("One thing to plan", "A walk before I go home on Wednesday.\r"),
    ):
        if words in text:
            person.type(keys)
            return
    person.press("enter")


def document(shown: list[Evening]) -> str:
    """Return the page for docs/."""
    parts = [
        "# Thirty evenings",
        (
            f"`reflect` as somebody meets it on day {', '.join(map(str, SHOWN[:-1]))} and {SHOWN[-1]}, with "
            f"made-up answers. Written by `{FIX}` from thirty evenings on a real terminal of 80 columns; "
            "a test holds it to what the program does."
        ),
    ]
    for evening in shown:
        parts.append(f"## Day {evening.number}")
        parts += [f"```text\n{_trimmed(screen)}\n```" for screen in evening.screens]
    return "\n\n".join(parts) + "\n"


def _trimmed(screen: str) -> str:
    return "\n".join(line.rstrip() for line in screen.strip("\n").split("\n"))


def main() -> None:
    """Write the page anew."""
    with tempfile.TemporaryDirectory() as folder:
        found = [evening for evening in evenings(Path(folder)) if evening.number in SHOWN]
    DOCUMENT.write_text(document(found), "utf-8")


if __name__ == "__main__":
    main()
