"""A merge is looked at before, can be taken back after, and loses nothing at any step of either."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.struck import struck

from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.copies import copies_before_merges, look_before_undo, undo_merge
from dbtcoach.journal.entry import Entry, decode
from dbtcoach.journal.file import append
from dbtcoach.journal.merge import Merged, Source, merge

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


def save(path: Path, words: str, now: datetime = NOW) -> str:
    entry = decode({"v": 1, "id": "-", "exercise": "pause", "answers": [{"step": "words", "value": words}]})
    assert isinstance(entry, Entry)
    return append(str(path), entry, now=now, randomness=os.urandom).entry.id


def words_in(path: Path) -> list[str]:
    return [item["answers"][0]["value"] for item in json.loads(path.read_bytes()) if "answers" in item]


def merged(mine: Path, *others: Path) -> Merged | None:
    sources = [Source(str(other), lambda piece: piece) for other in others]
    return merge(
        str(mine), sources, opened=lambda p: p, recipient=lambda: None, now=NOW, agreed=lambda _merged: True
    )


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    for number in range(3):
        save(tmp_path / "journal.json", f"mine {number}")
    (tmp_path / "usb").mkdir()
    for number in range(4):
        save(tmp_path / "usb" / "journal.json", f"theirs {number}", NOW + timedelta(hours=1))
    return tmp_path / "journal.json"


def test_a_merge_is_taken_back_to_the_byte(mine: Path) -> None:
    before = mine.read_bytes()
    merged(mine, mine.parent / "usb" / "journal.json")
    assert len(words_in(mine)) == 7
    (copy,) = copies_before_merges(str(mine))
    assert Path(copy).stat().st_mode & 0o777 == 0o600
    assert (look_before_undo(str(mine)).gone, look_before_undo(str(mine)).stay) == (4, 0)
    undo_merge(str(mine), NOW)
    assert mine.read_bytes() == before
    assert copies_before_merges(str(mine)) == []
    with pytest.raises(UsageError, match="no merge to take back"):
        undo_merge(str(mine), NOW)


def test_what_was_saved_since_stays(mine: Path) -> None:
    merged(mine, mine.parent / "usb" / "journal.json")
    save(mine, "after")
    undone = undo_merge(str(mine), NOW)
    assert (undone.gone, undone.stay) == (4, 1)
    assert words_in(mine) == ["mine 0", "mine 1", "mine 2", "after"]


def test_what_cannot_be_read_is_kept_when_a_merge_is_taken_back(mine: Path) -> None:
    merged(mine, mine.parent / "usb" / "journal.json")
    save(mine, "torn by a bad disk")
    damaged = mine.read_bytes()
    at = damaged.rindex(b'{"v"')
    damaged = damaged[:at] + damaged[at:].replace(b'{"v":', b'{"v"', 1)
    mine.write_bytes(damaged)
    undone = undo_merge(str(mine), NOW)
    assert words_in(mine) == ["mine 0", "mine 1", "mine 2"]
    assert b"torn by a bad disk" in Path(undone.kept).read_bytes()


def test_a_merge_into_nothing_is_taken_back_as_well(mine: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "journal.json"
    merged(new, mine)
    assert len(words_in(new)) == 3
    undo_merge(str(new), NOW)
    assert words_in(new) == []


def test_a_journal_that_somebody_changed_is_left_alone(mine: Path) -> None:
    merged(mine, mine.parent / "usb" / "journal.json")
    records = json.loads(mine.read_bytes())[:-1]
    mine.write_text(json.dumps(records))
    before = mine.read_bytes()
    with pytest.raises(JournalError, match="before-merge"):
        undo_merge(str(mine), NOW)
    assert mine.read_bytes() == before


def test_the_copy_goes_after_seven_days(mine: Path) -> None:
    merged(mine, mine.parent / "usb" / "journal.json")
    save(mine, "six days later", NOW + timedelta(days=6, hours=23))
    assert len(copies_before_merges(str(mine))) == 1
    save(mine, "seven days later", NOW + timedelta(days=7))
    assert copies_before_merges(str(mine)) == []


def test_a_no_changes_nothing(mine: Path) -> None:
    before = mine.read_bytes()
    source = [Source(str(mine.parent / "usb" / "journal.json"), lambda piece: piece)]
    asked: list[Merged] = []

    def no(would: Merged) -> bool:
        asked.append(would)
        return False

    found = merge(str(mine), source, opened=lambda p: p, recipient=lambda: None, now=NOW, agreed=no)
    assert found is None
    assert asked == [Merged(added=4)]
    assert mine.read_bytes() == before
    assert copies_before_merges(str(mine)) == []


def done(action: str, path: Path) -> None:
    if action == "merge":
        merged(path, path.parent / "usb" / "journal.json")
    else:
        undo_merge(str(path), NOW)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be struck")
@pytest.mark.parametrize("action", ["merge", "undo"])
def test_a_kill_at_any_step_leaves_the_one_or_the_other(mine: Path, action: str) -> None:
    if action == "undo":
        merged(mine, mine.parent / "usb" / "journal.json")
        save(mine, "since")
    start = {path: path.read_bytes() for path in mine.parent.glob("journal*")}
    allowed = [words_in(mine)]
    code, stop_at = 9, 0
    while code == 9:
        stop_at += 1
        for path in mine.parent.glob("journal*"):
            path.unlink()
        for path, data in start.items():
            path.write_bytes(data)
        code = struck(lambda: done(action, mine), stop_at)
        words = words_in(mine)
        if words not in allowed:
            allowed.append(words)
        save(mine, "next")
        assert words_in(mine) == [*words, "next"]
        assert list(mine.parent.glob("*.tmp")) == []
    assert code == 0
    assert len(allowed) == 2
    assert stop_at > 5
