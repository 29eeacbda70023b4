"""``data merge``: files from other machines, locked or not, and copies that a sync tool left."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.shell import entries, home_of, run
from tests.sitting.locked import (
    KEY,
    PASSPHRASE,
    files_with,
    lock_home,
    opened_entries,
    said,
    surroundings,
)

from dbtcoach.commands.data.merge import merge_files
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.seal import new_key, seal_line
from dbtcoach.world.keyring import asker

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.world.surroundings import Surroundings

Records = list[dict[str, Any]]


def journal(path: Path, *titles: str) -> Path:
    """Write a journal with one entry for each title, whose id comes from its first letter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    records = [{"v": 1, "id": f"id-{title[0]}", "exercise": "pause", "title": title} for title in titles]
    path.write_text("[\n" + ",".join(f"{json.dumps(record)}\n" for record in records) + "]\n")
    return path


def merged(around: Surroundings, files: list[str]) -> None:
    merge_files(around.home, files, around.keyring.opener, asker(around.streams), around.tell, around.clock())


def titles(home: Path) -> list[str]:
    return [record["title"] for record in json.loads((home / "journal.json").read_bytes())]


def test_a_journal_from_another_machine(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    journal(home / "journal.json", "a", "c")
    other = journal(tmp_path / "usb" / "journal.json", "b", "c")
    done = run(tmp_path, "data", "merge", str(other))
    assert (done.returncode, done.stdout) == (0, "")
    assert "One entry added." in done.stderr
    assert titles(home) == ["a", "b", "c"]
    before = (home / "journal.json").read_bytes()
    again = run(tmp_path, "data", "merge", str(other))
    assert "There was nothing new." in again.stderr
    assert (home / "journal.json").read_bytes() == before


def test_the_copies_of_a_sync_tool_are_found(tmp_path: Path) -> None:
    journal(tmp_path / "journal.json", "a")
    journal(tmp_path / "journal.sync-conflict-20261123-101010-ABCDEFG.json", "b")
    journal(tmp_path / "journal (Sam's conflicted copy 2026-11-23).json", "c")
    (tmp_path / "journal.damaged-20261123-101010.json").write_text("not one of them")
    around = surroundings(tmp_path)
    merged(around, [])
    assert titles(tmp_path) == ["a", "b", "c"]
    assert "2 entries added." in said(around)
    assert (tmp_path / "journal.sync-conflict-20261123-101010-ABCDEFG.json").exists()


def test_nothing_to_merge_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="data merge FILE"):
        merged(surroundings(tmp_path), [])
    done = run(tmp_path, "data", "merge", str(tmp_path / "none.json"))
    assert done.returncode == 1
    assert entries(tmp_path) == []


def test_a_file_in_the_clear_is_sealed_on_its_way_in(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal(home / "journal.json", "a")
    lock_home(home)
    other = journal(tmp_path / "usb" / "journal.json", "canary")
    around = surroundings(home)  # nothing has to be opened, so nothing is asked
    merged(around, [str(other)])
    assert [entry["title"] for entry in opened_entries(home)] == ["a", "canary"]
    assert files_with(home, b"canary") == []


def test_sealed_copies_are_compared_by_what_they_say(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "usb"
    journal(home / "journal.json", "a", "b")
    journal(other / "journal.json", "a", "b", "c")
    lock_home(home)
    lock_home(other)
    before = (home / "journal.json").read_bytes()
    with pytest.raises(JournalError, match="Nothing was changed or lost"):
        merged(surroundings(home, "x", "y", "z"), [str(other / "journal.json")])
    assert (home / "journal.json").read_bytes() == before
    around = surroundings(home, PASSPHRASE)
    merged(around, [str(other / "journal.json")])
    assert said(around).startswith("One entry added.")
    assert [entry["title"] for entry in opened_entries(home)] == ["a", "b", "c"]
    before = (home / "journal.json").read_bytes()
    merged(surroundings(home, PASSPHRASE), [str(other / "journal.json")])
    assert (home / "journal.json").read_bytes() == before


def test_the_same_bytes_need_no_passphrase(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal(home / "journal.json", "a")
    lock_home(home)
    shutil.copy(home / "journal.json", home / "journal 2.json")
    around = surroundings(home)
    merged(around, [])
    assert "There was nothing new." in said(around)


def test_another_key_is_found_beside_the_file(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "usb"
    journal(home / "journal.json", "a")
    journal(other / "journal.json", "b")
    lock_home(other)
    around = surroundings(home, "wrong", PASSPHRASE)
    merged(around, [str(other / "journal.json")])
    assert titles(home) == ["a", "b"]
    (other / "key.age").unlink()
    journal(other / "journal.json", "c")
    lock_home(other)
    (other / "key.age").unlink()
    merged(surroundings(home, KEY.secret), [str(other / "journal.json")])
    assert titles(home) == ["a", "b", "c"]


def test_two_locks_with_two_keys(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "usb"
    journal(home / "journal.json", "a")
    lock_home(home)
    stranger = new_key()
    record = {"v": 1, "id": "id-b", "title": "b"}
    other.mkdir()
    line = seal_line("id-b", json.dumps(record).encode(), stranger.recipient)
    (other / "journal.json").write_text(f"[\n{line}\n]\n")
    around = surroundings(home, PASSPHRASE, stranger.secret)
    merged(around, [str(other / "journal.json")])
    assert [entry["title"] for entry in opened_entries(home)] == ["a", "b"]  # with the own key


def test_a_deletion_travels_into_a_locked_journal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    journal(home / "journal.json", "a", "b")
    lock_home(home)
    other = tmp_path / "other.json"
    other.write_text('[{"v": 1, "id": "id-a", "deleted": "2026-11-23"}]')
    around = surroundings(home)
    merged(around, [str(other)])
    assert "One entry deleted elsewhere" in said(around)
    records: Records = json.loads((home / "journal.json").read_bytes())
    assert [sorted(record) for record in records] == [["deleted", "id", "v"], ["age", "id", "v"]]


def test_a_conflict_is_told(tmp_path: Path) -> None:
    journal(tmp_path / "home" / "journal.json", "a")
    other = tmp_path / "other.json"
    other.write_text('[{"v": 1, "id": "id-a", "title": "another"}]')
    around = surroundings(tmp_path / "home")
    merged(around, [str(other)])
    assert "One entry had two versions. Both were kept" in said(around)
    assert sorted(titles(tmp_path / "home")) == ["a", "another"]
