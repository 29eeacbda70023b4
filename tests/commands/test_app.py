"""The commands that there are, and what the program says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pty.own import KINDS, write_own
from tests.shell import run

if TYPE_CHECKING:
    from pathlib import Path


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
