"""Removing everything that was kept, after asking twice and saying what stays."""
# ruff: noqa: PTH106, PTH108, PTH112, PTH114, PTH118, PTH208  - plain paths, as in dbtcoach.home

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError, LeaveError, NoTerminalError, UsageError
from dbtcoach.home import shown
from dbtcoach.journal import drafts
from dbtcoach.journal.convert import begun
from dbtcoach.journal.copies import conflict_copies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.home import Home
    from dbtcoach.sitting.surroundings import Surroundings

WORD = "forget"
STAYS = (
    "This removes your journal, drafts, settings and key from this computer. It cannot be undone.",
    "",
    "It cannot remove:",
    "- the commands in your shell's history",
    "- backups, and copies that a sync service made",
    "- what is left in old parts of the disk, or in a terminal that is still open",
    "",
    "A history that is suddenly gone can itself be noticed.",
    "If somebody checks this computer, think first about what is safer for you.",
)


def forget(around: Surroundings, *, yes: bool = False, own_exercises: bool = False) -> None:
    """Remove everything, after asking twice; own exercises only if that is wished for.

    Works whatever state the files are in. Raises JournalError that names what could not be removed.
    """
    around.tell(*STAYS)
    own = own_exercises
    if not yes:
        own = _asked(around, own=own)
    home = around.home
    _refuse_open_windows(home)
    left = [path for path in remains(home, own=own) if not _removed(path)]
    _remove_if_empty(home.drafts)
    _remove_if_empty(home.folder)
    if left:
        names = "\n".join(f"  {shown(path)}" for path in left)
        raise JournalError(f"These could not be removed. You can remove them by hand:\n{names}")
    around.tell("Everything was removed.")


def _asked(around: Surroundings, *, own: bool) -> bool:
    """Ask twice; return whether own exercises go too. Raises LeaveError when the answer is not clear."""
    if not around.streams.stdin.isatty():
        raise NoTerminalError("This needs a terminal to ask you. Without one: dbtcoach data forget --yes")
    if _line(around, "Remove everything? (y/N) ").lower() not in {"y", "yes"}:
        around.tell("Nothing was removed.")
        raise LeaveError
    if not own and os.path.lexists(around.home.exercises):
        own = _line(around, "Your own exercises as well? (y/N) ").lower() in {"y", "yes"}
    if _line(around, f"To be sure, type the word {WORD}: ").lower() != WORD:
        around.tell("Nothing was removed.")
        raise LeaveError
    return own


def _line(around: Surroundings, prompt: str) -> str:
    around.streams.stderr.write(prompt)
    around.streams.stderr.flush()
    line = around.streams.stdin.readline()
    if not line:
        raise LeaveError
    return line.strip()


def _refuse_open_windows(home: Home) -> None:
    """Raise JournalError while an exercise is open: its next answer would write a draft again."""
    for exercise in () if os.path.islink(home.drafts) else begun(home):
        try:
            claim = drafts.claim(home, exercise)
        except (JournalError, UsageError):  # whatever is wrong there, it is about to go
            continue
        if claim is None:
            raise JournalError(
                "dbtcoach is open in another window. Leave there first, then try again. Nothing was removed."
            )
        claim.release()


def remains(home: Home, *, own: bool) -> Iterator[str]:
    """Yield the path of every file that the program may have made, what holds words first."""
    folder = _names(home.folder)
    copies = set(conflict_copies(home))
    for name in folder:
        path = os.path.join(home.folder, name)
        if (name.startswith("journal.") and ".json" in name) or path in copies:
            yield path
    yield from _all_in(home.drafts)
    for name in folder:
        key = name.startswith("key.") and ".age" in name  # somebody's key.pem is not ours
        if key or name.startswith(("state.json", "recipient.txt", "config.yaml")):
            yield os.path.join(home.folder, name)
    if own:
        yield from _all_in(home.exercises)


def _all_in(folder: str) -> Iterator[str]:
    """Yield what lies in a folder and below, then the folder; a link is yielded and not followed."""
    if os.path.isdir(folder) and not os.path.islink(folder):
        for name in _names(folder):
            yield from _all_in(os.path.join(folder, name))
        yield folder
    elif os.path.lexists(folder):
        yield folder


def _removed(path: str) -> bool:
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            os.rmdir(path)
        else:
            os.unlink(path)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _remove_if_empty(folder: str) -> None:
    if not _names(folder):
        _removed(folder)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
