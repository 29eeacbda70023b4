"""``dbtcoach log delete``: one entry goes; a mark without words stays, so that a merge knows."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.commands.options import EntryId, Yes
from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError
from dbtcoach.insight.finding import described, find, find_sealed
from dbtcoach.journal import drafts
from dbtcoach.journal.entry import Entry
from dbtcoach.journal.erase import erase_entry
from dbtcoach.journal.names import names_in
from dbtcoach.journal.seal import Opener, is_locked
from dbtcoach.journal.state import read_state, update_state
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.entry import Sealed

ALONE = "The journal stayed locked, so other versions of this entry, if there are any, were not looked for."


def command(
    name: EntryId,
    *,
    yes: Yes = False,
) -> None:
    """Delete the entry whose id begins like this, or the newest one for ``last``, after asking."""
    around = Surroundings()
    sealed = find_sealed(around.entries, name)
    found = find(around.entries, name) if sealed is None else _opened(around, name, sealed)
    names = (found.id, *found.later) if isinstance(found, Entry) else (found.id,)
    if not yes:
        question = f"{described(found)}\nDelete this entry? It cannot be undone. Type yes or no: "
        if not around.agrees(question, "There is nobody to ask whether to delete it. If you are sure: --yes"):
            around.tell("Nothing was deleted.")
            return
    home, key = around.home, around.keyring.key if is_locked(around.home) else None
    opener = Opener([key]) if key is not None else None
    with _unchanged(home, found.id):
        erased = erase_entry(home, names, around.clock(), opener, key.recipient if key is not None else None)
    if erased.repair is not None and erased.repair.kept:
        around.tell(f"A part of the journal could not be read. It was kept as {erased.repair.kept}")
    _forget_follow_up(home, names, around.tell)
    around.tell("Deleted.", *([] if isinstance(found, Entry) else [ALONE]))
    around.tell(*(f"Deleted as well from {shown(path)}" for path in erased.copies))
    if erased.left:
        around.tell("It may still be in these copies. Remove them when you need them no more:")
        around.tell(*(f"  {shown(path)}" for path in erased.left))
    around.tell("Backups and copies elsewhere are not changed by this.")


@contextlib.contextmanager
def _unchanged(home: Home, name: str) -> Iterator[None]:
    """Let nobody change this entry meanwhile: they would keep it. Raises JournalError where one does."""
    if not names_in(home.drafts):  # nor is a folder made for it
        yield
        return
    claim = drafts.claim(home, drafts.of_change(name))
    if claim is None:
        raise JournalError("This entry is open in another window. Leave it there, then try again.")
    with claim:
        yield


def _opened(around: Surroundings, name: str, sealed: Sealed) -> Entry | Sealed:
    """Return a sealed entry with all its versions; where it stays locked, its one record as it is."""
    try:
        return find(around.entries, name)
    except JournalError:
        return sealed


def _forget_follow_up(home: Home, deleted: Sequence[str], tell: Callable[[str], None]) -> None:
    """Ask no more about a talk whose entry is gone."""
    waiting = read_state(home).follow_up
    if waiting is not None and waiting.entry in deleted:
        try:
            update_state(home, lambda state: replace(state, follow_up=None))
        except JournalError as error:
            tell(str(error))
