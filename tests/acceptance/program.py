"""The whole program in this process, behind its own boundary: as a command, only without a new Python."""

from __future__ import annotations

import gc
import io
import os
import re
import signal
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest import mock

from tests.pty.person import settle
from tests.work import megabyte

from dbtcoach.commands.boundary import run

if TYPE_CHECKING:
    from pathlib import Path

# What may never reach a screen from a person or a file: ESC and the C1 controls, direction marks, NUL.
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
CRASHES = ("Traceback", "went wrong inside dbtcoach", "Exception ignored")
PLACE = re.compile(r"^.+:\d+:\d+: ")


@dataclass(frozen=True)
class Said:
    """What a command answered, and how much processor time it took."""

    code: int
    out: str
    err: str
    seconds: float

    def assert_calm(self, limit: float) -> None:
        """Fail if this was a crash, took longer than so many loops over a megabyte, or could draw."""
        for crash in CRASHES:
            assert crash not in self.err, self.err
            assert crash not in self.out, self.out[-2000:]
        for text in (self.out, self.err):
            found = HIDDEN.search(text)
            assert found is None, (
                f"U+{ord(found.group()):04X} in {text[max(0, found.start() - 60) :][:120]!r}"
            )
        assert self.code in (0, 1, 2, 3, 4, 130), self.code
        assert self.seconds < limit * megabyte(), f"{self.seconds:.2f} s of processor time"


def call(home: Path, *arguments: str, typed: bytes = b"", known: bool = True) -> Said:
    """Run a command whose home is this folder, with these bytes on standard input."""
    if known and not (home / "state.json").exists():
        settle(home)
    stdin = io.TextIOWrapper(io.BytesIO(typed), "utf-8", errors="surrogateescape")
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace") for _ in range(2))
    env = {"DBTCOACH_HOME": str(home), "HOME": str(home), "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
    ends = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in ends]
    with (
        mock.patch.dict(os.environ, env, clear=True),
        mock.patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr),
    ):
        begun = time.process_time()
        code = run(list(arguments))
        seconds = time.process_time() - begun
    gc.unfreeze()  # the program sets aside what it has loaded, once for its short life; this process lives on
    gc.set_threshold(2_000)
    for number, handler in zip(ends, before, strict=True):
        signal.signal(number, handler)
    texts = []
    for stream in (stdout, stderr):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8", "surrogateescape"))
    return Said(code, texts[0], texts[1], seconds)
