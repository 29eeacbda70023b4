"""A backup is whole and private; what comes back is the same to the byte, and never over anything."""

from __future__ import annotations

import json
import random
import shutil
import stat
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.shell import home_of, run
from tests.sitting.locked import lock_home
from tests.sitting.world import EVENING
from tests.struck import struck

from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError
from dbtcoach.journal.backup import MANIFEST, back_up, in_the_way, is_backup, read_backup, restore
from dbtcoach.journal.entry import Entry, Json, decode
from dbtcoach.journal.file import append

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = ("canary", '\u00fc \\ "', "\U0001f600" * 3, "\u05d0\u200f", "line\nbreak", "\x00\x1b[31m", "x" * 5000)


def random_home(folder: Path, dice: random.Random) -> Home:
    """Make a home with some of everything that a home can have."""
    home = Home(str(folder))
    for _ in range(dice.randrange(12)):
        record: dict[str, Json] = {
            "v": 1,
            "id": "-",
            "exercise": "pause",
            "answers": [{"step": "a", "value": dice.choice(WORDS)}],
        }
        entry = decode(record)
        assert isinstance(entry, Entry)
        append(home.journal, entry, now=EVENING, randomness=dice.randbytes)
    folder.mkdir(exist_ok=True)
    for name in ("pause", "dear-man"):
        if dice.random() < 0.4:
            (folder / "drafts").mkdir(exist_ok=True)
            (folder / "drafts" / f"{name}.json").write_text(
                f'{{"v":1,"exercise":"{name}","words":"{dice.random()}"}}'
            )
    for name in ("config.yaml", "journal.damaged-20261123-210005.json", "exercises/evening.yaml"):
        if dice.random() < 0.4:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(dice.randbytes(dice.randrange(300)))
    if dice.random() < 0.2:
        (folder / "exercises" / "coach" / "lists").mkdir(parents=True, exist_ok=True)
        (folder / "exercises" / "coach" / "lists" / "mine.txt").write_text("words\n")
    if dice.random() < 0.3:
        lock_home(folder)
    return home


def contents(folder: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if not name.endswith(".lock")}


@pytest.mark.slow
def test_a_hundred_homes_come_back_to_the_byte(tmp_path: Path) -> None:
    file = str(tmp_path / "backup.zip")
    for seed in range(100):
        home = random_home(tmp_path / "home", random.Random(seed))  # noqa: S311 - no secret
        before = contents(tmp_path / "home")
        backup = back_up(home, file, EVENING, force=True)
        assert set(backup.files) == set(before), seed
        shutil.rmtree(home.folder)
        assert in_the_way(home, read_backup(file)) == []
        restore(read_backup(file), home)
        assert contents(tmp_path / "home") == before, seed
        for path in (tmp_path / "home").rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
        shutil.rmtree(home.folder)


def test_from_backup_to_another_machine(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    answers = tmp_path / "answers.yaml"
    answers.write_text("before: 6\n")
    assert run(tmp_path / "a", "pause", "--answers", str(answers)).returncode == 0
    file = tmp_path / "x.zip"
    done = run(tmp_path / "a", "data", "backup", "-o", str(file))
    assert (done.returncode, "Everything you wrote can be read in it" in done.stderr) == (0, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    data = file.read_bytes()
    assert run(tmp_path / "a", "data", "backup", "-o", str(file)).returncode == 2
    assert file.read_bytes() == data
    assert run(tmp_path / "a", "data", "backup", "-o", str(file), "--force").returncode == 0
    assert run(tmp_path / "a", "data", "backup").returncode == 2
    assert run(tmp_path / "a", "data", "backup", "-o", "-").returncode == 2
    named = run(tmp_path / "a", "data", "backup", "-o", "my copy.zip").stderr
    assert named.endswith("data restore 'my copy.zip'\n")
    assert run(tmp_path / "b", "data", "restore", str(file), known=False).returncode == 0
    there, here = (home_of(tmp_path / name) / "journal.json" for name in "ab")
    assert here.read_bytes() == there.read_bytes()
    # It is never put over anything.
    run(tmp_path / "b", "pause", "--answers", str(answers))
    before = here.read_bytes()
    done = run(tmp_path / "b", "data", "restore", str(file))
    assert (done.returncode, "put beside it" in done.stderr) == (0, True)
    assert here.read_bytes() == before
    (beside,) = home_of(tmp_path / "b").glob("restored-*/journal.json")
    assert beside.read_bytes() == there.read_bytes()
    assert run(tmp_path / "b", "data", "restore", str(tmp_path / "none.zip")).returncode == 2


def test_a_backup_is_never_written_over_a_file_of_ours(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("before: 6\n")
    run(tmp_path, "pause", "--answers", str(answers))
    file = home_of(tmp_path) / "journal.json"
    before = file.read_bytes()
    assert run(tmp_path, "data", "backup", "--force", "-o", str(file)).returncode == 2
    assert file.read_bytes() == before


def hostile(path: Path, change: Callable[[dict[str, object]], None], name: str, data: bytes = b"x") -> Path:
    import hashlib

    manifest: dict[str, object] = {
        "format": 1, "made": "2026", "files": {name: [len(data), hashlib.sha256(data).hexdigest()]}
    }  # fmt: skip
    change(manifest)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, data)
        archive.writestr(MANIFEST, json.dumps(manifest))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/x",
        "drafts/../../x.json",
        "exercises/..\\x.yaml",
        "journal.json\n",
        ".bashrc",
        "exercises/a/.ssh/x.yaml",
    ],
)
def test_a_backup_from_a_stranger_writes_nothing_elsewhere(tmp_path: Path, name: str) -> None:
    file = hostile(tmp_path / "x.zip", lambda _manifest: None, name)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(JournalError, match="not from dbtcoach"):
        restore(read_backup(str(file)), Home(str(tmp_path / "home")))
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", ["digest", "format", "no manifest", "torn", "no zip", "bomb"])
def test_what_is_no_whole_backup_is_refused(tmp_path: Path, kind: str) -> None:
    changes: dict[str, Callable[[dict[str, object]], None]] = {
        "digest": lambda found: found.update(files={"journal.json": [1, "0" * 64]}),
        "format": lambda found: found.update(format=2),
        "bomb": lambda found: found.update(files={"journal.json": [10, "0" * 64]}),
    }
    data = bytes(50_000_000) if kind == "bomb" else b"x"
    file = hostile(tmp_path / "x.zip", changes.get(kind, lambda _manifest: None), "journal.json", data)
    if kind == "torn":
        file.write_bytes(file.read_bytes()[:-30])
    elif kind == "no zip":
        file.write_bytes(b"no zip at all")
    elif kind == "no manifest":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("journal.json", "[]")
        assert not is_backup(str(file))
    with pytest.raises(JournalError):
        read_backup(str(file))


@pytest.mark.parametrize(
    "line",
    [
        "backup -o nowhere/x.zip",
        "backup -o file/x.zip",
        "backup -o folder --force",
        "restore folder",
        "restore file/x.zip",
        "merge folder",
        "merge nowhere/x.json",
    ],
)
def test_a_wrong_name_of_a_file_is_no_reason_for_another_home(tmp_path: Path, line: str) -> None:
    run(tmp_path, "pause", "--answers", "-", typed="before: 3\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    done = run(tmp_path, "data", *line.split())
    assert done.returncode in (1, 2)
    assert "choose another file" in done.stderr or "is not there" in done.stderr
    assert "DBTCOACH_HOME" not in done.stderr


@pytest.mark.slow
def test_a_kill_while_restoring_or_backing_up_can_be_repeated(tmp_path: Path) -> None:
    home = random_home(tmp_path / "home", random.Random(7))  # noqa: S311 - no secret
    before, file = contents(tmp_path / "home"), str(tmp_path / "x.zip")
    first = back_up(home, file, EVENING, force=True)
    whole = Path(file).read_bytes()
    for action in ("back up", "restore"):
        code, stop_at = 9, 0
        while code == 9:
            stop_at += 1
            if action == "restore":
                shutil.rmtree(home.folder)
            code = struck(partial(done, home, file, action), stop_at)
            assert Path(file).read_bytes() == whole
            assert set(read_backup(file).files) == set(first.files)
            restore(first, home)
            assert contents(tmp_path / "home") == before, (action, stop_at)
        assert code == 0
        assert stop_at > 4


def done(home: Home, file: str, action: str) -> None:
    if action == "restore":
        restore(read_backup(file), home)
    else:
        back_up(home, file, EVENING, force=True)
