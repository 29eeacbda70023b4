"""Terminals and pipes without UTF-8: a letter that they do not have never ends the program."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.pty.own import write_own
from tests.pty.person import PROGRAM, environment, settle
from tests.shell import TRACES, entries, home_of, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_line_mode_goes_to_its_end_in_an_old_encoding(tmp_path: Path, encoding: str) -> None:
    write_own(tmp_path)
    env = {"PYTHONIOENCODING": encoding}
    done = run(tmp_path, "kinds", "--plain", typed="a few words\n3\n" + "\n" * 20, env=env)
    assert done.returncode == 0, done.stderr
    assert "0 nothing ... 10" in done.stdout
    assert len(entries(tmp_path)) == 1


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_saved_script_is_printed_in_an_old_encoding(tmp_path: Path, options: tuple[str, ...]) -> None:
    write_own(tmp_path)
    typed = '{"words": "a b"}'
    env = {"PYTHONIOENCODING": "ascii"}
    done = run(tmp_path, "kinds", "--answers", "-", *options, typed=typed, env=env)
    assert done.returncode == 0, done.stderr
    assert len(entries(tmp_path)) == 1


def test_bytes_that_mean_nothing_are_no_fault_of_the_program(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    done = subprocess.run(
        [PROGRAM, "kinds", "--plain"],
        input=b"words \xff\xfe here\n3\n" + b"\n" * 20,
        env=environment(tmp_path, PYTHONIOENCODING="utf-8:strict"),
        capture_output=True,
        check=False,
        timeout=60,
    )
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert not any(trace in said for trace in TRACES)
    assert "words \ufffd\ufffd here" in str(entries(tmp_path))
