"""Several windows and a sync tool at once: everything that was saved is there."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.saving import ids_in, ids_read, said, start
from tests.acceptance.share import LONG, share
from tests.pty.person import PROGRAM, environment, settle
from tests.shell import home_of, run

from dbtcoach.journal.entry import Tombstone
from dbtcoach.journal.read import read_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE = 20_000
PASSPHRASE = "four words for tests"  # noqa: S105 - of a lock that lives as long as a test


@pytest.mark.slow
@pytest.mark.timeout(LONG)
def test_four_that_save_at_once_lose_nothing(tmp_path: Path, figure: Callable[[str], None]) -> None:
    each = share(30, 300)
    workers = [start(tmp_path, SIZE, each) for _ in range(4)]
    acknowledged = [worker.communicate()[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 4
    names = ids_in(tmp_path)
    told = sorted(name for ids in acknowledged for name in ids)
    figure(f"4 processes × {each} saves of 20 kB: {len(set(told) & set(names))} of {4 * each}, valid JSON")
    assert len(told) == 4 * each
    assert names == told


def begin(folder: Path, *arguments: str, typed: str = "") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [PROGRAM, *arguments],
        env=environment(folder),
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(typed)
    process.stdin.close()
    process.stdin = None
    return process


@pytest.mark.slow
@pytest.mark.timeout(LONG)
def test_saves_against_delete_merge_lock_and_export_lose_nothing(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    home, elsewhere = home_of(tmp_path), tmp_path / "elsewhere"
    settle(home)
    rounds = share(1, 10)
    with start(home, 1_000, 6 * rounds) as first, start(elsewhere, 1_000, 10) as other:
        here, there = said(first), said(other)
    acknowledged, gone = list(here), list[str]()
    outside = str(elsewhere / "journal.json")
    for number in range(rounds):
        doomed = here[6 * number : 6 * number + 3]
        savers = [start(home, SIZE, 40) for _ in range(2)]
        others = [begin(tmp_path, "log", "delete", name, "--yes") for name in doomed]
        others += [begin(tmp_path, "data", "merge", "--yes", outside)] if number == 0 else []
        others += [begin(tmp_path, "log", "export", "--format", form) for form in ("json", "html")]
        others += [begin(tmp_path, "data", "lock", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")]
        for process in others:
            words, complaint = process.communicate()
            # A lock that comes between asks for a passphrase: that is refused, and nothing is done.
            assert process.returncode in (0, 1, 4, 130), complaint
            assert "Traceback" not in complaint
            assert "went wrong inside" not in complaint
            if process.args == [PROGRAM, "log", "export", "--format", "json"] and process.returncode == 0:
                assert isinstance(json.loads(words), list)
        for saver in savers:
            acknowledged += saver.communicate()[0].split()
            assert saver.returncode == 0
        names = ids_in(home)
        assert set(acknowledged) <= set(names), "a mark stays where an entry was deleted"
        assert len(names) == len(set(names))
        done = run(tmp_path, "data", "unlock", typed=f"{PASSPHRASE}\n")
        assert done.returncode == 0, done.stderr
        for name in doomed:
            if run(tmp_path, "log", "show", name, "--json").returncode == 0:
                assert run(tmp_path, "log", "delete", name, "--yes").returncode == 0
        gone += doomed
    run(tmp_path, "data", "merge", "--yes", outside)
    marks = {record.id for record in read_all(str(home / "journal.json")) if isinstance(record, Tombstone)}
    living = set(ids_read(home)) - marks
    lost = {*acknowledged, *there} - set(gone) - living
    figure(
        f"saves against delete, merge, lock and export: {len(lost)} of {len(acknowledged) + len(there)}"
        f" entries lost in {rounds} rounds, {len(gone)} deleted as asked"
    )
    assert not lost
    assert marks == set(gone)
    assert all("age" not in item for item in json.loads((home / "journal.json").read_bytes()))
