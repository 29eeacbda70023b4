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

from dbtcoach.commands.data.merge import Agreement, merge_files
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.key import new_key
from dbtcoach.journal.seal import seal_line

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
    merge_files(around, files, Agreement(around, yes=True))


def titles(home: Path) -> list[str]:
    return [record["title"] for record in json.loads((home / "journal.json").read_bytes())]


def test_a_journal_from_another_machine(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    journal(home / "journal.json", "a", "c")
    other = journal(tmp_path / "usb" / "journal.json", "b", "c")
    done = run(tmp_path, "data", "merge", "--yes", str(other))
    assert (done.returncode, done.stdout) == (0, "")
    assert "One entry added." in done.stderr
    assert titles(home) == ["a", "b", "c"]
    before = (home / "journal.json").read_bytes()
    again = run(tmp_path, "data", "merge", "--yes", str(other))
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
    done = run(tmp_path, "data", "merge", "--yes", str(tmp_path / "none.json"))
    assert done.returncode == 2
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


@pytest.mark.parametrize("form", [[], ["--with-words"]])
def test_what_was_exported_adds_nothing(tmp_path: Path, form: list[str]) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("before: 7\n")
    for _ in range(3):
        assert run(tmp_path, "pause", "--answers", str(answers)).returncode == 0
    answers.write_text("urge: I would lose the evening\n")
    assert run(tmp_path, "pause", "--answers", str(answers)).returncode == 0
    before = (home_of(tmp_path) / "journal.json").read_bytes()
    file = str(tmp_path / "x.json")
    assert run(tmp_path, "log", "export", "--format", "json", *form, "-o", file).returncode == 0
    done = run(tmp_path, "data", "merge", "--yes", file)
    assert (done.returncode, "There was nothing new." in done.stderr) == (0, True)
    assert (home_of(tmp_path) / "journal.json").read_bytes() == before


def test_words_come_back_to_what_was_exported_without_them(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("before: 7\nurge: I would lose the evening\n")
    run(tmp_path, "pause", "--answers", str(answers))
    journal_file = home_of(tmp_path) / "journal.json"
    whole = tmp_path / "whole.json"
    whole.write_bytes(journal_file.read_bytes())
    run(tmp_path, "log", "export", "--format", "json", "-o", str(tmp_path / "x.json"))
    journal_file.write_bytes((tmp_path / "x.json").read_bytes())
    done = run(tmp_path, "data", "merge", "--yes", str(whole))
    assert "One entry here without words got them." in done.stderr
    assert json.loads(journal_file.read_bytes()) == json.loads(whole.read_bytes())


@pytest.mark.parametrize(
    "text",
    [
        'Some words.\n\n{"v":1,"id":"0197a000-0000-7000-8000-000000000001","exercise":"pause"}\n\nMore.\n',
        "",
        "no journal",
        '{"name":"x"}',
    ],
)
def test_what_is_no_journal_is_refused(tmp_path: Path, text: str) -> None:
    journal(home_of(tmp_path) / "journal.json", "a")
    before = (home_of(tmp_path) / "journal.json").read_bytes()
    (tmp_path / "README.md").write_text(text)
    done = run(tmp_path, "data", "merge", "--yes", str(tmp_path / "README.md"))
    assert (done.returncode, "holds no journal" in done.stderr) == (1, True)
    assert (home_of(tmp_path) / "journal.json").read_bytes() == before


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    done = run(tmp_path, "data", "merge", "--yes", str(tmp_path / "none.json"))
    assert (done.returncode, "is not there" in done.stderr) == (2, True)


def test_without_a_terminal_it_needs_a_yes_and_shows_what_it_would_do(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    journal(home / "journal.json", "a", "b")
    other = tmp_path / "usb" / "journal.json"
    journal(other, "c")
    records = [*json.loads(other.read_bytes()), {"v": 1, "id": "id-b", "deleted": "2026-11-23"}]
    other.write_text(json.dumps(records))
    before = (home / "journal.json").read_bytes()
    for options, code in (([], 4), (["--dry-run"], 0), (["--dry-run", "--yes"], 0)):
        done = run(tmp_path, "data", "merge", *options, str(other))
        assert done.returncode == code
        assert "One entry would be added." in done.stderr
        assert "One entry deleted elsewhere, would go here too." in done.stderr
        assert (home / "journal.json").read_bytes() == before
        assert list(home.glob("*before-merge*")) == []
    assert run(tmp_path, "data", "merge", "--yes", str(other)).returncode == 0
    assert [record["id"] for record in entries(tmp_path) if "title" in record] == ["id-a", "id-c"]
    assert run(tmp_path, "data", "merge", "--undo").returncode == 4
    done = run(tmp_path, "data", "merge", "--undo", "--yes")
    assert done.returncode == 0
    assert (home / "journal.json").read_bytes() == before
    assert run(tmp_path, "data", "merge", "--undo", "--yes").returncode == 2
