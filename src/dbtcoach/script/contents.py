"""What a step holds, whatever its kind: its texts, and the names of its values.

A new kind of step fails the type checker here until it is decided what it holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from dbtcoach.script.model import (
    Breathe,
    Card,
    Confirm,
    Drill,
    Menu,
    Run,
    Say,
    Scale,
    Scales,
    Select,
    Text,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.script.conditions import Guard
    from dbtcoach.script.model import Step


def messages_of(step: Step) -> tuple[str, ...]:
    """Return the message of a step and those that take turns with it; none for what shows nothing itself."""
    match step:
        case Say() | Text():
            return (step.message, *step.others)
        case Select() | Confirm() | Scale() | Scales() | Menu() | Breathe() | Wait() | Card():
            return (step.message,)
        case Run() | Drill():
            return ()
        case _:
            assert_never(step)


def texts_of(step: Step) -> tuple[str, ...]:
    """Return every text of a step in which ``${name}`` is filled in."""
    texts = (*messages_of(step), step.help)
    match step:
        case Text():
            others = (text for each in step.instead for text in (each.message, each.help, each.placeholder))
            return (*texts, step.placeholder, step.offer, *others)
        case Card():
            return (*texts, step.title, *(text for part in step.parts for text in (part.title, part.message)))
        case Say() | Select() | Confirm() | Scale() | Scales() | Menu() | Breathe() | Wait():
            return texts
        case Run() | Drill():
            return texts
        case _:
            assert_never(step)


def with_texts(step: Step, change: Callable[[str], str]) -> Step:
    """Return the step with each of its texts changed."""
    message = change(next(iter(messages_of(step)), ""))
    about = change(step.help)
    match step:
        case Say():
            return replace(step, help=about, message=message, others=tuple(map(change, step.others)))
        case Text():
            others = tuple(map(change, step.others))
            example, offer = change(step.placeholder), change(step.offer)
            instead = tuple(
                replace(
                    each,
                    message=change(each.message),
                    help=change(each.help),
                    placeholder=change(each.placeholder),
                )
                for each in step.instead
            )
            step = replace(step, help=about, message=message, others=others, instead=instead)
            return replace(step, placeholder=example, offer=offer)
        case Card():
            parts = tuple(
                replace(part, title=change(part.title), message=change(part.message)) for part in step.parts
            )
            return replace(step, help=about, message=message, title=change(step.title), parts=parts)
        case Select() | Confirm() | Scale() | Scales() | Menu() | Breathe() | Wait():
            return replace(step, help=about, message=message)
        case Run() | Drill():
            return replace(step, help=about)
        case _:
            assert_never(step)


def with_children(step: Step, change: Callable[[tuple[Step, ...]], tuple[Step, ...]]) -> Step:
    """Return the step with the steps inside it changed, those of each part of a menu for themselves."""
    match step:
        case Run() | Drill():
            return replace(step, steps=change(step.steps))
        case Menu():
            return replace(step, parts=tuple(replace(part, steps=change(part.steps)) for part in step.parts))
        case Say() | Text() | Select() | Confirm() | Scale() | Scales() | Breathe() | Wait() | Card():
            return step
        case _:
            assert_never(step)


def guards_of(step: Step) -> tuple[Guard, ...]:
    """Return every guard of a step: its own, and those of its parts and other wordings."""
    inner = step.instead if isinstance(step, Text) else step.parts if isinstance(step, Card) else ()
    return (*step.when, *(guard for each in inner for guard in each.when))


def with_guards(step: Step, change: Callable[[Guard], Guard]) -> Step:
    """Return the step with each of these guards changed."""

    def changed(guards: tuple[Guard, ...]) -> tuple[Guard, ...]:
        return tuple(map(change, guards))

    step = replace(step, when=changed(step.when))
    if isinstance(step, Text):
        return replace(step, instead=tuple(replace(e, when=changed(e.when)) for e in step.instead))
    if isinstance(step, Card):
        return replace(step, parts=tuple(replace(e, when=changed(e.when)) for e in step.parts))
    return step


def labels_of(step: Step) -> dict[str, str]:
    """Return what values are called on the screen: choices, or rows with what is counted."""
    match step:
        case Select():
            return {choice.value: choice.label for choice in step.choices}
        case Menu():
            return {part.value: part.label for part in step.parts}
        case Scales():
            return {
                row.id: " ".join([row.label.replace(": ", ", "), *([f"({row.unit})"] if row.unit else [])])
                for row in (*step.former, *step.rows)
            }
        case Say() | Text() | Confirm() | Scale() | Breathe() | Wait() | Card() | Run() | Drill():
            return {}
        case _:
            assert_never(step)
