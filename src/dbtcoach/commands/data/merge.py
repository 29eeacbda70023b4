"""``dbtcoach data merge``: journals from other machines, with whatever passphrases they need."""
# ruff: noqa: PTH118, PTH120  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.disk.home import shown
from dbtcoach.errors import NoTerminalError, UsageError
from dbtcoach.journal.copies import look_before_undo, undo_merge
from dbtcoach.journal.key import read_wrapped
from dbtcoach.journal.merge import Merged, Source, merge
from dbtcoach.journal.names import conflict_copies
from dbtcoach.journal.seal import Opener, is_locked, read_recipient
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
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
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
    if undo:
        if files:
            raise UsageError("--undo takes no file: it brings back the journal from before the last merge.")
        take_back(around.home, agrees, around.tell, around.clock())
        return
    own, ask = around.keyring.opener, asker(around.streams, people=around.people)
    merge_files(around.home, files or [], own, ask, around.tell, around.clock(), agrees=agrees)


class Agreement:
    """Whether somebody agrees to what would change: asked at a terminal, or said with ``--yes``."""

    def __init__(self, around: Surroundings, *, yes: bool, dry_run: bool) -> None:
        self._around = around
        self._yes = yes
        self._dry_run = dry_run

    def __call__(self, would: Sequence[str], question: str) -> bool:
        """Show what would change; raise NoTerminalError where nobody can be asked."""
        around = self._around
        if self._yes and not self._dry_run:
            return True
        around.tell(*would)
        if self._dry_run:
            return False
        if not around.streams.stdin.isatty():
            raise NoTerminalError("Nothing was changed: there is nobody to ask. If you are sure: --yes")
        return around.ask_line(f"{question} Type yes or no: ").strip().lower() in ("y", "yes")


def take_back(
    home: Home, agrees: Callable[[Sequence[str], str], bool], tell: Callable[[str], None], now: datetime
) -> None:
    """Bring the journal from before the last merge back, after asking; raise UsageError if there is none."""
    undone = look_before_undo(home.journal)
    would = [f"{_counted(undone.gone)} would go that the merge had brought."]
    if undone.stay:
        would.append(f"{_counted(undone.stay)} saved since then would stay.")
    if not agrees(would, "Take the merge back?"):
        tell("Nothing was changed.")
        return
    undone = undo_merge(home.journal, now)
    tell(f"The merge was taken back. {_counted(undone.gone)} of it went, {undone.stay} saved since stayed.")
    if undone.kept:
        tell(f"A part of the journal could not be read. It was kept as {shown(undone.kept)}")


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


def merge_files(  # noqa: PLR0913 - who is asked, told and trusted differs with every caller
    home: Home,
    files: Sequence[str],
    own: Callable[[], Opener],
    ask: Ask,
    tell: Callable[[str], None],
    now: datetime,
    *,
    agrees: Callable[[Sequence[str], str], bool],
) -> None:
    """Merge these journals, or the copies that lie beside the own one, into it; tell what was done.

    ``own`` opens what is sealed with the own key, ``ask`` asks for the passphrase of another, ``agrees`` asks
    about what would change. Raises JournalError with everything as it was, and UsageError where there is
    nothing to merge.
    """
    found = [*files] or conflict_copies(home)
    if not found:
        raise UsageError("There is no other journal here. Name a file: dbtcoach data merge FILE")
    for path in found:
        if not os.path.lexists(path):
            raise UsageError(f"{shown(path)} is not there. Nothing was changed.")
    if not files:
        tell("\n".join(f"Merging {shown(path)}" for path in found))
    result = merge(
        home.journal,
        [Source(path, Foreign(home, path, own, ask)) for path in found],
        opened=lambda piece: open_piece(piece, own()),
        recipient=lambda: read_recipient(home),
        now=now,
        agreed=lambda merged: agrees(report(merged, would=True), "Merge this?"),
    )
    if result is None:
        tell("Nothing was changed.")
        return
    tell("\n".join(report(result)))
    if result.changed:
        tell("To take this back within seven days: dbtcoach data merge --undo")
    if found != [home.journal]:
        tell("The other files are as they were. You can remove them when you have looked.")


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
