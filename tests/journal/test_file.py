from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dbtcoach.disk import atomic
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import Entry, Record, Saved, Tombstone
from dbtcoach.journal.file import Receipt, append, check_writable, rewrite
from dbtcoach.journal.read import read_all

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


def entry(words: str = "something") -> Entry:
    return Entry(
        id="",
        exercise="pause",
        title="Pause",
        started="2026-11-23T21:00:00+00:00",
        finished="2026-11-23T21:05:00+00:00",
        day="2026-11-23",
        complete=True,
        distress=None,
        answers=(Saved("words", "What happened?", words),),
    )


def save(path: Path, words: str = "something", now: datetime = NOW) -> Receipt:
    return append(str(path), entry(words), now=now, randomness=os.urandom)


def words_in(path: Path) -> list[str]:
    return [str(item["answers"][0]["value"]) for item in json.loads(path.read_bytes())]


def test_the_file_is_valid_json_in_our_layout_after_every_save(tmp_path: Path) -> None:
    path = tmp_path / "home" / "journal.json"
    for number in range(5):
        before = path.stat().st_size if number else 0
        receipt = save(path, f"wörds\n{number}\u2028\x85")
        text = path.read_text("utf-8")
        lines = text.split("\n")
        assert (lines[0], lines[-2:]) == ("[", ["]", ""])
        assert [line[:2] for line in lines[1:-2]] == ['{"'] + [",{"] * number
        assert words_in(path)[-1] == f"wörds\n{number}\u2028\x85"
        assert path.stat().st_size - before <= len(lines[-3].encode()) + 16
        assert receipt.repair is None
        assert json.loads(text)[-1]["id"] == receipt.entry.id


def test_only_the_end_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.json"
    for _ in range(50):
        save(path)
    written = []
    really = os.write

    def write(opened: int, data: bytes) -> int:
        written.append(bytes(data))
        return really(opened, data)

    monkeypatch.setattr(os, "write", write)
    save(path, "x" * 1000)
    line = path.read_bytes().split(b"\n")[-3]
    assert sum(map(len, written)) <= len(line) + 16


def test_only_the_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    save(path)
    line = path.read_bytes().split(b"\n")[1]
    with path.open("r+b") as file:  # 2 GB, of which the disk holds the ends only
        file.seek(2 << 30)
        file.write(b"}\n," + line + b"\n]\n")
    receipt = save(path, "after")
    assert receipt.repair is None
    with path.open("rb") as file:
        file.seek(-400, os.SEEK_END)
        assert b'"after"' in file.read()


def test_ids_grow_even_when_the_clock_jumps_back(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    names = [save(path, now=NOW - timedelta(days=number)).entry.id for number in range(20)]
    assert names == sorted(set(names))


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_everything_is_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "home" / "journal.json"
    before = os.umask(mask)
    try:
        save(path)
        save(path)
        rewrite(str(path), lambda record: record, now=NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()} == {0o600}


def test_a_journal_that_was_open_to_others_is_closed_by_the_next_save(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    save(path)
    path.chmod(0o644)
    save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_refused_before_anything_is_written(tmp_path: Path, kind: str) -> None:
    path, target = tmp_path / "journal.json", tmp_path / "target"
    target.write_text("mine")
    match kind:
        case "link":
            path.symlink_to(target)
        case "pipe":
            os.mkfifo(path)
        case _:
            path.mkdir()
    for attempt in (
        lambda: save(path),
        lambda: list(read_all(str(path))),
        lambda: rewrite(str(path), lambda record: record, now=NOW),
        lambda: check_writable(str(path)),
    ):
        with pytest.raises(JournalError, match=r"journal\.json is a"):
            attempt()
    assert target.read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "cause"),
    [(errno.ENOSPC, "The disk is full"), (errno.EIO, "The disk reports an error"), (errno.EDQUOT, "share")],
)
@pytest.mark.parametrize("saved_before", [0, 1, 3])
@pytest.mark.parametrize("room", [0, 1, 2, 30])
def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, cause: str, saved_before: int, room: int
) -> None:
    path = tmp_path / "journal.json"
    for _ in range(saved_before):
        save(path)
    before = path.read_bytes() if saved_before else None
    really = os.write
    failed = False

    def write(opened: int, data: bytes) -> int:
        nonlocal failed
        if len(data) < 5:  # putting back what was there needs no room
            return really(opened, data)
        if failed or not room:
            raise OSError(number, os.strerror(number))
        failed = True
        return really(opened, data[:room])

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", write)
        with pytest.raises(JournalError, match=cause) as caught:
            save(path, "canary")
    assert (path.read_bytes() if path.exists() else None) == before
    assert "canary" not in str(caught.value)
    assert str(path) in str(caught.value)
    save(path, "after")
    assert words_in(path) == ["something"] * saved_before + ["after"]


def test_a_failed_sync_is_a_failed_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.json"
    save(path)
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(JournalError, match="The disk reports an error"):
            save(path)
    assert path.read_bytes() == before


def test_an_interrupt_while_writing_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.json"
    save(path)
    before = path.read_bytes()

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            save(path)
    assert path.read_bytes() == before


def test_somebody_else_keeping_the_lock_is_told_and_not_waited_for_forever(tmp_path: Path) -> None:
    path = str(tmp_path / "journal.json")
    waits: list[float] = []
    with (
        Lock(path),
        pytest.raises(JournalError, match="Another dbtcoach is busy"),
        Lock(path, patience=1.0, sleep=waits.append),
    ):
        pass
    assert 1.0 <= sum(waits) < 1.1
    with Lock(path, patience=0):
        pass


def test_a_deletion_leaves_a_tombstone_and_every_other_byte(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    names = [save(path, word).entry.id for word in ("one", "two", "three")]
    before = path.read_bytes().split(b"\n")

    def delete(record: Record) -> Record:
        return Tombstone(record.id, "2026-11-24") if record.id == names[1] else record

    assert rewrite(str(path), delete, now=NOW) is None
    after = path.read_bytes().split(b"\n")
    assert [line for line in after if line not in before] == [
        f',{{"v":1,"id":"{names[1]}","deleted":"2026-11-24"}}'.encode()
    ]
    assert b"two" not in path.read_bytes()
    assert {item.name for item in tmp_path.iterdir()} == {"journal.json", "journal.json.lock"}
    save(path, "four")
    assert len(json.loads(path.read_bytes())) == 4


def test_taking_out_the_first_record_keeps_the_array_valid(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    first = save(path, "one").entry.id
    save(path, "two")
    rewrite(str(path), lambda record: None if record.id == first else record, now=NOW)
    assert words_in(path) == ["two"]
    rewrite(str(path), lambda _: None, now=NOW)
    assert path.read_bytes() == b"[\n]\n"
    save(path, "three")
    assert words_in(path) == ["three"]


def test_records_with_the_same_id_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    save(path, "one")
    line = path.read_bytes().split(b"\n")[1]
    path.write_bytes(b"[\n" + line + b"\n," + line + b"\n]\n")
    rewrite(str(path), lambda record: record, now=NOW)
    save(path, "two")
    assert words_in(path) == ["one", "one", "two"]


def test_rewriting_a_journal_that_is_not_there_makes_none(tmp_path: Path) -> None:
    assert rewrite(str(tmp_path / "journal.json"), lambda record: record, now=NOW) is None
    assert list(tmp_path.iterdir()) == []


def test_a_failed_rewrite_leaves_the_journal_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.json"
    save(path, "one")
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic, "sync_file", fail)
    with pytest.raises(JournalError, match="The disk is full"):
        rewrite(str(path), lambda record: replace(record, id="x"), now=NOW)
    assert path.read_bytes() == before
    assert {item.name for item in tmp_path.iterdir()} == {"journal.json", "journal.json.lock"}


def test_a_left_over_temporary_file_is_swept_by_the_next_save(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    save(path)
    (tmp_path / "journal.json.tmp").write_text("the whole diary")
    save(path)
    assert {item.name for item in tmp_path.iterdir()} == {"journal.json", "journal.json.lock"}


def test_a_line_can_be_sealed_while_it_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    first = append(
        str(path),
        entry(),
        now=NOW,
        randomness=os.urandom,
        write=lambda named: json.dumps({"v": 1, "id": named.id, "age": "c2VhbGVk"}),
    )
    second = save(path)
    assert [item["id"] for item in json.loads(path.read_bytes())] == [first.entry.id, second.entry.id]
    assert second.entry.id > first.entry.id


def test_whether_it_can_be_written_is_known_up_front(tmp_path: Path) -> None:
    path = tmp_path / "home" / "journal.json"
    check_writable(str(path))
    assert list(tmp_path.iterdir()) == []
    save(path)
    check_writable(str(path))
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match="cannot be written to"):
        check_writable(str(tmp_path / "file" / "home" / "journal.json"))


def test_a_read_only_home_is_told_up_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # the administrator may write everywhere
    with pytest.raises(JournalError, match=r"Nothing can be saved.*DBTCOACH_HOME"):
        check_writable(str(tmp_path / "journal.json"))


LIMITED = """
import os, resource, sys
from datetime import UTC, datetime
from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import decode
from dbtcoach.journal.file import append
path, limit = sys.argv[1], int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
entry = decode({"v": 1, "id": "-", "answers": [{"step": "words", "value": "x" * 500}]})
try:
    while True:
        append(path, entry, now=datetime.now(UTC), randomness=os.urandom)
        print("saved", flush=True)
except JournalError as error:
    print(error)
"""


@pytest.mark.parametrize("limit", [1, 100, 700, 2000, 2900])
def test_a_limit_on_the_size_of_files_loses_nothing(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "journal.json"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(limit)], capture_output=True, text=True, check=True
    )
    *saved, message = done.stdout.splitlines()
    assert "The file would pass the limit for its size" in message
    assert done.stderr == ""
    assert not path.exists() or path.stat().st_size <= limit
    if saved:
        assert len(json.loads(path.read_bytes())) == len(saved)
    save(path, "after")
    assert words_in(path)[-1] == "after"
    assert len(words_in(path)) == len(saved) + 1
