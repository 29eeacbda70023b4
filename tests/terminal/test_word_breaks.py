"""What is being typed is broken between words, and the cursor stays where it belongs."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import Transformation, TransformationInput
from prompt_toolkit.utils import get_cwidth

from dbtcoach.practice.page import Remark
from dbtcoach.terminal.word_breaks import LEFT_OUT, LONGEST, Example, Marked, WordBreaks, breaks

TYPED = st.text(st.sampled_from("ab é漢 "), max_size=80)


def rows(text: str, room: int) -> list[str]:
    """Return the rows in which a terminal shows a line of its own width."""
    filled = "".join(
        "" if filler == LEFT_OUT else " " * filler + letter
        for filler, letter in zip(breaks(text, room), text, strict=True)
    )
    found, used = [""], 0
    for letter in filled:
        if used + get_cwidth(letter) > room:
            found, used = [*found, ""], 0
        found[-1] += letter
        used += get_cwidth(letter)
    return found


def transformed(text: str, width: int) -> Transformation:
    given_in = TransformationInput(
        BufferControl(Buffer()), Document(text), 0, lambda place: place, [("", text)], width, 1
    )
    return WordBreaks(3).apply_transformation(given_in)


def test_emoji_that_are_joined_stand_apart_so_that_the_cursor_stands_where_it_is_typed() -> None:
    done = transformed("we \U0001f469\u200d\U0001f467 a\u200db", 40)
    assert "".join(each[1] for each in done.fragments) == "we \U0001f469\u200c\U0001f467 a\u200db"
    assert done.source_to_display(6) == 6


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", [""]),
        ("one two three", ["one two ", "three"]),
        ("one two t", ["one two t"]),
        ("one a-very-long-word", ["one a-ver", "y-long-wo", "rd"]),
        ("漢字漢字 漢字", ["漢字漢字 ", "漢字"]),
        ("one twoes three", ["one twoes", "three"]),
        ("one twoes  three", ["one twoes", " three"]),
        ("one twoes ", ["one twoes", ""]),
    ],
)
def test_a_word_goes_whole_into_the_next_row(text: str, shown: list[str]) -> None:
    assert [row.rstrip() for row in rows(text, 9)] == [row.rstrip() for row in shown]


@pytest.mark.parametrize("size", [1, LONGEST])
def test_what_turns_the_screen_round_is_shown_as_everywhere_and_kept_as_it_was(size: int) -> None:
    shown = transformed("\u202e\x1b" + "a" * size, 20)
    assert "".join(each[1] for each in shown.fragments).startswith("\ufffd\ufffda")


@given(TYPED, st.integers(4, 30))
def test_no_word_that_fits_a_row_is_cut(text: str, room: int) -> None:
    whole = {word for row in rows(text, room) for word in row.split(" ") if word}
    assert {word for word in text.split(" ") if word and get_cwidth(word) <= room} <= whole


@given(TYPED, st.integers(8, 30))
def test_every_letter_keeps_its_place_and_nothing_else_is_added_than_spaces(text: str, width: int) -> None:
    shown = transformed(text, width)
    line = "".join(words for _style, words, *_ in shown.fragments)
    places = [shown.source_to_display(place) for place in range(len(text) + 1)]
    out = {at for at, filler in enumerate(breaks(text, width - 3)) if filler == LEFT_OUT}
    assert all(text[at] == " " and places[at] == places[at + 1] for at in out)
    assert all(line[place] == text[at] for at, place in enumerate(places[:-1]) if at not in out)
    assert line.replace(" ", "") == text.replace(" ", "")
    assert all(shown.display_to_source(place) == at for at, place in enumerate(places) if at not in out)


def test_a_flood_of_letters_is_left_as_it_is() -> None:
    text = "ab " * LONGEST
    assert "".join(words for _style, words, *_ in transformed(text, 20).fragments) == text


def test_the_first_row_has_less_room_behind_what_stands_there() -> None:
    assert breaks("a lot of it", 10, 6) == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    assert breaks("a lot of it", 10) == [0] * 9 + [1, 0]


@pytest.mark.parametrize(
    ("typed", "now", "underlined"),
    [
        ("You always leave.", "You always leave.", ["You always", "leave"]),
        ("You always leave.", "So you always do.", ["you always"]),
        ("You always leave.", "Nothing of it.", []),
        ("you always leave.", "you always leave.", ["you always", "leave"]),
    ],
)
@pytest.mark.parametrize("before", ["", "I felt "])
def test_the_words_of_a_remark_are_underlined_while_they_stand(
    typed: str, now: str, underlined: list[str], before: str
) -> None:
    remarks = (
        Remark(0, len(before) + 10, "Why.", ""),
        Remark(len(before) + 11, len(before) + 16, "Why.", ""),
    )
    marked = Marked(f"{before}{typed}", remarks, typed)
    document = Document(now)
    given = TransformationInput(BufferControl(Buffer()), document, 0, lambda at: at, [("", now)], 60, 1)
    shown = marked.apply_transformation(given).fragments
    runs = ["".join(part[1] for part in same) for look, same in groupby(shown, lambda part: part[0]) if look]
    assert runs == underlined


def test_an_example_is_broken_between_words_and_gone_with_the_first_letter() -> None:
    def shown(text: str) -> str:
        given_in = TransformationInput(
            BufferControl(Buffer()), Document(text), 0, lambda place: place, [("", text)], 20, 1
        )
        example = Example("e.g. When she sighs", "class:placeholder")
        return "".join(part[1] for part in example.apply_transformation(given_in).fragments)

    assert shown("") == "e.g. When she sighs"
    assert shown("w") == "w"
