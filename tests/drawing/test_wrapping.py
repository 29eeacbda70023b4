"""Words fitted into a width."""

from __future__ import annotations

import io
import os
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dbtcoach.drawing.wrapping import columns, fitted, lines_of, wrap

texts = st.text(st.sampled_from("ab c. \n日é\u0301—☂"), max_size=80)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one two three", 8, ["one two", "three"]),
        ("one\n\ntwo", 10, ["one", "", "two"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("to unbreakable", 4, ["to", "unbr", "eaka", "ble"]),
        ("  indented words here", 12, ["  indented", "words here"]),
        ("日本語", 4, ["日本", "語"]),
        ("one  two", 20, ["one  two"]),
        ("one", 0, ["o", "n", "e"]),
        ("            deep", 6, ["deep"]),
        ("call 0800 111 0 111 now", 16, ["call", "0800 111 0 111", "now"]),
        ("2 0 3 1 0 2 0 3 1 0 2 0 3", 22, ["2 0 3 1 0 2 0 3 1 0", "2 0 3"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_continued_lines_hang() -> None:
    assert wrap("   1  a choice of words", 14, " " * 6) == ["   1  a choice", "      of words"]
    assert wrap("a b", 1, " " * 6) == ["a", "b"]  # no room to hang


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("\uff21", 2), ("—…“", 3)]
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


@given(texts, st.integers(2, 30), st.sampled_from(["", "  ", "      "]))
@example(" " * 12 + "ab", 6, "")
@example("aa日日日", 7, "      ")
@example("      日日日", 7, "")
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int, indent: str) -> None:
    lines = wrap(text, width, indent)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(texts, st.integers(2, 30))
def test_a_line_knows_its_place_in_the_text(text: str, width: int) -> None:
    found = lines_of(text, width)
    assert [line for line, _place in found] == wrap(text, width)
    places = [place for _line, place in found]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert all(
        text[place : place + len(line)] == line
        for line, place in found
        if "  " not in text and text == text.strip()
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_a_message_is_broken_between_words_at_a_narrow_terminal_and_a_path_is_not_cut() -> None:
    import fcntl
    import pty
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 20, 0, 0))
    with os.fdopen(leader, "rb"), os.fdopen(follower, "w") as stream:
        assert fitted("Nothing was changed here.\nBye.", stream) == "Nothing was changed\nhere.\nBye."
        assert (
            fitted("See /a/path/that/is/quite/long here.", stream) == "See /a/path/that/is/quite/long here."
        )


def test_a_message_to_a_pipe_or_a_file_stays_as_it_is() -> None:
    assert fitted("word " * 90, io.StringIO()) == "word " * 90
