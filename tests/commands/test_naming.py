"""A wrong command line is answered with the right one, at any depth, and repeats no sentence."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.shell import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("search", ["dbtcoach log search"]),
        ("list", ["dbtcoach log list", "dbtcoach exercises list"]),
        ("where", ["dbtcoach data where"]),
        ("lock", ["dbtcoach data lock"]),
        ("export", ["dbtcoach log export"]),
        ("show", ["dbtcoach log show"]),
        ("status", ["dbtcoach data where"]),
        ("help", ["dbtcoach --help", "dbtcoach help-now"]),
        ("log where", ["dbtcoach data where"]),
        ("data export", ["dbtcoach log export"]),
        ("exercises trends", ["dbtcoach trends"]),
        ("dear-mann", ["did you mean 'dear-man'"]),
        ("data unlok", ["did you mean 'unlock'"]),
    ],
)
def test_the_right_command_is_named_for_a_wrong_one(tmp_path: Path, line: str, meant: list[str]) -> None:
    done = run(tmp_path, *line.split())
    assert done.returncode == 2
    for each in meant:
        assert each in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["I feel so lost"],
        ["pause", "I feel so lost"],
        ["data", "where", "I feel so lost"],
        ["log", "I feel so lost"],
        ["log", "search", "I feel so lost"],
        ["exercises", "list", "lost"],
    ],
)
def test_what_may_be_a_sentence_is_not_repeated(tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path, *words)
    assert done.returncode == 2
    assert "lost" not in done.stdout + done.stderr


def test_it_runs_as_a_module_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dbtcoach", "--version"],
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith("dbtcoach ")
