"""What an evening remembers: one question, the week, and nothing unasked where others look on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.sitting.world import EVENING, printed, world

from dbtcoach.journal.entry import Distress, Entry, Json, Saved
from dbtcoach.journal.file import append
from dbtcoach.journal.state import FollowUp, read_state, update_state
from dbtcoach.sitting.from_file import play_script
from dbtcoach.sitting.keeping import LOOK_BACK_AT_WEEK
from dbtcoach.sitting.live import Wishes, practise
from dbtcoach.sitting.memory import TO_COME_BACK, Memory

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.world.surroundings import Surroundings

PLAN = "Call Ana at noon"
ASKED = f"You planned: {PLAN}"


def save(
    home: Path,
    exercise: str,
    ago: int,
    distress: Distress | None = None,
    *,
    cards: tuple[Json, ...] | None = None,
    **answers: Json,
) -> str:
    """Save an entry of so many days ago, and return its id."""
    around = world(home)
    at = EVENING - timedelta(days=ago)
    entry = Entry(
        id="",
        exercise=exercise,
        title=exercise,
        started=at.isoformat(),
        finished=at.isoformat(),
        day=at.date().isoformat(),
        complete=True,
        distress=distress,
        answers=tuple(Saved(step, "", value) for step, value in answers.items()),
        cards=cards,
    )
    return append(around.home.journal, entry, now=at, randomness=around.randomness).entry.id


def settings(home: Path, text: str) -> None:
    (home / "config.yaml").write_text(text, "utf-8")


def planned(around: Surroundings) -> str:
    return Memory(around, "reflect").fact("planned")


def evening(home: Path, *lines: str) -> str:
    """Return what an evening's check-in shows to somebody who types these lines, and then skips the rest."""
    around = world(home, *lines, *[""] * 40)
    practise(around, around.catalogue.read("reflect"), Wishes())
    return printed(around)


@pytest.mark.parametrize(("ago", "asked"), [(0, ""), (1, PLAN), (3, PLAN), (4, "")])
def test_the_step_of_the_last_evening_is_asked_about_for_three_days(
    tmp_path: Path, ago: int, asked: str
) -> None:
    save(tmp_path, "reflect", ago, step=PLAN)
    assert planned(world(tmp_path)) == asked


def test_only_the_newest_evening_counts(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 2, step=PLAN)
    save(tmp_path, "reflect", 1, good="Soup")
    assert planned(world(tmp_path)) == ""


def test_it_is_the_first_question_and_comes_once(tmp_path: Path) -> None:
    first = save(tmp_path, "reflect", 1, step=PLAN)
    said = evening(tmp_path, "2")
    assert said.index(ASKED) < said.index("How strong was each")
    assert read_state(world(tmp_path).home).asked == (first,)
    assert planned(world(tmp_path)) == ""


def test_passed_over_it_does_not_come_again(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 1, step=PLAN)
    evening(tmp_path, "")
    assert ASKED not in evening(tmp_path)


@pytest.mark.parametrize(
    ("exercise", "answers"),
    [("connect", {"dose": PLAN}), ("express", {"back": "half_hour"}), ("reflect", {"step": PLAN})],
)
def test_what_was_written_after_fear_is_not_brought_up(
    tmp_path: Path, exercise: str, answers: dict[str, Any]
) -> None:
    save(tmp_path, exercise, 1, cards=(), **answers)
    assert planned(world(tmp_path)) == ""


def test_answers_from_a_file_bring_nothing_up_where_others_look_on(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 1, step=PLAN)
    file = tmp_path / "answers.yaml"
    file.write_text("became: did\n", "utf-8")
    for config, seen in (("shared: true\nsave: true\n", False), ("", True)):
        settings(tmp_path, config)
        around = world(tmp_path)
        play_script(around, around.catalogue.read("reflect"), str(file), save=False)
        assert (PLAN in printed(around)) is seen


def test_what_is_seldom_planned_comes_first_and_the_rest_another_day(tmp_path: Path) -> None:
    save(tmp_path, "express", 2, back="tomorrow")
    save(tmp_path, "connect", 2, dose="Tell Ana one thing")
    save(tmp_path, "reflect", 1, step=PLAN)
    found = []
    for _ in range(4):
        memory = Memory(world(tmp_path), "reflect")
        found.append(memory.fact("planned"))
        about = memory.plan[0]
        update_state(world(tmp_path).home, lambda state, about=about: state.with_asked(about))  # type: ignore[misc]
    assert found == ["Tell Ana one thing", TO_COME_BACK, PLAN, ""]


def test_a_break_is_asked_about_only_when_it_is_over(tmp_path: Path) -> None:
    save(tmp_path, "express", 0, back="half_hour")
    assert planned(world(tmp_path, now=EVENING + timedelta(minutes=29))) == ""
    assert planned(world(tmp_path, now=EVENING + timedelta(minutes=30))) == TO_COME_BACK


def test_a_talk_that_waits_is_the_one_question(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 1, step=PLAN)
    due = FollowUp("an-id", EVENING.date().isoformat())
    update_state(world(tmp_path).home, lambda state: replace(state, follow_up=due))
    said = evening(tmp_path)
    assert ASKED not in said
    assert "Did the talk happen?" in said


def test_memory_can_be_turned_off(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 1, step=PLAN)
    settings(tmp_path, "memory: false\n")
    assert ASKED not in evening(tmp_path)


def test_where_others_look_on_a_key_comes_first(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 1, step=PLAN)
    settings(tmp_path, "shared: true\nsave: true\n")
    alone = "Are you alone at this screen?"
    before, _, after = evening(tmp_path, "").partition(alone)
    assert PLAN not in before + after
    before, _, after = evening(tmp_path, "y").partition(alone)
    assert PLAN not in before
    assert ASKED in after


def test_a_past_day_is_not_asked_about_its_evening_before(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 1, step=PLAN)
    past = (EVENING - timedelta(days=2)).date()
    assert Memory(world(tmp_path), "reflect", lambda: past).fact("planned") == ""


@pytest.mark.parametrize(("days", "due"), [((1, 2, 6), ""), ((1, 2, 7), ""), ((1, 2, 3, 7), "yes")])
def test_the_week_is_offered_once_in_seven_days(tmp_path: Path, days: tuple[int, ...], due: str) -> None:
    for ago in sorted(days, reverse=True):
        save(tmp_path, "reflect", ago, good="Soup")
    assert Memory(world(tmp_path), "reflect").fact("week_due") == due
    before = (EVENING - timedelta(days=6)).date().isoformat()
    update_state(world(tmp_path).home, lambda state: state.with_done(LOOK_BACK_AT_WEEK, before))
    assert Memory(world(tmp_path), "reflect").fact("week_due") == ""


def test_the_offer_stands_at_the_end_of_one_evening_in_the_place_of_a_question(tmp_path: Path) -> None:
    for ago in (7, 3, 2, 1):
        save(tmp_path, "reflect", ago, good="Soup")
    said = evening(tmp_path)
    assert "Time to look back? dbtcoach reflect --week" in said
    assert "A little more?" not in said
    again = evening(tmp_path)
    assert "dbtcoach reflect --week" not in again
    assert "A little more?" in again


def test_the_week_says_numbers_as_typed_plans_and_the_highest_day(tmp_path: Path) -> None:
    save(tmp_path, "reflect", 5, emotions={"anger": 2}, urges={"strength": 5, "acted": 1}, step=PLAN)
    save(tmp_path, "reflect", 1, emotions={"anger": 4}, urges={"strength": 2}, skills={"stop": 5})
    around = world(tmp_path, *[""] * 20)
    practise(around, around.catalogue.read("reflect-week"), Wishes())
    said = printed(around)
    assert "Urge: Wed 5, Sun 2. Acted on it: Wed 1." in said
    assert said.index("Urge: ") < said.index("Anger: Wed 2, Sun 4.")
    assert "Highest: Wednesday, urge 5." in said
    assert "Skills used: STOP (Sun)." in said
    assert f"Wed  {PLAN}" in said
    assert "What would make Wednesday easier next week?" in said


def test_a_week_without_a_check_in_ends_at_once(tmp_path: Path) -> None:
    around = world(tmp_path, *[""] * 9)
    practise(around, around.catalogue.read("reflect-week"), Wishes())
    assert "There is no check-in in these seven days" in printed(around)
    assert "One thing to plan" not in printed(around)


@pytest.mark.parametrize(
    ("config", "seen"), [("", True), ("shared: true\nsave: true\n", False), ("memory: false\n", False)]
)
def test_own_last_numbers_stand_beside_a_choice(tmp_path: Path, config: str, *, seen: bool) -> None:
    for ago, (before, after) in ((4, (6, 4)), (3, (7, 7)), (2, (5, 3)), (1, (9, 8))):
        save(tmp_path, "pause", ago, Distress(before, after), breath="sigh")
    settings(tmp_path, config)
    around = world(tmp_path, *[""] * 30)
    practise(around, around.catalogue.read("pause"), Wishes())
    assert ("a long way out (last three: distress from 9 to 8, 5 to 3, 7 to 7)" in printed(around)) is seen
