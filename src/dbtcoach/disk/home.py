"""Where a person's journal, drafts, own exercises and settings live, and how their files are opened.

The overture reads this module before anything else, so it uses ``os`` and plain text for paths:
``import pathlib`` alone costs about as much as a third of starting Python 3.11.
"""
# ruff: noqa: PTH100, PTH101, PTH102, PTH112, PTH116, PTH117, PTH118, PTH119, PTH120  - this module may not import pathlib, see above

from __future__ import annotations

import errno
import os
import stat
import sys

from dbtcoach.errors import JournalError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600

# Set where the platform has them. Without O_NONBLOCK, opening a FIFO waits for somebody to write to it.
_CAREFUL = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_OWN_NAMES = ("journal.", "state.json", "drafts", "exercises", "config.yaml", "key.", "recipient.txt")
_DRAFT_ENDS = (".json", ".tmp", ".lock", ".age")
_LONGEST_NAME = 64


class Home:
    """The folder that holds everything a person keeps; its paths are absolute, and none needs to exist."""

    __slots__ = ("folder",)

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"Home({self.folder!r})"

    @property
    def journal(self) -> str:
        """The file that holds every finished entry."""
        return os.path.join(self.folder, "journal.json")

    @property
    def drafts(self) -> str:
        """The folder of exercises that were begun and not finished."""
        return os.path.join(self.folder, "drafts")

    @property
    def state(self) -> str:
        """The file of dates and marks that hold no words."""
        return os.path.join(self.folder, "state.json")

    @property
    def exercises(self) -> str:
        """The folder of a person's own exercises."""
        return os.path.join(self.folder, "exercises")

    @property
    def config(self) -> str:
        """The file of a person's own settings."""
        return os.path.join(self.folder, "config.yaml")

    def draft(self, exercise: str) -> str:
        """Return the path of the draft of ``exercise``; an unsafe name is a UsageError."""
        plain = exercise.replace("-", "").replace("_", "")
        if not (plain.isascii() and plain.isalnum() and len(exercise) <= _LONGEST_NAME):
            raise UsageError(
                f"An exercise cannot be named “{shown(exercise)}”. Use letters, digits and hyphens."
            )
        return os.path.join(self.drafts, f"{exercise}.json")

    def has_draft(self, exercise: str) -> bool:
        """Tell whether a draft of ``exercise`` waits, by one look at the folder and without opening it."""
        try:
            return stat.S_ISREG(os.lstat(self.draft(exercise)).st_mode)
        except OSError:
            return False


# The home of who has none: nothing is in it, and nothing can be made there.
NOWHERE = Home(os.path.join(os.devnull, "dbtcoach"))
NO_HOME = "There is no home folder to keep things in. Set DBTCOACH_HOME to a folder of yours, and try again."


def account_folder() -> str | None:
    """Return the home folder that the system's list of accounts names, or None."""
    if sys.platform == "win32":
        return None
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:  # a user id without an account, as in many containers
        return None


def find_home(
    env: Mapping[str, str],
    platform: str,
    account: Callable[[], str | None] = account_folder,
) -> Home:
    """Return where things are kept, from ``$DBTCOACH_HOME`` or the platform's folder for data.

    Raises UsageError where neither is known. Creates nothing.
    """
    chosen = env.get("DBTCOACH_HOME", "")
    if chosen:
        if chosen == "~" or chosen.startswith(("~/", "~" + os.sep)):
            chosen = os.path.join(_user_folder(env, platform, account), chosen[2:])
        return Home(os.path.abspath(chosen))
    if platform == "win32":
        local = env.get("LOCALAPPDATA", "")
        if not local:
            local = os.path.join(_user_folder(env, platform, account), "AppData", "Local")
        return Home(os.path.join(local, "dbtcoach"))
    if platform == "darwin":
        user = _user_folder(env, platform, account)
        return Home(os.path.join(user, "Library", "Application Support", "dbtcoach"))
    data = env.get("XDG_DATA_HOME", "")
    if not os.path.isabs(data):  # the XDG specification: a relative path is to be ignored
        data = os.path.join(_user_folder(env, platform, account), ".local", "share")
    return Home(os.path.join(data, "dbtcoach"))


def _user_folder(env: Mapping[str, str], platform: str, account: Callable[[], str | None]) -> str:
    found = env.get("USERPROFILE" if platform == "win32" else "HOME") or account()
    # Accounts of services often name a folder that is not there, and it must not be made by accident.
    if not found or not os.path.isabs(found) or not os.path.isdir(found):
        raise UsageError(NO_HOME)
    return found


def shown(path: str) -> str:
    """Return ``path`` so that it can be shown: what no screen can show becomes U+FFFD."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in path)


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
            os.chmod(path, PRIVATE_FOLDER)  # a umask of 0777 would leave it closed to us as well
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
            os.chmod(path, PRIVATE_FOLDER)


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


def open_to_read(path: str) -> int:
    """Open ``path`` for reading, changing nothing, and return its descriptor; raises as open_private."""
    refuse_other_kinds(path)
    opened = os.open(path, os.O_RDONLY | _CAREFUL)
    try:
        _refuse(path, os.fstat(opened).st_mode)
    except BaseException:
        os.close(opened)
        raise
    return opened


def refuse_other_kinds(path: str) -> None:
    """Raise JournalError if a link, folder, pipe, socket or device is in the place of a file."""
    try:
        # Looked at before it is opened as well: opening a device can already do something.
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    _refuse(path, mode)


def _refuse(path: str, mode: int) -> None:
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
        f"{shown(path)} is {kind}, not a file, so it was left alone. "
        "Move it away, or set DBTCOACH_HOME to another folder, and try again."
    )
