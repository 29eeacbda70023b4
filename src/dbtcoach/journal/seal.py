"""Sealing: what is written can be read with the passphrase only, and writing never asks for it.

The journal has a key of its own (age, X25519). ``recipient.txt`` is its public half and is all that saving
needs; ``key.age`` is its secret half, itself sealed with the passphrase. Both are plain age files, so the
standard tool opens them: ``age -d -i key.age``. The only module that imports pyrage.
"""
# ruff: noqa: PTH118  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.disk.access import open_to_read
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError
from dbtcoach.journal.entry import SEALED, Entry, Json, encode, to_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dbtcoach.disk.home import Home

_LARGEST = 64 * 1024
_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how every such key begins
_PUBLIC = "age1"
_HEADER = b"age-encryption.org/v1\n"


@dataclass(frozen=True, slots=True)
class Key:
    """The secret half of a journal's key, as age writes it; it never shows in a repr."""

    secret: str = field(repr=False)

    @property
    def recipient(self) -> str:
        """The public half, which seals."""
        import pyrage

        return str(pyrage.x25519.Identity.from_str(self.secret).to_public())


def key_file(home: Home) -> str:
    """Return where the secret half lies, sealed with the passphrase."""
    return os.path.join(home.folder, "key.age")


def recipient_file(home: Home) -> str:
    """Return where the public half lies; while it is there, whatever is saved is sealed."""
    return os.path.join(home.folder, "recipient.txt")


def is_locked(home: Home) -> bool:
    """Tell whether what is saved now is sealed; opens nothing."""
    return os.path.lexists(recipient_file(home)) or os.path.lexists(key_file(home))


def new_key() -> Key:
    """Return a key that nobody has seen before."""
    import pyrage

    return Key(str(pyrage.x25519.Identity.generate()))


def key_of(text: str) -> Key | None:
    """Return the key that ``text`` writes out (a printed recovery key), or None if it is none."""
    import pyrage

    secret = "".join(text.split()).upper()
    if not secret.startswith(_SECRET):
        return None
    try:
        pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        return None
    return Key(secret)


def wrap(key: Key, passphrase: str) -> bytes:
    """Return the contents of ``key.age``; takes about a second, which is what makes guessing slow."""
    import pyrage

    text = f"# public key: {key.recipient}\n{key.secret}\n"
    wrapped: bytes = pyrage.passphrase.encrypt(text.encode(), passphrase)
    return wrapped


def unwrap(wrapped: bytes, passphrase: str) -> Key | None:
    """Return the key in the contents of a ``key.age``, or None if the passphrase does not fit."""
    import pyrage

    try:
        text = pyrage.passphrase.decrypt(wrapped, passphrase).decode("ascii", "replace")
    except pyrage.DecryptError:
        return None
    lines = [line for line in text.splitlines() if line.startswith(_SECRET)]
    return key_of(lines[0]) if lines else None


def read_wrapped(path: str) -> bytes | None:
    """Return the contents of the ``key.age`` at ``path``, or None where there is none.

    Raises JournalError if it cannot be read or holds something else.
    """
    with Explained(path, "read"):
        try:
            with os.fdopen(open_to_read(path), "rb") as file:
                found = file.read(_LARGEST)
        except FileNotFoundError:
            return None
    if not found.startswith(_HEADER):
        raise JournalError(
            f"{shown(path)} is damaged. Put back a copy of it, or use the recovery key if you printed one."
        )
    return found


def read_recipient(home: Home) -> str | None:
    """Return the public half that saving seals with, or None where nothing is locked.

    Raises JournalError where only one of the two files is left or this one is damaged: nothing that
    should be sealed may be written in the clear.
    """
    path = recipient_file(home)
    with Explained(path, "read"):
        try:
            with os.fdopen(open_to_read(path), "rb") as file:
                found = file.read(_LARGEST).decode("ascii", "replace").strip()
        except FileNotFoundError:
            if not os.path.lexists(key_file(home)):
                return None
            found = ""
    if not _is_recipient(found):
        raise JournalError(
            f"The journal is locked, but {shown(path)} is missing or damaged. "
            "To mend it: dbtcoach data lock. To take the lock off: dbtcoach data unlock."
        )
    return found


def _is_recipient(text: str) -> bool:
    if not text.startswith(_PUBLIC):
        return False
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def seal_bytes(data: bytes, recipient: str) -> bytes:
    """Return ``data`` sealed, as an age file."""
    import pyrage

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
    return session if recipient is None else {SEALED: seal_text(to_line(session).encode(), recipient)}


def is_sealed(session: Mapping[str, Json]) -> bool:
    """Tell whether a draft's session is sealed."""
    return isinstance(session.get(SEALED), str)


class Opener:
    """Opens what was sealed to any of its keys."""

    def __init__(self, keys: Iterable[Key]) -> None:
        import pyrage

        self._identities = [pyrage.x25519.Identity.from_str(key.secret) for key in keys]

    def file(self, sealed: bytes) -> bytes | None:
        """Return what an age file holds, or None if it is damaged or sealed to another key."""
        import pyrage

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
