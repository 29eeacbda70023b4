"""The key of a locked journal: made, written out for a person, wrapped with a passphrase, and unwrapped.

``recipient.txt`` is its public half and is all that saving needs; ``key.age`` is its secret half, itself
sealed with the passphrase. Both are plain age files, so the standard tool opens them: ``age -d -i key.age``.
The only module that imports pyrage, which some machines cannot have: everything but the lock works without.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.disk.access import read_whole
from dbtcoach.disk.failure import Explained
from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError

if TYPE_CHECKING:
    from types import ModuleType

    from dbtcoach.disk.home import Home

_LARGEST = 64 * 1024
# How often scrypt goes round for a passphrase, as a power of two. The library picks what takes about a second
# at this moment, which is too little on a busy machine; 20 takes a gigabyte of memory and some eight seconds.
LEAST_WORK = 17
MOST_WORK = 20
_TRIES = 6
_WORK = re.compile(rb"^-> scrypt \S+ (\d+)$", re.MULTILINE)
# The library measures the machine before it opens anything, and gives up on what would take long. On a busy
# machine that is soon, so it is asked again, and a right passphrase is never told to be wrong.
_MEASURED = 20
_TOO_MUCH = "Excessive work"
TOO_BUSY = (
    "This computer is too busy to open key.age right now. Your passphrase may be right. "
    "Close other programs, and try again."
)
NO_LIBRARY = (
    "A locked journal needs the Python package pyrage, which is not installed here. "
    "To add it: pip install pyrage. Everything else works without it."
)
_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how every such key begins
_HEADER = b"age-encryption.org/v1\n"


def library() -> ModuleType:
    """Return pyrage; raise JournalError where it is not installed."""
    try:
        import pyrage
    except ImportError:
        raise JournalError(NO_LIBRARY) from None
    found: ModuleType = pyrage
    return found


@dataclass(frozen=True, slots=True)
class Key:
    """The secret half of a journal's key, as age writes it; it never shows in a repr."""

    secret: str = field(repr=False)

    @property
    def recipient(self) -> str:
        """The public half, which seals."""
        pyrage = library()

        return str(pyrage.x25519.Identity.from_str(self.secret).to_public())


def key_file(home: Home) -> str:
    """Return where the secret half lies, sealed with the passphrase."""
    return os.path.join(home.folder, "key.age")


def recipient_file(home: Home) -> str:
    """Return where the public half lies; while it is there, whatever is saved is sealed."""
    return os.path.join(home.folder, "recipient.txt")


def new_key() -> Key:
    """Return a key that nobody has seen before."""
    pyrage = library()

    return Key(str(pyrage.x25519.Identity.generate()))


def key_of(text: str) -> Key | None:
    """Return the key that ``text`` writes out (a printed recovery key), or None if it is none."""
    pyrage = library()

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
    pyrage = library()

    text = f"# public key: {key.recipient}\n{key.secret}\n".encode()
    tried: dict[int, bytes] = {}
    for _ in range(_TRIES):
        wrapped: bytes = pyrage.passphrase.encrypt(text, passphrase)
        work = _work_of(wrapped)
        tried[work] = wrapped
        if LEAST_WORK <= work <= MOST_WORK:
            break
    return tried[max(work for work in tried if work <= MOST_WORK)]


def _work_of(wrapped: bytes) -> int:
    """Return the largest work factor that the header of an age file asks for; 0 where it asks for none."""
    header = wrapped.partition(b"\n---")[0]
    return max((int(found[:9]) for found in _WORK.findall(header)), default=0)


def unwrap(wrapped: bytes, passphrase: str) -> Key | None:
    """Return the key in the contents of a ``key.age``, or None if the passphrase does not fit.

    Raises JournalError where this machine is too busy to try it.
    """
    pyrage = library()

    for _ in range(_MEASURED):
        try:
            text = pyrage.passphrase.decrypt(wrapped, passphrase).decode("ascii", "replace")
            break
        except pyrage.DecryptError as error:
            if _TOO_MUCH not in str(error):
                return None
    else:
        raise JournalError(TOO_BUSY)
    lines = [line for line in text.splitlines() if line.startswith(_SECRET)]
    return key_of(lines[0]) if lines else None


def read_wrapped(path: str) -> bytes | None:
    """Return the contents of the ``key.age`` at ``path``, or None where there is none.

    Raises JournalError if it cannot be read or holds something else.
    """
    with Explained(path, "read"):
        try:
            found = read_whole(path, _LARGEST)
        except FileNotFoundError:
            return None
    if not found.startswith(_HEADER):
        raise JournalError(
            f"{shown(path)} is damaged. Put back a copy of it, or use the recovery key if you printed one."
        )
    if _work_of(found) > MOST_WORK:
        raise JournalError(
            f"{shown(path)} asks for far more work than any key of ours, so it was not opened. "
            "Somebody may have changed it. Put back a copy of it."
        )
    return found
