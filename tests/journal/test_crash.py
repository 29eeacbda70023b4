"""The journal under processes that are killed, and under several that save at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dbtcoach.journal.read import read_all
from dbtcoach.journal.scan import Lost

if TYPE_CHECKING:
    from pathlib import Path

# Saves for ever or so often, and says the id of each entry after its save was finished.
WORKER = """
import os, sys
from datetime import UTC, datetime
from dbtcoach.journal.entry import decode
from dbtcoach.journal.file import append
path, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
entry = decode({"v": 1, "id": "-", "exercise": "pause", "answers": [{"step": "words", "value": "x" * size}]})
while count:
    receipt = append(path, entry, now=datetime.now(UTC), randomness=os.urandom)
    os.write(1, receipt.entry.id.encode() + b"\\n")
    count -= 1
"""


def start(path: Path, size: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, str(path), str(size), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("size", [1_000, 200_000])
def test_no_acknowledged_entry_is_lost_when_the_worker_is_killed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "journal.json"
    acknowledged: list[str] = []
    chance = random.Random(size)  # noqa: S311  (when to kill, the same in each run)
    for _ in range(10):
        with start(path, size, -1) as worker:
            assert worker.stdout is not None
            acknowledged += [worker.stdout.readline().strip() for _ in range(chance.randint(1, 6))]
            worker.kill()
            acknowledged += [line.strip() for line in worker.stdout if line.endswith("\n")]
        found = [record.id for record in read_all(str(path)) if not isinstance(record, Lost)]
        assert set(acknowledged) <= set(found)
        assert found == sorted(set(found))
    with start(path, size, 1) as worker:
        assert worker.stdout is not None
        acknowledged += worker.stdout.read().split()
    names = [item["id"] for item in json.loads(path.read_bytes())]
    assert set(acknowledged) <= set(names)
    assert names[-1] == acknowledged[-1]


def test_four_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "home" / "journal.json"
    workers = [start(path, 20_000, 50) for _ in range(4)]
    acknowledged = [worker.communicate()[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 4
    names = [item["id"] for item in json.loads(path.read_bytes())]
    assert len(names) == 200
    assert sorted(name for each in acknowledged for name in each) == names


def test_a_killed_worker_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    hold = (
        "import sys, time; from dbtcoach.disk.lock import Lock\n"
        "with Lock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with start(path, 10, 1) as worker:
        assert worker.wait() == 0
    assert os.path.exists(path)  # noqa: PTH110  (it is there)
