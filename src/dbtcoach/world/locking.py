"""Locking a journal and taking the lock off again, with a person or with lines from a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError
from dbtcoach.journal.convert import Conversion, seal_home, unseal_home
from dbtcoach.journal.key import Key, key_file, new_key, read_wrapped, unwrap, wrap
from dbtcoach.journal.names import conflict_copies
from dbtcoach.journal.seal import Opener, is_locked, seal_bytes
from dbtcoach.world.console import tell
from dbtcoach.world.keyring import asker, new_passphrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dbtcoach.disk.home import Home
    from dbtcoach.terminal.streams import Streams
    from dbtcoach.world.keyring import Ask, Keyring

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


def lock(
    home: Home,
    keyring: Keyring,
    streams: Streams,
    now: datetime,
    people: Callable[[], str] | None = None,
) -> Key | None:
    """Lock the journal, or change the passphrase of one that is locked; raise JournalError otherwise.

    Return the key, or None where nothing was changed. An interrupted lock is finished by the same command.
    """
    if is_locked(home):
        return _relock(home, keyring, streams, now, people)
    tell(streams.stderr, *ABOUT)
    passphrase = new_passphrase(asker(streams, NOT_TWICE, people=people))
    if not passphrase:
        tell(streams.stderr, "Nothing was changed.")
        return None
    _ask_for_patience(home, streams)
    key, done = lock_with(home, passphrase, now)
    tell(streams.stderr, *AFTER, *_left(home, done))
    return key


def lock_here(home: Home, ask: Ask, now: datetime) -> bool:
    """Lock in the middle of an exercise; return whether a passphrase was given."""
    passphrase = new_passphrase(ask, "\n".join([*ABOUT, "", "A new passphrase: "]))
    if passphrase:
        lock_with(home, passphrase, now)
    return bool(passphrase)


def lock_with(home: Home, passphrase: str, now: datetime) -> tuple[Key, Conversion]:
    """Make a key, prove that it opens what it seals, and only then convert; raise JournalError."""
    key = new_key()
    wrapped = _proved(key, passphrase)
    return key, seal_home(home, wrapped, key.recipient, now, new=True)


def _proved(key: Key, passphrase: str) -> bytes:
    wrapped = wrap(key, passphrase)
    back = unwrap(wrapped, passphrase)
    if back != key or Opener([back]).file(seal_bytes(_SAMPLE, key.recipient)) != _SAMPLE:
        raise JournalError("A test of the lock failed, so nothing was changed. Please try again.")
    return wrapped


def _relock(
    home: Home, keyring: Keyring, streams: Streams, now: datetime, people: Callable[[], str] | None
) -> Key:
    tell(streams.stderr, "The journal is locked already. You can change its passphrase.")
    key = keyring.unlocked()
    wrapped = read_wrapped(key_file(home))
    try:
        ask = asker(streams, people=people)
        passphrase = new_passphrase(ask, KEEP if wrapped is not None else "A new passphrase: ")
    except JournalError:
        if streams.stdin.isatty():
            raise
        passphrase = ""  # the pipe holds no further lines
    if passphrase or wrapped is None:
        if not passphrase:
            raise JournalError("Without a passphrase it cannot be locked. Nothing was changed.")
        wrapped = _proved(key, passphrase)
    done = seal_home(home, wrapped, key.recipient, now)
    if passphrase:
        changed: tuple[str, ...] = (
            "The passphrase was changed.",
            "An old copy of key.age still opens with the old one.",
        )
    else:
        changed = ("The passphrase stays as it was.",)
    tell(streams.stderr, *changed, *_left(home, done))
    return key


def unlock(home: Home, keyring: Keyring, streams: Streams, now: datetime) -> None:
    """Put everything in the clear again, after the passphrase; raise JournalError otherwise."""
    if not is_locked(home):
        tell(streams.stderr, "The journal is not locked.")
        return
    opener = keyring.opener()
    _ask_for_patience(home, streams)
    done = unseal_home(home, opener, now)
    tell(
        streams.stderr,
        "Unlocked. Everything can be read here without a passphrase now.",
        *_left(home, done),
    )
    if done.undecryptable:
        count = len(done.undecryptable)
        tell(
            streams.stderr,
            f"{count} sealed part{'s' if count > 1 else ''} could not be opened, and stayed sealed.",
            "The key was kept beside the journal.",
        )


def _ask_for_patience(home: Home, streams: Streams) -> None:
    """Say so when it will take more than about three seconds."""
    import os

    try:
        size = os.stat(home.journal).st_size  # noqa: PTH116 - plain paths, as in dbtcoach.disk.home
    except OSError:
        return
    if size > LARGE:
        tell(streams.stderr, "This takes a moment. Please let it finish.")


def _left(home: Home, done: Conversion) -> list[str]:
    """Return a line for each file that was kept aside, or that is a copy and was left as it is."""
    lines = [f"A damaged file that had been kept is now {shown(path)}" for path in done.kept]
    lines += [f"Left as it is: {shown(path)}. See: dbtcoach data merge" for path in conflict_copies(home)]
    return lines


def show_recovery(streams: Streams, key: Key, *, drawn: bool) -> None:
    """Show the recovery key once: on the alternate screen, or on standard output where that is a pipe.

    ``drawn`` says that the terminal has an alternate screen.
    """
    out = streams.stdout
    if not (drawn and out.isatty() and streams.stdin.isatty()):
        out.write(f"{key.secret}\n")
        out.flush()
        return
    from dbtcoach.terminal.modes import ENTER, leaving
    from dbtcoach.terminal.secret import read_secret

    try:
        text = "\r\n".join([*RECOVERY, "", key.secret, "", "Enter puts it away. "])
        read_secret(streams.stdin, out, ENTER + text)
    finally:
        out.write(leaving(out.fileno()))
        out.flush()
