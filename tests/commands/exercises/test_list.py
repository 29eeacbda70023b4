"""The list of exercises: where each comes from, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.exercises.own_files import own, problems
from tests.sitting.world import world

from dbtcoach.commands.exercises.check import check_all
from dbtcoach.commands.exercises.list import rows

if TYPE_CHECKING:
    from pathlib import Path


def test_the_list_says_where_an_own_one_lies(tmp_path: Path) -> None:
    own(tmp_path, "mine")
    found = {row.name: row for row in rows(world(tmp_path).catalogue)}
    assert found["pause"].where == ""
    assert found["dear-man --after"].where == ""
    assert found["mine"].where == str(tmp_path / "exercises")
    assert found["mine"].summary == "S."
    assert problems(tmp_path) == {}


def test_a_name_that_is_taken_is_told_in_the_list_and_by_the_check(tmp_path: Path) -> None:
    own(tmp_path, "pause")
    own(tmp_path, "data")
    found = problems(tmp_path)
    assert found["pause"].endswith(
        ":1:1: 'pause' is a shipped exercise, so this file is not used; give it another name"
    )
    assert found["data"].endswith(":1:1: 'data' is a command of dbtcoach; give the file another name")
    told = [text for text in check_all(world(tmp_path).catalogue) if text]
    assert sorted(told) == sorted(found.values())
