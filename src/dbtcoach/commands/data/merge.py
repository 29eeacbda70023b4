"""``dbtcoach data merge``: journals from other machines, with whatever passphrases they need."""
# ruff: noqa: PTH118, PTH120  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.disk.home import shown
from dbtcoach.errors import UsageError
from dbtcoach.journal.merge import Merged, Source, merge
from dbtcoach.journal.names import conflict_copies
from dbtcoach.journal.seal import Opener, is_locked, read_recipient, read_wrapped
from dbtcoach.journal.unseal import open_piece
from dbtcoach.world.keyring import asker, open_key
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.scan import Piece
    from dbtcoach.world.keyring import Ask


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Journals from elsewhere; without any, the copies a sync tool left here.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Merge these journals, or the copies that a sync tool left, into the own one."""
    around = Surroundings()
    merge_files(
        around.home, files or [], around.keyring.opener, asker(around.streams), around.tell, around.clock()
    )


class Foreign:
    """Opens the sealed records of one file: with the own key, else with the one that belongs to the file."""

    def __init__(self, home: Home, path: str, own: Callable[[], Opener], ask: Ask) -> None:
        self._home = home
        self._path = path
        self._own = own
        self._ask = ask
        self._other: Opener | None = None

    def __call__(self, piece: Piece) -> Piece | None:
        """Return the record in the clear, or None; ask for a passphrase where none was given yet."""
        if is_locked(self._home):
            found = open_piece(piece, self._own())
            if found is not None:
                return found
        if self._other is None:
            beside = os.path.join(os.path.dirname(os.path.abspath(self._path)), "key.age")  # noqa: PTH100
            wrapped = None if beside == os.path.join(self._home.folder, "key.age") else read_wrapped(beside)
            name = shown(os.path.basename(self._path))  # noqa: PTH119
            self._other = Opener([open_key(self._ask, f"{name} was locked with another key.", wrapped)])
        return open_piece(piece, self._other)


def merge_files(
    home: Home,
    files: Sequence[str],
    own: Callable[[], Opener],
    ask: Ask,
    tell: Callable[[str], None],
    now: datetime,
) -> None:
    """Merge these journals, or the copies that lie beside the own one, into it; tell what was done.

    ``own`` opens what is sealed with the own key, ``ask`` asks for the passphrase of another. Raises
    JournalError with everything as it was, and UsageError where there is nothing to merge.
    """
    found = [*files] or conflict_copies(home)
    if not found:
        raise UsageError("There is no other journal here. Name a file: dbtcoach data merge FILE")
    if not files:
        tell("\n".join(f"Merging {shown(path)}" for path in found))
    result = merge(
        home.journal,
        [Source(path, Foreign(home, path, own, ask)) for path in found],
        opened=lambda piece: open_piece(piece, own()),
        recipient=lambda: read_recipient(home),
        now=now,
    )
    tell("\n".join(report(result)))
    if found != [home.journal]:
        tell("The other files are as they were. You can remove them when you have looked.")


def report(result: Merged) -> list[str]:
    """Return what a merge did, in plain lines."""
    lines = []
    if result.added:
        lines.append(f"{_counted(result.added)} added.")
    if result.again:
        lines.append(f"{_counted(result.again)} had two versions. Both were kept, the second under a new id.")
    if result.deleted:
        lines.append(f"{_counted(result.deleted)} deleted elsewhere, so deleted here too.")
    if not lines:
        lines.append("There was nothing new.")
    if result.undecryptable:
        lines.append(f"{_counted(result.undecryptable)} left out: the key did not open them.")
    if result.lost:
        lines.append(f"{result.lost} bytes there could not be read, and were left out.")
    if result.repair is not None:
        lines.append(
            f"A part of your own journal could not be read. It was kept as {shown(result.repair.kept)}"
        )
    return lines


def _counted(count: int) -> str:
    return "One entry" if count == 1 else f"{count} entries"
