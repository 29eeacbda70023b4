"""Asking for the passphrase of a locked journal: at most once in a run, and never on the command line."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from dbtcoach.errors import JournalError
from dbtcoach.journal.key import key_file, key_of, read_wrapped, recipient_file, unwrap
from dbtcoach.journal.seal import Opener, is_locked
from dbtcoach.world.console import tell

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.key import Key
    from dbtcoach.terminal.streams import Streams

    # Shows a prompt and returns what was typed, without showing it.
    Ask = Callable[[str], str]

TRIES = 3
SHORT = 10  # letters; fewer are found by trying, even at a second a try
AGAIN = "Once more, to be sure: "
WRONG = "That did not open it."
STILL = f"{WRONG} It stays locked.\nNothing was changed or lost. Try again any time."
MISSING = "Its key.age is missing, so no passphrase opens it. "
NOBODY = (
    "The journal is locked, and there is nobody to ask for the passphrase.\n"
    "Use a terminal, or give it as a line of standard input."
)
STRANGE = (
    "The file recipient.txt does not belong to your key.\n"
    "New entries may be sealed to somebody else. To mend it: dbtcoach data lock"
)
EARLIER = "What you wrote before is locked. The passphrase brings it in. Enter alone goes on without it."


class Keyring:
    """The key of a locked journal, once the passphrase has been given in this run.

    ``ask`` asks for it where nothing else is said; ``tell`` is told of a key that does not fit its home;
    within ``unseen`` nothing that is typed is shown: opening takes seconds.
    """

    def __init__(
        self,
        home: Home,
        ask: Ask,
        tell: Callable[[str], None],
        unseen: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._home = home
        self._ask = ask
        self._tell = tell
        self._unseen = unseen
        self._opener: Opener | None = None
        self.key: Key | None = None

    def opener(self, ask: Ask | None = None) -> Opener:
        """Return what opens sealed entries; ask where that was not done yet.

        Raises JournalError when the passphrase was wrong three times, or nobody is there to ask.
        """
        if self._opener is None:
            # What an unlocking had to leave sealed is no reason to ask at every look back.
            self._opener = Opener([self.unlocked(ask)] if is_locked(self._home) else [])
        return self._opener

    def offered(self, ask: Ask) -> str:
        """Offer to bring in earlier words; return what to tell when they stay locked, or an empty text."""
        if self.key is None:
            typed = ask(f"{EARLIER}\nPassphrase: ")
            try:
                if typed:
                    self.unlocked(_first(typed, ask))
            except JournalError as error:
                return f"{error}\nYou can go on without what you wrote before."
        return ""

    def unlocked(self, ask: Ask | None = None) -> Key:
        """Return the key itself, asking as ``opener`` does."""
        if self.key is None:
            with self._unseen():
                self.key = open_key(
                    ask or self._ask,
                    "The journal is locked.",
                    read_wrapped(key_file(self._home)),
                    _public_half(self._home),
                )
            if _public_half(self._home) not in {"", self.key.recipient}:
                self._tell(STRANGE)
        return self.key


def open_key(ask: Ask, why: str, wrapped: bytes | None, recipient: str = "") -> Key:
    """Return the key that a passphrase or a recovery key opens; raise JournalError after three wrong ones.

    ``wrapped`` is what its ``key.age`` holds; where that is gone, only the recovery key opens anything.
    """
    wanted = "Passphrase: " if wrapped is not None else f"{MISSING}Recovery key: "
    shown = f"{why} {wanted}"
    for _ in range(TRIES):
        try:
            raw = ask(shown)
        except JournalError:  # a pipe has no more lines
            if shown.startswith(WRONG):
                raise JournalError(STILL) from None
            if wrapped is None:
                break
            raise
        if not raw:
            raise JournalError("Nothing was typed, so it stays locked. Nothing was changed.")
        key = _opened_by(raw, wrapped, recipient)
        if key is not None:
            return key
        if wrapped is None:
            shown = f"That is no recovery key of this journal. {MISSING}Recovery key: "
        else:
            shown = f"{WRONG} Try again: "
    if wrapped is None:
        raise JournalError(f"{MISSING}Put it back from a backup, and try again. Nothing was changed.")
    raise JournalError(STILL)


def _opened_by(typed: str, wrapped: bytes | None, recipient: str) -> Key | None:
    key = key_of(normalised(typed))
    if key is not None and (not recipient or key.recipient == recipient):
        return key
    if wrapped is None:
        return None
    return next(filter(None, (unwrap(wrapped, form) for form in forms(typed))), None)


def _first(typed: str, ask: Ask) -> Ask:
    """Return an Ask that gives ``typed`` first."""
    waiting = [typed]
    return lambda prompt: waiting.pop() if waiting else ask(prompt)


def new_passphrase(ask: Ask, prompt: str = "A new passphrase: ") -> str:
    """Ask for a new passphrase twice and return it, or an empty text when none is wanted.

    Raises JournalError when the two never agree.
    """
    shown = prompt
    for _ in range(TRIES):
        first = normalised(ask(shown))
        if not first:
            return ""
        again = AGAIN if len(first) >= SHORT else f"That is short, and can be guessed. {AGAIN}"
        if normalised(ask(again)) == first:
            return first
        shown = f"Those two were not the same. {prompt}"
    raise JournalError("The two were not the same, three times. Nothing was changed.")


def forms(text: str) -> list[str]:
    """Return every form that the letters of a passphrase may have had when it was set, each once."""
    import unicodedata

    return list(dict.fromkeys([normalised(text), text, unicodedata.normalize("NFD", text)]))


def normalised(text: str) -> str:
    """Return ``text`` in the one form that every keyboard and system agrees on (Unicode NFC)."""
    import unicodedata

    return unicodedata.normalize("NFC", text)


def asker(
    streams: Streams,
    nobody: str = NOBODY,
    *,
    opens: bool = False,
    people: Callable[[], str] | None = None,
) -> Ask:
    """Return how to ask outside an exercise: at the terminal, else a line of standard input.

    Where there is no such line, it raises JournalError with what ``nobody`` says. Where the passphrase
    ``opens`` something, that takes seconds, and it says so. ``people`` says whom to call.
    """

    def ask(prompt: str) -> str:
        if not streams.stdin.isatty():
            line = streams.stdin.readline()
            if not line:
                raise JournalError(nobody)
            return line.rstrip("\r\n")
        from dbtcoach.terminal.secret import read_secret

        def shown() -> None:
            if people is not None:
                tell(streams.stderr, "", people(), "")
                streams.stderr.write(prompt)
                streams.stderr.flush()

        # Standard output may be read by another program.
        typed = read_secret(streams.stdin, streams.stderr, prompt, shown)
        if opens and typed:
            tell(streams.stderr, "Opening...")
        return typed

    return ask


def _public_half(home: Home) -> str:
    """Return what stands in ``recipient.txt``, or an empty text where that is of no use."""
    from dbtcoach.disk.access import read_whole

    try:
        found = read_whole(recipient_file(home), 200).decode("ascii", "replace").strip()
    except (OSError, JournalError):
        return ""
    return found if found.startswith("age1") else ""
