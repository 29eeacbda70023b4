"""Two machines: one changes an entry, the other deletes it or erases its words; then they merge."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.commands.log.test_edit import ERASE, KEEP
from tests.commands.log.test_one_day import reflect
from tests.insight.samples import NOW, entry, put
from tests.shell import entries, home_of, run, values

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW, OTHER = "Old quokka", "New wombat", "Other numbat"
STAYS = "One entry changed on one side and deleted on the other stays deleted."


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The homes of two machines that have the same entry."""
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        home_of(folder).parent.mkdir(parents=True)
        put(home_of(folder), [entry("long-gone", NOW, answers={"words": OLD, "number": 7})])
    return folders


def edit(folder: Path, words: str, old: str) -> None:
    done = run(folder, "log", "edit", "last", "--plain", typed=f"1\n{words}\n3\n{old}\n")
    assert done.returncode == 0, done.stderr


def merge_both(one: Path, other: Path) -> list[str]:
    """Merge each into the other, and return what was told."""
    files = []
    for folder in (one, other):
        files.append(folder / "sent.json")
        shutil.copy(home_of(folder) / "journal.json", files[-1])
    return [
        run(folder, "data", "merge", str(file), "--yes").stderr
        for folder, file in zip((one, other), files[::-1], strict=True)
    ]


def shown(folder: Path) -> list[dict[str, Any]]:
    listed = json.loads(run(folder, "log", "list", "--json").stdout)
    return [json.loads(run(folder, "log", "show", each["id"], "--json").stdout) for each in listed]


def kept(folder: Path) -> str:
    return (home_of(folder) / "journal.json").read_text("utf-8")


def test_a_deletion_wins_over_a_change_and_it_is_told(two: tuple[Path, Path]) -> None:
    edit(two[0], NEW, KEEP)
    assert run(two[1], "log", "delete", "last", "--yes").returncode == 0
    told = merge_both(*two)
    assert all(STAYS in said for said in told)
    assert kept(two[0]) == kept(two[1])
    for folder in two:
        assert shown(folder) == []
        assert OLD not in kept(folder)
        assert NEW not in kept(folder)
    assert all("There was nothing new." in said for said in merge_both(*two))
    assert run(two[0], "data", "merge", "--undo", "--yes").returncode == 0
    assert [values(each)["words"] for each in shown(two[0])] == [NEW]


def test_a_change_after_words_were_erased_stays_and_the_erased_words_do_not_come_back(
    two: tuple[Path, Path],
) -> None:
    edit(two[0], NEW, ERASE)
    run(two[1], "log", "edit", "last", "--plain", typed=f"2\n3\n3\n{KEEP}\n")
    told = merge_both(*two)
    assert not any("stays deleted" in said for said in told)
    for folder in two:
        assert [values(each) for each in shown(folder)] == [{"words": NEW, "number": 3}]
        assert OLD not in kept(folder)


def test_what_both_changed_is_what_was_changed_last(two: tuple[Path, Path]) -> None:
    edit(two[0], NEW, KEEP)
    edit(two[1], OTHER, KEEP)
    merge_both(*two)
    for folder in two:
        assert [values(each)["words"] for each in shown(folder)] == [OTHER]
        assert NEW in run(folder, "log", "show", "last", "--versions").stdout


def test_what_was_added_to_a_day_stays_when_the_rest_of_it_was_deleted_elsewhere(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "two"
    for folder in (one, other):
        home_of(folder).parent.mkdir(parents=True)
    reflect(one, {"good": OLD})
    home_of(other).mkdir(exist_ok=True)
    shutil.copy(home_of(one) / "journal.json", home_of(other) / "journal.json")
    reflect(one, {"step": NEW})
    assert run(other, "log", "delete", "last", "--yes").returncode == 0
    merge_both(one, other)
    for folder in (one, other):
        assert [values(each) for each in shown(folder)] == [{"step": NEW}]
        assert OLD not in kept(folder)
        assert len(entries(folder)) == 2
