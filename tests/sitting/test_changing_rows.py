"""The rows of the check-in are changed line by line, and what is passed over changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sitting.world import printed, world

from dbtcoach.errors import LeaveError
from dbtcoach.sitting.changing_rows import open_rows
from dbtcoach.sitting.own_card import in_short, named
from dbtcoach.world.settings import read_settings
from dbtcoach.world.written_rows import with_own_rows

if TYPE_CHECKING:
    from pathlib import Path

ADD, CHANGE, REMOVE, MOVE, SKILLS, DONE = "1", "2", "3", "4", "5", "7"
FEELINGS = "Emotions: Anger, Fear, Joy, Sadness, Shame"
SHIPPED = [FEELINGS, "Urges: Urge", "Skills: STOP, Grounding, Check the facts, DEAR MAN, Validation"]
NAME = "x" * 31


def card(home: Path, *lines: str) -> list[str]:
    """Type these lines into the rows, and return the card as it is read afterwards, group by group."""
    around = world(home, *lines, DONE)
    assert open_rows(around) == 0
    return in_short(world(home))


def test_a_row_is_changed(tmp_path: Path) -> None:
    feelings, *_others = card(tmp_path, CHANGE, "1", "Rage", "1", "1", "0 to 10", "", "y")
    assert feelings == "Emotions: Rage, Fear, Joy, Sadness, Shame"
    row = read_settings(world(tmp_path).home).rows[0]
    assert (row.name, row.low, row.high, row.daily) == ("Rage", 0, 10, True)


def test_a_row_that_is_not_for_every_day_stays_so_when_another_thing_of_it_changes(tmp_path: Path) -> None:
    config = "shipped_rows: false\nrows:\n  - {name: Walks, kind: count, unit: km, daily: false}\n  - Tea\n"
    (tmp_path / "config.yaml").write_text(config, "utf-8")
    card(tmp_path, CHANGE, "1", "Runs", "5", "3", "", "")
    row = read_settings(world(tmp_path).home).rows[0]
    assert (row.name, row.unit, row.daily) == ("Runs", "km", False)


@pytest.mark.parametrize(
    ("row", "before", "feelings"),
    [
        ("3", "1", "Emotions: Joy, Anger, Fear, Sadness, Shame"),
        ("1", "6", "Emotions: Fear, Joy, Sadness, Shame, Anger"),
        ("1", "1", FEELINGS),
    ],
)
def test_a_row_is_moved(tmp_path: Path, row: str, before: str, feelings: str) -> None:
    assert card(tmp_path, MOVE, row, before) == [feelings, *SHIPPED[1:]]


def test_a_row_is_taken_away_and_the_skills_stay(tmp_path: Path) -> None:
    assert card(tmp_path, REMOVE, "2") == ["Emotions: Anger, Joy, Sadness, Shame", *SHIPPED[1:]]


@pytest.mark.parametrize(
    "lines", [[CHANGE, ""], [CHANGE, "1", ":skip"], [MOVE, "1", ""], [REMOVE, ""], [ADD, ""]]
)
def test_what_is_passed_over_changes_nothing(tmp_path: Path, lines: list[str]) -> None:
    assert card(tmp_path, *lines) == SHIPPED
    assert not (tmp_path / "config.yaml").exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([ADD, NAME, ":skip"], "at most 30 letters"),
        ([ADD, "joy", "1", "1", "0 to 5", "", "y"], "There is a row of that name."),
        ([CHANGE, "1", "Fear", "1", "1", "0 to 5", "", "y"], "There is a row of that name."),
        ([ADD, "Pain", "4", "1", "9 to 2", "", "y"], "From 9 to 2 makes no range, so it goes from 0 to 5."),
    ],
)
def test_what_cannot_be_taken_is_told(tmp_path: Path, lines: list[str], said: str) -> None:
    around = world(tmp_path, *lines, DONE)
    open_rows(around)
    assert said in printed(around)


def test_skills_that_are_on_the_card_are_ticked_and_passing_by_leaves_them(tmp_path: Path) -> None:
    assert card(tmp_path, SKILLS, *[""] * 5) == SHIPPED
    assert not (tmp_path / "config.yaml").exists()


def test_each_page_of_skills_is_kept_with_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(LeaveError):  # the input ends: the other pages were never seen
        open_rows(world(tmp_path, SKILLS, "1"))
    assert in_short(world(tmp_path))[-1] == (
        "Skills: Describe, Grounding, STOP, Check the facts, DEAR MAN, Validation"
    )


def test_more_skills_than_a_card_holds_are_kept_and_it_is_told(tmp_path: Path) -> None:
    every = "1 2 3 4 5 6 7"
    around = world(tmp_path, SKILLS, every, every, "", "", DONE)
    open_rows(around)
    assert "The first 12 of them are on the card." in printed(around)
    assert len(read_settings(around.home).skills) > 12
    assert in_short(around)[-1].count(",") == 11


def test_the_skills_of_a_ready_made_card_are_changed_by_name_and_not_among_its_rows(tmp_path: Path) -> None:
    rows = with_own_rows(b"", named("diary").rows, shipped=False)
    assert rows is not None
    (tmp_path / "config.yaml").write_bytes(rows)
    before = in_short(world(tmp_path))
    around = world(tmp_path, CHANGE, "", SKILLS, *[""] * 5, DONE)
    open_rows(around)
    assert "wise-mind" not in printed(around)
    assert in_short(world(tmp_path)) == before
    assert card(tmp_path, REMOVE, "1") == ["Emotions: Anger, Fear, Joy, Sadness, Shame", *before[1:]]
