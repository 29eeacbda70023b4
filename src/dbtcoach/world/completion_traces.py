"""What ``--install-completion`` left outside the home: a line in a shell's settings, and a script."""
# ruff: noqa: PTH108, PTH114, PTH118  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.disk.access import read_whole
from dbtcoach.disk.atomic import rename
from dbtcoach.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PROGRAM = "dbtcoach"
_OURS = b"_DBTCOACH_COMPLETE"  # stands in every script that was installed
_SCRIPTS = (
    f".bash_completions/{_PROGRAM}.sh",
    f".zfunc/_{_PROGRAM}",
    f".config/fish/completions/{_PROGRAM}.fish",
)
_SOURCED = f".bash_completions/{_PROGRAM}.sh".encode()
_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Trace:
    """A file that was installed, or the ``line`` of a file of the person's own that names it."""

    path: str
    line: bytes = b""


def traces(env: Mapping[str, str]) -> list[Trace]:
    """Return what is there of it; changes nothing."""
    user = env.get("HOME", "")
    if not os.path.isabs(user):  # noqa: PTH117
        return []
    return list(_found(user))


def remove(trace: Trace) -> bool:
    """Remove a trace and return whether it is gone; every other byte of the person's own file stays."""
    try:
        if not trace.line:
            os.unlink(trace.path)
            return True
        if os.path.islink(trace.path):  # kept elsewhere, and perhaps published: theirs to change
            return False
        before = _read(trace.path)
        if not before or len(before) == _LARGEST:  # not read, or not to its end: nothing may be written
            return False
        after = b"".join(line for line in before.splitlines(keepends=True) if line.strip() != trace.line)
        mode = os.stat(trace.path).st_mode  # noqa: PTH116
        beside = f"{trace.path}.dbtcoach.tmp"
        opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode & 0o777)
        with os.fdopen(opened, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode & 0o777)  # noqa: PTH101
        rename(beside, trace.path)
    except (OSError, JournalError):
        return False
    return True


def _found(user: str) -> Iterator[Trace]:
    for script in _SCRIPTS:
        path = os.path.join(user, *script.split("/"))
        if _OURS in _read(path):
            yield Trace(path)
    settings = os.path.join(user, ".bashrc")
    for line in _read(settings).splitlines():
        if _SOURCED in line and line.strip().startswith((b"source ", b". ")):
            yield Trace(settings, line.strip())


def _read(path: str) -> bytes:
    try:
        return read_whole(os.path.realpath(path), _LARGEST)
    except (OSError, JournalError):
        return b""
