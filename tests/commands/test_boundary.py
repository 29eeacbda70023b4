"""Standard output that is closed or full: one exit code, and no complaint that helps nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.pty.person import PROGRAM, environment, settle
from tests.shell import home_of

WAYS = [
    ["help-now"],
    ["data", "where"],
    ["exercises", "check"],
    ["--version"],
    ["--help"],
    ["pause", "--answers", "-"],
    ["pause", "--answers", "-", "--json"],
    ["pause", "--plain"],
]


@pytest.mark.parametrize("arguments", WAYS, ids=" ".join)
def test_a_closed_standard_output_is_no_drama(tmp_path: Path, arguments: list[str]) -> None:
    settle(home_of(tmp_path))
    with subprocess.Popen(
        [PROGRAM, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()  # before a word was written, as `| head -c0` may do
        process.stdout = None
        _out, said = process.communicate("before: 1\n" if "--answers" in arguments else "1\n", timeout=60)
    assert process.returncode == 1
    assert said == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", WAYS, ids=" ".join)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_standard_output_fails_without_a_traceback(
    tmp_path: Path, arguments: list[str], unbuffered: str
) -> None:
    settle(home_of(tmp_path))
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [PROGRAM, *arguments],
            input="before: 1\n" if "--answers" in arguments else "1\n",
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(tmp_path, PYTHONUNBUFFERED=unbuffered),
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert "Something went wrong" not in done.stderr


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_was_never_there_is_no_traceback(tmp_path: Path, stream: str) -> None:
    settle(home_of(tmp_path))
    number = {"stdin": 0, "stdout": 1, "stderr": 2}[stream]
    close = f"import os, sys; os.close({number}); os.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", close, PROGRAM, "pause", "--plain"],
        input="1\n",
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in (1, 4, 130)
    assert "Traceback" not in done.stderr
