"""One writer at a time, held by a lock file of its own beside the file that is written.

A rename swaps the file that a lock would be held on, so the lock is never on the journal itself.
"""
# ruff: noqa: PTH108, PTH116  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import contextlib
import os
import sys
import time

from dbtcoach.disk.access import open_private, open_to_read
from dbtcoach.disk.failure import explain
from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

_FIRST_WAIT = 0.001
_LONGEST_WAIT = 0.02
PATIENCE = 15.0  # seconds; a save takes milliseconds, rewriting 100,000 entries about three seconds


def _try_to_lock(opened: int, *, shared: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(opened, 0, os.SEEK_SET)
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(opened, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


class Lock:
    """The right to write ``path``, for the length of a block; waits for others, but not for ever.

    Raises JournalError if another process keeps it for ``patience`` seconds (it may be suspended).
    """

    def __init__(
        self, path: str, *, patience: float = PATIENCE, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._path = path
        self._patience = patience
        self._sleep = sleep
        self._opened = -1

    def __enter__(self) -> None:
        try:
            self._opened = open_private(self._path + ".lock")
            got = _wait(self._opened, self._patience, self._sleep, shared=False)
        except OSError as error:
            self._close()
            raise explain(error, self._path, "save") from error
        except BaseException:
            self._close()
            raise
        if not got:
            self._close()
            raise JournalError(
                f"Another dbtcoach is busy with {shown(self._path)}. "
                "Close it, or bring it back (fg), and try again."
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._opened >= 0:
            os.close(self._opened)  # which gives the lock back
            self._opened = -1


def _wait(opened: int, patience: float, sleep: Callable[[float], None], *, shared: bool) -> bool:
    pause, waited = _FIRST_WAIT, 0.0
    while not _try_to_lock(opened, shared=shared):
        if waited >= patience:
            return False
        sleep(pause)
        waited += pause
        pause = min(2 * pause, _LONGEST_WAIT)
    return True


def settle(path: str, *, patience: float = 0.5, sleep: Callable[[float], None] = time.sleep) -> int | None:
    """Wait until nobody is in the middle of writing ``path``; return the lock to be closed, or None.

    Creates nothing. Where there is no lock file, or it stays taken, reading goes on without.
    """
    if sys.platform == "win32":  # msvcrt has no shared locks, and a reader should never keep a save waiting
        return None
    try:
        opened = open_to_read(path + ".lock")
    except (OSError, JournalError):
        return None
    if _wait(opened, patience, sleep, shared=True):
        return opened
    os.close(opened)
    return None


class Claim:
    """A lock held for as long as a run; its file goes when it is given back."""

    def __init__(self, path: str, opened: int) -> None:
        self._path = path
        self._opened = opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Give the claim back; a second time does nothing."""
        if self._opened < 0:
            return
        # Unlinked while still held, so that whoever opened the same file notices (see claim_file).
        if sys.platform != "win32":
            _unlink(self._path)
        os.close(self._opened)
        self._opened = -1
        if sys.platform == "win32":
            _unlink(self._path)


def _unlink(path: str) -> None:
    with contextlib.suppress(OSError):  # gone already, or opened by the next one: an empty file stays
        os.unlink(path)


def claim_file(path: str) -> Claim | None:
    """Take the lock file at ``path`` without waiting, or return None if another process has it."""
    while True:
        opened = open_private(path)
        try:
            if not _try_to_lock(opened, shared=False):
                os.close(opened)
                return None
            found = os.fstat(opened)
            there = os.path.samestat(found, os.stat(path))
        except FileNotFoundError:
            there = False
        except BaseException:
            os.close(opened)
            raise
        if there:
            return Claim(path, opened)
        os.close(opened)  # the one before us removed it between our opening and our locking: once more
