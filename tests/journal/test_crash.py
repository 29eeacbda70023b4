"""A process that is killed while it holds the journal's lock."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.acceptance.saving import start

if TYPE_CHECKING:
    from pathlib import Path


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
    with start(tmp_path, 10, 1) as worker:
        assert worker.wait() == 0
    assert os.path.exists(path)  # noqa: PTH110  (it is there)
