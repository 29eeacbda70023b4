"""What the system says about a file, in words that say what to do next."""

from __future__ import annotations

import errno

from dbtcoach.disk.home import ANOTHER_FILE, ANOTHER_HOME, shown
from dbtcoach.errors import JournalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

_FULL = "The disk is full. Free some space and try again"
# Each ends with what else can be done: for our own files another home, for one that was named another file.
_CLOSED = "This user may not write or read there. Change its permissions, or {}"
_READ_ONLY = "That place is read-only. Make it writable, or {}"
_CAUSES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "Your share of the disk is full. Free some space and try again",
    errno.EFBIG: "The file would pass the limit for its size. Raise it (ulimit -f) and try again",
    errno.EIO: "The disk reports an error. Make a copy of your files, then check the disk",
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.ENOENT: "That place does not exist. Check its name, or {}",
    errno.ENOTDIR: "Part of that path is a file, not a folder. Check its name, or {}",
    errno.EISDIR: "A folder is in the file's place. Move it away and try again",
    errno.ELOOP: "A link is in the file's place. Move it away and try again",
    errno.EMFILE: "Too many files are open. Close some programs and try again",
    errno.ENFILE: "Too many files are open. Close some programs and try again",
    errno.ENAMETOOLONG: "That path is too long. Shorten it, or {}",
}


def explain(error: OSError, path: str, verb: str, *, named: bool = False) -> JournalError:
    """Return the failure to ``verb`` ("save", "read") the file at ``path`` as a message for a person.

    ``named`` says that the person named it, so that it may lie anywhere.
    """
    cause = _CAUSES.get(error.errno or 0) or error.strerror or "The system gave no reason"
    cause = cause.replace("{}", ANOTHER_FILE if named else ANOTHER_HOME)
    return JournalError(f"Could not {verb} {shown(path)}. {cause}.")


class Explained:
    """A block in which every OSError becomes a JournalError that names ``path`` and the cause."""

    def __init__(self, path: str, verb: str, *, named: bool = False) -> None:
        self._path = path
        self._named = named
        self._verb = verb

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise explain(error, self._path, self._verb, named=self._named) from error
