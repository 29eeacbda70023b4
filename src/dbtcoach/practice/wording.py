"""What a step says in this session: the message of the day, with names filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.practice.course import live_answers
from dbtcoach.practice.written import written
from dbtcoach.script.facts import REFERENCE
from dbtcoach.script.model import Menu, Say, Select, Text, walk

if TYPE_CHECKING:
    from dbtcoach.practice.session import Session
    from dbtcoach.script.model import Step

DAY_NUMBER = "day_number"  # the fact that messages rotate by: days since a fixed date, as digits


def message(session: Session, step: Step) -> str:
    """Return the message of a step as it is shown; empty for steps without one."""
    text: str = getattr(step, "message", "")
    if isinstance(step, Say | Text) and step.others:
        day = session.facts.get(DAY_NUMBER, "0")
        messages = (text, *step.others)
        text = messages[int(day) % len(messages)]
    return fill(session, text)


def fill(session: Session, text: str) -> str:
    """Return a text with each ``${name}`` replaced by what it stands for, cleaned.

    What is missing gives nothing, and a line that is empty because of it goes; ``$$`` is a dollar.
    """
    if "$" not in text:
        return text
    live = live_answers(session)
    labels = _labels(session)

    def named(name: str) -> str:
        if name in live:
            return written(live[name], labels.get(name, {}))
        outer, _dot, inner = name.rpartition(".")
        rows = live.get(outer)
        if isinstance(rows, dict) and inner in rows:
            return str(rows[inner])
        return clean(session.facts.get(name, ""))

    lines: list[str] = []
    for line in text.split("\n"):
        filled = REFERENCE.sub(lambda at: "$" if at.group(1) == "$" else named(at.group(2)), line)
        if filled.strip() or filled == line:
            lines.append(filled.rstrip())
    return "\n".join(lines).strip("\n")


def _labels(session: Session) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for step in walk(session.exercise.steps):
        if isinstance(step, Select):
            found[step.id] = {choice.value: choice.label for choice in step.choices}
        elif isinstance(step, Menu):
            found[step.id] = {part.value: part.label for part in step.parts}
    return found
