"""Authors' tools from within: names that are free, files that are new, problems that are told."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.sitting.world import world

from dbtcoach.commands import authoring, checking
from dbtcoach.errors import CoachError, UsageError
from dbtcoach.practice.worksheet import worksheet

COMMANDS = ["help-now", "log", "trends", "data", "remind", "review", "exercises"]
SOUND = "format: 1\nname: {name}\ntitle: T\nsummary: S.\n{more}steps:\n"
SOUND += "  - {{id: a, type: say, message: Hello.}}\n"


def own(home: Path, name: str, more: str = "", text: str = SOUND) -> Path:
    """Put a file into the folder of own exercises."""
    folder = home / "exercises"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text.format(name=name, more=more), "utf-8")
    return path


def problems(home: Path) -> dict[str, str]:
    """What is wrong with which own exercise."""
    return {row.name: row.problem for row in authoring.rows(world(home), COMMANDS) if row.problem}


def test_a_new_exercise_is_sound_private_and_commented(tmp_path: Path) -> None:
    home = tmp_path / "home"
    old = os.umask(0)
    try:
        path = Path(authoring.begin(world(home, known=False), "evening-walk", COMMANDS))
    finally:
        os.umask(old)
    assert path == home / "exercises" / "evening-walk.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert checking.check_file(world(home).catalogue, path, COMMANDS) == ""
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
        authoring.begin(world(tmp_path), "mine", COMMANDS)
    assert path.read_bytes() == before


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    own(tmp_path, "other")
    target = tmp_path / "elsewhere.yaml"
    (tmp_path / "exercises" / "mine.yaml").symlink_to(target)
    with pytest.raises(CoachError, match="is a link"):
        authoring.begin(world(tmp_path), "mine", COMMANDS)
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
        authoring.begin(world(tmp_path), name, COMMANDS)
    assert not (tmp_path / "exercises").exists()


def test_the_list_says_where_each_comes_from(tmp_path: Path) -> None:
    own(tmp_path, "mine")
    rows = {row.name: row for row in authoring.rows(world(tmp_path), COMMANDS)}
    assert rows["pause"].where == "shipped"
    assert rows["dear-man --after"].where == "shipped"
    assert rows["mine"].where == str(tmp_path / "exercises")
    assert rows["mine"].summary == "S."
    assert problems(tmp_path) == {}


def test_a_name_that_is_taken_is_told_in_the_list_and_by_the_check(tmp_path: Path) -> None:
    own(tmp_path, "pause")
    own(tmp_path, "data")
    found = problems(tmp_path)
    assert found["pause"].endswith(
        ":1:1: 'pause' is a shipped exercise, so this file is not used; give it another name"
    )
    assert found["data"].endswith(":1:1: 'data' is a command of dbtcoach; give the file another name")
    told = [text for text in checking.check_all(world(tmp_path).catalogue, COMMANDS) if text]
    assert sorted(told) == sorted(found.values())


VARIANT = "variant_of: {parent}\noption: {option}\n"


@pytest.mark.parametrize(
    ("name", "parent", "option", "why"),
    [
        (
            "dear-man-mine",
            "dear-man",
            "after",
            "has an option --after from 'dear-man-after' already",
        ),
        ("dear-man-mine", "dear-man", "plain", "every exercise has an option --plain already"),
        ("mine", "dear-man", "quick", "needs a file name that starts with 'dear-man-'"),
        ("deer-man-mine", "deer-man", "quick", "there is no such exercise"),
    ],
)
def test_a_variant_that_cannot_be_reached_says_why(
    tmp_path: Path, name: str, parent: str, option: str, why: str
) -> None:
    path = own(tmp_path, name, VARIANT.format(parent=parent, option=option))
    catalogue = world(tmp_path).catalogue
    assert why in checking.check_file(catalogue, path, COMMANDS)
    assert [item.name for item in catalogue.options("dear-man").values()] == ["dear-man-after"]


def test_two_own_variants_cannot_share_an_option(tmp_path: Path) -> None:
    first = own(tmp_path, "dear-man-a", VARIANT.format(parent="dear-man", option="quick"))
    second = own(tmp_path, "dear-man-b", VARIANT.format(parent="dear-man", option="quick"))
    catalogue = world(tmp_path).catalogue
    assert checking.check_file(catalogue, first, COMMANDS) == ""
    assert "has an option --quick from 'dear-man-a'" in checking.check_file(catalogue, second, COMMANDS)


def test_a_file_that_lies_elsewhere_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "pause.yaml"
    path.write_text(SOUND.format(name="pause", more=""), "utf-8")
    assert checking.check_file(world(tmp_path / "home").catalogue, path, COMMANDS) == ""


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (
            "{id: b, type: text, message: Hi, coach: asert}",
            ":7:45: there is no coach for 'asert'; did you mean",
        ),
        ("{id: b, type: drill, scenes: nowhere}", ":7:34: There is no file of scenes called 'nowhere.yaml'"),
        ("{id: b, type: run, exercise: nowhere}", ":7:34: there is no exercise called 'nowhere'"),
    ],
)
def test_what_a_run_would_only_find_out_in_front_of_somebody_is_found(
    tmp_path: Path, step: str, why: str
) -> None:
    path = own(tmp_path, "mine", text=SOUND + "  - " + step.replace("{", "{{").replace("}", "}}") + "\n")
    assert why in checking.check_file(world(tmp_path).catalogue, path, COMMANDS)


def test_own_scenes_are_found_and_what_is_wrong_in_them_is_told(tmp_path: Path) -> None:
    path = own(tmp_path, "mine", text=SOUND + "  - {{id: b, type: drill, scenes: work, count: 1}}\n")
    scenes = tmp_path / "exercises" / "data" / "work.yaml"
    scenes.parent.mkdir()
    scene = (
        "format: 1\nscenes:\n  - {id: a, setting: S., says: T., replies: [{say: A, why: B, valid: true}]}\n"
    )
    scenes.write_text(scene, "utf-8")
    catalogue = world(tmp_path).catalogue
    assert checking.check_file(catalogue, path, COMMANDS) == ""
    scenes.write_text(scene.replace("says", "sais"), "utf-8")
    assert "work.yaml:3:" in checking.check_file(catalogue, path, COMMANDS)


def test_an_exercise_can_run_one_that_lies_beside_it_and_is_not_blamed_for_it(tmp_path: Path) -> None:
    own(tmp_path, "inner")
    path = own(tmp_path, "outer", text=SOUND + "  - {{id: b, type: run, exercise: inner}}\n")
    catalogue = world(tmp_path).catalogue
    assert checking.check_file(catalogue, path, COMMANDS) == ""
    own(tmp_path, "inner", text="format: 2\n")
    assert "inner" in checking.check_file(catalogue, path, COMMANDS)
    assert set(authoring.broken(world(tmp_path), COMMANDS)) == {"inner", "outer"}


def test_broken_ones_are_told_in_one_line_each(tmp_path: Path) -> None:
    own(tmp_path, "sound")
    own(tmp_path, "torn", text="format: 1\nname: torn\n")
    found = authoring.broken(world(tmp_path), COMMANDS)
    assert list(found) == ["torn"]
    assert len(found["torn"].splitlines()) == 1


def test_paper_has_the_persons_rows_and_todays_scenes(tmp_path: Path) -> None:
    around = world(tmp_path)
    (tmp_path / "config.yaml").write_text("urges: [Run away]\n", "utf-8")
    assert "- Run away: how strong: 0  1" in authoring.paper(around, "reflect")
    text = authoring.paper(around, "validate-drill")
    assert text == authoring.paper(world(tmp_path), "validate-drill")
    assert text.count("What would you say?") == 3
    assert text != worksheet(around.catalogue.read("validate-drill"), {})
