"""``dbtcoach data merge``: journals from other machines, with whatever passphrases they need."""
# ruff: noqa: PTH118, PTH120  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands.options import Yes
from dbtcoach.disk.home import shown
from dbtcoach.errors import UsageError
from dbtcoach.journal.copies import look_before_undo, undo_merge
from dbtcoach.journal.key import read_wrapped
from dbtcoach.journal.merge import Merged, Source, merge
from dbtcoach.journal.names import conflict_copies
from dbtcoach.journal.seal import Opener, is_locked, read_recipient
from dbtcoach.journal.unseal import open_piece
from dbtcoach.world.keyring import asker, open_key
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.journal.scan import Piece


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Journals from elsewhere; without any, the copies a sync tool left here.",
            show_default=False,
        ),
    ] = None,
    *,
    yes: Yes = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last merge back, for seven days after it.")
    ] = False,
) -> None:
    """Merge these journals, or the copies that a sync tool left, into the own one, after asking."""
    around = Surroundings()
    agrees = Agreement(around, yes=yes, dry_run=dry_run)
    if not undo:
        merge_files(around, files or [], agrees)
    elif files:
        raise UsageError("--undo takes no file: it brings back the journal from before the last merge.")
    else:
        _take_back(around, agrees)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether somebody agrees to what would change: asked at a terminal, or said with ``--yes``."""

    around: Surroundings
    yes: bool = False
    dry_run: bool = False

    def __call__(self, would: Sequence[str], question: str) -> bool:
        """Show what would change; raise NoTerminalError where nobody can be asked."""
        if self.yes and not self.dry_run:
            return True
        self.around.tell(*would)
        if self.dry_run:
            return False
        alone = "Nothing was changed: there is nobody to ask. If you are sure: --yes"
        return self.around.agrees(f"{question} Type yes or no: ", alone)


def _take_back(around: Surroundings, agrees: Agreement) -> None:
    """Bring the journal from before the last merge back, after asking; raise UsageError if there is none."""
    undone = look_before_undo(around.home.journal)
    would = [f"{_counted(undone.gone)} would go that the merge had brought."]
    if undone.stay:
        would.append(f"{_counted(undone.stay)} saved since then would stay.")
    if not agrees(would, "Take the merge back?"):
        around.tell("Nothing was changed.")
        return
    undone = undo_merge(around.home.journal, around.clock())
    stayed = f" {_counted(undone.stay)} saved since then stayed." if undone.stay else ""
    around.tell(f"The merge was taken back. {_counted(undone.gone)} of it went.{stayed}")
    if undone.kept:
        around.tell(f"A part of the journal could not be read. It was kept as {shown(undone.kept)}")


@dataclass(slots=True)
class _Foreign:
    """Opens the sealed records of one file: with the own key, else with the one that belongs to the file."""

    around: Surroundings
    path: str
    other: Opener | None = None

    def __call__(self, piece: Piece) -> Piece | None:
        """Return the record in the clear, or None; ask for a passphrase where none was given yet."""
        home = self.around.home
        if is_locked(home):
            found = open_piece(piece, self.around.keyring.opener())
            if found is not None:
                return found
        if self.other is None:
            beside = os.path.join(os.path.dirname(os.path.abspath(self.path)), "key.age")  # noqa: PTH100
            wrapped = None if beside == os.path.join(home.folder, "key.age") else read_wrapped(beside)
            name = shown(os.path.basename(self.path))  # noqa: PTH119
            ask = asker(self.around.streams, people=self.around.people)
            self.other = Opener([open_key(ask, f"{name} was locked with another key.", wrapped)])
        return open_piece(piece, self.other)


def merge_files(around: Surroundings, files: Sequence[str], agrees: Agreement) -> None:
    """Merge these journals, or the copies that lie beside the own one, into it; tell what was done.

    Raises JournalError with everything as it was, and UsageError where there is nothing to merge.
    """
    found = [*files] or conflict_copies(around.home)
    if not found:
        raise UsageError("There is no other journal here. Name a file: dbtcoach data merge FILE")
    for path in found:
        if not os.path.lexists(path):
            raise UsageError(f"{shown(path)} is not there. Nothing was changed.")
    if not files:
        around.tell(*(f"Merging {shown(path)}" for path in found))
    sources = [Source(path, _Foreign(around, path)) for path in found]
    if merge_in(around, sources, agrees, "Merge this?") and found != [around.home.journal]:
        around.tell("The other files are as they were. You can remove them when you have looked.")


def merge_in(
    around: Surroundings, sources: list[Source], agrees: Agreement, question: str, about: Sequence[str] = ()
) -> bool:
    """Add what these sources have, after asking, with lines ``about`` it; return whether it was done."""
    result = merge(
        around.home.journal,
        sources,
        opened=lambda piece: open_piece(piece, around.keyring.opener()),
        recipient=lambda: read_recipient(around.home),
        now=around.clock(),
        agreed=lambda merged: agrees([*about, *report(merged, would=True)], question),
    )
    if result is None:
        around.tell("Nothing was changed.")
        return False
    around.tell(*(about if agrees.yes else ()), *report(result))
    if result.changed:
        around.tell("To take this back within seven days: dbtcoach data merge --undo")
    return True


def report(result: Merged, *, would: bool = False) -> list[str]:
    """Return what a merge did, or would do, in plain lines."""
    lines = []
    be = "would be " if would else ""
    if result.added:
        lines.append(f"{_counted(result.added)} {be}added.")
    if result.filled:
        lines.append(f"{_counted(result.filled)} here without words {'would get' if would else 'got'} them.")
    if result.again:
        both = "Both would stay" if would else "Both were kept"
        lines.append(f"{_counted(result.again)} had two versions. {both}, the second under a new id.")
    if result.deleted:
        here = "would go here too" if would else "so deleted here too"
        lines.append(f"{_counted(result.deleted)} deleted elsewhere, {here}.")
    if result.stayed:
        stays = "would stay" if would else "stays"
        lines.append(
            f"{_counted(result.stayed)} changed on one side and deleted on the other {stays} deleted."
        )
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
