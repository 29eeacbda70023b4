"""The manual page that is committed is the one that the commands of today give."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dbtcoach.1"
FIX = "python -m docs.manual > docs/dbtcoach.1"


def written(home: Path) -> str:
    env = {**os.environ, "DBTCOACH_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "docs.manual"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_committed_page_is_what_the_commands_give(tmp_path: Path) -> None:
    assert PAGE.read_text("utf-8") == written(tmp_path), f"A command has changed. To renew the page: {FIX}"


def test_the_command_that_renews_it_is_named_where_it_lives() -> None:
    from docs import manual

    assert FIX in (manual.__doc__ or "")


def test_it_is_ascii_because_not_every_formatter_is_told_otherwise() -> None:
    assert PAGE.read_bytes().isascii()


@pytest.mark.skipif(shutil.which("man") is None, reason="there is no man here")
def test_man_shows_it_without_a_complaint() -> None:
    env = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": ""}
    done = subprocess.run(
        ["man", "--warnings", "-P", "cat", "-l", str(PAGE)],
        env=env,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    shown = " ".join(done.stdout.split())
    assert "Example: dbtcoach help-now --country IE" in shown
    assert "value ('-' is standard input)" in shown
    assert "A country, by code or name: GB, Ireland …" in shown
