"""The power goes at any moment: what was said to be saved is there, and the next save works."""

from __future__ import annotations

import itertools
import os
import random
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.saving import ids_in, ids_read, said, start
from tests.acceptance.share import FULL, LONG, share, some

from dbtcoach.journal.entry import Entry, decode
from dbtcoach.journal.file import append

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dbtcoach.journal.entry import Json

NOW = datetime(2026, 11, 23, 21, 0, 5, tzinfo=UTC)
SECTOR = 512
ROUND = 10  # kills of one journal, so that checking it does not grow for ever


def save(home: Path, words: str) -> str:
    data: dict[str, Json] = {
        "v": 1,
        "id": "-",
        "exercise": "pause",
        "answers": [{"step": "words", "value": words}],
    }
    entry = decode(data)
    assert isinstance(entry, Entry)
    return append(str(home / "journal.json"), entry, now=NOW, randomness=os.urandom).entry.id


def killed_once(home: Path, size: int, chance: random.Random) -> list[str]:
    """Let a process save, kill it at some moment, and return what it said to have saved."""
    with start(home, size, -1) as worker:
        assert worker.stdout is not None
        acknowledged = [worker.stdout.readline().strip() for _ in range(chance.randint(1, 4))]
        until = time.perf_counter() + chance.random() * 0.004  # a save takes about a millisecond
        while time.perf_counter() < until:
            pass
        worker.kill()
        return acknowledged + said(worker)


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize(("size", "called"), [(1_000, "1 kB"), (200_000, "200 kB")])
def test_no_acknowledged_entry_is_lost_to_a_kill(
    tmp_path: Path, figure: Callable[[str], None], size: int, called: str
) -> None:
    trials = share(20, 300)
    chance = random.Random(size)  # noqa: S311 - when to kill, the same in each run
    told = lost = saved = torn = 0
    for first in range(0, trials, ROUND):
        home = tmp_path / str(first)
        acknowledged: list[str] = []
        for _ in range(min(ROUND, trials - first)):
            acknowledged += killed_once(home, size, chance)
            torn += not (home / "journal.json").read_bytes().endswith(b"}\n]\n")
            lost += len(set(acknowledged) - set(ids_read(home)))
            acknowledged.append(save(home, "next"))
            names = ids_in(home)
            saved += names[-1] == acknowledged[-1] and names == sorted(set(names))
            lost += len(set(acknowledged) - set(names))
        told += len(acknowledged)
    figure(
        f"kill -9, {called}: {lost} of {told} acknowledged entries lost in {trials} trials"
        f" ({torn} torn files); the next save worked {saved}/{trials}"
    )
    assert (lost, saved) == (0, trials)


def prefixes(before: bytes, after: bytes) -> Iterator[bytes]:
    """Yield what a disk may hold of an append of which only the first bytes were written."""
    begun = len(before) - 2
    for cut in range(begun, len(after) + 1):
        yield after[:cut]
        yield after[:cut] + before[cut:]
        yield after[:cut].ljust(len(after), b"\0")
        yield after[:cut].ljust(-(-len(after) // 4096) * 4096, b"\0")


def sectors(before: bytes, after: bytes) -> Iterator[bytes]:
    """Yield what a disk may hold of an append of which some sectors were written, in any order."""
    first, end = (len(before) - 2) // SECTOR, -(-len(after) // SECTOR)
    for written in itertools.product([False, True], repeat=end - first):
        for old in (before.ljust(len(after), b"\0"), before):
            state = bytearray(old)
            for place, new in zip(range(first, end), written, strict=True):
                if new:
                    state.extend(bytes(max(0, place * SECTOR - len(state))))
                    state[place * SECTOR : (place + 1) * SECTOR] = after[
                        place * SECTOR : (place + 1) * SECTOR
                    ]
            yield bytes(state)


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize(
    ("torn", "size", "called"), [(prefixes, 1_500, "byte prefixes"), (sectors, 4_500, "sets of sectors")]
)
def test_no_old_entry_is_lost_to_a_torn_append(
    tmp_path: Path,
    figure: Callable[[str], None],
    torn: Callable[[bytes, bytes], Iterator[bytes]],
    size: int,
    called: str,
) -> None:
    olds = [save(tmp_path, f"old {number} é") for number in range(3)]
    path = tmp_path / "journal.json"
    before = path.read_bytes()
    save(tmp_path, ('new \\ " ]}\n,{ é' * size)[:size])
    after = path.read_bytes()
    states = list(dict.fromkeys(torn(before, after)))
    tried = lost = 0
    for state in some(states, 250):
        path.write_bytes(state)
        newest = save(tmp_path, "next")
        names = ids_in(tmp_path)
        tried += 1
        lost += len({*olds, newest} - set(names))
        assert names[:3] == olds
        assert names[-1] == newest
        for kept in tmp_path.glob("journal.damaged-*"):
            kept.unlink()
    figure(f"torn append, {called}: {lost} old entries lost in {tried} of {len(states)} states")
    assert lost == 0
    assert tried == len(states) or not FULL
