"""Looking back at a journal that is locked: one passphrase, and the same answers as before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import NOW, month, put
from tests.shell import home_of, run

from dbtcoach.disk.home import Home
from dbtcoach.journal.convert import seal_home
from dbtcoach.journal.key import new_key, wrap

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.journal.entry import Entry

PASSPHRASE = "three small words"  # noqa: S105 - it guards made-up entries


@pytest.fixture
def kept(tmp_path: Path) -> list[Entry]:
    home_of(tmp_path).parent.mkdir(parents=True)
    return put(home_of(tmp_path), month())


def lock(folder: Path) -> None:
    key = new_key()
    seal_home(Home(str(home_of(folder))), wrap(key, PASSPHRASE), key.recipient, NOW)


@pytest.mark.slow
def test_everything_says_the_same_as_before_it_was_locked(tmp_path: Path, kept: list[Entry]) -> None:
    commands = (
        (("log", "list", "--json"), ""),
        (("log", "show", kept[3].id[:14], "--json"), ""),
        (("log", "search", "--json"), "text me\n"),
        (("trends", "--all", "--json"), ""),
        (("log", "export", "--format", "html", "--since", "2026-10-20", "--with-words"), ""),
    )
    before = [run(tmp_path, *command, typed=typed).stdout for command, typed in commands]
    lock(tmp_path)
    assert b"kitchen" not in (home_of(tmp_path) / "journal.json").read_bytes()
    after = [run(tmp_path, *command, typed=f"{typed}{PASSPHRASE}\n").stdout for command, typed in commands]
    assert [json.loads(text) for text in after[:3]] == [json.loads(text) for text in before[:3]]
    locked, opened = json.loads(after[3]), json.loads(before[3])
    for key in ("entries", "check_ins", "distress", "skills"):
        assert locked[key] == opened[key]
    assert after[4] == before[4]


@pytest.mark.slow
def test_without_the_passphrase_nothing_is_shown(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    lock(tmp_path)
    for command in (("log", "list"), ("trends", "--all"), ("log", "show", "last")):
        done = run(tmp_path, *command)
        assert done.returncode == 1
        assert "locked" in done.stderr
        assert done.stdout == ""


def test_a_sealed_entry_is_deleted_by_its_id_without_the_passphrase(
    tmp_path: Path, kept: list[Entry]
) -> None:
    lock(tmp_path)
    assert run(tmp_path, "log", "delete", kept[3].id[:14], "--yes").returncode == 0
    line = (home_of(tmp_path) / "journal.json").read_bytes().splitlines()[4]
    assert set(json.loads(line.lstrip(b","))) == {"v", "id", "deleted"}
