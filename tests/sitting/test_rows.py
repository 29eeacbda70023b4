"""Rows of one's own are put where an exercise takes them, and nowhere else."""

from __future__ import annotations

import pytest

from dbtcoach.practice.answers import check
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.day_rows import OwnRow, grouped, rows_of_day, spec_of
from dbtcoach.script.model import Exercise, Row, Scales, walk
from dbtcoach.script.skills import cards
from dbtcoach.sitting.own_card import ready_made
from dbtcoach.sitting.rows import is_risky, with_rows
from dbtcoach.world.own_rows import MOST
from dbtcoach.world.settings import Settings, decode_settings

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
    settings = Settings(emotions=("Envy",), rows=(OwnRow("Sleep", "body", high=24, unit="hours"),))
    found = rows(with_rows(reflect, settings), "emotions")
    assert list(found) == [*EMOTIONS, "Envy", "body: Sleep"]


def test_the_rows_know_their_group_range_and_kind(reflect: Exercise) -> None:
    settings = decode_settings(
        b"rows: [hours of sleep, Medication, {name: Lied, group: acts, kind: yes/no},"
        b" {name: Drink, group: urges}]",
        "c",
    )
    assert settings.problems == ()
    known = {row.label: row for row in rows_of_day(with_rows(reflect, settings))}
    sleep, taken, lied, drink = (known[name] for name in ("hours of sleep", "Medication", "Lied", "Drink"))
    assert (sleep.group, sleep.kind, sleep.high, sleep.unit) == ("body", "number", 24, "hours")
    assert (taken.group, taken.kind) == ("body", "yes/no")
    assert (lied.step, lied.id, lied.group) == ("urges", "acts: Lied", "acts")
    assert (drink.id, drink.act, drink.group) == ("Drink", "Drink acted", "urges")
    assert spec_of("urges", "Drink acted", known.values()) == drink
    assert list(grouped(known.values())) == ["emotions", "urges", "acts", "body", "skills"]


def test_a_row_that_is_not_for_every_day_waits_for_a_little_more(reflect: Exercise) -> None:
    row = OwnRow("Weight", "body", low=30, high=200, unit="kg", daily=False)
    changed = with_rows(reflect, Settings(rows=(row,)))
    assert list(rows(changed, "seldom")) == ["body: Weight"]
    assert "body: Weight" not in rows(changed, "emotions")
    (step,) = (step for step in changed.steps if step.id == "seldom")
    assert step.when == next(step.when for step in reflect.steps if step.id == "question")


def test_the_shipped_rows_can_go_and_one_that_is_named_again_keeps_its_id(reflect: Exercise) -> None:
    settings = Settings(
        rows=(OwnRow("Joy", "emotions"), OwnRow("Urge", "urges"), OwnRow("Envy", "emotions")),
        shipped_rows=False,
    )
    changed = with_rows(reflect, settings)
    assert list(rows(changed, "emotions")) == ["joy", "Envy"]
    assert list(rows(changed, "urges")) == ["strength", "acted"]
    alone = with_rows(reflect, Settings(rows=(OwnRow("Joy", "emotions"),), shipped_rows=False))
    assert "urges" not in {step.id for step in alone.steps}


def test_skills_are_those_that_were_picked_by_name(reflect: Exercise) -> None:
    marked = with_rows(reflect, Settings(skills=("tipp", "gone", "stop")), SHIPPED)
    assert rows(marked, "skills") == {"stop": "STOP", "tipp": "TIPP"}
    listed = Settings(rows=(OwnRow("opposite action", "skills"), OwnRow("My walk", "skills")))
    found = rows(with_rows(reflect, listed, SHIPPED), "skills")
    assert found == {"opposite-action": "Opposite action", "My walk": "My walk"}


@pytest.mark.parametrize("given", [{"pause": 4, "validate": 7}, {"stop": 4, "Validation": 7}])
def test_a_file_may_name_the_skills_of_the_first_release(reflect: Exercise, given: dict[str, int]) -> None:
    step = next(step for step in reflect.steps if step.id == "skills")
    assert isinstance(step, Scales)
    assert sorted(dict(check(step, given)).values()) == [4, 7]  # type: ignore[arg-type]


def test_every_ready_made_card_asks_for_what_it_lists(reflect: Exercise) -> None:
    for card in ready_made():
        settings = Settings(rows=card.rows, shipped_rows=False)
        asked = rows_of_day(with_rows(reflect, settings, SHIPPED))
        assert len(asked) == len(card.rows) <= MOST
        assert {row.id for row in asked if row.group == "skills"} <= set(cards(SHIPPED).paths())
        assert not any(is_risky(row.label) for row in asked)


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
    settings = Settings(
        emotions=("ANGER", "Envy"), rows=(OwnRow("Joy", "emotions"), OwnRow("Envy", "emotions"))
    )
    assert list(rows(with_rows(reflect, settings), "emotions")) == [*EMOTIONS, "Envy"]


def test_names_that_look_the_same_once_cleaned_are_one_row(reflect: Exercise) -> None:
    changed = with_rows(reflect, Settings(emotions=("\x1b", "\x07"), urges=("Drink", "drink", "Drink acted")))
    assert list(rows(changed, "emotions")) == [*EMOTIONS, "\N{REPLACEMENT CHARACTER}"]
    assert list(rows(changed, "urges")) == ["Drink", "Drink acted", "Drink acted acted"]


def test_skills_and_other_exercises_are_left_alone(reflect: Exercise) -> None:
    settings = Settings(emotions=("Envy",), urges=("Drink",), rows=(OwnRow("Sleep"),))
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
    "name",
    [
        *("Suicide", "Self-harm", "self harm", "Selfharm", "Harm myself", "Hurt myself", "Cut myself"),
        *("Burn myself", "Killing", "Cutting", "To die", "Thoughts of dying"),
    ],
)
def test_people_to_call_stand_beside_a_row_of_danger(reflect: Exercise, name: str) -> None:
    assert "${lines.crisis}" in message(with_rows(reflect, Settings(urges=(name,))), "urges")


@pytest.mark.parametrize("name", ["Diet", "Studied", "Skills", "Soldier", "Cut down on coffee", "Drink"])
def test_a_row_of_every_day_is_no_danger(reflect: Exercise, name: str) -> None:
    changed = with_rows(reflect, Settings(urges=(name,)))
    assert message(changed, "urges") == message(reflect, "urges")


def test_scales_inside_an_own_exercise_can_take_them_too() -> None:
    step = Scales(id="emotions", message="?", rows=(Row("x", "X"),), own="emotions")
    exercise = Exercise(name="n", title="N", summary="S", steps=(step,))
    assert list(rows(with_rows(exercise, Settings(emotions=("Envy",))), "emotions")) == ["x", "Envy"]
