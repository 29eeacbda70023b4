"""Exercises and own coach rules are checked: every problem with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.commands.exercises.own_files import SOUND, own
from tests.pty.own import KINDS, write_own
from tests.shell import home_of, run
from tests.sitting.world import world

from dbtcoach.commands.exercises.check import broken, check_all, check_file
from dbtcoach.script.catalogue import Catalogue, shipped_folder

if TYPE_CHECKING:
    from pathlib import Path


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
        ("mine", "dear-man", "mine", "needs a file name that starts with 'dear-man-'"),
        ("deer-man-mine", "deer-man", "mine", "there is no such exercise"),
    ],
)
def test_a_variant_that_cannot_be_reached_says_why(
    tmp_path: Path, name: str, parent: str, option: str, why: str
) -> None:
    path = own(tmp_path, name, VARIANT.format(parent=parent, option=option))
    catalogue = world(tmp_path).catalogue
    assert why in check_file(catalogue, path)
    names = [item.name for item in catalogue.options("dear-man").values()]
    assert names == ["dear-man-after", "dear-man-quick"]


def test_two_own_variants_cannot_share_an_option(tmp_path: Path) -> None:
    first = own(tmp_path, "dear-man-a", VARIANT.format(parent="dear-man", option="short"))
    second = own(tmp_path, "dear-man-b", VARIANT.format(parent="dear-man", option="short"))
    catalogue = world(tmp_path).catalogue
    assert check_file(catalogue, first) == ""
    assert "has an option --short from 'dear-man-a'" in check_file(catalogue, second)


def test_a_file_that_lies_elsewhere_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "pause.yaml"
    path.write_text(SOUND.format(name="pause", more=""), "utf-8")
    assert check_file(world(tmp_path / "home").catalogue, path) == ""


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
    assert why in check_file(world(tmp_path).catalogue, path)


def test_what_is_to_be_gone_on_with_has_to_be_there(tmp_path: Path) -> None:
    ahead = "next:\n  - {{label: Go, exercise: help-now}}\n  - {{label: On, exercise: grund}}\n"
    path = own(tmp_path, "mine", text=SOUND + ahead)
    (line,) = check_file(world(tmp_path).catalogue, path).splitlines()
    assert line.endswith(":9:27: there is no exercise called 'grund'; did you mean 'ground'?")


def test_own_scenes_are_found_and_what_is_wrong_in_them_is_told(tmp_path: Path) -> None:
    path = own(tmp_path, "mine", text=SOUND + "  - {{id: b, type: drill, scenes: work, count: 1}}\n")
    scenes = tmp_path / "exercises" / "data" / "work.yaml"
    scenes.parent.mkdir()
    scene = (
        "format: 1\nscenes:\n  - {id: a, setting: S., says: T., replies: [{say: A, why: B, valid: true}]}\n"
    )
    scenes.write_text(scene, "utf-8")
    catalogue = world(tmp_path).catalogue
    assert check_file(catalogue, path) == ""
    scenes.write_text(scene.replace("says", "sais"), "utf-8")
    assert "work.yaml:3:" in check_file(catalogue, path)


def test_an_exercise_can_run_one_that_lies_beside_it_and_is_not_blamed_for_it(tmp_path: Path) -> None:
    own(tmp_path, "inner")
    path = own(tmp_path, "outer", text=SOUND + "  - {{id: b, type: run, exercise: inner}}\n")
    catalogue = world(tmp_path).catalogue
    assert check_file(catalogue, path) == ""
    own(tmp_path, "inner", text="format: 2\n")
    assert "inner" in check_file(catalogue, path)
    assert set(broken(world(tmp_path).catalogue)) == {"inner", "outer"}


def test_broken_ones_are_told_in_one_line_each(tmp_path: Path) -> None:
    own(tmp_path, "sound")
    own(tmp_path, "torn", text="format: 1\nname: torn\n")
    found = broken(world(tmp_path).catalogue)
    assert list(found) == ["torn"]
    assert len(found["torn"].splitlines()) == 1


def test_a_rule_file_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    rules = tmp_path / "coach"
    rules.mkdir()
    wrong = rules / "mine.yaml"
    wrong.write_text("format: 1\nruels: []\n", "utf-8")
    catalogue = Catalogue(shipped_folder(), tmp_path)
    assert "mine.yaml:2:1: unknown key 'ruels'" in check_file(catalogue, wrong)
    assert any("mine.yaml:2:1" in problem for problem in check_all(catalogue))


def test_without_own_rules_nothing_is_said_of_them(tmp_path: Path) -> None:
    catalogue = Catalogue(shipped_folder(), tmp_path)
    assert set(check_all(catalogue)) == {""}


def test_the_shipped_rules_are_checked_whole() -> None:
    rules = shipped_folder() / "coach" / "blame.yaml"
    assert check_file(Catalogue(shipped_folder()), rules) == ""


def test_the_shipped_exercises_are_right(tmp_path: Path) -> None:
    done = run(tmp_path, "exercises", "check")
    assert done.returncode == 0, done.stderr
    assert "No problems." in done.stdout


def test_a_wrong_exercise_of_ones_own_is_named_with_its_place(tmp_path: Path) -> None:
    write_own(
        tmp_path, "wrong", KINDS.replace("name: kinds", "name: wrong").replace("message:", "mesage:", 1)
    )
    done = run(tmp_path, "exercises", "check")
    assert done.returncode == 3
    assert "wrong.yaml:10:5: unknown key 'mesage'; did you mean 'message'?" in done.stderr
    assert done.stdout == ""


def test_files_that_are_named_are_checked_wherever_they_lie(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(KINDS.replace("name: kinds", "name: good"), "utf-8")
    (tmp_path / "bad.yaml").write_text("format: 1\n", "utf-8")
    assert run(tmp_path, "exercises", "check", "good.yaml").returncode == 0
    done = run(tmp_path, "exercises", "check", "good.yaml", "bad.yaml")
    assert done.returncode == 3
    assert "bad.yaml:1:1:" in done.stderr
    assert "good.yaml" not in done.stderr
    gone = run(tmp_path, "exercises", "check", "gone.yaml")
    assert gone.returncode == 2
    assert "gone.yaml" in gone.stderr


CUT = """\
format: 1
name: cut
title: Walk  # this one is a comment
summary: Tell them thing #1 first
minutes: 3 # about
steps:
  - {id: go, type: say, message: "All of it # is here"}
  - id: what
    type: text  # a comment
    message: Täll thém # 1 first
"""


def test_a_text_that_yaml_cuts_off_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "cut.yaml").write_text(CUT, "utf-8")
    done = run(tmp_path, "exercises", "check", "cut.yaml")
    assert done.returncode == 3
    why = "the text ends before a '#'; put quotes around all of it"
    assert done.stderr.splitlines() == [f"cut.yaml:4:10: {why}", f"cut.yaml:10:14: {why}"]


def test_an_exercise_with_such_a_text_still_runs(tmp_path: Path) -> None:
    write_own(tmp_path, "cut", CUT)
    assert run(tmp_path, "cut", "--plain", typed="").returncode == 130


def test_a_file_that_is_no_command_yet_says_how_it_becomes_one(tmp_path: Path) -> None:
    (tmp_path / "walk.yml").write_text(SOUND.format(name="walk", more=""), "utf-8")
    done = run(tmp_path, "exercises", "check", "walk.yml")
    assert done.returncode == 0
    assert "walk.yml is no command yet" in done.stderr
    assert str(home_of(tmp_path) / "exercises" / "walk.yaml") in done.stderr
    write_own(tmp_path)
    note, more = run(tmp_path, "exercises", "check", "kinds").stderr.splitlines()  # of its scale, and no more
    assert note.endswith("kinds.yaml: the number of 'number' is shown in no trend and no report.")
    assert "'scales' step" in more
    for unused in ("walk.yml", "a walk.yaml"):
        path = home_of(tmp_path) / "exercises" / unused
        path.write_text(SOUND.format(name="walk", more=""), "utf-8")
    whole = run(tmp_path, "exercises", "check")
    assert whole.returncode == 3
    for unused in ("/walk.yml", "a walk.yaml"):
        assert f"{unused}:1:1: only a name of a-z, 0-9 and - that ends in .yaml is used" in whole.stderr


RULE = """\
format: 1
about: Fruit.
rules:
  - id: fruit
    label: label
    level: warning
    rank: 30
    kinds: [describe]
    phrases: you [absolute] (walnut|tea cosy)
    reason: A name hits the person.
    pattern: "When you [what you saw], I felt [feeling]."
    fails: {fails}
    passes: {passes}
"""


def test_own_rules_are_tried_on_their_own_samples(tmp_path: Path) -> None:
    folder = home_of(tmp_path) / "exercises" / "coach"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(RULE.format(fails="You cherry.", passes="You walnut."), "utf-8")
    done = run(tmp_path, "exercises", "check")
    assert done.returncode == 3
    assert "fruit: says nothing about: You cherry." in done.stderr
    assert "fruit: should leave alone: You walnut." in done.stderr
    (folder / "own.yaml").write_text(RULE.format(fails="You walnut.", passes="I ate a walnut."), "utf-8")
    assert run(tmp_path, "exercises", "check").returncode == 0


def test_an_unknown_type_is_told_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(SOUND.format(name="x", more="").replace("say", "qqq"), "utf-8")
    said = run(tmp_path, "exercises", "check", "x.yaml").stderr
    assert "a type is one of: say, text, select, confirm," in said
