"""A file of the person's own choosing, put in its place whole, and with nothing left over beside it.

What is taken along holds words, and it goes into folders that other people look into. So it is written
without a name where the system can do that (Linux, O_TMPFILE): whatever ends the program, the words go with
it. Elsewhere it has a name of its own until it is whole, and what a kill left of it goes at the next export.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from typing import TYPE_CHECKING

from dbtcoach.disk.access import PRIVATE_FILE, open_private, open_to_read, refuse_other_kinds
from dbtcoach.disk.atomic import rename, sync_file, sync_folder, write_whole
from dbtcoach.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = getattr(os, "O_TMPFILE", 0)


def put(path: str, data: bytes, *, force: bool) -> None:
    """Put ``data`` at ``path`` (absolute) for this user alone, all of it or nothing.

    Raises FileExistsError where something is there and ``force`` is not given, JournalError where even
    force does not help (a link, a folder), and OSError.
    """
    refuse_other_kinds(path, named=True)
    folder, name = os.path.split(path)
    sweep(path)
    temporary = os.path.join(folder, f".{name}.{os.urandom(4).hex()}.tmp")
    try:
        with _opened(folder, temporary) as (opened, nameless):
            _claim(opened)
            write_whole(opened, data)
            sync_file(opened)
            if nameless and not force:
                _name(opened, path)
            else:
                if nameless:
                    _name(opened, temporary)
                _rename(temporary, path, force=force)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
    sync_folder(folder)


def sweep(path: str) -> None:
    """Remove what a kill left of earlier tries to put something at ``path``; one that goes on is left."""
    folder, name = os.path.split(path)
    shape = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{8}}\.tmp")
    with contextlib.suppress(OSError):
        for found in filter(shape.fullmatch, os.listdir(folder)):
            _remove_unclaimed(os.path.join(folder, found))


@contextlib.contextmanager
def _opened(folder: str, temporary: str) -> Iterator[tuple[int, bool]]:
    """Yield a new file and whether it has no name; else it is called ``temporary``."""
    opened = _without_a_name(folder)
    nameless = opened is not None
    if opened is None:
        opened = open_private(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    try:
        yield opened, nameless
    finally:
        os.close(opened)


def _without_a_name(folder: str) -> int | None:
    if not _HERE:
        return None
    try:
        opened = os.open(folder, _HERE | os.O_RDWR, PRIVATE_FILE)
    except OSError:  # a file system that does not know how; whatever else is wrong comes again with a name
        return None
    if not os.path.exists(f"/proc/self/fd/{opened}"):  # the only way to give it a name later
        os.close(opened)
        return None
    os.fchmod(opened, PRIVATE_FILE)  # whatever the umask
    return opened


def _name(opened: int, path: str) -> None:
    """Give a file without a name this one; raises FileExistsError where it is taken."""
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    try:
        # Only with a folder's descriptor does Python follow the link in /proc to the file itself.
        os.link(f"/proc/self/fd/{opened}", os.path.basename(path), dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _rename(temporary: str, path: str, *, force: bool) -> None:
    if not force:
        try:
            os.link(temporary, path)  # unlike a rename, this fails where somebody was faster
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if os.path.lexists(path):
                raise FileExistsError from None
        else:
            return
    rename(temporary, path)


def _claim(opened: int) -> bool:
    """Mark a file as being written, for as long as it is open; return whether nobody else does."""
    if sys.platform == "win32":  # there, an open file cannot be removed anyway
        return True
    import fcntl

    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _remove_unclaimed(path: str) -> None:
    with contextlib.suppress(OSError, JournalError):
        opened = open_to_read(path)
        try:
            left = _claim(opened)
        finally:
            os.close(opened)
        if left:
            os.unlink(path)
