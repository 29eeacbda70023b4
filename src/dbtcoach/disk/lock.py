"""One writer at a time, held by a lock file of its own beside the file that is written.

A rename swaps the file that a lock would be held on, so the lock is never on the journal itself. Where the
file system knows no locks, an owner file stands for one (see dbtcoach.disk.owner_file).
"""

from __future__ import annotations

import contextlib
import os
import sys
import time

from dbtcoach.disk.access import open_private, open_to_read
from dbtcoach.disk.failure import explain
from dbtcoach.disk.home import shown
from dbtcoach.disk.owner_file import UNKNOWN, OwnerFile, is_held, owner_path
from dbtcoach.errors import JournalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self, TypeVar

    _Got = TypeVar("_Got")

_FIRST_WAIT = 0.001
_LONGEST_WAIT = 0.02
PATIENCE = 15.0  # seconds; a save takes milliseconds, rewriting 100,000 entries about three seconds


class Claim:
    """A lock file that this process has locked, or taken with an owner file beside it; it goes at the end."""

    def __init__(self, path: str, opened: int, owner: OwnerFile | None = None) -> None:
        self.path = path
        self._opened = opened
        self._owner = owner

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Give the claim back and take its file away; a second time does nothing."""
        self.give_back(remove=True)

    def is_there(self) -> bool:
        """Tell whether the locked file is the one that others would find: it may have been removed."""
        try:
            return os.path.samestat(os.fstat(self._opened), os.stat(self.path))
        except FileNotFoundError:
            return False

    def give_back(self, *, remove: bool = False) -> None:
        """Unlock, and ``remove`` the file too, while it is still held where the system lets us."""
        if self._opened < 0:
            return
        if remove and sys.platform != "win32":
            _unlink(self.path)
        if self._owner is not None:
            self._owner.give_back()
        os.close(self._opened)  # which gives the lock back
        self._opened = -1
        if remove and sys.platform == "win32":
            _unlink(self.path)


def claim_file(path: str) -> Claim | None:
    """Lock the file at ``path``, or return None where another process has it; raises OSError."""
    while True:
        opened = open_private(path)
        try:
            held = _locked(path, opened)
            if held is None:
                os.close(opened)
                return None
        except BaseException:
            os.close(opened)
            raise
        if held.is_there():
            return held
        held.give_back()  # somebody removed it between our opening and our locking: once more


def _locked(path: str, opened: int) -> Claim | None:
    try:
        if not _try_to_lock(opened, shared=False):
            return None
    except OSError as error:
        if error.errno not in UNKNOWN:
            raise
        owner = OwnerFile(path)
        return Claim(path, opened, owner) if owner.take() else None
    return Claim(path, opened)


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
        self._held: Claim | None = None

    def __enter__(self) -> Self:
        lock = self._path + ".lock"
        try:
            self._held = _wait(lambda: claim_file(lock), self._patience, self._sleep)
        except OSError as error:
            raise explain(error, self._path, "save") from error
        if self._held is None:
            left = owner_path(lock)
            by_hand = f" If none is open, remove {shown(left)}." if os.path.lexists(left) else ""
            raise JournalError(
                f"Another dbtcoach is busy with {shown(self._path)}. "
                f"Close it, or bring it back (fg), and try again.{by_hand}"
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_back()

    def remove(self) -> None:
        """Give the lock back and take its file away: whoever waits for it notices, and makes a new one."""
        self._give_back(remove=True)

    def _give_back(self, *, remove: bool = False) -> None:
        if self._held is not None:
            self._held.give_back(remove=remove)


def _wait(attempt: Callable[[], _Got | None], patience: float, sleep: Callable[[float], None]) -> _Got | None:
    pause, waited = _FIRST_WAIT, 0.0
    while (got := attempt()) is None:
        if waited >= patience:
            return None
        sleep(pause)
        waited += pause
        pause = min(2 * pause, _LONGEST_WAIT)
    return got


def settle(path: str, *, patience: float = 0.5, sleep: Callable[[float], None] = time.sleep) -> int | None:
    """Wait until nobody is in the middle of writing ``path``; return the lock to be closed, or None.

    Creates nothing. Where there is no lock, or it stays taken, reading goes on without.
    """
    if sys.platform == "win32":  # msvcrt has no shared locks, and a reader should never keep a save waiting
        return None
    lock = path + ".lock"
    _wait(lambda: None if is_held(lock) else True, patience, sleep)
    try:
        opened = open_to_read(lock)
    except (OSError, JournalError):
        return None
    try:
        if _wait(lambda: _try_to_lock(opened, shared=True) or None, patience, sleep):
            return opened
    except OSError:  # a file system without locks, or one that has run out of them
        pass
    os.close(opened)
    return None


def _unlink(path: str) -> None:
    with contextlib.suppress(OSError):  # gone already, or opened by the next one: an empty file stays
        os.unlink(path)
