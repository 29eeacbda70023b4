"""Locking a journal and taking the lock off again, with a person or with lines from a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError
from dbtcoach.journal.convert import Conversion, seal_home, unseal_home
from dbtcoach.journal.names import conflict_copies
from dbtcoach.journal.seal import (
    Key,
    Opener,
    is_locked,
    key_file,
    new_key,
    read_wrapped,
    seal_bytes,
    unwrap,
    wrap,
)
from dbtcoach.world.keyring import asker, new_passphrase

if TYPE_CHECKING:
    from dbtcoach.world.keyring import Ask
    from dbtcoach.world.surroundings import Surroundings

ABOUT = (
    "From now on, what you write here is sealed. Saving asks for nothing.",
    "Reading it needs a passphrase. Four words that do not belong together hold well.",
    "Nobody can bring it back when it is forgotten. Enter alone leaves all as it is.",
)
AFTER = (
    "Locked. Copies made before this stay readable:",
    "backups, the history of a sync service, old parts of the disk.",
    "How many entries there are, and when you saved, can still be seen.",
    "Somebody who finds the lock may press you to open it.",
    "To take it off: dbtcoach data unlock",
)
RECOVERY = (
    "This is your recovery key. It opens the journal without the passphrase.",
    "Write it down, and keep it away from this computer. It is not stored.",
)
NOT_TWICE = (
    "No passphrase was given twice, so nothing was changed.\n"
    "Use a terminal, or send it in a pipe: two lines, both the same."
)
KEEP = "A new passphrase (Enter keeps the one you have): "
LARGE = 10_000_000  # bytes; sealing goes at about 4 MB a second
_SAMPLE = b"A sealed line that could be opened again."


def lock(around: Surroundings, *, recovery: bool = False) -> None:
    """Lock the journal, or change the passphrase of one that is locked; raise JournalError otherwise.

    An interrupted lock is finished by the same command.
    """
    key = _relock(around) if is_locked(around.home) else _first_lock(around)
    if key is not None and recovery:
        show_recovery(around, key)


def _first_lock(around: Surroundings) -> Key | None:
    around.tell(*ABOUT)
    passphrase = new_passphrase(asker(around, NOT_TWICE))
    if not passphrase:
        around.tell("Nothing was changed.")
        return None
    _patience(around)
    key, done = lock_with(around, passphrase)
    around.tell(*AFTER, *_told(around, done))
    return key


def lock_here(around: Surroundings, ask: Ask) -> bool:
    """Lock in the middle of an exercise; return whether a passphrase was given."""
    passphrase = new_passphrase(ask, "\n".join([*ABOUT, "", "A new passphrase: "]))
    if passphrase:
        lock_with(around, passphrase)
    return bool(passphrase)


def lock_with(around: Surroundings, passphrase: str) -> tuple[Key, Conversion]:
    """Make a key, prove that it opens what it seals, and only then convert; raise JournalError."""
    key = new_key()
    wrapped = _proved(key, passphrase)
    return key, seal_home(around.home, wrapped, key.recipient, around.clock())


def _proved(key: Key, passphrase: str) -> bytes:
    wrapped = wrap(key, passphrase)
    back = unwrap(wrapped, passphrase)
    if back != key or Opener([back]).file(seal_bytes(_SAMPLE, key.recipient)) != _SAMPLE:
        raise JournalError("A test of the lock failed, so nothing was changed. Please try again.")
    return wrapped


def _relock(around: Surroundings) -> Key:
    around.tell("The journal is locked already. You can change its passphrase.")
    key = around.keyring.unlocked()
    wrapped = read_wrapped(key_file(around.home))
    try:
        passphrase = new_passphrase(asker(around), KEEP if wrapped is not None else "A new passphrase: ")
    except JournalError:
        if around.streams.stdin.isatty():
            raise
        passphrase = ""  # the pipe holds no further lines
    if passphrase or wrapped is None:
        if not passphrase:
            raise JournalError("Without a passphrase it cannot be locked. Nothing was changed.")
        wrapped = _proved(key, passphrase)
    done = seal_home(around.home, wrapped, key.recipient, around.clock())
    if passphrase:
        around.tell("The passphrase was changed.", "An old copy of key.age still opens with the old one.")
    else:
        around.tell("The passphrase stays as it was.")
    around.tell(*_told(around, done))
    return key


def unlock(around: Surroundings) -> None:
    """Put everything in the clear again, after the passphrase; raise JournalError otherwise."""
    if not is_locked(around.home):
        around.tell("The journal is not locked.")
        return
    opener = around.keyring.opener()
    _patience(around)
    done = unseal_home(around.home, opener, around.clock())
    around.tell("Unlocked. Everything can be read here without a passphrase now.", *_told(around, done))
    if done.shut:
        count = len(done.shut)
        around.tell(
            f"{count} sealed part{'s' if count > 1 else ''} could not be opened, and stayed sealed.",
            "The key was kept beside the journal.",
        )


def _patience(around: Surroundings) -> None:
    """Say so when it will take more than about three seconds."""
    import os

    try:
        size = os.stat(around.home.journal).st_size  # noqa: PTH116 - plain paths, as in dbtcoach.disk.home
    except OSError:
        return
    if size > LARGE:
        around.tell("This takes a moment. Please let it finish.")


def _told(around: Surroundings, done: Conversion) -> list[str]:
    lines = [f"A damaged file that had been kept is now {shown(path)}" for path in done.kept]
    lines += [
        f"Left as it is: {shown(path)}. See: dbtcoach data merge" for path in conflict_copies(around.home)
    ]
    return lines


def show_recovery(around: Surroundings, key: Key) -> None:
    """Show the recovery key once: on the alternate screen, or on standard output where that is a pipe."""
    out = around.streams.stdout
    if not (out.isatty() and around.streams.stdin.isatty()) or around.env.get("TERM", "dumb") == "dumb":
        out.write(f"{key.secret}\n")
        out.flush()
        return
    from dbtcoach.terminal.modes import ENTER, LEAVE
    from dbtcoach.terminal.secret import read_secret

    try:
        text = "\r\n".join([*RECOVERY, "", key.secret, "", "Enter puts it away. "])
        read_secret(around.streams.stdin, out, ENTER + text)
    finally:
        out.write(LEAVE)
        out.flush()
