"""An exercise on paper: a blank worksheet in Markdown, for whoever would rather write by hand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from dbtcoach.practice.for_paper import in_ink, quoted, told_once
from dbtcoach.practice.ranges_in_words import between, risen
from dbtcoach.script.conditions import Between, Count, Guard, OneOf, Present, Rise
from dbtcoach.script.contents import labels_of, messages_of
from dbtcoach.script.facts import REFERENCE, REMEMBERED, last_answer
from dbtcoach.script.model import (
    Asked,
    Breathe,
    Card,
    Confirm,
    Drill,
    Menu,
    Passage,
    Run,
    Say,
    Scale,
    Scales,
    Select,
    Step,
    Text,
    Wait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dbtcoach.script.model import Exercise, Row

_RULE = "_" * 60
_GAP = "______"
_MOST_TO_RING = 10
_MINUTES = 120  # seconds; from here on a time is told in minutes
_REMEMBERED = {"planned": "you planned something the day before", "week_planned": "you planned something"}
_UNWRITTEN = "*Answer in your head: paper can be found.*"


@dataclass(frozen=True, slots=True)
class _Item:
    """One numbered thing on the paper; ``part`` is the menu that it lies in, and its label there."""

    number: int
    step: Step
    part: tuple[str, str] | None = None


def worksheet(exercise: Exercise, facts: Mapping[str, str]) -> str:
    """Return a blank worksheet: every step of the exercise with room to write, safety first.

    Known facts stand where their names are, such as help lines; what would be an answer is a gap.
    Another exercise that it runs is named, and what replies in a drill do is told at the end.
    """
    facts = {name: in_ink(words) for name, words in facts.items()}
    sheet = _Sheet({}, facts)
    items = [_Item(number, *found) for number, found in enumerate(_on_paper(exercise.steps), 1)]
    sheet.items.update({item.step.id: item for item in items})
    parts = [f"# {exercise.title}", f"Name {_RULE[:30]} Date {_RULE[:16]}", exercise.summary]
    if exercise.opening:
        parts.append(quoted(sheet.blank(exercise.opening)))
    parts.append(f"Not safe, or need a person now?\n\n{quoted(facts.get('lines.crisis', ''))}")
    only, told = sheet.conditions(), {facts.get("lines.crisis", ""): "at the top"}
    for item in items:
        section = sheet.section(item, only.get(item.number, ""))
        parts += [told_once(part, told, facts, item.number) for part in section]
    parts += sheet.reasons(exercise.steps)
    parts.append(f"---\n\nFrom dbtcoach. {exercise.source}".rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _on_paper(
    steps: tuple[Step, ...], part: tuple[str, str] | None = None
) -> Iterator[tuple[Step, tuple[str, str] | None]]:
    for step in steps:
        match step:
            case Drill(steps=inner):
                # A second try is for the screen: on paper every reply stands there at once.
                yield from ((scene, part) for scene in inner if not _is_told(scene))
            case Menu(parts=parts):
                yield step, part
                for offered in parts:
                    yield from _on_paper(offered.steps, (step.begin or step.id, offered.label))
            case _:
                yield step, part


def _is_told(step: Step) -> bool:
    """Say whether a step of a scene tells what a reply does."""
    return isinstance(step, Say) or (isinstance(step, Select) and bool(step.when))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is on the paper, by step id, and the facts that are known."""

    items: dict[str, _Item]
    facts: Mapping[str, str]

    def section(self, item: _Item, only: str) -> list[str]:
        """Return a numbered thing; ``only`` says when it is for whoever writes here."""
        return [f"## {item.number}. {self._heading(item.step)}", only, *self._body(item.step)]

    def conditions(self) -> dict[int, str]:
        """Return by number when something is for whoever writes here, once where several go together."""
        found: dict[int, str] = {}
        for said, those in groupby(self.items.values(), self._only_if):
            first, *others = (item.number for item in those)
            if said:
                found[first] = f"*{f'{first} to {others[-1]} only' if others else 'Only'} if {said}.*"
        return found

    def _only_if(self, item: _Item) -> str:
        conditions = [said for guard in item.step.when if (said := self._condition(guard))]
        if item.part is not None:
            conditions.insert(0, f"you chose “{item.part[1]}” at {self.items[item.part[0]].number}")
        return " and ".join(conditions)

    def reasons(self, steps: tuple[Step, ...]) -> list[str]:
        """Return what each reply of each scene does, to be read when the scenes are done."""
        lines: list[str] = []
        for drill in (step for step in steps if isinstance(step, Drill)):
            for told in (step for step in drill.steps if _is_told(step) and len(step.when) == 1):
                (chosen,) = told.when
                asked = self.items[chosen.key].step
                if told.id in {f"{asked.id}_{choice}" for choice in labels_of(asked)}:
                    why = next(iter(messages_of(told))).split("\n")[0]
                    labels = _labels(asked, chosen)
                    lines += [f"- {self.items[asked.id].number}, {label}: {why}" for label in labels]
        return ["## What each reply does", "\n".join(lines)] if lines else []

    def blank(self, text: str) -> str:
        """Return a text with a gap to fill in where the program would put an answer."""

        def filled(name: str) -> str:
            item = self.items.get(name.partition(".")[0]) or self.items.get(name)
            return self.facts.get(name, "") or (f"{_GAP} (from {item.number})" if item else _GAP)

        paper = in_ink(text)
        return REFERENCE.sub(lambda at: "$" if at.group(1) == "$" else filled(at.group(2)), paper).strip()

    def _heading(self, step: Step) -> str:
        match step:
            case Card(title=title):
                return title
            case Breathe():
                return "Breathe"
            case Wait(seconds=seconds):
                time = f"{seconds // 60} minutes" if seconds >= _MINUTES else f"{seconds} seconds"
                return f"{self._message(step)[0] or 'Stay with it.'} ({time})"
            case Run(exercise=name):
                return f"Another worksheet: {name}"
            case Say() | Text() | Select() | Confirm() | Scale() | Scales() | Menu():
                return self._message(step)[0]
            case Drill():
                return ""  # its scenes stand on the paper instead
            case _:
                assert_never(step)

    def _body(self, step: Step) -> list[str]:
        first, rest = self._message(step)
        if isinstance(step, Asked) and not step.keep:
            offered = [f"- {choice.label}" for choice in step.choices] if isinstance(step, Select) else []
            return [rest, "\n".join(offered), _UNWRITTEN]
        match step:
            case Card(parts=parts) if parts:
                return [line for part in parts for line in self._part(part)]
            case Card():
                return [quoted(f"{first}\n{rest}".strip())]
            case Say() | Wait():
                stops = isinstance(step, Say) and step.end
                return [quoted(rest) if rest else "", "You can stop here." if stops else ""]
            case Breathe():
                return [quoted(f"{first}\n{rest}".strip()) if first else "", _pattern(step)]
            case Run(exercise=name):
                return [f"Go through the sheet “{name}”, then come back here."]
            case Drill():
                return []
            case Text() | Select() | Confirm() | Scale() | Scales() | Menu():
                return [rest, *self._room(step)]
            case _:
                assert_never(step)

    def _message(self, step: Step) -> tuple[str, str]:
        """Return the first line of what a step says, and the rest."""
        first, _, rest = self.blank(next(iter(messages_of(step)), "")).partition("\n")
        return first, rest.strip()

    def _part(self, part: Passage) -> list[str]:
        conditions = [self._condition(guard) for guard in part.when]
        only = f" *Only if {' and '.join(conditions)}.*" if conditions else ""
        return [f"**{self.blank(part.title)}**{only}", quoted(self.blank(part.message))]

    def _otherwise(self, step: Text) -> list[str]:
        """Return the other words of a step, each with its condition."""
        return [
            f"*If {' and '.join(map(self._condition, each.when))}:* "
            + self.blank(" ".join(filter(None, [each.message, each.placeholder])))
            for each in step.instead
        ]

    def _room(self, step: Asked | Menu) -> list[str]:
        """Return where the answer goes."""
        match step:
            case Text():
                lines = max(step.count, 3 if step.multiline else 2)
                example = f"*For example: {self.blank(step.placeholder)}*" if step.placeholder else ""
                return [example, *self._otherwise(step), *([_RULE] * lines)]
            case Select(choices=choices):
                mark = "__" if step.multiple == "ranked" else "[ ]"
                return ["\n".join(f"- {mark} {choice.label}" for choice in choices)]
            case Confirm():
                return ["- [ ] Yes\n- [ ] No"]
            case Scale():
                return [f"{step.low_label}  {_numbers(step.low, step.high)}  {step.high_label}".strip()]
            case Scales():
                rows = [f"- {row.label}: {_to_fill(row, step.scale(row))}" for row in step.rows]
                return ["\n".join(rows), _ends(step)]
            case Menu(parts=parts):
                return ["\n".join(f"- [ ] {part.label}" for part in parts)]
            case _:
                assert_never(step)

    def _condition(self, guard: Guard) -> str:
        item = self.items.get(guard.key) or self.items.get(guard.key.partition(".")[0])
        if item is None:
            return _fact_condition(guard)
        number = item.number
        match guard.condition:
            case OneOf():
                ticked = isinstance(item.step, Menu) or (isinstance(item.step, Select) and item.step.multiple)
                wanted = " or ".join(_labels(item.step, guard))
                return f"you chose {wanted} at {number}" if ticked else f"your answer to {number} is {wanted}"
            case Between(low, high):
                top = item.step.high if isinstance(item.step, Scale) else high
                bottom = item.step.low if isinstance(item.step, Scale) else low
                return f"your answer to {number} is {between(low, high, bottom, top)}"
            case Count(low, high):
                many = len(item.step.choices) if isinstance(item.step, Select) else high
                return f"at {number} you ticked {between(low, high, 0, many)}"
            case Rise(since, low, high):
                other = self.items.get(since)
                return f"{number} is {risen(low, high)} {other.number if other else 'before'}"
            case Present(wanted):
                return f"there is an answer to {number}" if wanted else f"{number} was left out"


def _labels(step: Step, guard: Guard) -> list[str]:
    """Return the answers that a guard waits for, in quotes, as they stand on the paper."""
    words = labels_of(step) or {"True": "yes", "False": "no"}
    values = guard.condition.values if isinstance(guard.condition, OneOf) else ()
    return [f"“{words.get(str(value), str(value))}”" for value in values]


def _fact_condition(guard: Guard) -> str:
    wanted = not isinstance(guard.condition, Present) or guard.condition.wanted
    if guard.key in REMEMBERED:
        return _REMEMBERED.get(guard.key, "") if wanted else ""
    last = last_answer(guard.key)
    done = f"done {last[0]} before" if last is not None else "prepared a talk in the last days"
    return f"you have {done}" if wanted else f"you have not {done}"


def _pattern(step: Breathe) -> str:
    phases = [f"In {step.inhale}"]
    phases += [f"and {step.top_up} more"] if step.top_up else []
    phases += [f"hold {step.hold}"] if step.hold else []
    phases += [f"out {step.exhale}"]
    phases += [f"rest {step.rest}"] if step.rest else []
    return f"{', '.join(phases)} seconds. {step.rounds} rounds."


def _ends(step: Scales) -> str:
    return f"{step.low_label} … {step.high_label}".strip(" …")


def _to_fill(row: Row, scale: Scale) -> str:
    """Return what a row is answered with on paper: numbers to ring, or a line with what belongs on it."""
    if row.kind == "yes/no":
        return "[ ] yes  [ ] no"
    if row.kind == "number" and scale.high - scale.low <= _MOST_TO_RING:
        return _numbers(scale.low, scale.high)
    asked = f" ({scale.low} to {scale.high})" if row.kind == "number" else ""
    return f"{_GAP} {row.unit}".rstrip() + asked


def _numbers(low: int, high: int) -> str:
    return "  ".join(str(number) for number in range(low, high + 1))
