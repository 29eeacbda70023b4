"""Words in a file for an editor: in a private folder of its own, which goes with whatever is left in it."""

from __future__ import annotations

import contextlib
import os
import shutil

from dbtcoach.disk.access import make_private_folder, open_private, read_whole
from dbtcoach.disk.atomic import write_whole
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.lock import claim_file
from dbtcoach.errors import JournalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.disk.home import Home

_LARGEST = 1 << 20


def sweep_editing(home: Home) -> None:
    """Remove what a run that was cut off has left, unless an editor is open: then that run will."""
    folder = home.editing
    if os.path.isdir(folder) and not os.path.islink(folder):
        with contextlib.suppress(OSError, JournalError):
            claim = claim_file(f"{folder}.lock")
            if claim is not None:
                with claim:
                    shutil.rmtree(folder, ignore_errors=True)


def drop_editing(home: Home) -> None:
    """Remove the words that this run gave to an editor: the run ends before the editor does."""
    shutil.rmtree(home.editing, ignore_errors=True)


@contextlib.contextmanager
def words_in_file(home: Home, words: str) -> Iterator[str]:
    """Write words for an editor and give the path; at the end the folder goes, whatever happened.

    Raises JournalError where another editor is open.
    """
    folder = home.editing
    make_private_folder(home.folder)
    claim = claim_file(f"{folder}.lock")
    if claim is None:
        raise JournalError("Another entry is open in an editor. Close that first.")
    with claim:
        shutil.rmtree(folder, ignore_errors=True)
        make_private_folder(folder)
        path = os.path.join(folder, "words.txt")
        try:
            opened = open_private(path)
            try:
                write_whole(opened, words.encode())
            finally:
                os.close(opened)
            yield path
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def read_words(path: str) -> str:
    """Return what an editor left in the file; raise JournalError where that is no text of a fitting size."""
    with Explained(path, "read"):
        found = read_whole(path, _LARGEST + 1)
    if len(found) > _LARGEST:
        raise JournalError("That is more than a megabyte, so it was not taken.")
    return found.decode("utf-8-sig", "replace").replace("\r\n", "\n")
