"""A line typed at a terminal, of any length and with any letters: read key by key, written only at its end.

The terminal's own line editing cuts a line at 4,095 bytes, takes back half of a letter, and makes two answers
of a paste of two lines.
"""

from __future__ import annotations

import codecs
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn
from unicodedata import category

from dbtcoach.drawing.key_table import acts
from dbtcoach.drawing.wrapping import columns
from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.terminal.key_parser import Key, Parser
from dbtcoach.terminal.modes import modes_of, set_modes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

OFTEN = 0.6  # seconds after which what was typed is handed over
_JOINERS = "\u200d\ufe0e\ufe0f"


class LineReader:
    """Reads lines from one terminal; what was typed behind a line waits for the next."""

    def __init__(self, fd: int, write: Callable[[str], None], fallback: str = "latin-1") -> None:
        self._fd = fd
        self._write = write
        self._fallback = fallback
        self._parser = Parser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._waiting: list[Key] = []
        self._before: Any = None  # modes and handlers of signals, while keys are taken one by one
        self._handlers: dict[signal.Signals, Any] = {}
        self.line = ""  # what stands there

    def read(
        self, stands: Callable[[str], None] | None = None, people: Callable[[], None] | None = None
    ) -> str:
        """Return a line without its end; ``stands`` is told of what stands there, at most once a second.

        ``people`` shows people to call and the prompt again; what stands on the line comes behind it.
        Raises LeaveError for Ctrl-C, Ctrl-D on an empty line and the end of input, QuickExitError for Ctrl-Q.
        """
        self.line = ""
        meanings = acts("line")
        told, when = "", time.monotonic()
        self.begin()
        try:
            for key in self._keys(OFTEN):
                if key is not None:
                    act = meanings.get(key.text) if key.kind == "key" else "type"
                    if act == "enter":
                        self._write("\n")
                        return self.line
                    if act == "people" and people is not None:
                        self._write("\n")
                        people()
                        self._write(self.line)
                    self._take(act, key.text)
                if stands is not None and self.line != told and time.monotonic() - when >= OFTEN:
                    told, when = self.line, time.monotonic()
                    stands(told)
        except (KeyboardInterrupt, LeaveError):
            self._write("\n")  # what is said next stands on a line of its own
            raise LeaveError from None
        raise LeaveError

    def rest(self, seconds: float, people: Callable[[], None] | None = None, word: str | None = None) -> bool:
        """Wait so long, or until Enter; return whether it came. What else is typed meanwhile is dropped.

        ``people`` shows people to call, for its key or for a ``word`` that is typed before Enter.
        """
        self.begin()
        typed = ""
        until = time.monotonic() + seconds
        meanings = acts("line")
        while (left := until - time.monotonic()) > 0:
            key = next(self._keys(left), Key("key", "Ctrl-D"))
            act = meanings.get(key.text) if key is not None and key.kind == "key" else None
            if people is not None and (act == "people" or (act == "enter" and typed == word)):
                people()
                typed = ""
                continue
            if act == "enter":
                return True
            if key is not None and key.kind == "letter":
                typed += key.text
            if act == "hide":
                raise QuickExitError
            if act in ("leave", "leave when empty"):  # no line is being written, whatever the last one was
                raise LeaveError
        return False

    def begin(self) -> None:
        """Take keys one by one and let the terminal show none, until ``end``; a signal ends it first."""
        if self._before is not None or sys.platform == "win32":
            return
        import termios

        self._before = before = modes_of(self._fd)
        quiet = [*before[:6], list(before[6])]
        quiet[0] &= ~termios.IXON
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
        quiet[6][termios.VQUIT] = os.fpathconf(
            self._fd, "PC_VDISABLE"
        )  # no key: a NUL is Ctrl-Space on macOS
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, self._ended)
        # A shell that goes on with what was stopped does not know these modes.
        self._handlers[signal.SIGCONT] = signal.signal(signal.SIGCONT, lambda *_: set_modes(self._fd, quiet))
        set_modes(self._fd, quiet)

    def end(self) -> None:
        """Give the terminal its modes back."""
        if self._before is not None:
            set_modes(self._fd, self._before)
            self._before = None
            for number, handler in self._handlers.items():
                if signal.getsignal(number) in (self._ended, handler) or number == signal.SIGCONT:
                    signal.signal(number, handler)

    def _ended(self, number: int, frame: object) -> NoReturn:
        handler = self._handlers[signal.Signals(number)]
        self.end()
        if callable(handler):
            handler(number, frame)
        os._exit(128 + number)

    def _keys(self, patience: float) -> Iterator[Key | None]:
        """Return keys as they come, and None when so many seconds have passed without one."""
        import select

        ahead = bool(select.select([self._fd], [], [], 0)[0])
        while True:
            while self._waiting:
                yield self._waiting.pop(0)
            if not select.select([self._fd], [], [], min(self._parser.waits, patience))[0]:
                self._waiting += self._parser.flush()
                yield None
                continue
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # the terminal is gone
                return
            if not data:
                return
            text = with_letters(self._decoder.decode(data), self._fallback)
            self._waiting += self._parser.feed(text, time.monotonic(), ahead=ahead)
            ahead = False

    def _take(self, act: str | None, text: str) -> None:
        line = self.line
        match act:
            case "leave":
                raise LeaveError
            case "leave when empty" if not line:
                raise LeaveError
            case "hide":
                raise QuickExitError
            case "type":
                self._add(text)
            case "break":
                self._add("\n")
            case "erase":
                self._cut(len(whole_letters_before(line)))
            case "erase word":
                self._cut(len(line.rstrip().rpartition(" ")[0]) + (" " in line.rstrip()))
            case "erase to start":
                self._cut(line.rfind("\n") + 1 if not line.endswith("\n") else len(line) - 1)
            case _:
                return

    def _add(self, text: str) -> None:
        self.line += text
        self._write("".join(letter for letter in text if letter >= " " or letter == "\n"))

    def _cut(self, length: int) -> None:
        gone, self.line = self.line[length:], self.line[:length]
        if "\n" in gone:
            self._write(f"\n{self.line}")
        else:
            self._write("\b \b" * columns(gone))


def one_by_one(fd: int) -> Iterator[Key]:
    """Return keys of a terminal that shows none and edits nothing; no byte is read before it is needed."""
    import select

    parser, decoder = Parser(), codecs.getincrementaldecoder("utf-8")("surrogateescape")
    while True:
        if parser.waits_for_more and not select.select([fd], [], [], parser.waits)[0]:
            yield from parser.flush()
            continue
        try:
            byte = os.read(fd, 1)
        except OSError:  # the terminal is gone
            return
        if not byte:
            return
        yield from parser.feed(decoder.decode(byte), ahead=True)


def whole_letters_before(text: str) -> str:
    """Return the text without its last letter, marks and joined signs included."""
    end = len(text)
    while end:
        end -= 1
        joined = end and text[end - 1] == "\u200d"
        if not (category(text[end]).startswith("M") or text[end] in _JOINERS or joined):
            break
    return text[:end]


def with_letters(text: str, encoding: str) -> str:
    """Return text in which bytes that are no UTF-8 are letters of another encoding."""
    if text.isascii():
        return text
    return "".join(
        bytes([ord(letter) - 0xDC00]).decode(encoding, "replace")
        if "\udc80" <= letter <= "\udcff"
        else letter
        for letter in text
    )


def as_meant(text: str, stream: TextIO) -> str:
    """Return what a line of a stream says: bytes that are UTF-8 are UTF-8, whatever the locale says."""
    encoding = (stream.encoding or "utf-8").lower()
    if text.isascii():
        return text
    try:
        return text.encode(encoding, "surrogateescape").decode("utf-8")
    except UnicodeError:
        return with_letters(text, "latin-1") if encoding.startswith("utf") else text


def reader_of(stdin: TextIO, write: Callable[[str], None]) -> LineReader | None:
    """Return the reader of a terminal, or None where lines come ready: from a pipe, or on Windows."""
    if sys.platform == "win32" or not stdin.isatty():
        return None
    try:
        fd = stdin.fileno()
    except (OSError, ValueError):
        return None
    if modes_of(fd) is None:
        return None
    if fd not in _readers:
        encoding = stdin.encoding or "utf-8"
        _readers[fd] = LineReader(fd, write, "latin-1" if encoding.lower().startswith("utf") else encoding)
    return _readers[fd]


_readers: dict[int, LineReader] = {}  # by descriptor: what was typed behind one line belongs to the next
