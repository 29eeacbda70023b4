"""What a review is made of: notes that point into the text, a word about safety, one thing done well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["describe", "express", "assert", "reinforce", "reply", "apology", "message"]
Level = Literal["warning", "suggestion"]
Safety = Literal["crisis", "violence", "abuse", "soft"]

KINDS: tuple[Kind, ...] = ("describe", "express", "assert", "reinforce", "reply", "apology", "message")
LEVELS: tuple[Level, ...] = ("warning", "suggestion")
SAFETY: tuple[Safety, ...] = ("crisis", "violence", "abuse", "soft")  # the gravest first
GRAVE: frozenset[Safety | None] = frozenset(("crisis", "violence", "abuse"))

DRAFT_LABELS = tuple(
    "always_never blame label judgement mind_reading should pseudo_feeling vague_ask hedge threat "  # noqa: SIM905 - read at a glance
    "sarcasm kitchen_sink but".split()
)
REPLY_LABELS = tuple(
    "minimise fix debate at_least calm_down but blame judge compare faux_apology validate_invalid "  # noqa: SIM905 - the same
    "dismiss".split()
)
LABELS = tuple(dict.fromkeys(DRAFT_LABELS + REPLY_LABELS))


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on ``text[start:end]`` (code points): what it may do to the listener, and what to write."""

    rule: str
    level: Level
    start: int
    end: int
    message: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Review:
    """The notes on a text, strongest first; none of them when ``safety`` is grave."""

    notes: tuple[Note, ...] = ()
    safety: Safety | None = None
    strength: str | None = None
