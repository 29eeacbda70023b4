"""A session is a value: what was answered, what was passed, and what was set aside by going back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbtcoach.script.model import Exercise

Value = str | bool | int | tuple[str, ...] | Mapping[str, int | str]
Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a step, with the prompt as it was shown."""

    step: str
    prompt: str
    value: Value


@dataclass(frozen=True, slots=True)
class Session:
    """One person's way through one exercise so far.

    ``passed`` holds the ids of steps that were shown, waited for, answered or skipped, and for each part
    that was chosen from a menu ``<menu id>:<part>``. ``aside`` holds answers that going back took away,
    to be offered again, and ``lines`` what stood on the line of a step that was left without an answer.
    ``private`` means that nothing may be drafted any more, after an unsafe choice, even one that was taken
    back since, or because the exercise asks at its end. ``unkept`` holds the steps whose words say danger:
    they are in no draft, and in no entry unless the person says so. ``numbers`` names the fact with the
    numbers that are shown for them now.
    """

    exercise: Exercise
    facts: Facts
    started: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    aside: Mapping[str, Value] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ended: bool = False
    private: bool = False
    unkept: frozenset[str] = frozenset()
    numbers: str = ""
    rounds: int = 0


def start(
    exercise: Exercise, facts: Facts, started: str, drawn: Mapping[str, tuple[str, ...]] | None = None
) -> Session:
    """Return a session in which nothing has happened; ``started`` is ISO 8601 with an offset."""
    private = exercise.asks_to_keep != ""
    return Session(exercise, facts, started, drawn=dict(drawn or {}), private=private)
