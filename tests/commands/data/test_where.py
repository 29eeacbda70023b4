"""Where things are, told without making any of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.shell import home_of, run

if TYPE_CHECKING:
    from pathlib import Path


def test_data_where_names_every_place_and_makes_none(tmp_path: Path) -> None:
    done = run(tmp_path, "data", "where", known=False)
    assert done.returncode == 0
    home = home_of(tmp_path)
    for path in (home, home / "journal.json", home / "drafts", home / "exercises", home / "config.yaml"):
        assert str(path) in done.stdout
    assert not home.exists()


@pytest.mark.parametrize("name", ["DBTCOACH_HOME", "XDG_DATA_HOME"])
def test_data_where_follows_the_environment(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "data", "where", env={name: str(tmp_path / "mine")}, known=False)
    assert done.stdout.startswith(str(tmp_path / "mine"))


def test_without_a_home_folder_it_says_what_to_set(tmp_path: Path) -> None:
    done = run(tmp_path, "data", "where", env={"HOME": str(tmp_path / "gone")}, known=False)
    assert done.returncode == 2
    assert "DBTCOACH_HOME" in done.stderr


@pytest.mark.parametrize(
    ("journal", "entries_read", "damaged"),
    [
        (b"\xff\xff", 0, True),
        (b"{}", 0, True),
        (b'[\n{"v":1,"id":"a","exercise":"p"}\n,{"v":1,"id":"b"', 1, True),
        (b'[\n{"v":1,"id":"a","exercise":"p"}\ngarbage\n]\n', 1, True),
        (b'[\n{"v":1,"id":"a","exercise":"p"}\n]\n', 1, False),
        (b'[\n {"v":1,\n"id":"a","exercise":"p"}\n]\n', 1, False),
        (b"\xef\xbb\xbf[\r\n]\r\n", 0, False),
        (b"", 0, True),
    ],
)
def test_where_says_that_a_part_of_the_journal_cannot_be_read(
    tmp_path: Path, journal: bytes, entries_read: int, *, damaged: bool
) -> None:
    home = home_of(tmp_path)
    home.mkdir(parents=True)
    (home / "journal.json").write_bytes(journal)
    found = json.loads(run(tmp_path, "data", "where", "--json").stdout)
    assert found["entries"] == entries_read
    told = "cannot be read" if entries_read else "Nothing in the journal can be read"
    assert (told in found["problem"]) is damaged
    assert (told in run(tmp_path, "data", "where").stdout) is damaged
    assert (home / "journal.json").read_bytes() == journal


def test_a_folder_that_others_can_look_into_is_told_with_how_to_close_it(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    env = {"DBTCOACH_HOME": str(shared)}
    (shared / "not-ours.txt").write_text("", "utf-8")
    run(tmp_path, "pause", "--answers", "-", typed="before: 3", env=env)
    told = run(tmp_path, "data", "where", env=env).stdout
    assert f"chmod 700 {shared}" in told
    assert json.loads(run(tmp_path, "data", "where", "--json", env=env).stdout)["open"] is True
    (shared / "not-ours.txt").unlink()
    run(tmp_path, "pause", "--answers", "-", typed="before: 3", env=env)  # nothing but ours: it is closed
    assert shared.stat().st_mode & 0o777 == 0o700
    assert "chmod" not in run(tmp_path, "data", "where", env=env).stdout
