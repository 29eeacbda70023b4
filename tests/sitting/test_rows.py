"""Rows of one's own are put where an exercise takes them, and nowhere else."""

from __future__ import annotations

import pytest

from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.model import Exercise, Row, Scales, walk
from dbtcoach.sitting.rows import with_rows
from dbtcoach.world.settings import Settings

SHIPPED = Catalogue(shipped_folder())
EMOTIONS = ("anger", "fear", "joy", "sadness", "shame")


def rows(exercise: Exercise, name: str) -> dict[str, str]:
    """The rows of a step, label by id; no id may be there twice, because answers go by it."""
    step = next(step for step in walk(exercise.steps) if step.id == name)
    assert isinstance(step, Scales)
    found = {row.id: row.label for row in step.rows}
    assert len(found) == len(step.rows)
    return found


def message(exercise: Exercise, name: str) -> str:
    return str(getattr(next(step for step in walk(exercise.steps) if step.id == name), "message", ""))


@pytest.fixture
def reflect() -> Exercise:
    return SHIPPED.read("reflect")


def test_without_own_rows_nothing_changes(reflect: Exercise) -> None:
    assert with_rows(reflect, Settings()) is reflect


def test_own_emotions_and_rows_come_after_the_shipped_ones(reflect: Exercise) -> None:
    found = rows(with_rows(reflect, Settings(emotions=("Envy",), rows=("Sleep",))), "emotions")
    assert list(found) == [*EMOTIONS, "Envy", "Sleep"]


def test_an_own_urge_takes_the_place_of_the_general_one(reflect: Exercise) -> None:
    found = rows(with_rows(reflect, Settings(urges=("Drink", "Shout"))), "urges")
    assert found == {
        "Drink": "Drink: how strong",
        "Drink acted": "Drink: how far I acted on it",
        "Shout": "Shout: how strong",
        "Shout acted": "Shout: how far I acted on it",
    }


def test_without_an_own_urge_the_general_one_stays(reflect: Exercise) -> None:
    assert list(rows(with_rows(reflect, Settings(emotions=("Envy",))), "urges")) == ["strength", "acted"]


def test_an_emotion_that_is_there_already_is_not_asked_twice(reflect: Exercise) -> None:
    settings = Settings(emotions=("ANGER", "Envy"), rows=("Joy", "Envy"))
    assert list(rows(with_rows(reflect, settings), "emotions")) == [*EMOTIONS, "Envy"]


def test_names_that_look_the_same_once_cleaned_are_one_row(reflect: Exercise) -> None:
    changed = with_rows(reflect, Settings(emotions=("\x1b", "\x07"), urges=("Drink", "drink", "Drink acted")))
    assert list(rows(changed, "emotions")) == [*EMOTIONS, "\N{REPLACEMENT CHARACTER}"]
    assert list(rows(changed, "urges")) == ["Drink", "Drink acted", "Drink acted acted"]


def test_skills_and_other_exercises_are_left_alone(reflect: Exercise) -> None:
    settings = Settings(emotions=("Envy",), urges=("Drink",), rows=("Sleep",))
    assert rows(with_rows(reflect, settings), "skills") == rows(reflect, "skills")
    for name in ("pause", "ground", "dear-man"):
        exercise = SHIPPED.read(name)
        assert with_rows(exercise, settings) == exercise


def test_a_name_in_the_settings_cannot_draw_on_the_screen(reflect: Exercise) -> None:
    changed = with_rows(reflect, Settings(emotions=("\x1b[2J",), urges=("\x07",)))
    shown = "".join([*rows(changed, "emotions").values(), *rows(changed, "urges").values()])
    assert "\x1b" not in shown
    assert "\x07" not in shown


@pytest.mark.parametrize(
    "name", ["Self-harm", "self harm", "Cutting", "Thoughts of suicide", "To die", "Killing"]
)
def test_people_to_call_stand_beside_a_row_of_danger(reflect: Exercise, name: str) -> None:
    assert "${lines.crisis}" in message(with_rows(reflect, Settings(urges=(name,))), "urges")


@pytest.mark.parametrize("name", ["Diet", "Studied", "Skills", "Soldier", "Cut down on coffee", "Drink"])
def test_a_row_of_every_day_is_no_danger(reflect: Exercise, name: str) -> None:
    changed = with_rows(reflect, Settings(urges=(name,)))
    assert message(changed, "urges") == message(reflect, "urges")


def test_scales_inside_an_own_exercise_can_take_them_too() -> None:
    step = Scales(id="a", message="?", rows=(Row("x", "X"),), own="emotions")
    exercise = Exercise(name="n", title="N", summary="S", steps=(step,))
    assert list(rows(with_rows(exercise, Settings(emotions=("Envy",))), "a")) == ["x", "Envy"]
