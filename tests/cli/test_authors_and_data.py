"""Where things are, whether exercises are right, and what the program says about itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.shell import home_of, run
from tests.pty.own import KINDS, write_own

if TYPE_CHECKING:
    from pathlib import Path


def test_data_where_names_every_place_and_makes_none(tmp_path: Path) -> None:
    done = run(tmp_path, "data", "where", known=False)
    assert done.returncode == 0
    home = home_of(tmp_path)
    for path in (home, home / "journal.json", home / "drafts", home / "exercises", home / "config.yaml"):
        assert str(path) in done.stdout
    assert not home.exists()


@pytest.mark.parametrize("name", ["DBTCOACH_HOME", "XDG_DATA_HOME"])
def test_data_where_follows_the_environment(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "data", "where", env={name: str(tmp_path / "mine")}, known=False)
    assert done.stdout.startswith(str(tmp_path / "mine"))


def test_without_a_home_folder_it_says_what_to_set(tmp_path: Path) -> None:
    done = run(tmp_path, "data", "where", env={"HOME": str(tmp_path / "gone")}, known=False)
    assert done.returncode == 2
    assert "DBTCOACH_HOME" in done.stderr


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


def test_a_wrong_exercise_breaks_only_its_own_command(tmp_path: Path) -> None:
    write_own(tmp_path, "wrong", "format: 1\nname: wrong\n")
    assert run(tmp_path, "wrong").returncode == 3
    assert run(tmp_path, "pause", "--answers", "-", typed="before: 1\n").returncode == 0


def test_an_exercise_of_ones_own_is_a_command_and_named_in_the_help(tmp_path: Path) -> None:
    write_own(tmp_path)
    done = run(tmp_path, "--help")
    assert done.returncode == 0
    assert "kinds" in done.stdout
    assert "One step of every kind." in done.stdout
    for name in ("pause", "ground", "dear-man", "validate", "reflect", "help-now", "data", "exercises"):
        assert name in done.stdout
    assert "dear-man-after" not in done.stdout


def test_an_own_exercise_cannot_take_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    write_own(tmp_path, "pause", KINDS.replace("name: kinds", "name: pause"))
    done = run(tmp_path, "pause", "--plain", typed="")
    assert "All kinds" not in done.stdout


def test_the_help_of_an_exercise_names_its_options(tmp_path: Path) -> None:
    done = run(tmp_path, "dear-man", "--help")
    for option in ("--answers", "--json", "--no-save", "--plain", "--fresh", "--after"):
        assert option in done.stdout
    assert "\x1b" not in done.stdout


def test_without_a_command_and_without_a_terminal_the_help_is_shown(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0
    assert "dbtcoach help-now" in done.stdout


@pytest.mark.parametrize(
    ("journal", "entries_read", "damaged"),
    [
        (b"\xff\xff", 0, True),
        (b"{}", 0, True),
        (b'[\n{"v":1,"id":"a","exercise":"p"}\n,{"v":1,"id":"b"', 1, True),
        (b'[\n{"v":1,"id":"a","exercise":"p"}\ngarbage\n]\n', 1, True),
        (b'[\n{"v":1,"id":"a","exercise":"p"}\n]\n', 1, False),
        (b'[\n {"v":1,\n"id":"a","exercise":"p"}\n]\n', 1, False),
        (b"\xef\xbb\xbf[\r\n]\r\n", 0, False),
        (b"", 0, False),
    ],
)
def test_where_says_that_a_part_of_the_journal_cannot_be_read(
    tmp_path: Path, journal: bytes, entries_read: int, *, damaged: bool
) -> None:
    home = home_of(tmp_path)
    home.mkdir(parents=True)
    (home / "journal.json").write_bytes(journal)
    found = json.loads(run(tmp_path, "data", "where", "--json").stdout)
    assert found["entries"] == entries_read
    assert ("cannot be read" in found["problem"]) is damaged
    assert ("cannot be read" in run(tmp_path, "data", "where").stdout) is damaged
    assert (home / "journal.json").read_bytes() == journal
