"""The closed set of what an exercise may know of the world, and how it is written."""

from __future__ import annotations

import re

# What an earlier evening left behind, for the day's check-in and the look back at a week.
REMEMBERED = (
    "planned",
    "last_week",
    "week_due",
    "week_numbers",
    "week_words",
    "week_highest",
    "week_planned",
)
NAMES = (
    *("now", "today", "day", "that_day", "next_day"),
    *("lines.crisis", "lines.abuse", "lines.stopping", "follow_up"),
    *REMEMBERED,
)
NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
REFERENCE = re.compile(r"\$(\$|\{([^{}\n]{0,80})\})")
_LATER = re.compile(r"now\+([1-9][0-9]{0,3})min", re.ASCII)
_LAST = re.compile(rf"last\.({NAME.pattern})\.({NAME.pattern}(?:\.{NAME.pattern})*)")


def minutes_later(name: str) -> int | None:
    """Return 20 for ``now+20min``, else None; a day at most."""
    found = _LATER.fullmatch(name)
    minutes = int(found.group(1)) if found else 0
    return minutes if 0 < minutes <= 24 * 60 else None


def last_answer(name: str) -> tuple[str, str] | None:
    """Return exercise and step of ``last.<exercise>.<step>``, else None."""
    found = _LAST.fullmatch(name)
    return (found.group(1), found.group(2)) if found else None


def is_fact(name: str) -> bool:
    """Say whether an exercise may refer to this fact."""
    return name in NAMES or minutes_later(name) is not None or last_answer(name) is not None


def references(text: str) -> list[str]:
    """Return the names in every ``${name}`` of a text; ``$$`` is a dollar."""
    return [found.group(2) for found in REFERENCE.finditer(text) if found.group(1) != "$"]
