"""An exercise on paper: a blank worksheet in Markdown, for whoever would rather write by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.script.conditions import Between, Count, Guard, OneOf, Present, Rise
from dbtcoach.script.facts import REFERENCE
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
    Step,
    Text,
    Wait,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.script.model import Exercise

_RULE = "_" * 60


def worksheet(exercise: Exercise) -> str:
    """Return a blank worksheet: every step of the exercise with room to write, safety first."""
    steps = {step.id: step for step in walk(exercise.steps)}
    parts = [f"# {exercise.title}", exercise.summary]
    if exercise.opening:
        parts.append(_quoted(_blank(exercise.opening)))
    parts.append("Not safe, or need a person now? `dbtcoach help-now` shows who to call or text.")
    number = 0
    for step in walk(exercise.steps):
        if isinstance(step, Run | Drill):
            continue
        number += 1
        condition = _condition(step.when, steps)
        parts.append(f"## {number}. {_heading(step)}")
        if condition:
            parts.append(f"*Only if {condition}.*")
        parts += _body(step)
    parts.append(f"---\nFrom dbtcoach. {exercise.source}".rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(step: Step) -> str:
    match step:
        case Card(title=title):
            return title
        case Breathe():
            return "Breathe"
        case Say():
            return "Read"
        case Wait(seconds=seconds):
            return f"Stay with it for {seconds} seconds"
        case _:
            first = str(getattr(step, "message", "")).split("\n", 1)[0]
            return _blank(first)


def _body(step: Step) -> list[str]:
    message = _blank(str(getattr(step, "message", "")))
    rest = message.partition("\n")[2]
    match step:
        case Say() | Card() | Wait():
            return [_quoted(message)]
        case Breathe():
            pattern = f"In {step.inhale}" + (f" and {step.top_up} more" if step.top_up else "")
            pattern += (f", hold {step.hold}" if step.hold else "") + f", out {step.exhale}"
            pattern += (f", rest {step.rest}" if step.rest else "") + f" seconds. {step.rounds} rounds."
            return [_quoted(message) if message else "", pattern]
        case Text():
            lines = max(step.count, 3 if step.multiline else 2)
            return [
                rest,
                f"*For example: {step.placeholder}*" if step.placeholder else "",
                *([_RULE] * lines),
            ]
        case Select(choices=choices):
            mark = "__" if step.multiple == "ranked" else "[ ]"
            return [rest, "\n".join(f"- {mark} {choice.label}" for choice in choices)]
        case Confirm():
            return [rest, "- [ ] Yes\n- [ ] No"]
        case Scale():
            return [rest, _numbers(step.low, step.high), f"{step.low_label} … {step.high_label}".strip(" …")]
        case Scales():
            rows = "\n".join(f"- {row.label}: {_numbers(step.low, step.high)}" for row in step.rows)
            return [rest, rows]
        case Menu(parts=parts):
            return [rest, "\n".join(f"- [ ] {part.label}" for part in parts)]
        case _:
            return []


def _numbers(low: int, high: int) -> str:
    return "  ".join(str(number) for number in range(low, high + 1))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _blank(text: str) -> str:
    """Return a text with a gap to fill in where the program would put an answer."""
    return REFERENCE.sub(lambda at: "$" if at.group(1) == "$" else "______", text).strip()


def _condition(guards: tuple[Guard, ...], steps: Mapping[str, Step]) -> str:
    return " and ".join(_said(guard, steps) for guard in guards)


def _said(guard: Guard, steps: Mapping[str, Step]) -> str:
    step = steps.get(guard.key)
    name = f"“{str(getattr(step, 'message', guard.key)).split(chr(10))[0]}”" if step else f"“{guard.key}”"
    match guard.condition:
        case OneOf(values):
            labels = {c.value: c.label for c in step.choices} if isinstance(step, Select) else {}
            words = {True: "yes", False: "no"}
            said = [
                words[value] if isinstance(value, bool) else labels.get(str(value), str(value))
                for value in values
            ]
            return f"{name} is {' or '.join(said)}"
        case Between(low, high):
            if isinstance(step, Scale) and high >= step.high:
                return f"{name} is {low} or more"
            return f"{name} is {high} or less" if low < 0 else f"{name} is {low} to {high}"
        case Count(low, _high):
            return f"you ticked at least {low} under {name}"
        case Rise(_, low, _high):
            return f"{name} is higher than before" if low > 0 else f"{name} is not higher than before"
        case Present(wanted):
            return f"there is an answer to {name}" if wanted else f"there is no answer to {name}"
