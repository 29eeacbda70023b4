"""Where a person's journal, drafts, own exercises and settings live; nothing is opened or made here.

The overture reads this module before anything else, so it uses ``os`` and plain text for paths:
``import pathlib`` alone costs about as much as a third of starting Python 3.11.
"""

from __future__ import annotations

import os
import stat
import sys

from dbtcoach.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_NAME = 64  # letters in the name of an exercise


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
    def plan(self) -> str:
        """The file of a plan for bad moments."""
        return os.path.join(self.folder, "plan.json")

    @property
    def editing(self) -> str:
        """The folder of words that an editor has open; it is there no longer than that."""
        return os.path.join(self.folder, "dbtcoach-editing")  # no folder of another program

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
        if not (plain.isascii() and plain.isalnum() and len(exercise) <= LONGEST_NAME):
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
ANOTHER_HOME, ANOTHER_FILE = "set DBTCOACH_HOME to another folder", "choose another file"
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
