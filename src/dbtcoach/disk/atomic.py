"""Writing a whole file so that either the old one or the new one is there, and nothing between."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time

from dbtcoach.disk.access import open_private, refuse_other_kinds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_BLOCK = 1 << 20
_MAY_PASS = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.EIO, errno.EAGAIN})
_FIRST_PAUSE = 0.01
_PATIENCE = 1.0  # seconds


def write_whole(opened: int, data: bytes) -> None:
    """Write all of ``data``: one call may write less than it was given."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(opened, rest) :]


def sync_file(opened: int) -> None:
    """Return when what was written is on the disk itself, as far as the system can tell."""
    if sys.platform == "darwin":
        import fcntl

        try:  # there, fsync leaves the data in the drive's own cache (man 2 fsync)
            fcntl.fcntl(opened, fcntl.F_FULLFSYNC)
        except OSError:  # a file system without it
            os.fsync(opened)
    else:
        os.fsync(opened)


def sync_folder(path: str) -> None:
    """Return when the names in the folder ``path`` are on the disk; nothing to do on Windows."""
    if sys.platform == "win32":
        return
    opened = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse it; the file itself is safe
            os.fsync(opened)
    finally:
        os.close(opened)


def temporary(path: str) -> str:
    """Return the name under which a new version of ``path`` is written; one writer at a time."""
    return path + ".tmp"


def sweep(path: str) -> None:
    """Remove what an interrupted replacement of ``path`` left: it may hold every word of it."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(temporary(path))


def replace_whole(path: str, parts: Iterable[bytes]) -> None:
    """Put ``parts``, joined, in the place of ``path``, atomically and with mode 0600; raises OSError.

    Whoever calls holds the lock of ``path``. On any failure the old file stays and nothing is left over.
    """
    refuse_other_kinds(path)
    stage(path, parts)
    put_in_place(path)


def stage(path: str, parts: Iterable[bytes]) -> None:
    """Write ``parts`` to the temporary file of ``path`` and sync it."""
    sweep(path)
    opened = open_private(temporary(path), os.O_RDWR | os.O_CREAT | os.O_EXCL)
    try:
        try:
            waiting = bytearray()
            for part in parts:
                waiting += part
                if len(waiting) >= _BLOCK:
                    write_whole(opened, bytes(waiting))
                    waiting.clear()
            write_whole(opened, bytes(waiting))
            sync_file(opened)
        finally:
            os.close(opened)
    except BaseException:
        sweep(path)
        raise


def put_in_place(path: str) -> None:
    """Rename the temporary file of ``path`` over it."""
    try:
        rename(temporary(path), path)
    except BaseException:
        sweep(path)
        raise
    sync_folder(os.path.dirname(path))


def rename(source: str, target: str, sleep: Callable[[float], None] = time.sleep) -> None:
    """Put ``source`` in the place of ``target``, trying for a second: a virus scanner may hold it."""
    waited, pause = 0.0, _FIRST_PAUSE
    while True:
        try:
            os.replace(source, target)
        except OSError as error:
            if error.errno not in _MAY_PASS or waited >= _PATIENCE:
                raise
        else:
            return
        sleep(pause)
        waited += pause
        pause *= 2
