"""Numbers to call that somebody saw last: what stays with them when an exercise is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.practice.course import events
from dbtcoach.script.contents import messages_of
from dbtcoach.script.facts import references
from dbtcoach.script.model import Say, walk

if TYPE_CHECKING:
    from dbtcoach.practice.session import Session

CRISIS_LINES, ABUSE_LINES, STOPPING_LINES = "lines.crisis", "lines.abuse", "lines.stopping"


def numbers_seen(session: Session) -> frozenset[str]:
    """Return the facts with numbers that would go with the screen, if the session were left now.

    Whoever stops at numbers takes these along; so does whoever ends an exercise early after a page that
    had some, and whoever met them among its closing words.
    """
    if session.numbers:
        return frozenset({session.numbers})
    passed = session.passed if session.ended else events(session)
    pages = [
        step
        for step in walk(session.exercise.steps)
        if isinstance(step, Say) and step.id in passed and (session.ended or step.role == "closing")
    ]
    named = {name for page in pages for text in messages_of(page) for name in references(text)}
    return frozenset(named & {CRISIS_LINES, ABUSE_LINES, STOPPING_LINES})


def say_numbers(session: Session, wanted: frozenset[str]) -> str:
    """Return these numbers as plain lines, each line once: the emergency number ends both lists."""
    lines = [
        line
        for name in (CRISIS_LINES, ABUSE_LINES, STOPPING_LINES)
        if name in wanted
        for line in session.facts.get(name, "").split("\n")
    ]
    return "\n".join(line for at, line in enumerate(lines) if line not in lines[at + 1 :])
