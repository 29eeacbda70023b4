"""A file of the person's own choosing: whole or not there, and nothing of it beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dbtcoach.disk import export as placing
from dbtcoach.errors import JournalError

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def nameless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Let the system write files without a name, or not."""
    if not request.param:
        monkeypatch.setattr(placing, "_HERE", 0)
    return bool(request.param)


WAYS = pytest.mark.parametrize("nameless", [True, False], indirect=True)


@WAYS
@pytest.mark.usefixtures("nameless")
def test_it_is_whole_private_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    old = os.umask(0o777)
    try:
        placing.put(str(path), b"words", force=False)
    finally:
        os.umask(old)
    assert path.read_bytes() == b"words"
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["report.md"]
    with pytest.raises(FileExistsError):
        placing.put(str(path), b"others", force=False)
    assert path.read_bytes() == b"words"
    placing.put(str(path), b"others", force=True)
    assert path.read_bytes() == b"others"
    assert names(tmp_path) == ["report.md"]


@WAYS
@pytest.mark.usefixtures("nameless")
def test_a_link_is_not_followed_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("mine")
    (tmp_path / "report.md").symlink_to(tmp_path / "real")
    with pytest.raises(JournalError):
        placing.put(str(tmp_path / "report.md"), b"words", force=True)
    assert (tmp_path / "real").read_text() == "mine"


@WAYS
@pytest.mark.parametrize("force", [True, False])
def test_a_kill_in_the_middle_leaves_nothing_that_stays(
    tmp_path: Path, *, nameless: bool, force: bool
) -> None:
    path = tmp_path / "report.md"
    code = f"""
import os, signal
from dbtcoach.disk import export as placing
if not {nameless}:
    placing._HERE = 0
placing.sync_file = lambda opened: os.kill(os.getpid(), signal.SIGKILL)
placing.put({str(path)!r}, b"canary", force={force})
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    if nameless and placing._HERE:  # noqa: SLF001 - what the system can do
        assert names(tmp_path) == []
    else:
        assert len(names(tmp_path)) == 1
    placing.put(str(path), b"words", force=force)
    assert names(tmp_path) == ["report.md"]


def test_only_left_overs_of_the_same_file_that_nobody_writes_are_swept(tmp_path: Path) -> None:
    for name in (
        ".report.md.0123abcd.tmp",
        ".report.md.01234567.tmp",
        ".report.md.tmp",
        ".other.md.0123abcd.tmp",
    ):
        (tmp_path / name).write_text("words")
    with (tmp_path / ".report.md.01234567.tmp").open("rb") as held:
        assert placing._claim(held.fileno())  # noqa: SLF001 - as the one who writes it does
        placing.sweep(str(tmp_path / "report.md"))
        assert names(tmp_path) == [
            ".other.md.0123abcd.tmp",
            ".report.md.01234567.tmp",
            ".report.md.tmp",
        ]
    placing.sweep(str(tmp_path / "report.md"))
    assert names(tmp_path) == [".other.md.0123abcd.tmp", ".report.md.tmp"]
