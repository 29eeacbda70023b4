"""Only the command that is asked for is imported; to list them, none is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
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


def imported(home: Path, line: str) -> set[str]:
    """Return every module that a new interpreter has imported when this command has ended."""
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write('\\n' + '\\n'.join(sys.modules)))\n"
        "from dbtcoach.overture import main\n"
        "main()\n"
    )
    env = {"PATH": os.environ["PATH"], "DBTCOACH_HOME": str(home), "LANG": "C.UTF-8"}
    command = [sys.executable, "-c", code, *line.split()]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("line", ["--help", "log --help", "data --help", "exercises --help", "data wher"])
def test_help_imports_no_command(tmp_path: Path, line: str) -> None:
    found = imported(tmp_path, line)
    assert "dbtcoach.commands.table" in found
    assert not found & modules()


@pytest.mark.parametrize("line", ["", "rows", "plan", "pause", "log", "log edit", "exercises preview"])
def test_help_names_an_option_once(tmp_path: Path, line: str) -> None:
    told = run(tmp_path, *line.split(), "--help").stdout
    options = re.findall(r"^  (?:-\w, )?(--[\w-]+)", told, re.MULTILINE)
    assert "--plain" in options
    assert sorted(options) == sorted(set(options))


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
    assert f"did you mean '{meant}'?" in done.stderr


@pytest.mark.parametrize("group", [(), ("log",), ("data",), ("exercises",)])
def test_help_says_what_each_command_does_to_the_end(tmp_path: Path, group: tuple[str, ...]) -> None:
    lines = {name: line for section in SECTIONS.values() for name, line in section.items()}
    if group:
        above = lines[group[0]]
        assert not isinstance(above, Command)
        lines = above.commands
    said = " ".join(run(tmp_path, *group, "--help").stdout.split())
    assert [name for name, line in lines.items() if f"{name} {line.summary}" not in said] == []
