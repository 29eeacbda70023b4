"""What cannot be read is kept beside the file that it was in, to the byte: nothing is ever thrown away."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_private, open_to_read
from dbtcoach.disk.atomic import rename, sweep, sync_file, sync_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

_BLOCK = 1 << 20


def keep_part(path: str, now: datetime, data: bytes) -> str:
    """Keep ``data``, a part of the file at ``path``, in a new file beside it; return its path."""
    return _keep(path, now, lambda kept: _write_new(kept, [data]))


def keep_copy(path: str, now: datetime) -> str:
    """Keep the whole file at ``path`` under a second name, and return that; the first one stays."""
    return _keep(path, now, lambda kept: copy_to(path, kept))


def move_aside(path: str, now: datetime) -> str:
    """Give the file at ``path`` another name, and return that; what a crash left over of it goes."""
    kept = next(name for number in itertools.count() if not os.path.lexists(name := _name(path, now, number)))
    rename(path, kept)
    sweep(path)
    return kept


def _name(path: str, now: datetime, number: int) -> str:
    """Return ``<name>.damaged-<time>[-<number>].json``."""
    again = f"-{number}" if number else ""
    return f"{path.removesuffix('.json')}.damaged-{now:%Y%m%d-%H%M%S}{again}.json"


def _keep(path: str, now: datetime, make: Callable[[str], None]) -> str:
    for number in itertools.count():
        kept = _name(path, now, number)
        try:
            make(kept)
        except FileExistsError:
            continue
        sync_folder(os.path.dirname(path))
        return kept
    raise AssertionError  # the count has no end


def copy_to(path: str, kept: str) -> None:
    """Keep the file at ``path`` under a second name; raises FileExistsError where that is taken."""
    try:
        os.link(path, kept)  # to the byte, at once, and on a full disk as well
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        with os.fdopen(open_to_read(path), "rb") as file:
            _write_new(kept, iter(lambda: file.read(_BLOCK), b""))


def _write_new(path: str, parts: Iterable[bytes]) -> None:
    opened = open_private(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    try:
        for part in parts:
            write_whole(opened, part)
        sync_file(opened)
    except BaseException:
        os.unlink(path)
        raise
    finally:
        os.close(opened)
