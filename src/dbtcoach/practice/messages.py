"""What a step says in the course of a session: the message of the day, with names filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.practice.course import holds, live_answers
from dbtcoach.practice.page import CardPart
from dbtcoach.practice.written import written
from dbtcoach.script.contents import labels_of, messages_of
from dbtcoach.script.facts import REFERENCE, references
from dbtcoach.script.model import Asked, Card, Passage, Text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.practice.session import Session
    from dbtcoach.script.model import Step

DAY_NUMBER = "day_number"  # the fact that messages rotate by: days since a fixed date, as digits


def message(session: Session, step: Step) -> str:
    """Return the message of a step as it is shown; empty for steps without one."""
    if isinstance(step, Card) and step.parts:
        return card_text(card_parts(session, step))
    messages = messages_of(worded(session, step) if isinstance(step, Text) else step)
    if not messages:
        return ""
    day = int(session.facts.get(DAY_NUMBER, "0")) if len(messages) > 1 else 0
    return fill(session, messages[day % len(messages)])


def worded(session: Session, step: Text) -> Text:
    """Return the step with the words that it has for what was answered so far."""
    live = live_answers(session) if step.instead else {}
    for other in step.instead:
        if holds(other.when, live, session.facts):
            return replace(
                step,
                message=other.message or step.message,
                help=other.help or step.help,
                placeholder=other.placeholder or step.placeholder,
            )
    return step


def card_parts(session: Session, step: Card, hidden: frozenset[str] = frozenset()) -> tuple[CardPart, ...]:
    """Return the parts of a card that say something; neighbours under one title are one.

    Answers of ``hidden`` steps are not filled in.
    """
    passages = step.parts or (Passage(title="", message=step.message),)
    live = live_answers(session)
    found: list[CardPart] = []
    for passage in passages:
        text = fill(session, passage.message, hidden)
        if not text.strip() or not holds(passage.when, live, session.facts):
            continue
        title = fill(session, passage.title)
        if found and found[-1].title == title:
            text = f"{found.pop().text}\n{text}"
        found.append(CardPart(title, text, passage.for_me))
    return tuple(found)


def card_text(parts: Iterable[CardPart]) -> str:
    """Return the parts of a card as plain lines: what stands under a name is indented."""
    return "\n\n".join(_indented(part) if part.title else part.text for part in parts)


def _indented(part: CardPart) -> str:
    return "\n".join([part.title, *(f"  {line}" for line in part.text.split("\n"))])


def unkept(session: Session, steps: Iterable[Step]) -> frozenset[str]:
    """Return the ids of those of these steps whose answers may be in no draft, no journal and no export."""
    return session.unkept | {step.id for step in steps if isinstance(step, Asked) and not step.keep}


def prompt_kept(session: Session, step: Step, hidden: frozenset[str]) -> str:
    """Return the prompt of a step as it was shown, to be kept with its answer.

    Where it quotes an answer of one of the ``hidden`` steps, it is said anew without that.
    """
    given = session.answers.get(step.id)
    shown = given.prompt if given is not None else message(session, step)
    if hidden.isdisjoint(_quoted(worded(session, step) if isinstance(step, Text) else step)):
        return shown
    without = {name: answer for name, answer in session.answers.items() if name not in hidden}
    return message(replace(session, answers=without), step)


def _quoted(step: Step) -> set[str]:
    """Return the ids of the steps whose answers the messages of a step may quote."""
    names = {name for text in messages_of(step) for name in references(text)}
    return names | {name.rpartition(".")[0] for name in names}


def fill(session: Session, text: str, hidden: frozenset[str] = frozenset()) -> str:
    """Return a text with each ``${name}`` replaced by what it stands for, cleaned; by nothing if ``hidden``.

    What is missing gives nothing, and a line that is empty because of it goes; ``$$`` is a dollar.
    """
    if "$" not in text:
        return text
    live = {name: value for name, value in live_answers(session).items() if name not in hidden}
    steps = {step.id: step for step in walk(session.exercise.steps)}

    def named(name: str) -> str:
        if name in live:
            return written(live[name], labels_of(steps[name]))
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
