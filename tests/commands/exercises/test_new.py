"""A new exercise: a name that is free, a file that is new and private."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.commands.exercises.own_files import own
from tests.sitting.world import world

from dbtcoach.commands.exercises.check import check_file
from dbtcoach.commands.exercises.new import begin
from dbtcoach.disk.home import Home
from dbtcoach.errors import CoachError, UsageError


def test_a_new_exercise_is_sound_private_and_commented(tmp_path: Path) -> None:
    home = tmp_path / "home"
    old = os.umask(0)
    try:
        path = Path(begin(Home(str(home)), world(home, known=False).catalogue, "evening-walk"))
    finally:
        os.umask(old)
    assert path == home / "exercises" / "evening-walk.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert check_file(world(home).catalogue, path) == ""
    text = path.read_text("utf-8")
    schema = text.split("\n", 1)[0].removeprefix("# yaml-language-server: $schema=file://")
    assert Path(schema).name == "exercise-v1.schema.json"
    assert Path(schema).is_file(), "the editor finds no schema where the first line says"
    exercise = world(home).catalogue.read("evening-walk")
    assert exercise.title == "Evening walk"
    assert {step.role for step in exercise.steps} >= {"distress_before", "distress_after"}
    assert "${lines.crisis}" in text


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = own(tmp_path, "mine")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="one of your own"):
        begin(Home(str(tmp_path)), world(tmp_path).catalogue, "mine")
    assert path.read_bytes() == before


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    own(tmp_path, "other")
    target = tmp_path / "elsewhere.yaml"
    (tmp_path / "exercises" / "mine.yaml").symlink_to(target)
    with pytest.raises(CoachError, match="is a link"):
        begin(Home(str(tmp_path)), world(tmp_path).catalogue, "mine")
    assert not target.exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("ground", "'ground' is a shipped exercise already"),
        ("dear-man-after", "is a shipped exercise already"),
        ("log", "'log' is a command of dbtcoach"),
        ("exercises", "is a command of dbtcoach"),
        ("Walk", "A name is made of"),
        ("1st", "A name is made of"),
        ("../walk", "A name is made of"),
        ("a b", "A name is made of"),
        ("", "A name is made of"),
        ("x" * 41, "A name is made of"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_with_a_reason(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        begin(Home(str(tmp_path)), world(tmp_path).catalogue, name)
    assert not (tmp_path / "exercises").exists()
