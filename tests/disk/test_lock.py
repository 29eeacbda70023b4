"""One writer at a time on file systems that have no locks, and after somebody removed the lock file."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dbtcoach.disk import atomic
from dbtcoach.disk.access import make_private_folder
from dbtcoach.disk.lock import Lock, claim_file
from dbtcoach.disk.owner_file import owner_path
from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import Entry, decode
from dbtcoach.journal.file import append
from dbtcoach.journal.read import read_all

if TYPE_CHECKING:
    from pathlib import Path

fcntl = pytest.importorskip("fcntl", reason="Windows has locks of another kind")
NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
ENTRY = decode({"v": 1, "id": "-", "exercise": "pause"})
WITHOUT_LOCKS = """
import errno, fcntl, os, sys
from datetime import UTC, datetime
def flock(_opened, _how): raise OSError(errno.ENOLCK, "No locks available")
fcntl.flock = flock
from dbtcoach.journal.entry import decode
from dbtcoach.journal.file import append
for number in range(25):
    entry = decode({"v": 1, "id": "-", "exercise": "pause", "title": f"{sys.argv[2]} {number}"})
    append(sys.argv[1], entry, now=datetime.now(UTC), randomness=os.urandom)
"""


def save(path: Path) -> None:
    assert isinstance(ENTRY, Entry)
    append(str(path), ENTRY, now=NOW, randomness=os.urandom)


@pytest.fixture(params=[errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def without_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_opened: int, _how: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.mark.usefixtures("without_locks")
def test_saving_and_reading_work_without_locks(tmp_path: Path) -> None:
    path = tmp_path / "home" / "journal.json"
    for _ in range(3):
        save(path)
    assert len(list(read_all(str(path)))) == 3
    assert sorted(item.name for item in path.parent.iterdir()) == ["journal.json", "journal.json.lock"]


@pytest.mark.process
@pytest.mark.usefixtures("without_locks")
def test_an_owner_keeps_others_out_and_a_dead_one_does_not(tmp_path: Path) -> None:
    path = str(tmp_path / "journal.json")
    with Lock(path):
        owner = tmp_path / "journal.json.owner.lock"
        assert stat.S_IMODE(owner.stat().st_mode) == 0o600
        with (
            pytest.raises(JournalError, match=r"remove .*journal\.json\.owner\.lock"),
            Lock(path, patience=0.01),
        ):
            pass
        assert owner.exists()
        left = owner.read_text()
    assert not owner.exists()
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    owner.write_text(left.replace(f"\n{os.getpid()}\n", f"\n{child.pid}\n"))
    with Lock(path, patience=0.01):
        assert owner.read_text() != left
    # On another machine nobody can be asked; a day later nobody is there any more.
    owner.write_text(f"elsewhere\n{os.getpid()}\nx\n")
    with pytest.raises(JournalError, match="busy"), Lock(path, patience=0.01):
        pass
    os.utime(owner, (0, 0))
    with Lock(path, patience=0.01):
        pass
    assert [item.name for item in tmp_path.iterdir()] == ["journal.json.lock"]


@pytest.mark.usefixtures("without_locks")
def test_a_draft_is_claimed_by_one_window(tmp_path: Path) -> None:
    path = str(tmp_path / "pause.lock")
    first = claim_file(path)
    assert first is not None
    assert claim_file(path) is None
    first.release()
    second = claim_file(path)
    assert second is not None
    second.release()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_four_windows_without_locks_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    running = [
        subprocess.Popen([sys.executable, "-c", WITHOUT_LOCKS, str(path), f"window {number}"])
        for number in range(4)
    ]
    assert [each.wait() for each in running] == [0] * 4
    titles = {record["title"] for record in json.loads(path.read_bytes())}
    assert titles == {f"window {window} {number}" for window in range(4) for number in range(25)}


def test_any_other_failure_of_a_lock_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_opened: int, _how: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(JournalError, match="The disk reports an error"):
        save(tmp_path / "journal.json")
    assert not os.path.lexists(owner_path(str(tmp_path / "journal.json.lock")))


def test_a_lock_on_a_file_that_is_gone_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.json"
    lock = tmp_path / "journal.json.lock"
    really = fcntl.flock
    removed: list[int] = []

    def flock(opened: int, how: int) -> None:
        if not removed:  # somebody forgets everything between our opening and our locking
            removed.append(lock.stat().st_ino)
            lock.rename(tmp_path / "gone")
        really(opened, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    with Lock(str(path)):
        assert lock.exists()
        assert lock.stat().st_ino != removed[0]


def test_modes_that_cannot_be_set_keep_nothing_from_being_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refused)
    monkeypatch.setattr(os, "fchmod", refused)
    (tmp_path / "home").mkdir(mode=0o755)
    make_private_folder(str(tmp_path / "home"))
    make_private_folder(str(tmp_path / "new" / "deep"))
    save(tmp_path / "home" / "journal.json")
    assert len(json.loads((tmp_path / "home" / "journal.json").read_bytes())) == 1


def test_a_rename_is_tried_for_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, slept, refusals = os.replace, list[float](), [5]

    def replace(source: str, target: str) -> None:
        if refusals[0]:
            refusals[0] -= 1
            raise PermissionError(errno.EACCES, "The file is open elsewhere")
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    (tmp_path / "a").write_text("new")
    atomic.rename(str(tmp_path / "a"), str(tmp_path / "b"), slept.append)
    assert (tmp_path / "b").read_text() == "new"
    refusals[0] = 10_000
    slept.clear()
    with pytest.raises(PermissionError):
        atomic.rename(str(tmp_path / "b"), str(tmp_path / "c"), slept.append)
    assert 1 <= sum(slept) <= 2
    assert (tmp_path / "b").read_text() == "new"
