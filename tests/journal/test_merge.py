from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.work import walks

from dbtcoach.disk import atomic
from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import Entry, Saved, Tombstone
from dbtcoach.journal.file import append
from dbtcoach.journal.key import new_key
from dbtcoach.journal.merge import Merged, Source, merge
from dbtcoach.journal.read import read_all, read_newest
from dbtcoach.journal.seal import Opener, seal_line
from dbtcoach.journal.unseal import open_piece

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.journal.key import Key
    from dbtcoach.journal.scan import Piece

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
Records = list[dict[str, Any]]

IDS = st.sampled_from(
    [f"0197a000-0000-7000-8000-00000000000{digit}" for digit in "12345"] + ["by hand", "zz\u20ac"]
)
ENTRIES = st.builds(
    lambda name, words: {"v": 1, "id": name, "exercise": "pause", "answers": [{"step": "a", "value": words}]},
    IDS,
    st.sampled_from(["one", "two", "drei", "\u20ac"]),
)
TOMBSTONES = st.builds(
    lambda name, day: {"v": 1, "id": name, "deleted": f"2026-11-0{day}"}, IDS, st.integers(1, 2)
)
JOURNALS = st.lists(ENTRIES | ENTRIES | TOMBSTONES, max_size=6)


def shut(_piece: Piece) -> Piece | None:
    raise AssertionError("nothing is sealed here")


def agree(_merged: Merged) -> bool:
    return True


def write(path: Path, records: Records) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("[\n" + ",".join(json.dumps(record) + "\n" for record in records) + "]\n")
    return path


def merged(mine: Path, *others: Path) -> Merged:
    """Merge, and return what changed; what has to do with copies is tested apart."""
    sources = [Source(str(other), shut) for other in others]
    result = merge(str(mine), sources, opened=shut, recipient=lambda: None, now=NOW, agreed=agree)
    assert result is not None
    return replace(result, changed=False)


def found(path: Path) -> Records:
    return json.loads(path.read_bytes()) if path.exists() else []


def contents(records: Records) -> set[str]:
    """What is said, whatever the ids; a deletion says something about its id."""
    return {
        json.dumps({k: v for k, v in record.items() if k != "id" or "deleted" in record}, sort_keys=True)
        for record in records
    }


@pytest.mark.slow
@settings(max_examples=120)
@given(first=JOURNALS, second=JOURNALS)
def test_merging_is_a_union(
    tmp_path_factory: pytest.TempPathFactory, first: Records, second: Records
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    one, two = write(folder / "one.json", first), write(folder / "two.json", second)
    left, right = write(folder / "left.json", first), write(folder / "right.json", second)
    merged(left, two)
    merged(right, one)
    once = left.read_bytes()

    # Commutative: both machines end with the same records under the same ids.
    assert sorted(map(str, found(left))) == sorted(map(str, found(right)))
    # Idempotent, with the same file, with the other machine's result, and with itself.
    for again in (two, right, left):
        assert merged(left, again) == Merged()
        assert left.read_bytes() == once
    # Nothing is lost but what was deleted, and nothing comes out of nowhere.
    gone = {record["id"] for record in first + second if "deleted" in record}
    living = [record for record in first + second if record["id"] not in gone]
    kept = [record for record in found(left) if "deleted" not in record]
    assert contents(living) <= contents(kept) <= contents(first + second)
    # A deletion wins, and travels.
    after = {record["id"]: record for record in found(left)}
    assert len(after) == len(found(left))
    assert all("deleted" in after[name] for name in gone)


@pytest.mark.slow
@settings(max_examples=60)
@given(journals=st.lists(JOURNALS, min_size=3, max_size=3), order=st.permutations([0, 1, 2]))
def test_the_order_of_files_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, journals: list[Records], order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    files = [write(folder / f"{number}.json", records) for number, records in enumerate(journals)]
    at_once, one_by_one = folder / "a" / "journal.json", folder / "b" / "journal.json"
    merged(at_once, *files)
    for number in order:
        merged(one_by_one, files[number])
    contents_at_once = contents([r for r in found(at_once) if "deleted" not in r])
    contents_by_one = contents([r for r in found(one_by_one) if "deleted" not in r])
    deleted = {r["id"] for records in journals for r in records if "deleted" in r}
    if not deleted:
        assert found(at_once) == found(one_by_one)
    assert contents_at_once <= contents_by_one
    assert {r["id"] for r in found(at_once) if "deleted" in r} == deleted


def entry(words: str) -> Entry:
    return Entry("", "pause", "Pause", "", "", "2026-11-23", True, None, (Saved("a", "What?", words),))  # noqa: FBT003


def test_two_machines_end_with_the_newest_last(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for number in range(6):
        path = (one, two)[number % 2]
        append(str(path), entry(str(number)), now=NOW.replace(minute=number), randomness=os.urandom)
    result = merged(one, two)
    assert result == Merged(added=3)
    words = [r.answers[0].value for r in read_newest(str(one)) if isinstance(r, Entry)]
    assert words == ["5", "4", "3", "2", "1", "0"]
    receipt = append(str(one), entry("next"), now=NOW.replace(minute=1), randomness=os.urandom)
    assert [r.id for r in read_all(str(one)) if isinstance(r, Entry)][-1] == receipt.entry.id
    assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_what_a_formatter_did_is_no_conflict(tmp_path: Path) -> None:
    record = {
        "v": 1,
        "id": "a",
        "title": "Gr\u00fc\u00dfe",
        "distress": {"before": 7, "after": 5},
        "x": [1.5],
    }
    mine, other = write(tmp_path / "mine.json", [record]), tmp_path / "other.json"
    before = mine.read_bytes()
    shuffled = dict(reversed(record.items())) | {"distress": {"after": 5.0, "before": 7}}
    for text in (
        json.dumps([shuffled], indent=4),
        "\ufeff" + json.dumps([shuffled], ensure_ascii=False).replace("\n", "\r\n"),
        "rubbish" + json.dumps([shuffled])[:-1] + "\0\0",
    ):
        other.write_bytes(text.encode())
        assert merged(mine, other).added == 0
        assert mine.read_bytes() == before


def test_a_conflict_keeps_both(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine.json", [{"v": 1, "id": "a", "title": "here"}])
    other = write(tmp_path / "other.json", [{"v": 1, "id": "a", "title": "there"}])
    assert merged(mine, other) == Merged(again=1)
    assert {record["title"] for record in found(mine)} == {"here", "there"}
    assert len({record["id"] for record in found(mine)}) == 2


def test_a_deletion_travels(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine.json", [{"v": 1, "id": "a", "title": "here"}])
    other = write(tmp_path / "other.json", [{"v": 1, "id": "a", "deleted": "2026-11-23"}])
    assert merged(mine, other) == Merged(deleted=1)
    assert [type(record) for record in read_all(str(mine))] == [Tombstone]
    assert merged(other, write(tmp_path / "old.json", [{"v": 1, "id": "a", "title": "here"}])) == Merged()


HOSTILE = {
    "ten megabytes in one line": b'[\n{"v":1,"id":"big","title":"' + b"x" * 10_000_000 + b'"}\n]\n',
    "an id of a megabyte": b'[\n{"v":1,"id":"' + b"y" * 1_000_000 + b'"}\n]\n',
    "nested": b'[\n{"v":1,"id":"deep","answers":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n]\n",
    "nested less": b'[\n{"v":1,"id":"deep","answers":[{"step":"a","value":'
    + b"[" * 400
    + b"]" * 400
    + b"}]}\n]\n",
    "only brackets": b"[" * 1_000_000,
    "only braces": b'{"v":1,"id":' * 100_000,
    "huge numbers": b'[\n{"v":1,"id":"n","distress":{"before":' + b"9" * 50_000 + b',"after":1e999}}\n]\n',
    "zeros": b"\0" * 5_000_000,
    "half letters": b'[\n{"v":1,"id":"\\ud800","title":"\\udfff"}\n]\n',
    "bad letters": b'[\n{"v":1,"id":"b","title":"\xff\xfe"}\n]\n',
    "one id, many contents": b"[\n"
    + b",".join(b'{"v":1,"id":"same","title":"%d"}\n' % number for number in range(5000))
    + b"]\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_cannot_crash_or_hang_or_harm(tmp_path: Path, name: str) -> None:
    mine = write(tmp_path / "mine.json", [{"v": 1, "id": "a", "title": "here"}])
    other = tmp_path / "other.json"
    other.write_bytes(HOSTILE[name])

    def merge_it() -> None:
        try:
            merged(mine, other)
        except JournalError as error:
            assert "holds no journal" in str(error)  # noqa: PT017  (one of two allowed ends)

    assert walks(merge_it) < 1000  # loops over a megabyte; the slowest takes 80
    assert "here" in {record.get("title") for record in found(mine)}
    after = mine.read_bytes()
    with contextlib.suppress(JournalError):
        assert merged(mine, other).added == 0
    assert mine.read_bytes() == after
    assert any(isinstance(record, Entry) and record.title == "here" for record in read_all(str(mine)))


@pytest.mark.parametrize("kind", ["folder", "link", "pipe", "missing"])
def test_what_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    mine = write(tmp_path / "mine.json", [{"v": 1, "id": "a"}])
    other = tmp_path / "other.json"
    match kind:
        case "folder":
            other.mkdir()
        case "link":
            other.symlink_to(mine)
        case "pipe":
            os.mkfifo(other)
        case _:
            pass
    before = mine.read_bytes()
    with pytest.raises(JournalError):
        merged(mine, other)
    assert mine.read_bytes() == before


def test_a_failure_leaves_the_journal_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = write(tmp_path / "mine.json", [{"v": 1, "id": "a", "title": "here"}])
    other = write(tmp_path / "other.json", [{"v": 1, "id": "b", "title": "there"}])
    before = mine.read_bytes()

    def full(_opened: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "sync_file", full)
    with pytest.raises(JournalError, match="disk is full"):
        merged(mine, other)
    assert mine.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["mine.json", "mine.json.lock", "other.json"]


def sealed(path: Path, records: Records, key: Key) -> Path:
    lines = [seal_line(record["id"], json.dumps(record).encode(), key.recipient) for record in records]
    return write(path, [json.loads(line) for line in lines])


def test_sealed_copies_are_opened_before_anything_is_called_a_conflict(tmp_path: Path) -> None:
    key, asked = new_key(), list[str]()

    def opened(piece: Piece) -> Piece | None:
        asked.append(str(piece.found["id"]))
        return open_piece(piece, Opener([key]))

    records = [{"v": 1, "id": name, "title": name} for name in "abc"]
    mine = sealed(tmp_path / "mine.json", records, key)
    other = sealed(tmp_path / "other.json", [*records[1:], {"v": 1, "id": "d", "title": "d"}], key)
    clear = write(tmp_path / "clear.json", [records[0], {"v": 1, "id": "e", "title": "e"}])

    def go(*others: Path) -> Merged:
        sources = [Source(str(each), opened) for each in others]
        done = merge(
            str(mine), sources, opened=opened, recipient=lambda: key.recipient, now=NOW, agreed=agree
        )
        assert done is not None
        return done

    assert go(other, clear) == Merged(added=2, changed=True)
    assert "a" in asked
    assert all("age" in record for record in found(mine))
    titles = [open_piece_of(record, key).get("title") for record in found(mine)]
    assert titles == ["a", "b", "c", "d", "e"]
    before = mine.read_bytes()
    assert go(other, clear) == Merged()
    assert mine.read_bytes() == before


def open_piece_of(record: dict[str, Any], key: Key) -> dict[str, Any]:
    opened = Opener([key]).text(record["age"])
    assert opened is not None
    return json.loads(opened)  # type: ignore[no-any-return]  # a record


def test_entries_of_a_key_that_is_not_there_are_left_out_and_told(tmp_path: Path) -> None:
    ours, theirs = new_key(), new_key()
    mine = sealed(tmp_path / "mine.json", [{"v": 1, "id": "a", "title": "a"}], ours)
    strange = sealed(
        tmp_path / "other.json", [{"v": 1, "id": "b"}, {"v": 1, "id": "a", "title": "x"}], theirs
    )
    before = mine.read_bytes()

    def opened(piece: Piece) -> Piece | None:
        return open_piece(piece, Opener([ours]))

    source = [Source(str(strange), opened)]
    with pytest.raises(JournalError, match="Nothing was changed"):
        merge(str(mine), source, opened=opened, recipient=lambda: ours.recipient, now=NOW, agreed=agree)
    assert mine.read_bytes() == before
    some = write(tmp_path / "some.json", [*found(strange), {"v": 1, "id": "c", "title": "c"}])
    both = sealed(tmp_path / "both.json", [{"v": 1, "id": "d"}], ours)
    sources = [Source(str(some), opened), Source(str(both), opened)]
    result = merge(str(mine), sources, opened=opened, recipient=lambda: ours.recipient, now=NOW, agreed=agree)
    assert result is not None
    assert (result.added, result.undecryptable) == (2, 2)
    assert [record["id"] for record in found(mine)] == ["a", "c", "d"]


def test_an_entry_of_mine_that_cannot_be_opened_stays_beside_another_with_its_id(tmp_path: Path) -> None:
    mine = sealed(tmp_path / "mine.json", [{"v": 1, "id": "a", "title": "here"}], new_key())
    [before] = found(mine)
    other = write(tmp_path / "other.json", [{"v": 1, "id": "a", "title": "there"}])
    sources = [Source(str(other), shut)]
    result = merge(
        str(mine), sources, opened=lambda _piece: None, recipient=lambda: None, now=NOW, agreed=agree
    )
    assert result == Merged(again=1, changed=True)
    kept = found(mine)
    assert before["age"] in {record.get("age") for record in kept}
    assert "there" in {record.get("title") for record in kept}
    assert len({record["id"] for record in kept}) == 2


def test_merging_in_the_clear_needs_no_pyrage(tmp_path: Path) -> None:
    write(tmp_path / "mine.json", [{"v": 1, "id": "a"}])
    write(tmp_path / "other.json", [{"v": 1, "id": "b"}])
    program = (
        "import sys; from datetime import UTC, datetime\n"
        "from dbtcoach.journal.merge import Source, merge\n"
        "merge(sys.argv[1], [Source(sys.argv[2], None)], opened=None, recipient=lambda: None,"
        " now=datetime.now(UTC), agreed=lambda _: True)\n"
        "sys.exit('pyrage' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "mine.json"), str(tmp_path / "other.json")]
    assert subprocess.run(command, check=False).returncode == 0
    assert len(found(tmp_path / "mine.json")) == 2
