"""Merging journals from other machines, with whatever passphrases they need."""
# ruff: noqa: PTH118, PTH120  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dbtcoach.disk.home import shown
from dbtcoach.errors import UsageError
from dbtcoach.journal.merge import Merged, Source, merge
from dbtcoach.journal.names import conflict_copies
from dbtcoach.journal.opening import open_piece
from dbtcoach.journal.seal import Opener, is_locked, read_recipient, read_wrapped
from dbtcoach.world.keyring import asker, open_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.journal.scan import Piece
    from dbtcoach.world.surroundings import Surroundings


class Foreign:
    """Opens the sealed records of one file: with the own key, else with the one that belongs to the file."""

    def __init__(self, around: Surroundings, path: str) -> None:
        self._around = around
        self._path = path
        self._other: Opener | None = None

    def __call__(self, piece: Piece) -> Piece | None:
        """Return the record in the clear, or None; ask for a passphrase where none was given yet."""
        home = self._around.home
        if is_locked(home):
            found = open_piece(piece, self._around.keyring.opener())
            if found is not None:
                return found
        if self._other is None:
            beside = os.path.join(os.path.dirname(os.path.abspath(self._path)), "key.age")  # noqa: PTH100
            wrapped = None if beside == os.path.join(home.folder, "key.age") else read_wrapped(beside)
            name = shown(os.path.basename(self._path))  # noqa: PTH119
            why = f"{name} was locked with another key."
            self._other = Opener([open_key(asker(self._around), why, wrapped)])
        return open_piece(piece, self._other)


def merge_files(around: Surroundings, files: Sequence[str]) -> None:
    """Merge these journals, or the copies that lie beside the own one, into it; say what was done.

    Raises JournalError with everything as it was, and UsageError where there is nothing to merge.
    """
    found = [*files] or conflict_copies(around.home)
    if not found:
        raise UsageError("There is no other journal here. Name a file: dbtcoach data merge FILE")
    if not files:
        around.tell(*(f"Merging {shown(path)}" for path in found))
    home = around.home
    result = merge(
        home.journal,
        [Source(path, Foreign(around, path)) for path in found],
        opened=lambda piece: open_piece(piece, around.keyring.opener()),
        recipient=lambda: read_recipient(home),
        now=around.clock(),
    )
    around.tell(*told(result))
    if found != [home.journal]:
        around.tell("The other files are as they were. You can remove them when you have looked.")


def told(result: Merged) -> list[str]:
    """Return what a merge did, in plain lines."""
    lines = []
    if result.added:
        lines.append(f"{_entries(result.added)} added.")
    if result.again:
        lines.append(f"{_entries(result.again)} had two versions. Both were kept, the second under a new id.")
    if result.deleted:
        lines.append(f"{_entries(result.deleted)} deleted elsewhere, so deleted here too.")
    if not lines:
        lines.append("There was nothing new.")
    if result.shut:
        lines.append(f"{_entries(result.shut)} left out: the key did not open them.")
    if result.lost:
        lines.append(f"{result.lost} bytes there could not be read, and were left out.")
    if result.repair is not None:
        lines.append(
            f"A part of your own journal could not be read. It was kept as {shown(result.repair.kept)}"
        )
    return lines


def _entries(count: int) -> str:
    return "One entry" if count == 1 else f"{count} entries"
