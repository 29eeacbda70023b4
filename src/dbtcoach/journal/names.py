"""Which files of the home folder are ours: ``$DBTCOACH_HOME`` may be a folder that other programs use too.

Decided by the whole name, and where a name says too little by how the content begins. What is not ours is
neither converted, nor swept, nor removed.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_to_read, read_whole
from dbtcoach.errors import JournalError
from dbtcoach.journal.copies import NAME
from dbtcoach.journal.scan import Piece, lines_forward, pieces_forward

if TYPE_CHECKING:
    from collections.abc import Collection

    from dbtcoach.disk.home import Home

_TIME = r"\d{8}-\d{6}(?:-\d+)?"  # of what disk.damaged keeps, and of a key that was kept
_DAMAGED = rf"\.damaged-{_TIME}\.json(?:\.age)?(?:\.tmp)?"
_BEFORE = NAME.replace("(", "(?:")  # a copy from before a merge
_LOCK = r"(?:\.[0-9a-f]{8})?(?:\.owner)?\.lock"
_JOURNAL = re.compile(rf"journal(?:{_BEFORE})?(?:\.json(?:{_LOCK}|\.tmp)?|{_DAMAGED})")
_PLAN = re.compile(rf"plan(?:\.json(?:\.tmp)?|{_DAMAGED})")
_STATE = re.compile(rf"state\.json(?:{_LOCK}|\.tmp)?")
_KEY = re.compile(rf"(?:key\.age|recipient\.txt)(?:\.tmp)?|key\.kept-{_TIME}\.age")
_DRAFT = re.compile(rf"([A-Za-z0-9_-]{{1,64}})(\.json(?:\.tmp)?|{_LOCK}|{_DAMAGED})")
_COPY = re.compile(
    r"journal(?:"
    r"\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}"  # Syncthing
    r"|_conflict-\d{8}-\d{6}"  # ownCloud
    r"| \([^()]+\)"  # Dropbox, Nextcloud, Seafile, Google Drive and browsers, with words or a number
    r"| \d+"  # iCloud
    r"| copy(?: \d+)?"  # the Finder
    r"| - Copy(?: \(\d+\))?"  # the Explorer
    r")\.json"
)
_RESTORED = re.compile(rf"restored-{_TIME}")
_PLANNED = b'"plan"'  # in the first bytes of every plan of ours
_BEGINNING = 1 << 16  # bytes that tell whether a file of another name is a journal
_CONTENTS = ("exercise", "age", "deleted")  # one of these is in every record of ours


def journal_files(home: Home) -> list[str]:
    """Return the paths of the journal, its lock, and what was kept or left over of it."""
    return _matching(home, _JOURNAL)


def key_files(home: Home) -> list[str]:
    """Return the paths of the key's two halves, with the keys that an unlocking kept."""
    return _matching(home, _KEY)


def plan_files(home: Home) -> list[str]:
    """Return the paths of the plan, and what was kept or left over of it; another program's is not ours."""
    return [path for path in _matching(home, _PLAN) if path != home.plan or _is_plan(path)]


def state_files(home: Home) -> list[str]:
    """Return the paths of the state and its lock, with what was left over of it."""
    return _matching(home, _STATE)


def conflict_copies(home: Home) -> list[str]:
    """Return the paths of copies that a sync tool left when two machines had written at once.

    Such as ``journal.sync-conflict-20261123-….json`` or ``journal (2).json``. OneDrive puts the name of a
    machine behind a hyphen, so any other ``journal….json`` counts where it begins with a record of ours.
    """
    return [
        os.path.join(home.folder, name)
        for name in names_in(home.folder)
        if name.startswith("journal")
        and name.endswith(".json")
        and not _JOURNAL.fullmatch(name)
        and (_COPY.fullmatch(name) or _begins_like_a_journal(os.path.join(home.folder, name)))
    ]


def restored_folders(home: Home) -> list[str]:
    """Return the folders that a restoring made beside what was there."""
    paths = [os.path.join(home.folder, name) for name in names_in(home.folder) if _RESTORED.fullmatch(name)]
    return [path for path in paths if os.path.isdir(path) and not os.path.islink(path)]


def draft_files(home: Home) -> list[tuple[str, str]]:
    """Return exercise and path of every draft, with its lock, and what was kept or left over of it.

    Where no exercise has the name, the content decides: somebody else's drafts may lie beside them.
    """
    known = _exercises(home)
    found: list[tuple[str, str]] = []
    for name in names_in(home.drafts):
        matched = _DRAFT.fullmatch(name)
        if matched is None:
            continue
        exercise, end = matched.groups()
        path = os.path.join(home.drafts, name)
        if exercise in known or end.startswith(".damaged-") or _begins_like_a_draft(path, exercise):
            found.append((exercise, path))
    return found


def names_in(folder: str) -> list[str]:
    """Return the sorted names in a folder; none where there is no such folder, or only a link to one."""
    try:
        return [] if os.path.islink(folder) else sorted(os.listdir(folder))
    except OSError:
        return []


def editing_files(home: Home) -> list[str]:
    """Return the paths of what an editor was given and of what it left there, and the folder and its lock."""
    folder = home.editing
    inside = [os.path.join(folder, name) for name in names_in(folder)] if not os.path.islink(folder) else []
    found = [*inside, folder, *(f"{folder}{end}" for end in (".lock", ".owner.lock"))]
    return [path for path in found if os.path.lexists(path)]


def _matching(home: Home, shape: re.Pattern[str]) -> list[str]:
    try:
        names = sorted(os.listdir(home.folder))
    except OSError:
        return []
    return [os.path.join(home.folder, name) for name in names if shape.fullmatch(name)]


def _exercises(home: Home) -> Collection[str]:
    from pathlib import Path

    from dbtcoach.script.catalogue import Catalogue, shipped_folder

    return Catalogue(shipped_folder(), Path(home.exercises)).paths()


def _begins_like_a_draft(path: str, exercise: str) -> bool:
    """Tell whether a file has a draft's first words, or none: a lock is empty, and so is a torn draft."""
    try:
        begin = read_whole(path, 200)
    except (OSError, JournalError):
        return False
    return begin == b"" or begin.startswith(f'{{"v":1,"exercise":"{exercise}",'.encode())


def _is_plan(path: str) -> bool:
    try:
        return _PLANNED in read_whole(path, 200)
    except (OSError, JournalError):
        return False


def _begins_like_a_journal(path: str) -> bool:
    try:
        with os.fdopen(open_to_read(path), "rb") as file:
            lines = lines_forward(file, min(os.fstat(file.fileno()).st_size, _BEGINNING))
            first = next((piece for piece in pieces_forward(lines) if isinstance(piece, Piece)), None)
    except (OSError, JournalError):
        return False
    return first is not None and any(isinstance(first.found.get(key), str) for key in _CONTENTS)


def is_mostly_a_journal(path: str, size: int, lost: int, records: int) -> bool:
    """Tell a journal, even a damaged one, from another file with an entry in it (a page about journals).

    ``lost`` of its ``size`` bytes are in no record. Raises as open_to_read does.
    """
    begin = read_whole(path, _BEGINNING).lstrip(b"\xef\xbb\xbf \t\r\n,")
    if not records:
        return begin.startswith(b"[") and lost == 0
    return begin.startswith((b"[", b"{")) or 10 * lost < size
