"""From a sealed record to the record it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.journal.entry import SEALED, Entry, Sealed, Tombstone, decode, to_line
from dbtcoach.journal.scan import Piece, read_line

if TYPE_CHECKING:
    from dbtcoach.journal.seal import Opener

_OUTER = frozenset({"v", "id", SEALED})


def open_piece(piece: Piece, opener: Opener) -> Piece | None:
    """Return the record that a sealed one holds, under the id it was sealed with; None if undecryptable.

    What was sealed here comes back to the byte. Anybody can seal to a public key, so nothing is taken for
    granted about what is inside.
    """
    line = opener.text(piece.found[SEALED])
    inner = read_line(line) if line is not None else None
    if inner is None:
        return None
    outside = {key: value for key, value in piece.found.items() if key not in _OUTER}
    if inner.found["id"] == piece.found["id"] and not outside and b"\n" not in inner.raw:
        return inner
    found = {**inner.found, **outside, "id": piece.found["id"]}
    return Piece(to_line(found).encode(), found)


def open_record(sealed: Sealed, opener: Opener) -> Entry | Tombstone | None:
    """Return what a sealed record holds, or None if it cannot be decrypted."""
    found = {**sealed.unknown, "v": sealed.v, "id": sealed.id, SEALED: sealed.age}
    piece = open_piece(Piece(b"", found), opener)
    record = decode(piece.found) if piece is not None else None
    return None if isinstance(record, Sealed) else record
