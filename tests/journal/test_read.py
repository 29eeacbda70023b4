from __future__ import annotations

import hashlib
import json
import os
import tracemalloc
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work import walks

from dbtcoach.disk.lock import Lock
from dbtcoach.journal.entry import Entry, Record
from dbtcoach.journal.read import newest_of, read_all, read_newest, read_pieces
from dbtcoach.journal.scan import Lost, Piece, lines_backward, lines_forward

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def found(number: int) -> dict[str, object]:
    return {
        "v": 1,
        "id": f"id-{number:03}",
        "exercise": "pause" if number % 2 else "ground",
        "started": "2026-11-23T21:00:00+00:00",
        "distress": {"before": 7, "after": 4},
        "answers": [
            {"step": "a", "prompt": "Größe [x] {y}?", "value": ['a "b" \\ ,{', [1, 2], {"v": 1}]},
            {"step": "b", "prompt": "» «", "value": "]\n}"},
        ],
    }


def our_layout(numbers: Iterable[int]) -> bytes:
    lines = [json.dumps(found(number), ensure_ascii=False, separators=(",", ":")) for number in numbers]
    return ("[\n" + "\n,".join(lines) + ("\n" if lines else "") + "]\n").encode()


def formatted(**options: object) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        return json.dumps(json.loads(data), **options).encode()  # type: ignore[arg-type]  # any option of dumps

    return change


def names(records: Iterable[Record | Lost]) -> list[str]:
    return [record.id for record in records if not isinstance(record, Lost)]


def lost(records: Iterable[Record | Lost]) -> int:
    return sum(record.size for record in records if isinstance(record, Lost))


def test_a_journal_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list(read_all(str(tmp_path / "journal.json"))) == []
    assert list(read_newest(str(tmp_path / "journal.json"))) == []
    assert list(tmp_path.iterdir()) == []


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "jq .": formatted(indent=2, ensure_ascii=False),
    "jq -S --tab": formatted(indent="\t", sort_keys=True),
    "one line": formatted(separators=(",", ":")),
    "one line, ASCII": formatted(ensure_ascii=True),
    "a record a line, commas behind": lambda data: data.replace(b"\n,", b",\n"),
    "everything on one line": lambda data: data.replace(b"\n", b""),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "jq . with CRLF": lambda data: formatted(indent=4)(data).replace(b"\n", b"\r\n"),
    "no closing bracket": lambda data: data[:-2],
    "no line end": lambda data: data[:-1],
    "filled up with zeros": lambda data: data + bytes(5000),
    "blank lines": lambda data: data.replace(b"\n", b"\n\n"),
    "trailing comma": lambda data: data[:-2] + b",\n]\n",
}


@pytest.mark.parametrize("change", HARMLESS)
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_every_layout_is_read_whole_from_both_ends(tmp_path: Path, change: str, count: int) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(HARMLESS[change](our_layout(range(count))))
    expected = [f"id-{number:03}" for number in range(count)]
    forward, backward = list(read_all(str(path))), list(read_newest(str(path)))
    assert (names(forward), lost(forward)) == (expected, 0)
    assert backward == forward[::-1]
    assert all(isinstance(record, Entry) and len(record.answers) == 2 for record in forward)


def cut_in(data: bytes, name: bytes) -> bytes:
    place = data.index(name) + 60
    return data[:place] + data[place + 25 :]


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], set[int]]] = {
    "rubbish in front": (lambda data: b'\x00\xffrubbish {["' + data, set()),
    "rubbish in front on a line": (lambda data: b"rubbish {\n" + data, set()),
    "rubbish behind": (lambda data: data + b'rubbish " {', set()),
    "rubbish in between": (lambda data: data.replace(b"\n,", b'\n<<<<<<< {"v\n,', 1), set()),
    "truncated": (lambda data: data[:-40], {4}),
    "truncated and filled": (lambda data: data[:-40] + bytes(40), {4}),
    "a record without its middle": (lambda data: cut_in(data, b"id-002"), {2}),
    "a lost sector": (lambda data: data.replace(data[600:900], bytes(300)), {2, 3}),
    "jq, truncated": (lambda data: formatted(indent=2)(data)[:-60], {4}),
    "jq, without a middle": (lambda data: cut_in(formatted(indent=2)(data), b"id-002"), {2}),
    "jq, garbage in front": (lambda data: b"garbage\n" + formatted(indent=2)(data), set()),
    "other things in the array": (lambda data: data[:-2] + b',[{"x":1}],"words",{"v":2}]', set()),
}  # fmt: skip


@pytest.mark.parametrize("change", DAMAGED)
def test_a_damaged_file_is_read_record_by_record_and_the_loss_is_told(tmp_path: Path, change: str) -> None:
    path = tmp_path / "journal.json"
    damage, may_be_gone = DAMAGED[change]
    path.write_bytes(damage(our_layout(range(5))))
    forward, backward = list(read_all(str(path))), list(read_newest(str(path)))
    assert {f"id-{number:03}" for number in set(range(5)) - may_be_gone} <= set(names(forward))
    assert names(forward) == sorted(names(forward))
    assert lost(forward) > 0
    assert names(backward) == names(forward)[::-1]
    assert lost(backward) == lost(forward)


def test_letters_that_are_no_utf8_are_replaced_and_the_record_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(our_layout(range(3)).replace("ö".encode(), b"\xff"))
    records = list(read_all(str(path)))
    assert len(records) == 3
    assert all(isinstance(item, Entry) and item.answers[0].prompt.startswith("Gr\ufffd") for item in records)


@given(
    st.lists(st.sampled_from([b"a", b"\n", b"\r\n", b"x" * 70_000, b"\0"]), max_size=12), st.integers(0, 99)
)
def test_lines_are_the_same_from_both_ends(parts: list[bytes], cut: int) -> None:
    data = b"".join(parts)
    end = max(0, len(data) - cut)
    forward = list(lines_forward(BytesIO(data), end))
    assert b"".join(line for _, line in forward) == data[:end]
    assert list(lines_backward(BytesIO(data), end)) == forward[::-1]


@given(st.data())
def test_no_mutation_makes_reading_crash_or_lose_what_is_intact(data: st.DataObject) -> None:
    whole = our_layout(range(4))
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        size = data.draw(st.integers(0, 40))
        changed[place : place + size] = data.draw(st.binary(max_size=40))
    from dbtcoach.journal.scan import Piece, pieces_backward, pieces_forward

    file = BytesIO(bytes(changed))
    forward = list(pieces_forward(lines_forward(file, len(changed))))
    backward = list(pieces_backward(lines_backward(BytesIO(bytes(changed)), len(changed))))
    assert backward == forward[::-1]
    intact = [line for line in whole.split(b"\n") if b"id-" in line and line in bytes(changed).split(b"\n")]
    kept = [piece.raw for piece in forward if isinstance(piece, Piece)]
    assert {line.lstrip(b",") for line in intact} <= set(kept)


# Loops over a megabyte. The slowest of these files takes 40; what grew with the square took thousands.
AT_ONCE = 400

HOSTILE = {
    "nested objects": b'{"v":' * 200_000,
    "nested lists": b"[\n" + b'{"v":1,"id":"a","x":' + b"[" * 200_000 + b"\n]\n",
    "closed nesting": b"[" * 200_000 + b"]" * 200_000,
    "braces": b"[\n" + b"{" * 1_000_000,
    "open strings": b'{"v":1,"id":"' * 300_000,
    "open lists": b'{"a":[1,1,1,' * 200_000,
    "open lists on lines": b'{"a":[\n' * 200_000,
    "spaces": b"[\n{" + b" " * 10_000_000,
    "spaces in a record": b'[\n{"v":1,\n' + b" " * 5_000_000 + b'"id":' + b" " * 5_000_000 + b"\n]\n",
    "quotes": b'"' * 5_000_000,
    "one long line": b'[\n{"v":1,"id":"b","x":"' + b"y" * 10_000_000 + b'"}\n]\n',
    "one long torn line": b'[\n{"v":1,"id":"b","x":"' + b"y" * 10_000_000,
    "zeros": bytes(10_000_000),
}


@pytest.mark.slow
@pytest.mark.parametrize("content", HOSTILE)
def test_nothing_hostile_makes_it_crash_or_hang(tmp_path: Path, content: str) -> None:
    path = tmp_path / "journal.json"
    good = our_layout([7])[2:-3]
    path.write_bytes(HOSTILE[content] + b"\n," + good + b"\n]\n")
    forward: list[Record | Lost] = []
    backward: list[Record | Lost] = []
    assert walks(lambda: forward.extend(read_all(str(path)))) < AT_ONCE
    assert walks(lambda: backward.extend(read_newest(str(path)))) < AT_ONCE
    assert names(forward)[-1] == "id-007"
    assert backward == forward[::-1]


NO_LINE_ENDS = {
    "keys that open": b'{"v":1,"id":' * 500_000,
    "strings that open": b'{"x' * 2_000_000,
    "pairs": b'{"a":"b",' * 700_000,
    "records": b"["
    + b",".join(b'{"v":1,"id":"a%d","x":"%s"}' % (number, b"w" * 800) for number in range(7000))
    + b"]",
}


@pytest.mark.parametrize("content", NO_LINE_ENDS)
def test_six_megabytes_without_a_line_end_are_read_at_once(tmp_path: Path, content: str) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(NO_LINE_ENDS[content])
    found: list[Record | Lost] = []
    assert walks(lambda: found.extend(read_newest(str(path)))) < AT_ONCE
    assert len(found) == (7000 if content == "records" else 1)


def test_words_of_every_script_and_long_numbers_are_read_from_one_line(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    inner = '{{"v":1,"id":"{name}","x":{number},"title":"{words}"}}'.format
    parts = [
        inner(name="a", number=12, words="plain"),
        inner(name="b", number="9" * 5000, words="plain"),
        inner(name="c", number=1, words="grüße 家 " * 3000),
        '{"v":1,\r\n  "id":"d"}',
        inner(name="e", number="[" * 70 + "]" * 70, words="too deep"),
    ]
    path.write_text("[" + ",".join(parts) + "]", "utf-8", newline="")
    found = [piece for piece in read_pieces(str(path)) if isinstance(piece, Piece)]
    assert [piece.found["id"] for piece in found] == ["a", "b", "c", "d"]
    assert [type(piece.found["x"]) for piece in found[:2]] == [int, str]
    assert found[2].found["title"] == "grüße 家 " * 3000
    assert found[3].raw == b'{"v":1,"id":"d"}'


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 50_000, "1e999"])
def test_a_number_without_end_is_no_crash(tmp_path: Path, number: str) -> None:
    path = tmp_path / "journal.json"
    path.write_text(f'[\n{{"v":1,"id":"a","x":{number}}}\n,{{"v":1,"id":"b","v2":[{number}]}}\n]\n')
    assert names(read_all(str(path))) == ["a", "b"]


def test_reading_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(DAMAGED["jq, truncated"][0](our_layout(range(5))))
    path.chmod(0o644)

    def look() -> list[tuple[str, int, int, str]]:
        return [
            (
                item.name,
                item.stat().st_mtime_ns,
                item.stat().st_mode,
                hashlib.sha256(item.read_bytes()).hexdigest(),
            )
            for item in sorted(tmp_path.iterdir())
        ]

    before, folder = look(), tmp_path.stat().st_mtime_ns
    list(read_all(str(path)))
    list(read_newest(str(path)))
    newest_of(str(path), ("pause",))
    assert look() == before
    assert tmp_path.stat().st_mtime_ns == folder


def test_the_newest_are_read_without_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    tail = our_layout(range(30))[1:]
    with path.open("wb") as file:  # 2 GB, of which the disk holds the ends only
        file.write(b"[\n")
        file.seek(2 << 30)
        file.write(b"\n" + tail.replace(b"\n{", b"\n,{"))
    newest = read_newest(str(path))
    assert [record.id for record in (next(newest) for _ in range(30)) if isinstance(record, Entry)] == [
        f"id-{number:03}" for number in reversed(range(30))
    ]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.json"
        path.write_bytes(our_layout(range(count)))
        tracemalloc.start()
        total = sum(1 for _ in read_all(str(path)))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert total == count
        return used

    peak(8000)  # what is imported and cached the first time
    assert peak(8000) < 1.2 * peak(400)


def test_the_newest_of_one_exercise(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(our_layout(range(6)))
    pause, ground = newest_of(str(path), ("pause",)), newest_of(str(path), ("ground",))
    assert pause is not None
    assert ground is not None
    assert (pause.id, ground.id) == ("id-005", "id-004")
    assert newest_of(str(path), ("ground", "pause")) == pause
    assert newest_of(str(path), ("reflect",)) is None
    path.write_text('[\n{"v":1,"id":"id-006","age":"sealed"}\n]\n', "utf-8")
    assert newest_of(str(path), ("pause",)) is None
    assert newest_of(str(path), ("pause",), lambda _sealed: pause) == pause


def test_what_is_saved_while_somebody_reads_does_not_look_like_damage(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from dbtcoach.journal.entry import decode
    from dbtcoach.journal.file import append

    path = tmp_path / "journal.json"
    path.write_bytes(our_layout(range(200)))  # more than one buffer
    reading = read_all(str(path))
    first = next(reading)
    entry = decode({"v": 1, "id": "-", "answers": [{"step": "a", "value": "x" * 100_000}]})
    assert isinstance(entry, Entry)
    append(str(path), entry, now=datetime.now(UTC), randomness=os.urandom)
    records = [first, *reading]
    assert len(names(records)) == 200
    assert lost(records) == 0


def test_a_reader_waits_for_a_save_but_not_for_long(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(our_layout(range(2)))
    with Lock(str(path)):  # a process that was suspended while it saved
        assert len(list(read_all(str(path)))) == 2
