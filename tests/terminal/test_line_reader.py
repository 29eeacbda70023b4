"""Lines as they are typed, without a terminal: letters, pastes, taking back."""

from __future__ import annotations

import io
import os
import pty
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.terminal.line_reader import LineReader, as_meant, whole_letters_before
from dbtcoach.terminal.secret import console_keys, edit

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pty there")


class Desk:
    """A terminal with a reader at its one end, and somebody at the other."""

    def __init__(self) -> None:
        self.there, self.here = pty.openpty()
        self.shown = io.StringIO()
        self.reader = LineReader(self.here, lambda text: print(text, end="", file=self.shown))
        self.reader.begin()

    def read(self, *parts: bytes) -> str:
        for part in parts:
            os.write(self.there, part)
        return self.reader.read()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.reader.end()
    os.close(made.there)
    os.close(made.here)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (b"words\r", "words"),
        ("Straße\x7f\x7f\x7fen\r".encode(), "Stren"),
        ("cafe\u0301\x7f\x7f\r".encode(), "ca"),
        ("a\U0001f469\u200d\U0001f467\x7fb\r".encode(), "ab"),
        (b"one two\x17three\r", "one three"),
        (b"one two\x15\r", ""),
        (b"a\x1b[A\x1b[D\x1b[200~b\rc\x1b[201~\r", "ab\nc"),
        (b"one\x1b\rtwo\r", "one\ntwo"),
        (b"one\x1b[13;2utwo\r", "one\ntwo"),
        (b"a\x1b]11;rgb:0/0/0\x07b\x01\x0f\x1b#\r", "ab"),
        (b"caf\xe9 au lait\r", "caf\u00e9 au lait"),
    ],
)
def test_a_line_is_what_was_typed(desk: Desk, typed: bytes, line: str) -> None:
    assert desk.read(typed) == line


def test_lines_that_were_typed_ahead_wait_for_their_turn(desk: Desk) -> None:
    assert desk.read(b"one\rtwo\r") == "one"
    assert desk.reader.read() == "two"


@pytest.mark.parametrize(
    ("key", "left"),
    [(b"\x04", LeaveError), (b"\x1b[99;5u", LeaveError), (b"\x11", QuickExitError)],
    ids=["Ctrl-D", "Ctrl-C as newer terminals send it", "Ctrl-Q"],
)
def test_a_breath_can_be_left_whatever_the_line_before_it_said(
    desk: Desk, key: bytes, left: type[Exception]
) -> None:
    assert desk.read(b"words\r") == "words"
    os.write(desk.there, key)
    with pytest.raises(left):
        desk.reader.rest(30)


def test_ways_out(desk: Desk) -> None:
    with pytest.raises(LeaveError):
        desk.read(b"\x04")
    assert desk.shown.getvalue() == "\n"  # what is said of it stands on a line of its own
    with pytest.raises(QuickExitError):
        desk.read(b"words\x11")
    assert desk.read(b"words\x04\r") == "words"  # Ctrl-D leaves on an empty line only


def test_the_terminal_shows_nothing_itself_and_gets_its_modes_back(desk: Desk) -> None:
    assert not termios.tcgetattr(desk.here)[3] & (termios.ECHO | termios.ICANON)
    desk.read(b"ab\x7fc\r")
    assert desk.shown.getvalue() == "ab\b \bc\n"
    desk.reader.end()
    assert termios.tcgetattr(desk.here)[3] & termios.ECHO


@pytest.mark.parametrize(
    ("text", "rest"), [("", ""), ("ab", "a"), ("e\u0301", ""), ("\U0001f44d\U0001f3fd", "\U0001f44d")]
)
def test_one_letter_is_taken_back_whole(text: str, rest: str) -> None:
    assert whole_letters_before(text) == rest


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "ascii"])
def test_words_in_utf_8_are_read_as_such_whatever_the_locale_says(encoding: str) -> None:
    stream = io.TextIOWrapper(
        io.BytesIO("Straße – größer\n".encode()), encoding=encoding, errors="surrogateescape"
    )
    assert as_meant(stream.readline(), stream) == "Straße – größer\n"


def test_a_windows_console_adds_no_letters_to_a_passphrase() -> None:
    typed = ["a", "\xe0", "H", "\0", ";", "\xe0", "\ud83d", "\ude00", "b", "\b", "\r"]
    letters = iter(typed)
    waiting = iter([True, False])  # behind an arrow its second half waits, behind a letter nothing
    keys = console_keys(lambda: next(letters), lambda: next(waiting))
    assert edit(keys) == "a\xe0\U0001f600"
