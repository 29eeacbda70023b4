"""Sealing: what is written can be read with the passphrase only, and writing never asks for it.

Where ``recipient.txt`` lies, whatever is saved is sealed with it (see dbtcoach.journal.key).
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_to_read, read_whole
from dbtcoach.disk.atomic import temporary
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import SEALED, Entry, Json, encode, to_line
from dbtcoach.journal.key import Key, key_file, library, recipient_file
from dbtcoach.journal.scan import (
    Lost,
    Piece,
    is_sealed_piece,
    is_tombstone,
    lines_backward,
    lines_forward,
    pieces_backward,
    pieces_forward,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dbtcoach.disk.home import Home

_LARGEST = 64 * 1024
_KEPT = "key.kept-"  # the key that an unlocking kept, with what it could not open
_FEW = 50  # records at either end of a journal
KEY_MISSING = (
    "key.age is missing, so no passphrase opens what is locked. New entries are sealed all the same.\n"
    "Put key.age back from a backup. With the recovery key: dbtcoach data lock"
)
_PUBLIC = "age1"


def is_locked(home: Home) -> bool:
    """Tell whether what is saved now is sealed; opens nothing but what an interrupted lock left."""
    if os.path.lexists(recipient_file(home)):
        return True
    if not os.path.lexists(key_file(home)):
        return False
    return not was_interrupted(home) or holds_sealed(home.journal)


def was_interrupted(home: Home) -> bool:
    """Tell whether a lock was being put on when the program ended.

    Then the public half has its temporary name, and whether the journal was sealed is seen in the journal.
    """
    return not os.path.lexists(recipient_file(home)) and os.path.lexists(temporary(recipient_file(home)))


def is_key_missing(home: Home) -> bool:
    """Tell whether saving goes on sealing what no passphrase can open any more."""
    return os.path.lexists(recipient_file(home)) and not os.path.lexists(key_file(home))


def holds_sealed(path: str) -> bool:
    """Tell whether the first or the last entries of a journal are sealed: a whole one is, or is not.

    Whoever saves holds the journal's lock already, so that it is not waited for here.
    """
    try:
        file = os.fdopen(open_to_read(path), "rb")
    except FileNotFoundError:
        return False
    with file:
        size = os.fstat(file.fileno()).st_size
        if _is_first_sealed(pieces_backward(lines_backward(file, size))):
            return True
        file.seek(0)
        return _is_first_sealed(pieces_forward(lines_forward(file, size)))


def _is_first_sealed(pieces: Iterable[Piece | Lost]) -> bool:
    near = itertools.islice(pieces, _FEW)
    first = next((piece for piece in near if isinstance(piece, Piece) and not is_tombstone(piece)), None)
    return first is not None and is_sealed_piece(first)


def read_recipient(home: Home) -> str | None:
    """Return the public half that saving seals with, or None where nothing is locked.

    Raises JournalError where only one of the two files is left or this one is damaged: nothing that
    should be sealed may be written in the clear.
    """
    path = recipient_file(home)
    with Explained(path, "read"):
        found = _text_of(path)
        if found is None and not os.path.lexists(key_file(home)):
            _refuse_lost_keys(home)
            return None
        if found is None and was_interrupted(home):
            if not holds_sealed(home.journal):
                return None
            found = _text_of(temporary(path))
    if found is None or not _is_recipient(found):
        raise JournalError(
            f"The journal is locked, but {shown(path)} is missing or damaged. "
            "To mend it: dbtcoach data lock. To take the lock off: dbtcoach data unlock."
        )
    return found


def _text_of(path: str) -> str | None:
    try:
        return read_whole(path, _LARGEST).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None


def _refuse_lost_keys(home: Home) -> None:
    """Raise JournalError where a locked journal came here without its key files."""
    if holds_sealed(home.journal) and not any(name.startswith(_KEPT) for name in os.listdir(home.folder)):
        raise JournalError(
            f"The journal is locked, but its key files are not in {shown(home.folder)}. "
            "Copy key.age and recipient.txt there, from where the journal came, and try again."
        )


def _is_recipient(text: str) -> bool:
    if not text.startswith(_PUBLIC):
        return False
    pyrage = library()

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def seal_bytes(data: bytes, recipient: str) -> bytes:
    """Return ``data`` sealed, as an age file."""
    pyrage = library()

    sealed: bytes = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)])
    return sealed


def seal_text(data: bytes, recipient: str) -> str:
    """Return ``data`` sealed, in base64."""
    import base64

    return base64.b64encode(seal_bytes(data, recipient)).decode("ascii")


def seal_line(name: str, line: bytes, recipient: str) -> str:
    """Return the line of a sealed journal that holds ``line``, the record of id ``name``."""
    return to_line({"v": 1, "id": name, SEALED: seal_text(line, recipient)})


def writer(home: Home) -> Callable[[Entry], str]:
    """Return what gives the line of an entry to ``append``: sealed where the journal is locked.

    Asked at the moment of saving, with the journal's lock held: somebody may have locked it meanwhile.
    """

    def write(entry: Entry) -> str:
        recipient = read_recipient(home)
        line = encode(entry)
        return line if recipient is None else seal_line(entry.id, line.encode(), recipient)

    return write


def seal_session(home: Home, session: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return a session as its draft may hold it: sealed where the journal is locked."""
    recipient = read_recipient(home)
    return session if recipient is None else sealed_session(session, recipient)


def sealed_session(session: Mapping[str, Json], recipient: str) -> Mapping[str, Json]:
    """Return a session sealed, as its draft holds it."""
    return {SEALED: seal_text(to_line(session).encode(), recipient)}


def is_sealed(session: Mapping[str, Json]) -> bool:
    """Tell whether a draft's session is sealed."""
    return isinstance(session.get(SEALED), str)


class Opener:
    """Opens what was sealed to any of its keys."""

    def __init__(self, keys: Iterable[Key]) -> None:
        pyrage = library()

        self._identities = [pyrage.x25519.Identity.from_str(key.secret) for key in keys]

    def file(self, sealed: bytes) -> bytes | None:
        """Return what an age file holds, or None if it is damaged or sealed to another key."""
        pyrage = library()

        try:
            opened: bytes = pyrage.decrypt(sealed, self._identities)
        except pyrage.DecryptError:
            return None
        return opened

    def text(self, sealed: Json) -> bytes | None:
        """Return what base64 of an age file holds, or None if it cannot be opened."""
        import base64
        import binascii

        if not isinstance(sealed, str):
            return None
        try:
            return self.file(base64.b64decode(sealed, validate=True))
        except (binascii.Error, ValueError):
            return None

    def session(self, session: Mapping[str, Json]) -> dict[str, Json] | None:
        """Return the session that a sealed draft holds, or None if it cannot be opened."""
        import json

        opened = self.text(session.get(SEALED))
        try:
            found = json.loads(opened.decode()) if opened is not None else None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None
