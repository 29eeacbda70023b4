"""What of an exercise goes on paper: not what is offered behind its card, its end, keys or commands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.script.conditions import Present
from dbtcoach.script.model import Card, Menu

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Exercise, Step

_SENTENCE = re.compile(r"(?<=[.!?”])(?<!\d\.) +")
_TERMINAL = re.compile(
    r"\bdbtcoach [a-z]|\bEnter\b|\bCtrl-|\bpress(ed)? (a|the) key|config\.yaml|\bkeyboard\b|\btyped\b",
    re.IGNORECASE,
)


def for_paper(exercise: Exercise) -> Exercise:
    """Return the exercise with the steps for paper; what waits for a step that is gone goes, too."""
    kept: dict[str, Step] = {}
    for step in exercise.steps:
        has_card = any(isinstance(each, Card) for each in kept.values())
        if (isinstance(step, Menu) and has_card) or (step.role == "closing" and not isinstance(step, Card)):
            continue
        if all(_can_hold(guard, kept) for guard in step.when):
            known = tuple(guard for guard in step.when if guard.key in kept)
            kept[step.id] = replace(step, when=known)
    return replace(exercise, steps=tuple(kept.values()))


def in_ink(text: str) -> str:
    """Return a text without the sentences that are about a keyboard or a command; a screen is a sheet."""
    text = text.replace(" at the screen", " with this sheet")
    lines = (
        " ".join(each for each in _SENTENCE.split(line) if not _TERMINAL.search(each))
        for line in text.split("\n")
    )
    return "\n".join(line for line, before in zip(lines, text.split("\n"), strict=True) if line or not before)


def told_once(part: str, told: dict[str, str], facts: Mapping[str, str], number: int) -> str:
    """Return a part without the people to call who stand on the sheet already; note those that it tells."""
    for fact in ("lines.abuse", "lines.stopping", "lines.crisis"):
        lines = facts.get(fact, "")
        for found, mark in ((quoted(lines), "> "), (lines, "")):
            if lines and found in part:
                part = part.replace(found, f"{mark}People to call: {told[lines]}.") if lines in told else part
                told.setdefault(lines, f"at {number}")
                break
    return part


def quoted(text: str) -> str:
    """Return a text as Markdown quotes it."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _can_hold(guard: Guard, kept: dict[str, Step]) -> bool:
    absent = isinstance(guard.condition, Present) and not guard.condition.wanted
    return guard.key in kept or absent
