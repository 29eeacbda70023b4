"""One journal from several: every record of every machine, each once, and what was deleted stays deleted.

The result depends on what the files hold, not on their order, so two machines that merge each other's
journals end with the same one, and merging again changes nothing. Records are the same when they mean the
same: a formatter may have touched them, and a sealed copy differs in every byte. Where one id has several
contents, the one with the smallest digest keeps the id, and each other gets an id made from both.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.disk.access import make_private_folder, open_to_read, remove_file
from dbtcoach.disk.atomic import replace_whole, sweep
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import shown
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError
from dbtcoach.journal.copies import keep_before_merge
from dbtcoach.journal.entry import to_line, whole_letters
from dbtcoach.journal.names import is_mostly_a_journal
from dbtcoach.journal.repair import Repair, array_of, rewrite_lines
from dbtcoach.journal.scan import (
    Lost,
    Piece,
    is_sealed_piece,
    is_tombstone,
    lines_forward,
    pieces_forward,
    read_line,
)
from dbtcoach.journal.seal import seal_line
from dbtcoach.journal.union import Item, union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    # Opens a sealed record, or gives None where it cannot be decrypted; it may ask for a passphrase first.
    Open = Callable[[Piece], Piece | None]

_LARGEST = 1 << 30  # bytes; nine times a journal of 100,000 entries


@dataclass(frozen=True, slots=True)
class Source:
    """A journal from elsewhere, and how its sealed records are opened; or ``lines`` that are in no file."""

    path: str
    opened: Open
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, or would do.

    ``filled``: entries that were here without words; ``again``: entries kept under a second id; ``stayed``:
    entries changed on one machine and deleted on another, so they are deleted; ``lost``: bytes that no one
    can read.
    """

    added: int = 0
    filled: int = 0
    deleted: int = 0
    again: int = 0
    stayed: int = 0
    lost: int = 0
    undecryptable: int = 0
    repair: Repair | None = None
    changed: bool = False


def merge(
    path: str,
    sources: Sequence[Source],
    *,
    opened: Open,
    recipient: Callable[[], str | None],
    now: datetime,
    agreed: Callable[[Merged], bool],
) -> Merged | None:
    """Add to the journal at ``path`` what the sources have and it has not, atomically.

    ``recipient`` is what its entries are sealed with, or None. ``agreed`` is asked about what would change,
    and where it says no, None is returned. The journal as it was is kept for a week (see journal.copies).
    Raises JournalError with everything as it was.
    """
    theirs: list[Item] = []
    lost = 0
    for source in sources:
        items, unread = [Item.of(line) for line in source.lines], 0
        if not items:
            items, unread = _items(source.path, source.opened, mine=False)
        theirs += items
        lost += unread
    known: dict[tuple[bytes, str], bytes] = {}
    seen = Merged(lost=lost)

    def united() -> tuple[list[bytes], Merged, str]:
        """Return the lines of both together, what they change, and the id of the last record."""
        mine, _ = _items(path, opened, mine=True)
        both = union([*mine, *theirs], known)
        lines, undecryptable = _lines(both.items, recipient())
        merged = replace(seen, undecryptable=undecryptable + both.undecryptable, stayed=both.stayed)
        raw = [line for _, line in lines]
        if len(lines) == len(mine) and set(raw) == {item.raw for item in mine}:
            return [], merged, ""
        return raw, _counted(mine, [item for item, _ in lines], merged), lines[-1][0].id

    with Explained(path, "save"):
        # Once without the lock: whatever has to be asked is asked here, while others can go on saving.
        lines, merged, _last = united()
        if not lines:
            return merged
        if not agreed(merged):
            return None
        make_private_folder(os.path.dirname(path))
        with Lock(path):
            sweep(path)
            lines, merged, last = united()
            if not lines:
                return merged
            kept = keep_before_merge(path, last, now)
            try:
                return replace(merged, repair=_put(path, lines, now), changed=True)
            except BaseException:
                remove_file(kept)
                raise


def _counted(mine: Iterable[Item], kept: Sequence[Item], merged: Merged) -> Merged:
    before = {item.id: item.deleted for item in mine}
    return replace(
        merged,
        added=sum(
            not item.mine and not item.deleted and item.id not in before and not item.renamed for item in kept
        ),
        filled=sum(item.fuller and not item.mine for item in kept),
        again=sum(item.renamed and item.id not in before for item in kept),
        deleted=sum(item.deleted and before.get(item.id) is False for item in kept),
    )


def _items(path: str, opened: Open, *, mine: bool) -> tuple[list[Item], int]:
    """Return the records of a journal, and how many bytes of it could not be read."""
    with Explained(path, "read", named=not mine):
        try:
            file = os.fdopen(open_to_read(path, named=not mine), "rb")
        except FileNotFoundError:
            if mine:
                return [], 0
            raise
        with file:
            size = os.fstat(file.fileno()).st_size
            if size > _LARGEST and not mine:
                raise JournalError(f"{shown(path)} is larger than a gigabyte, so it was left alone.")
            items: list[Item] = []
            lost = 0
            for piece in pieces_forward(lines_forward(file, size)):
                if isinstance(piece, Lost):
                    lost += piece.size
                    continue
                sealed = is_sealed_piece(piece)
                name = whole_letters(str(piece.found["id"]))
                # Written anew, so that no number or letter comes in that other programs cannot read.
                raw = piece.raw if mine else to_line(piece.found).encode()
                items.append(Item(name, raw, mine, sealed, is_tombstone(piece), opened))
    if not mine and not is_mostly_a_journal(path, size, lost, len(items)):
        raise JournalError(f"{shown(path)} holds no journal that can be read. Nothing was changed.")
    return items, lost


def _lines(items: Sequence[Item], recipient: str | None) -> tuple[list[tuple[Item, bytes]], int]:
    """Return the items with their lines as this journal keeps them, and how many could not be opened."""
    lines: list[tuple[Item, bytes]] = []
    undecryptable = 0
    for item in items:
        if item.mine and not item.renamed and (item.sealed or recipient is None):
            lines.append((item, item.raw))
            continue
        piece = item.clear()
        if piece is None and item.mine and (outer := read_line(item.raw)) is not None:
            lines.append((item, to_line({**outer.found, "id": item.id}).encode()))
        elif piece is None:
            undecryptable += 1
        elif recipient is None or item.deleted:
            lines.append((item, piece.raw))
        else:
            lines.append((item, seal_line(item.id, piece.raw, recipient).encode()))
    if undecryptable and undecryptable == sum(item.sealed and not item.mine for item in items):
        raise JournalError("The key does not open those entries. Nothing was changed.")
    return lines, undecryptable


def _put(path: str, lines: list[bytes], now: datetime) -> Repair | None:
    if not os.path.lexists(path):
        replace_whole(path, array_of(lines))
        return None

    def instead(pieces: Iterator[Piece]) -> Iterator[bytes]:
        for _ in pieces:  # gone through so that what cannot be read of it is noticed, and kept
            pass
        yield from lines

    return rewrite_lines(path, now, instead)
