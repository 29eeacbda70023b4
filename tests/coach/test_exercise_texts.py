"""What the exercises say: the coach alarms at none of it, and notes only what is shown as a bad example."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from dbtcoach.coach.review import danger, review
from dbtcoach.coach.second_reader import FILE as TABLE
from dbtcoach.coach.second_reader import read as read_table
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Card, Menu, Say, Scale, Scales, Select, Step, Text, walk
from dbtcoach.script.skills import read_skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.coach.model import Kind
    from dbtcoach.coach.rules import Rules

FOLDER = Path(__file__).parents[2] / "exercises"
FILES = [*sorted(FOLDER.glob("*.yaml")), FOLDER / "data" / "plan.yaml"]
SKILLS = sorted((FOLDER / "skills").glob("*.yaml"))
EXAMPLE = re.compile(r"“([^”]+)”")

# Shown as what not to write, as what somebody else says, or as the article's example that is mended there.
BAD = (
    "You don't care",
    "I feel that you",
    "I felt ignored",
    "I feel ignored",
    "you always",
    "you make me",
    "You are so rude",
    "You're so dramatic",
    "You're so selfish",
    "After all I've done",
    "You're never here",
    "Leave out: at least, calm down",
)


def texts(step: Step) -> Iterator[str]:
    """Everything that a step can show or propose."""
    yield getattr(step, "message", "")
    yield step.help
    match step:
        case Say(others=others):
            yield from others
        case Text(others=others, placeholder=placeholder):
            yield from others
            yield placeholder
        case Card(title=title):
            yield title
        case Select(choices=choices):
            for choice in choices:
                yield from (choice.label, choice.help)
        case Menu(parts=parts, done=done):
            yield from (*(part.label for part in parts), done)
        case Scales(rows=rows):
            yield from (*(row.label for row in rows), step.low_label, step.high_label)
        case Scale():
            yield from (step.low_label, step.high_label)
        case _:
            pass


def read(file: Path) -> Iterator[tuple[Kind, str]]:
    """Each text of an exercise, and each example in it, with the kind that it would be read as."""
    exercise = decode(file.read_bytes(), str(file))
    yield from (("message", text) for text in (exercise.summary, exercise.opening))
    for step in walk(exercise.steps):
        kind = cast("Kind", step.coach if isinstance(step, Text) and step.coach else "message")
        for text in texts(step):
            for piece in (text, *EXAMPLE.findall(text)):
                if piece and not any(bad in EXAMPLE.sub("", piece) for bad in BAD):
                    yield kind, piece


def test_the_second_reader_is_calm_about_all_of_it(rules: Rules) -> None:
    """When a new text brings the quiet line: python -m benchmarks.second_reader, see docs/coach.md."""
    both = replace(rules, second=read_table((FOLDER / "coach" / TABLE).read_bytes()))
    found = {text: danger(text, both) for file in FILES for _kind, text in read(file)}
    assert [text for text, safety in found.items() if safety] == []


def test_no_skill_card_alarms_or_is_noted(rules: Rules) -> None:
    both = replace(rules, second=read_table((FOLDER / "coach" / TABLE).read_bytes()))
    assert len(SKILLS) >= 30
    for file in SKILLS:
        card = read_skill(file)
        for text in (card.summary, card.what_for, *card.how, card.not_when, card.example):
            assert (danger(text, both), review(text, "message", rules).notes) == (None, ()), text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_text_of_an_exercise_alarms_or_is_noted(rules: Rules, file: Path) -> None:
    found = [(text, danger(text, rules), review(text, kind, rules).notes) for kind, text in read(file)]
    assert found
    assert [(text, safety, notes) for text, safety, notes in found if safety or notes] == []
