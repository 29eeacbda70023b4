"""A plan is kept whole, for its owner alone, sealed with the journal, and nothing else is taken for one."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

import pytest
from tests.sitting.locked import KEY, OPENER, WRAPPED, files_with, lock_home

from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError
from dbtcoach.journal.backup import back_up, in_the_way, read_backup, restore
from dbtcoach.journal.convert import in_the_clear, seal_home, unseal_home
from dbtcoach.journal.key import new_key
from dbtcoach.journal.plan import Part, make_room, peek, read, remove, save, there_is
from dbtcoach.journal.seal import Opener

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
WORD = "Zanzibar"
PLAN = (
    Part("signs", "My signs", (f"I think of {WORD}", "“x”, \u2028 [/] ﷽")),
    Part("people", "People", ("S",)),
)


def nobody() -> NoReturn:
    raise AssertionError("somebody was asked for a passphrase")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(str(tmp_path / "home"))


def test_it_comes_back_as_it_was_and_is_for_this_user_alone(home: Home, tmp_path: Path) -> None:
    assert not there_is(home)
    assert read(home, nobody) is None
    save(home, PLAN)
    assert read(home, nobody) == PLAN
    assert stat.S_IMODE((tmp_path / "home" / "plan.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert WORD not in repr(PLAN)


def test_parts_of_one_name_lose_no_line(home: Home) -> None:
    save(home, (*PLAN, Part("signs", "Signs", ("more",), "half"), Part("signs", "", (), "and a line")))
    signs = Part("signs", "My signs", (*PLAN[0].lines, "more"), "half\nand a line")
    assert read(home, nobody) == (signs, PLAN[1])


def test_a_lock_seals_it_and_taking_the_lock_off_opens_it(home: Home, tmp_path: Path) -> None:
    save(home, PLAN)
    lock_home(tmp_path / "home")
    assert files_with(tmp_path, WORD.encode()) == []
    assert in_the_clear(home) == []
    assert read(home, lambda: OPENER) == PLAN
    with pytest.raises(JournalError, match="another key"):
        read(home, lambda: Opener([new_key()]))
    assert unseal_home(home, OPENER, NOW).undecryptable == []
    assert read(home, nobody) == PLAN


def test_under_a_lock_it_is_saved_sealed_and_nobody_is_asked(home: Home, tmp_path: Path) -> None:
    lock_home(tmp_path / "home")
    save(home, PLAN)
    assert files_with(tmp_path, WORD.encode()) == []
    assert read(home, lambda: OPENER) == PLAN


def test_one_that_is_in_the_clear_beside_a_lock_is_named_and_sealed_by_the_next(
    home: Home, tmp_path: Path
) -> None:
    save(home, PLAN)
    clear = (tmp_path / "home" / "plan.json").read_bytes()
    lock_home(tmp_path / "home")
    (tmp_path / "home" / "plan.json").write_bytes(clear)
    assert in_the_clear(home) == [home.plan]
    seal_home(home, WRAPPED, KEY.recipient, NOW)
    assert in_the_clear(home) == []
    assert read(home, lambda: OPENER) == PLAN


@pytest.mark.parametrize(
    "data",
    [
        b'{"v":1,"plan":{"parts":[{"name":"signs"',
        b'{"v":1,"plan":{"parts":[{"name":"a","title":"b","lines":[1]}]}}',
        b'{"v":1,"plan":{"parts":{}}}',
        b'{"v":9,"plan":{"parts":[]}}',
        b'{"v":1,"plan":' + b"[" * 5000,
        b'{"v":1,"plan":{"parts":[]},"x":"\xff"}',
    ],
)
def test_a_damaged_one_is_kept_aside_to_the_byte_and_sealed_with_the_rest(
    home: Home, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "home").mkdir()
    path = tmp_path / "home" / "plan.json"
    path.write_bytes(data)
    assert read(home, nobody) is None
    assert path.read_bytes() == data  # reading changes nothing
    kept = make_room(home, NOW)
    assert kept.endswith("plan.damaged-20261123-210000.json")
    assert not path.exists()
    lock_home(tmp_path / "home")
    assert OPENER.file((tmp_path / "home" / "plan.damaged-20261123-210000.json.age").read_bytes()) == data
    remove(home)
    assert [each.name for each in (tmp_path / "home").iterdir() if "plan" in each.name] == []


def test_a_file_of_another_program_is_left_alone(home: Home, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    path = tmp_path / "home" / "plan.json"
    path.write_text('{"tasks": []}', "utf-8")
    with pytest.raises(JournalError, match="is no plan of dbtcoach"):
        make_room(home, NOW)
    lock_home(tmp_path / "home")
    assert path.read_text("utf-8") == '{"tasks": []}'


def test_a_link_in_its_place_is_refused(home: Home, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    target = tmp_path / "elsewhere"
    target.write_text("{}", "utf-8")
    (tmp_path / "home" / "plan.json").symlink_to(target)
    with pytest.raises(JournalError):
        save(home, PLAN)
    with pytest.raises(JournalError):
        peek(home)
    assert target.read_text("utf-8") == "{}"


def test_a_backup_has_it_and_brings_it_back(home: Home, tmp_path: Path) -> None:
    save(home, PLAN)
    made = back_up(home, str(tmp_path / "b.zip"), NOW, force=False)
    assert "plan.json" in made.files
    there = Home(str(tmp_path / "there"))
    restore(read_backup(str(tmp_path / "b.zip")), there)
    assert read(there, nobody) == PLAN
    save(there, PLAN[:1])
    assert in_the_way(there, made) == [there.plan]


def test_what_a_crash_left_of_it_goes_with_it(home: Home, tmp_path: Path) -> None:
    save(home, PLAN)
    (tmp_path / "home" / "plan.json.tmp").write_text(WORD, "utf-8")
    remove(home)
    assert files_with(tmp_path, WORD.encode()) == []
    assert not there_is(home)
    remove(home)  # a missing one is fine
