"""Everything an exercise shows can be read by someone who is shaking: short words, short sentences.

Flesch-Kincaid grade = 0.39 * words per sentence + 11.8 * syllables per word - 15.59 (Kincaid 1975).
Syllables are pyphen's hyphenation points, or the vowel groups where there are more of those: pyphen
alone says that `open` has one. Both err upwards, so a text that passes here is not harder than it says.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyphen  # type: ignore[import-untyped]  # it ships no types
import pytest

from dbtcoach.script.decode import decode
from dbtcoach.script.model import (
    Card,
    Exercise,
    Menu,
    Say,
    Scale,
    Scales,
    Select,
    Step,
    Text,
    walk,
)
from dbtcoach.script.scenes import Scene, decode_scenes
from dbtcoach.script.skills import read_skill

if TYPE_CHECKING:
    from collections.abc import Iterator

EXERCISES = Path(__file__).parents[1] / "exercises"
FILES = [*sorted(EXERCISES.glob("*.yaml")), EXERCISES / "data" / "plan.yaml"]
SKILLS = sorted((EXERCISES / "skills").glob("*.yaml"))
SCENES = EXERCISES / "data" / "scenes.yaml"

MAX_GRADE = 6.0
MAX_SENTENCE = 20  # words
MAX_MESSAGE = 60  # words
WITHOUT_OPENING = {
    "reflect-week"
}  # its numbers fill the first page; words above would push the last rows off

# What the skill itself is called has no plainer word; these are not counted.
SKILL_TERMS = frozenset({"dbt", "dialectical", "validate", "validates", "validating", "validation"})

_QUOTED = re.compile(r"“[^”]*”")
_REFERENCE = re.compile(r"\$\{[^}]*\}")
_COMMAND = re.compile(r"`?dbtcoach [a-z-]+(?: --[a-z]+)?`?")
_SENTENCE_END = re.compile(r"[.!?…]+[”’)]*(?=\s|$)|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HYPHENS = pyphen.Pyphen(lang="en_US", left=1, right=1)


def messages(step: Step) -> Iterator[str]:
    """What stands on the screen before anybody asks for more."""
    match step:
        case Say(others=others) | Text(others=others):
            yield step.message
            yield from others
        case Card(title=title):
            yield title
            yield step.message
        case _:
            yield getattr(step, "message", "")


def labels(step: Step) -> Iterator[str]:
    """What is chosen from, and what hangs on it."""
    match step:
        case Select(choices=choices):
            for choice in choices:
                yield choice.label
                yield choice.help
        case Menu(parts=parts, done=done):
            yield from (part.label for part in parts)
            yield done
        case Scales(rows=rows):
            yield from (row.label for row in rows)
            yield step.low_label
            yield step.high_label
        case Scale():
            yield step.low_label
            yield step.high_label
        case _:
            return


def prose(exercise: Exercise) -> list[str]:
    """The sentences of an exercise, without its labels: fragments would make them look easier."""
    texts = [exercise.summary, exercise.opening]
    for step in walk(exercise.steps):
        texts += [*messages(step), step.help]
    return [text for text in texts if text]


def everything(exercise: Exercise) -> list[str]:
    """All that an exercise can show."""
    texts = prose(exercise)
    for step in walk(exercise.steps):
        texts += labels(step)
        if isinstance(step, Text):
            texts.append(step.placeholder)
    return [text for text in texts if text]


def words(text: str) -> list[str]:
    """The words that count: no references, no commands, no terms of the skill."""
    plain = _COMMAND.sub(" ", _REFERENCE.sub(" ", text))
    return [word for word in _WORD.findall(plain) if word.lower() not in SKILL_TERMS]


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break does not end one, a blank line does."""
    return [part for part in _SENTENCE_END.split(text) if words(part)]


@cache
def syllables(word: str) -> int:
    plain = word.lower().replace("’", "'")
    by_hyphens = sum(len(_HYPHENS.positions(part)) + 1 for part in plain.split("-"))
    vowels = len(re.findall(r"[aeiouy]+", plain))
    silent = bool(re.search(r"[^aeiouyl]e(?:s|d)?$|[^aeiou]'d$", plain)) and not re.search(
        r"(?:[td]ed|[sxz]es|[cgs]hes|[cg]es)$", plain
    )
    return max(by_hyphens, vowels - silent, 1)


def grade(texts: list[str]) -> float:
    """The Flesch-Kincaid grade of all these texts together."""
    counted = [word for text in texts for word in words(text)]
    ends = sum(len(sentences(text)) for text in texts)
    return 0.39 * len(counted) / ends + 11.8 * sum(map(syllables, counted)) / len(counted) - 15.59


def too_long(texts: list[str]) -> list[str]:
    """The sentences of more than MAX_SENTENCE words; what somebody might say, in quotes, is left out."""
    unquoted = (_QUOTED.sub("…", text) for text in texts)
    return [part.strip() for text in unquoted for part in sentences(text) if len(words(part)) > MAX_SENTENCE]


def scene_texts(scene: Scene) -> list[str]:
    return [
        scene.setting,
        scene.says,
        *(text for reply in scene.replies for text in (reply.label, reply.why)),
    ]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    path: Path = request.param
    return decode(path.read_bytes(), path.name)


@pytest.fixture
def scenes() -> tuple[Scene, ...]:
    return decode_scenes(SCENES.read_bytes(), SCENES.name)


def test_exercises_are_found() -> None:
    assert len(FILES) >= 6


def test_grade_of_all_that_is_shown(exercise: Exercise) -> None:
    assert grade(everything(exercise)) <= MAX_GRADE


def test_grade_of_the_sentences_alone(exercise: Exercise) -> None:
    assert grade(prose(exercise)) <= MAX_GRADE


def test_no_sentence_is_long(exercise: Exercise) -> None:
    assert too_long(everything(exercise)) == []


def test_no_message_is_long(exercise: Exercise) -> None:
    shown = [text for step in walk(exercise.steps) for text in messages(step)]
    assert [text for text in shown if len(words(text)) > MAX_MESSAGE] == []


def test_an_opening_fits_a_narrow_screen(exercise: Exercise) -> None:
    lines = exercise.opening.splitlines()
    assert len(lines) in ((0,) if exercise.name in WITHOUT_OPENING else (1, 2, 3))
    assert [line for line in lines if len(line) > 58] == []


def test_scenes_read_easily(scenes: tuple[Scene, ...]) -> None:
    texts = [text for scene in scenes for text in scene_texts(scene)]
    assert grade(texts) <= MAX_GRADE
    assert too_long(texts) == []


@pytest.mark.parametrize("path", SKILLS, ids=lambda path: path.stem)
def test_a_skill_card_reads_easily(path: Path) -> None:
    card = read_skill(path)
    texts = [card.summary, card.what_for, *card.how, card.not_when, card.example]
    assert grade(texts) <= MAX_GRADE
    assert too_long(texts) == []


def test_the_measure_knows_hard_from_easy() -> None:
    easy = ["Put both feet on the floor. You don't have to solve it now."]
    hard = ["Interpersonal effectiveness facilitates collaborative communication regarding expectations."]
    assert grade(easy) < 3
    assert grade(hard) > 15


@pytest.mark.parametrize(
    ("word", "count"),
    [("open", 2), ("breathe", 1), ("wanted", 2), ("asked", 1), ("people", 2), ("being", 2), ("camera", 3)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_quotation_may_be_long_and_a_sentence_may_not() -> None:
    long = " ".join(["word"] * 21)
    assert too_long([f"They said: “{long}.” Then they left."]) == []
    assert too_long([f"{long}."]) == [long]
