"""Processes that do nothing but save, and say the id of each entry when its save is finished."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from dbtcoach.journal.read import read_all
from dbtcoach.journal.scan import Lost

if TYPE_CHECKING:
    from pathlib import Path

WORKER = """
import os, sys
from datetime import UTC, datetime
from dbtcoach.disk.home import Home
from dbtcoach.journal.entry import decode
from dbtcoach.journal.file import append
from dbtcoach.journal.seal import writer
home, size, count = Home(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
data = {"v": 1, "id": "-", "exercise": "pause", "title": "Pause", "day": "2026-11-23", "complete": True,
        "answers": [{"step": "words", "prompt": "What?", "value": "x" * size}]}
entry = decode(data)
while count:
    now = datetime.now(UTC)
    receipt = append(home.journal, entry, now=now, randomness=os.urandom, write=writer(home))
    os.write(1, receipt.entry.id.encode() + b"\\n")
    count -= 1
"""


def start(home: Path, size: int, count: int) -> subprocess.Popen[str]:
    """Start a process that saves so many entries of so many bytes; for ever when ``count`` is negative."""
    command = [sys.executable, "-c", WORKER, str(home), str(size), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def said(worker: subprocess.Popen[str]) -> list[str]:
    """Return the ids that are still to be read, when the process has ended."""
    assert worker.stdout is not None
    return [line.strip() for line in worker.stdout if line.endswith("\n")]


def ids_read(home: Path) -> list[str]:
    """Return the ids that the program reads, however the journal looks."""
    return [record.id for record in read_all(str(home / "journal.json")) if not isinstance(record, Lost)]


def ids_in(home: Path) -> list[str]:
    """Return the ids in the journal, which has to be whole."""
    return [item["id"] for item in json.loads((home / "journal.json").read_bytes())]
