"""What is wrong is found, with its place and the command that mends it; a home in order is left in peace."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.shell import home_of, run
from tests.sitting.locked import lock_home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def write(name: str, content: bytes) -> Callable[[Path], None]:
    def put(home: Path) -> None:
        (home / name).parent.mkdir(exist_ok=True, mode=0o700)
        (home / name).write_bytes(content)
        (home / name).chmod(0o600)

    return put


def _half_locked(home: Path) -> None:
    clear = (home / "journal.json").read_bytes()
    lock_home(home)
    (home / "journal.json").write_bytes(clear)


def _folder_for_state(home: Path) -> None:
    (home / "state.json").unlink()
    (home / "state.json").mkdir()


WRONG: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing but zeros": (write("journal.json", bytes(500)), "cannot be read"),
    "no byte": (write("journal.json", b""), "cannot be read"),
    "a torn draft": (write("drafts/pause.json", b"{"), "dbtcoach pause"),
    "no plan of ours": (write("plan.json", bytes(300)), "move it away"),
    "a torn state": (write("state.json", b'{"v":1,"first_r'), "writes it anew"),
    "a state of another kind": (write("state.json", b"[]"), "asked again"),
    "a folder for a state": (_folder_for_state, "move away what is in its place"),
    "a torn change": (
        write("drafts/edit-0a1b.json", b'{"v":1,"exercise":"edit-0a1b","title'),
        "dbtcoach log edit 0a1b",
    ),
    "a draft of what is gone": (
        write("drafts/old.json", b'{"v":1,"exercise":"old","title":"T","saved":"",\n"session":{}}\n'),
        "begun in an exercise that is not there any more",
    ),
    "settings": (write("config.yaml", b"plian: true\n"), "plian"),
    "an exercise": (write("exercises/walk.yaml", b"format: 1\n"), "exercises check walk"),
    "a left-over": (write("journal.json.tmp", b"[\n"), "may hold words"),
    "what was kept": (write("journal.damaged-20261123-210005.json", b"x"), "could not be read"),
    "a copy": (write("journal (1).json", b'[\n{"v":1,"id":"a","exercise":"p"}\n]\n'), "data merge"),
    "half a lock": (write("key.age", b"age-encryption.org/v1\n"), "data lock"),
    "open to others": (lambda home: home.chmod(0o755), "chmod 700"),
    "a file open to others": (lambda home: (home / "journal.json").chmod(0o644), "chmod 600"),
    "not all sealed": (_half_locked, "data lock"),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_finds(tmp_path: Path, name: str) -> None:
    home = home_of(tmp_path)
    assert run(tmp_path, "pause", "--answers", "-", typed="before: 6\n").returncode == 0
    before = run(tmp_path, "data", "check")
    assert (before.returncode, before.stdout) == (0, "Everything is as it should be.\n")
    make, told = WRONG[name]
    make(home)
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    done = run(tmp_path, "data", "check", known=False)
    assert done.returncode == 1
    assert told in done.stdout
    assert "To mend it: " in done.stdout
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == files


# What is imported late is imported before: Python itself may lie where that user cannot look.
AS_SOMEBODY_ELSE = """\
import contextlib, io, os, sys
given, typed, home = sys.argv[1:], sys.stdin, os.environ["DBTCOACH_HOME"]
from dbtcoach.overture import main

def go(*arguments):
    sys.argv = ["dbtcoach", *arguments]
    try:
        return main()
    except SystemExit as left:
        return left.code

os.environ["DBTCOACH_HOME"] = home + "-before"
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    for words in (("log", "list"), ("pause", "--answers", "-")):
        sys.stdin = io.StringIO("before: 6\\n")
        go(*words)
sys.stdin = typed
os.environ["DBTCOACH_HOME"] = home
os.setgid(65534)
os.setuid(65534)
sys.exit(go(*given))
"""


@pytest.fixture
def seen_by_all() -> Iterator[Path]:
    """Return a folder that other users can look into; those of pytest are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can make a home of somebody else")
def test_a_home_of_somebody_else_can_be_read_and_says_why_nothing_is_saved(seen_by_all: Path) -> None:
    home = home_of(seen_by_all)
    assert run(seen_by_all, "pause", "--answers", "-", typed="before: 6\n").returncode == 0

    def as_other(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", AS_SOMEBODY_ELSE, *arguments],
            input=typed, capture_output=True, text=True, check=False,
            env={"DBTCOACH_HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, cwd="/",
        )  # fmt: skip

    for folder in (home, *home.relative_to(seen_by_all).parents):
        (seen_by_all / folder).chmod(0o755)
    for path in home.iterdir():
        path.chmod(0o644)
    listed = as_other("log", "list")
    assert (listed.returncode, listed.stderr, "pause" in listed.stdout.lower()) == (0, "", True)
    before = (home / "journal.json").read_bytes()
    saved = as_other("pause", "--answers", "-", typed="before: 6\n")
    assert (saved.returncode, "cannot" in saved.stderr or "may not" in saved.stderr) == (1, True)
    home.chmod(0o700)
    saved = as_other("pause", "--answers", "-", typed="before: 6\n")
    assert (saved.returncode, str(home) in saved.stderr) == (1, True)
    assert (home / "journal.json").read_bytes() == before
