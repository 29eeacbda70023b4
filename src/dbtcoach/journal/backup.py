"""One file with all that is needed to come back: a ZIP of the home folder's own files, each with its digest.

Every system can open it without this program, and what is sealed in the home is sealed in it. What comes out
of one is trusted no further than its names, sizes and digests go: a backup from elsewhere may be hostile.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.disk.access import PRIVATE_FILE, make_private_folder, open_to_read
from dbtcoach.disk.atomic import put_in_place, replace_whole, stage
from dbtcoach.disk.export import put
from dbtcoach.disk.failure import Explained, explain
from dbtcoach.disk.home import shown
from dbtcoach.disk.lock import Lock, settle
from dbtcoach.errors import JournalError
from dbtcoach.journal.names import draft_files, journal_files, key_files, names_in, plan_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from typing import BinaryIO

    from dbtcoach.disk.home import Home

MANIFEST = "dbtcoach-backup.json"
JOURNAL = "journal.json"
_FORMAT = 1
_BLOCK = 1 << 20
_LARGEST = 1 << 32
_MOST = 10_000
_NAME = re.compile(
    r"(?:journal|plan)(?:\.[\w.-]+)?\.json(?:\.age)?|key\.(?:kept-[\d-]+\.)?age|recipient\.txt|state\.json|config\.yaml"
    r"|drafts/[\w.-]{1,120}\.json(?:\.age)?|exercises/(?:[\w-]{1,80}/){0,3}[\w.-]{1,80}\.(?:yaml|txt)",
    re.ASCII,
)
_PASSING = (".lock", ".tmp")  # what is only there while something is written


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself: when it was made, and size and digest of each file in it."""

    path: str
    made: str
    files: dict[str, tuple[int, str]]


def parts(home: Home) -> list[tuple[str, str]]:
    """Return name and path of each file that a backup of this home has, the journal last."""
    paths = [
        *key_files(home),
        *plan_files(home),
        *(path for path in (home.state, home.config) if os.path.isfile(path)),
    ]
    paths += [path for _exercise, path in draft_files(home)]
    paths += _own_exercises(home.exercises)
    paths += [path for path in journal_files(home) if path != home.journal]
    paths += [home.journal] if os.path.lexists(home.journal) else []
    named = [(os.path.relpath(path, home.folder).replace(os.sep, "/"), path) for path in paths]
    return [(name, path) for name, path in named if _NAME.fullmatch(name) and not name.endswith(_PASSING)]


def back_up(home: Home, path: str, now: datetime, *, force: bool) -> Backup:
    """Write a backup of ``home`` to ``path`` (absolute) for this user alone, and return it as read again.

    Raises FileExistsError where something is there and ``force`` is not given, and JournalError.
    """
    with Explained(home.folder, "read"):
        packed = _zipped(
            [(name, _content(file)) for name, file in parts(home)], now.isoformat("T", "seconds")
        )
    try:
        put(path, packed, force=force)
    except FileExistsError:
        raise
    except OSError as error:
        raise explain(error, path, "save", named=True) from error
    return read_backup(path)


def read_backup(path: str) -> Backup:
    """Return what a backup holds, after reading every byte of it; raise JournalError if one is wrong."""
    with _opened(path) as archive:
        backup = _manifest(archive, path)
        for name in backup.files:
            for _block in _blocks(archive, backup, name):
                pass
    return backup


def is_backup(path: str) -> bool:
    """Tell whether the file at ``path`` calls itself a backup of ours; its content is not looked at."""
    try:
        with os.fdopen(open_to_read(path), "rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
            with zipfile.ZipFile(file) as archive:
                return MANIFEST in archive.namelist()
    except (OSError, JournalError, zipfile.BadZipFile, ValueError):
        return False


def backups(home: Home) -> list[str]:
    """Return the paths of the backups that lie in the home folder itself."""
    paths = [os.path.join(home.folder, name) for name in names_in(home.folder)]
    return [path for path in paths if os.path.isfile(path) and is_backup(path)]


def in_the_way(home: Home, backup: Backup) -> list[str]:
    """Return the paths in ``home`` that are not as the backup has them, dates and marks left out."""
    found: list[str] = []
    for name, path in parts(home):
        wanted = backup.files.get(name)
        if path != home.state and (wanted is None or _digest(path) != wanted):
            found.append(path)
    return found


def restore(backup: Backup, home: Home) -> None:
    """Put every file of the backup where it belongs in ``home``, the journal last; never over another one.

    A file that is there as it should be stays, so that what was interrupted can be repeated.

    Raises JournalError.
    """
    with Explained(home.folder, "restore"):
        make_private_folder(home.folder)
        with Lock(home.journal), _opened(backup.path) as archive:
            for name in sorted(backup.files, key=lambda name: (name == JOURNAL, name)):
                target = os.path.join(home.folder, *name.split("/"))
                make_private_folder(os.path.dirname(target))
                if not os.path.lexists(target):
                    stage(target, _blocks(archive, backup, name))
                    put_in_place(target)


def change_backup(path: str, change: Callable[[str, bytes], bytes | None]) -> bool:
    """Write a backup anew with what ``change`` makes of each file's name and content; return if any differs.

    A file that it makes None of is left out.

    Raises JournalError with the backup as it was.
    """
    backup = read_backup(path)
    with Explained(path, "save"):
        with _opened(path) as archive:
            before = {name: b"".join(_blocks(archive, backup, name)) for name in backup.files}
        changed = {name: change(name, data) for name, data in before.items()}
        after = {name: data for name, data in changed.items() if data is not None}
        if after != before:
            replace_whole(path, [_zipped([(name, [data]) for name, data in after.items()], backup.made)])
    return after != before


def _zipped(files: list[tuple[str, Iterator[bytes] | list[bytes]]], made: str) -> bytes:
    written = io.BytesIO()
    listed: dict[str, tuple[int, str]] = {}
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blocks in files:
            digest, size = hashlib.sha256(), 0
            with archive.open(_info(name), "w", force_zip64=True) as file:
                for block in blocks:
                    file.write(block)
                    digest.update(block)
                    size += len(block)
            listed[name] = (size, digest.hexdigest())
        manifest = {"format": _FORMAT, "made": made, "files": listed}
        archive.writestr(_info(MANIFEST), json.dumps(manifest, indent=1) + "\n")
    return written.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = PRIVATE_FILE << 16
    return info


def _content(path: str) -> Iterator[bytes]:
    """Yield a file as it is at one moment; a save in another window changes only what lies behind."""
    lock = settle(path)
    try:
        file: BinaryIO = os.fdopen(open_to_read(path), "rb")
        size = os.fstat(file.fileno()).st_size
        file.seek(max(0, size - _BLOCK))
        last = file.read(_BLOCK)
    finally:
        if lock is not None:
            os.close(lock)
    with file:
        file.seek(0)
        rest = size - len(last)
        while rest and (block := file.read(min(_BLOCK, rest))):
            rest -= len(block)
            yield block
    yield last


@contextlib.contextmanager
def _opened(path: str) -> Iterator[zipfile.ZipFile]:
    with Explained(path, "read", named=True):
        file = os.fdopen(open_to_read(path, named=True), "rb")
    with file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError):
            raise _damaged(path) from None
        with archive:
            yield archive


def _manifest(archive: zipfile.ZipFile, path: str) -> Backup:
    try:
        with archive.open(MANIFEST) as file:
            found = json.loads(file.read(_BLOCK * 4))
        version, made = found["format"], str(found["made"])
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in found["files"].items()}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile, OSError):
        raise _damaged(path) from None
    if version != _FORMAT:
        raise JournalError(f"{shown(path)} was made by a newer dbtcoach. Install that one, and try again.")
    if len(files) > _MOST or not all(_NAME.fullmatch(name) for name in files):
        raise JournalError(f"{shown(path)} holds files that are not from dbtcoach, so it was left alone.")
    return Backup(path, made, files)


def _blocks(archive: zipfile.ZipFile, backup: Backup, name: str) -> Iterator[bytes]:
    """Yield the content of a file in a backup; raise JournalError where it is not what the backup says."""
    size, wanted = backup.files[name]
    digest, found = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while found <= min(size, _LARGEST) and (block := file.read(_BLOCK)):
                found += len(block)
                digest.update(block)
                yield block
    # zipfile raises the last two for a compression that it does not know, and for a file with a password.
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        raise _damaged(backup.path) from None
    if (found, digest.hexdigest()) != (size, wanted):
        raise _damaged(backup.path)


def _digest(path: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with Explained(path, "read"):
        for block in _content(path):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def _damaged(path: str) -> JournalError:
    return JournalError(
        f"{shown(path)} is no backup that can be read. Nothing was changed. Try another copy."
    )


def _own_exercises(folder: str, depth: int = 0) -> list[str]:
    found: list[str] = []
    for name in names_in(folder):
        path = os.path.join(folder, name)
        if os.path.islink(path):
            continue
        if os.path.isdir(path) and depth < 3:  # noqa: PLR2004 - exercises/coach/lists is the deepest of ours
            found += _own_exercises(path, depth + 1)
        elif os.path.isfile(path):
            found.append(path)
    return found
