"""A lock for file systems that have none (some network and FUSE mounts): a file that says whose it is.

Making a file that must not exist yet is atomic everywhere. The file names its owner, so that what a crash
left behind can be told from what somebody still holds.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time

from dbtcoach.disk.access import PRIVATE_FILE, open_to_read
from dbtcoach.errors import JournalError

# What flock says where there is no such lock. On many systems the last two are one number.
UNKNOWN = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
# A machine that we cannot ask whether its process still runs: a save takes seconds, and so does a rewrite.
_FORGOTTEN = 3600.0
_LARGEST = 400
_END = ".owner.lock"


class OwnerFile:
    """The right to what ``lock`` (the path of a lock file) stands for, held by a second file beside it."""

    def __init__(self, lock: str) -> None:
        self.path = owner_path(lock)
        self._mine = f"{_machine()}\n{os.getpid()}\n{os.urandom(8).hex()}\n".encode()

    def take(self) -> bool:
        """Make the file and return True, or False where somebody has it; raises OSError."""
        if self._make():
            return True
        return _remove_left_over(self.path) and self._make()

    def give_back(self) -> None:
        """Remove the file, if it is still the own one."""
        if _owner(self.path) == self._mine:
            with contextlib.suppress(OSError):
                os.unlink(self.path)

    def _make(self) -> bool:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            opened = os.open(self.path, flags, PRIVATE_FILE)
        except FileExistsError:
            return False
        try:
            os.write(opened, self._mine)
        finally:
            os.close(opened)
        return True


def owner_path(lock: str) -> str:
    """Return where the owner of ``lock`` is written: ``….owner.lock`` for ``….lock``."""
    return lock.removesuffix(".lock") + _END


def is_held(lock: str) -> bool:
    """Tell whether somebody who is still there holds ``lock`` by an owner file; changes nothing."""
    path = owner_path(lock)
    return os.path.lexists(path) and not is_left_over(path)


def is_left_over(path: str) -> bool:
    """Tell whether the owner file at ``path`` belongs to nobody who is still there."""
    found = _owner(path)
    if found is None:
        return False
    machine, _, rest = found.decode("utf-8", "replace").partition("\n")
    number = rest.partition("\n")[0]
    if machine == _machine() and number.isascii() and number.isdigit():
        return not _runs(int(number))
    try:
        return time.time() - os.stat(path).st_mtime > _FORGOTTEN
    except OSError:
        return False


def _remove_left_over(path: str) -> bool:
    """Remove what nobody holds, and only that: somebody else may be faster and hold it by now."""
    before = _owner(path)
    if before is None or not is_left_over(path):
        return False
    aside = owner_path(f"{path.removesuffix(_END)}.{os.urandom(4).hex()}")
    try:
        os.rename(path, aside)
    except OSError:
        return False
    same = _owner(aside) == before
    if not same:
        with contextlib.suppress(OSError):
            os.link(aside, path)
    with contextlib.suppress(OSError):
        os.unlink(aside)
    return same


def _owner(path: str) -> bytes | None:
    try:
        opened = open_to_read(path)
    except (OSError, JournalError):
        return None
    try:
        return os.read(opened, _LARGEST)
    finally:
        os.close(opened)


def _machine() -> str:
    import platform

    return "".join(platform.node().split()) or "unnamed"


def _runs(number: int) -> bool:
    if sys.platform == "win32":  # there, the system's own locks always work, so nobody gets here
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's process
        return True
    return True
