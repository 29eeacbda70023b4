"""How a file is opened: never through a link, never a device, and a person's own for this user alone.

Every other module that touches a person's files goes through here.
"""

from __future__ import annotations

import errno
import os
import stat
import sys

from dbtcoach.disk.home import ANOTHER_FILE, ANOTHER_HOME, shown
from dbtcoach.errors import JournalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600

# Set where the platform has them. Without O_NONBLOCK, opening a FIFO waits for somebody to write to it.
_CAREFUL = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_OWN_NAMES = (
    *("journal.", "state.json", "drafts", "exercises", "config.yaml", "key.", "recipient.txt"),
    *("plan.json", "plan.damaged-", "dbtcoach-editing", "restored-"),
)
_DRAFT_ENDS = (".json", ".tmp", ".lock", ".age")


def make_private_folder(path: str) -> None:
    """Make ``path`` and what is missing above it with mode 0700, whatever the umask; raises OSError.

    An existing folder is closed to others too, if it is this user's and holds nothing but our files:
    somebody may have pointed ``$DBTCOACH_HOME`` at a folder that other programs need.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        above = os.path.dirname(path)
        if above != path and not os.path.isdir(above):
            make_private_folder(above)
        try:
            os.mkdir(path, PRIVATE_FOLDER)
        except FileExistsError:  # another process was faster
            if not os.path.isdir(path):
                raise
        else:
            _close_to_others(path)  # a umask of 0777 would leave it closed to us as well
        return
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    if sys.platform != "win32" and found.st_mode & 0o077 and found.st_uid == os.getuid():
        with os.scandir(path) as inside:
            drafts = os.path.basename(path) == "drafts"
            ours = all(
                item.name.endswith(_DRAFT_ENDS) if drafts else item.name.startswith(_OWN_NAMES)
                for item in inside
            )
        if ours:
            _close_to_others(path)


def refuse_linked_folder(path: str) -> None:
    """Raise JournalError if a link is in the place of a folder: what is written there would be elsewhere."""
    if os.path.islink(path):
        _refuse(path, stat.S_IFLNK, "folder")


def _close_to_others(folder: str) -> None:
    try:  # noqa: SIM105  (contextlib is one more import before the first words)
        os.chmod(folder, PRIVATE_FOLDER)
    except OSError:  # a file system without modes (a USB stick): saving matters more
        pass


def open_private(path: str, flags: int = os.O_RDWR | os.O_CREAT) -> int:
    """Open ``path`` for this user alone (mode 0600, whatever the umask) and return its descriptor.

    Raises JournalError where something other than a file is in its place, and OSError otherwise.
    """
    refuse_other_kinds(path)
    opened = os.open(path, flags | _CAREFUL, PRIVATE_FILE)
    try:
        mode = os.fstat(opened).st_mode
        _refuse(path, mode)
        if sys.platform != "win32" and stat.S_IMODE(mode) != PRIVATE_FILE:
            try:  # noqa: SIM105  (contextlib is one more import before the first words)
                os.fchmod(opened, PRIVATE_FILE)
            except OSError:  # a file system without modes (a USB stick): saving matters more
                pass
    except BaseException:
        os.close(opened)
        raise
    return opened


def open_to_read(path: str, *, named: bool = False) -> int:
    """Open ``path`` for reading, changing nothing, and return its descriptor; raises as open_private.

    ``named`` says that a person named it, so that it may lie anywhere.
    """
    refuse_other_kinds(path, named=named)
    opened = os.open(path, os.O_RDONLY | _CAREFUL) if sys.platform != "win32" else _open_shared(path)
    try:
        _refuse(path, os.fstat(opened).st_mode, named=named)
    except BaseException:
        os.close(opened)
        raise
    return opened


def _open_shared(path: str) -> int:
    """Open a file on Windows so that others can put a new one in its place while it is read."""
    if sys.platform != "win32":
        raise NotImplementedError  # nobody comes here; it tells the type checker that what follows is Windows
    import ctypes
    import msvcrt

    reading, sharing, existing = 0x80000000, 0x1 | 0x2 | 0x4, 3  # sharing: to read, to write and to delete
    create = ctypes.WinDLL("kernel32", use_last_error=True).CreateFileW
    create.restype = ctypes.c_void_p
    handle = create(ctypes.c_wchar_p(path), reading, sharing, None, existing, 0, None)
    if handle is None or handle == ctypes.c_void_p(-1).value:
        error = ctypes.get_last_error()
        raise OSError(None, ctypes.FormatError(error).strip(), path, error)
    return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY)


def refuse_other_kinds(path: str, *, named: bool = False) -> None:
    """Raise JournalError if a link, folder, pipe, socket or device is in the place of a file."""
    try:
        # Looked at before it is opened as well: opening a device can already do something.
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    _refuse(path, mode, named=named)


def _refuse(path: str, mode: int, wanted: str = "file", *, named: bool = False) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = (
        (stat.S_ISLNK, "a link"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    )
    kind = next((name for test, name in kinds if test(mode)), "a device")
    raise JournalError(
        f"{shown(path)} is {kind}, not a {wanted}, so it was left alone. "
        f"Move it away, or {ANOTHER_FILE if named else ANOTHER_HOME}, and try again."
    )


def read_whole(path: str, most: int = -1) -> bytes:
    """Return what is in the file at ``path``, or its first ``most`` bytes; raises as open_to_read."""
    with os.fdopen(open_to_read(path), "rb") as file:
        return file.read(most)


def remove_file(path: str) -> None:
    """Remove the file at ``path``; one that is not there is no error, any other OSError is raised."""
    try:  # noqa: SIM105  (contextlib is one more import before the first words)
        os.unlink(path)
    except FileNotFoundError:
        pass


def open_outside(file: str) -> BinaryIO:
    """Open a file that is not ours for reading; raises OSError.

    Only opening must not wait, for a FIFO that nobody writes to; what a shell writes may be late.
    """
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if hasattr(os, "set_blocking"):
            os.set_blocking(opened, True)
        return os.fdopen(opened, "rb")
    except OSError:
        os.close(opened)
        raise


def may_be_set(config: str) -> bool:
    """Tell whether settings may say more than a country, which changes nothing before help lines."""
    try:
        opened = open_to_read(config)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, JournalError):
        return True
    try:
        text = os.read(opened, 16)
    finally:
        os.close(opened)
    return not (text.startswith(b"country: ") and text.endswith(b"\n") and text[9:-1].isalpha())
