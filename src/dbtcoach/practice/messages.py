"""What a step says in the course of a session: the message of the day, with names filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.practice.course import holds, live_answers
from dbtcoach.practice.joints import inside, join, sentence_of
from dbtcoach.practice.page import CardPart, Recalled
from dbtcoach.practice.written import written
from dbtcoach.script.contents import labels_of, messages_of, texts_of
from dbtcoach.script.facts import REFERENCE, references
from dbtcoach.script.model import Asked, Card, Menu, Passage, Recall, Text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


def recalled(session: Session, step: Step) -> tuple[Recalled, ...]:
    """Return the earlier words that stay in sight while a step is answered.

    Where the exercise does not say which, a line for a card has those that stand on it already.
    """
    live = live_answers(session)
    steps = {each.id: each for each in walk(session.exercise.steps)}
    wanted = (step.recall if isinstance(step, Asked) else None) or ()
    if isinstance(step, Text) and step.recall is None:
        wanted = tuple(Recall(name) for name in _beside(step, steps) if name in live)
    found: list[Recalled] = []
    for each in wanted:
        words, asked = fill(session, f"${{{each.step}}}"), steps.get(each.step)
        if isinstance(asked, Text) and asked.count:  # they stand in one line
            words = words.replace("\n", " / ")
        if words:
            found.append(Recalled(each.label or _head(session, asked), words, each.theirs))
    return tuple(found)


def _beside(step: Text, steps: Mapping[str, Step]) -> list[str]:
    """Return the lines to be said that stand with this one on the first card below, in their order there."""
    order = list(steps)
    for card in (steps[name] for name in order[order.index(step.id) :]):
        if isinstance(card, Card) and step.id in {
            name for text in texts_of(card) for name in references(text)
        }:
            said = [card.message, *(part.message for part in card.parts if not part.for_me)]
            lines = dict.fromkeys(name for text in said for name in references(text))
            return [name for name in lines if name != step.id and isinstance(steps.get(name), Text)]
    return []


def _head(session: Session, step: Step | None) -> str:
    """Return what a step is called: the word before the colon of what it asks, or its part of a menu."""
    head, colon, _rest = (message(session, step) if step is not None else "").partition(":")
    if colon and head.isalpha():
        return head
    menus = [each for each in walk(session.exercise.steps) if isinstance(each, Menu)]
    return next((part.label for menu in menus for part in menu.parts if step in walk(part.steps)), "")


def _joined(step: Text, before: str, words: str, after: str) -> tuple[str, str]:
    """Return the text before somebody's words and the words, as they read together."""
    if not before.strip() and not after.strip():
        return before, words
    sentence = sentence_of(step.sentence)
    return join(before, inside(sentence, words) if sentence is not None else words, after)


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
    if hidden.isdisjoint(quoted_in(session, step)):
        return shown
    without = {name: answer for name, answer in session.answers.items() if name not in hidden}
    return message(replace(session, answers=without), step)


def quoted_in(session: Session, step: Step) -> set[str]:
    """Return the ids of the steps whose answers the messages of a step may quote."""
    asked = worded(session, step) if isinstance(step, Text) else step
    names = {name for text in messages_of(asked) for name in references(text)}
    return names | {name.rpartition(".")[0] for name in names}


def fill(session: Session, text: str, hidden: frozenset[str] = frozenset()) -> str:
    """Return a text with each ``${name}`` replaced by what it stands for, cleaned; by nothing if ``hidden``.

    What is missing gives nothing, and a line goes of which nothing, or only a name with its colon, is left
    because of it; ``$$`` is a dollar.
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
        fact = clean(session.facts.get(name, ""))
        # What was chosen last time in this exercise, as it is called on the screen.
        asked = steps.get(inner) if outer == f"last.{session.exercise.name}" else None
        labels = labels_of(asked) if asked is not None else {}
        return written(tuple(fact.split("\n")), labels) if labels and fact else fact

    lines: list[str] = []
    for line in text.split("\n"):
        filled, end = "", 0
        for at in REFERENCE.finditer(line):
            filled += line[end : at.start()]
            end = at.end()
            words = "$" if at.group(1) == "$" else named(at.group(2))
            step = steps.get(at.group(2) or "")
            if isinstance(step, Text) and not step.count and at.group(2) in live:
                filled, words = _joined(step, filled, words, REFERENCE.sub("", line[end:]))
            filled += words
        filled += line[end:]
        if filled == line or not _emptied(filled, line):
            lines.append(filled.rstrip())
    return "\n".join(lines).strip("\n")


def _emptied(filled: str, line: str) -> bool:
    """Say whether nothing is left of a line, or only the name of what is missing, as in “Later:”."""
    left = filled.strip()
    return not left or (left.endswith(":") and left == REFERENCE.sub("", line).strip())
