from __future__ import annotations

import itertools
import json
import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dbtcoach.journal.entry import Entry, decode
from dbtcoach.journal.file import Receipt, append, rewrite
from dbtcoach.journal.read import read_all, read_newest
from dbtcoach.journal.repair import mend
from dbtcoach.journal.scan import Lost

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 11, 23, 21, 0, 5, tzinfo=UTC)
KEPT = "journal.damaged-20261123-210005.json"


def save(path: Path, words: str) -> Receipt:
    entry = decode({"v": 1, "id": "-", "exercise": "pause", "answers": [{"step": "words", "value": words}]})
    assert isinstance(entry, Entry)
    return append(str(path), entry, now=NOW, randomness=os.urandom)


def words_in(path: Path) -> list[str]:
    return [item["answers"][0]["value"] for item in json.loads(path.read_bytes())]


def kept_in(folder: Path) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in folder.iterdir() if "damaged" in item.name}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.json"


def torn_states(path: Path, old: int) -> tuple[bytes, bytes]:
    """Return the journal with ``old`` entries, and the same with one more."""
    for number in range(old):
        save(path, f"old {number}")
    before = path.read_bytes()
    save(path, 'new é \\ " ]}')
    return before, path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("old", [1, 3])  # the first save makes the file whole
@pytest.mark.parametrize("fill", ["nothing", "zeros", "zeros to the next block"])
def test_every_byte_prefix_of_a_torn_save(path: Path, old: int, fill: str) -> None:
    before, after = torn_states(path, old)
    start = max(len(before) - 2, 0)
    olds = [f"old {number}" for number in range(old)]
    for cut in range(start, len(after) + 1):
        state = after[:cut]
        if fill == "zeros":
            state = state.ljust(len(after), b"\0")
        elif fill == "zeros to the next block":
            state = state.ljust(4096, b"\0")
        path.write_bytes(state)
        receipt = save(path, "next")
        words = words_in(path)
        assert words in ([*olds, "next"], [*olds, 'new é \\ " ]}', "next"]), cut
        assert path.read_bytes().count(b"\n") == len(words) + 2, "one entry a line"
        torn = after[start:cut].strip(b",[]\n\0")
        if len(words) == old + 1 and torn:
            assert receipt.repair is not None
            with open(receipt.repair.kept, "rb") as file:  # noqa: PTH123  (it is a plain path)
                assert torn in file.read()
        else:
            assert receipt.repair is None
        names = [item["id"] for item in json.loads(path.read_bytes())]
        assert names == sorted(set(names))
        for name in kept_in(path.parent):
            (path.parent / name).unlink()


@pytest.mark.slow
@pytest.mark.parametrize("sector", [16, 512])
def test_every_set_of_sectors_of_a_torn_save(path: Path, sector: int) -> None:
    for number in range(3):
        save(path, f"old {number}")
    before = path.read_bytes()
    save(path, "n" * (6 * sector - 100 if sector == 512 else 1))
    after = path.read_bytes()
    first = (len(before) - 2) // sector
    places = range(first, -(-len(after) // sector))
    old = before.ljust(len(after), b"\0")
    subsets = itertools.product([False, True], repeat=len(places))
    for written in itertools.islice(subsets, 0, None, 1 if len(places) <= 8 else 37):
        state = bytearray(old)
        for place, new in zip(places, written, strict=True):
            if new:
                state[place * sector : (place + 1) * sector] = after[place * sector : (place + 1) * sector]
        path.write_bytes(state)
        save(path, "next")
        words = words_in(path)
        assert words[:3] == ["old 0", "old 1", "old 2"]
        assert words[-1] == "next"
        for name in kept_in(path.parent):
            (path.parent / name).unlink()


def test_a_torn_end_is_mended_in_place_and_its_words_are_kept(path: Path) -> None:
    save(path, "one")
    whole = path.read_bytes()
    path.write_bytes(whole[:-2] + b',{"v":1,"id":"x","answers":[{"step":"words","value":"half a sen')
    inode = path.stat().st_ino
    receipt = save(path, "two")
    assert path.stat().st_ino == inode
    assert words_in(path) == ["one", "two"]
    assert receipt.repair is not None
    assert receipt.repair.kept == str(path.parent / KEPT)
    assert kept_in(path.parent)[KEPT].endswith(b"half a sen")
    assert receipt.repair.lost == len(b'{"v":1,"id":"x","answers":[{"step":"words","value":"half a sen')
    assert stat.S_IMODE((path.parent / KEPT).stat().st_mode) == 0o600
    assert save(path, "three").repair is None


@pytest.mark.parametrize(("lines", "in_place"), [(3, True), (4, False)])
def test_only_a_few_broken_lines_are_taken_for_the_end_of_an_interrupted_save(
    path: Path, lines: int, *, in_place: bool
) -> None:
    save(path, "one")
    path.write_bytes(path.read_bytes()[:-2] + b",{\n" * lines)
    inode = path.stat().st_ino
    assert save(path, "two").repair is not None
    assert (path.stat().st_ino == inode) == in_place
    assert words_in(path) == ["one", "two"]


def jq(data: bytes) -> bytes:
    return json.dumps(json.loads(data), indent=2).encode()


FORMATTERS: dict[str, Callable[[bytes], bytes]] = {
    "jq": jq,
    "one line": lambda data: data.replace(b"\n", b""),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "no line end": lambda data: data[:-1],
    "commas behind": lambda data: data.replace(b"\n,", b",\n"),
    "nothing but brackets": lambda _: b"[]",
    "an opening bracket": lambda _: b"[",
    "spaces": lambda _: b" \n \n",
}


@pytest.mark.parametrize("name", FORMATTERS)
def test_a_formatted_file_is_taken_over_without_a_word_lost(path: Path, name: str) -> None:
    save(path, "one")
    save(path, "two")
    data = FORMATTERS[name](path.read_bytes())
    path.write_bytes(data)
    receipt = save(path, "three")
    assert words_in(path) == (["one", "two", "three"] if b"two" in data else ["three"])
    assert receipt.repair is None
    assert kept_in(path.parent) == {}
    lines = path.read_bytes().split(b"\n")
    assert (lines[0], lines[-2], lines[-1]) == (b"[", b"]", b"")
    assert len(lines) == len(words_in(path)) + 3


def test_unknown_keys_and_their_order_survive_a_formatter(path: Path) -> None:
    path.write_text(
        '[\n  {\n    "zeta": [1.50, 1e3],\n    "v": 1,\n    "id": "a",\n    "alpha": null\n  }\n]\n'
    )
    save(path, "one")
    assert path.read_bytes().split(b"\n")[1] == b'{"zeta": [1.50, 1e3],"v": 1,"id": "a","alpha": null}'


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "rubbish in front": lambda data: b"rubbish\n" + data,
    "rubbish behind": lambda data: data + b"rubbish\n",
    "jq and rubbish behind": lambda data: jq(data) + b"}} rubbish",
    "other things in the array": lambda data: data[:-2] + b',{"words":"mine"}]\n',
    "nothing else": lambda _: b"no journal at all",
    "no utf-8": lambda data: data.replace(b"two", b"two \xff"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_cannot_be_read_is_kept_to_the_byte_and_told(path: Path, name: str) -> None:
    save(path, "one")
    save(path, "two")
    data = DAMAGES[name](path.read_bytes())
    path.write_bytes(data)
    receipt = save(path, "three")
    expected = {"nothing else": ["three"], "no utf-8": ["one", "two \ufffd", "three"]}
    assert words_in(path) == expected.get(name, ["one", "two", "three"])
    assert receipt.repair is not None
    kept = kept_in(path.parent)
    assert list(kept) == [KEPT]
    assert data.endswith(kept[KEPT])  # the whole file, or its torn end
    assert save(path, "four").repair is None


@pytest.mark.parametrize("data", [b"", bytes(70), bytes(5000), bytes(200_000)])
def test_a_journal_that_lost_every_byte_is_kept_and_told(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert any(isinstance(found, Lost) for found in read_all(str(path)))
    assert any(isinstance(found, Lost) for found in read_newest(str(path)))
    receipt = save(path, "next")
    assert receipt.repair is not None
    assert kept_in(path.parent) == {KEPT: data}
    assert words_in(path) == ["next"]
    assert save(path, "after").repair is None


@pytest.mark.parametrize("place", ["in front", "in the middle"])
def test_zeros_where_records_were_are_kept_and_told(path: Path, place: str) -> None:
    for word in ("one", "two", "three"):
        save(path, word)
    data = path.read_bytes()
    lines = data.split(b"\n")
    lost = data[: len(data) // 3] if place == "in front" else lines[2]
    path.write_bytes(data.replace(lost, bytes(len(lost)), 1))
    receipt = save(path, "four")
    assert receipt.repair is not None
    assert receipt.repair.lost >= 64
    assert words_in(path)[-2:] == ["three", "four"]


def test_an_old_block_behind_a_torn_line_leaves_valid_json(path: Path) -> None:
    for number in range(400):
        save(path, f"old {number} " + "words " * 30)
    data = path.read_bytes()
    assert len(data) > 1 << 16
    stale = data.split(b"\n")[-3]
    path.write_bytes(data[:-2] + b',{"v":1,"id":"torn","answers":[{"st' + b"\n" + stale + b"\n]\n")
    receipt = save(path, "next")
    assert receipt.repair is not None
    assert words_in(path)[-1] == "next"
    assert len(words_in(path)) == 402


def test_damage_twice_in_a_second_keeps_both(path: Path) -> None:
    for word in ("one", "two"):
        path.write_text(f"damage {word}")
        save(path, "next")
    assert sorted(kept_in(path.parent).values()) == [b"damage one", b"damage two"]


def test_a_file_system_without_hard_links_gets_a_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_old: str, _new: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    path.write_text("damage")
    save(path, "one")
    assert kept_in(path.parent) == {KEPT: b"damage"}


def test_rewriting_keeps_what_it_cannot_read_as_well(path: Path) -> None:
    save(path, "one")
    path.write_bytes(path.read_bytes()[:-2] + b",{torn\n]\n")
    repair = rewrite(str(path), lambda record: record, now=NOW)
    assert repair is not None
    assert repair.lost == len("{torn")
    assert words_in(path) == ["one"]
    assert b"{torn" in kept_in(path.parent)[KEPT]


def test_damage_in_the_middle_of_a_long_journal_is_left_where_it_is_by_a_save(path: Path) -> None:
    for word in ("one", "two", "three " * 20_000, "four " * 20_000):
        save(path, word)
    data = path.read_bytes().replace(b"two", b"tw\x01")
    path.write_bytes(data)
    assert save(path, "five").repair is None  # a save looks at the first and the last records only
    assert path.read_bytes().startswith(data[:-2])


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        (b"two", b"tw\x01", True),
        (b"\n,{", b"\n,{]}\n,{", True),
        (b"\n,{", b"\n{", False),
        (b"}\n,", b"}\n\n,", False),
    ],
)
def test_damage_in_a_small_journal_is_mended_by_the_next_save(
    path: Path, before: bytes, after: bytes, *, lost: bool
) -> None:
    for word in ("one", "two", "three"):
        save(path, word)
    path.write_bytes(path.read_bytes().replace(before, after))
    assert (save(path, "four").repair is not None) == lost
    found = words_in(path)
    assert [found[0], *found[-2:]] == ["one", "three", "four"]


def test_a_damaged_first_record_is_mended_by_the_next_save(path: Path) -> None:
    first, last = ('{"v":1,"id":"a","exercise":"pause"}', '{"v":1,"id":"b","exercise":"pause"}')
    path.write_text(f"[\n{{[\n{first}\n,{last}\n]\n", "utf-8")
    tail, _repair = mend(str(path), datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    assert tail.whole
    assert [record["id"] for record in json.loads(path.read_text("utf-8"))] == ["a", "b"]
