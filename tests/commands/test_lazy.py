"""Only the command that is asked for is imported; to list them, none is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shell import run

from dbtcoach.commands.table import SECTIONS, Command

if TYPE_CHECKING:
    from pathlib import Path


def modules() -> set[str]:
    """Return the module of every command in the table."""
    found: set[str] = set()
    for section in SECTIONS.values():
        for name, line in section.items():
            inner = [name] if isinstance(line, Command) else [f"{name}.{each}" for each in line.commands]
            found |= {f"dbtcoach.commands.{path.replace('-', '_')}" for path in inner}
    return found


def imported(folder: Path, line: str) -> set[str]:
    done = run(folder, *line.split(), env={"PYTHONPROFILEIMPORTTIME": "1"})
    return {row.rsplit("|", 1)[-1].strip() for row in done.stderr.splitlines()}


@pytest.mark.parametrize("line", ["--help", "log --help", "data --help", "exercises --help", "data wher"])
def test_help_imports_no_command(tmp_path: Path, line: str) -> None:
    found = imported(tmp_path, line)
    assert "dbtcoach.commands.table" in found
    assert not found & modules()


@pytest.mark.parametrize("line", ["data where", "log list", "help-now", "remind --print cron"])
def test_a_command_imports_no_other(tmp_path: Path, line: str) -> None:
    name = line.partition(" --")[0].replace(" ", ".").replace("-", "_")
    assert imported(tmp_path, line) & modules() == {f"dbtcoach.commands.{name}"}


@pytest.mark.parametrize(
    ("line", "meant"), [("data wher", "where"), ("log lits", "list"), ("exercises prnt", "print")]
)
def test_a_slip_below_a_group_is_told_with_the_nearest_name(tmp_path: Path, line: str, meant: str) -> None:
    done = run(tmp_path, *line.split())
    assert done.returncode == 2
    assert f"Did you mean '{meant}'?" in done.stderr
