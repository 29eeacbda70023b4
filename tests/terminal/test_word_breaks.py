"""What is being typed is broken between words, and the cursor stays where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import Transformation, TransformationInput
from prompt_toolkit.utils import get_cwidth

from dbtcoach.practice.joints import Sentence
from dbtcoach.practice.page import Page, Remark
from dbtcoach.script.model import Text
from dbtcoach.terminal.word_breaks import LONGEST, Marked, WordBreaks, breaks

TEXT = Text(id="t", message="m")

TYPED = st.text(st.sampled_from("ab é漢 "), max_size=80)


def rows(text: str, room: int) -> list[str]:
    """Return the rows in which a terminal shows a line of its own width."""
    filled = "".join(" " * filler + letter for filler, letter in zip(breaks(text, room), text, strict=True))
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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", [""]),
        ("one two three", ["one two ", "three"]),
        ("one two t", ["one two t"]),
        ("one a-very-long-word", ["one a-ver", "y-long-wo", "rd"]),
        ("漢字漢字 漢字", ["漢字漢字 ", "漢字"]),
    ],
)
def test_a_word_goes_whole_into_the_next_row(text: str, shown: list[str]) -> None:
    assert [row.rstrip() for row in rows(text, 9)] == [row.rstrip() for row in shown]


@given(TYPED, st.integers(4, 30))
def test_no_word_that_fits_a_row_is_cut(text: str, room: int) -> None:
    whole = {word for row in rows(text, room) for word in row.split(" ") if word}
    assert {word for word in text.split(" ") if word and get_cwidth(word) <= room} <= whole


@given(TYPED, st.integers(8, 30))
def test_every_letter_keeps_its_place_and_nothing_else_is_added_than_spaces(text: str, width: int) -> None:
    shown = transformed(text, width)
    line = "".join(words for _style, words, *_ in shown.fragments)
    places = [shown.source_to_display(place) for place in range(len(text) + 1)]
    assert "".join(line[place] for place in places[:-1]) == text
    assert line.replace(" ", "") == text.replace(" ", "")
    assert [shown.display_to_source(place) for place in places] == list(range(len(text) + 1))


def test_a_flood_of_letters_is_left_as_it_is() -> None:
    text = "ab " * LONGEST
    assert "".join(words for _style, words, *_ in transformed(text, 20).fragments) == text


def test_the_first_row_is_shorter_where_a_sentence_has_begun() -> None:
    assert breaks("hurt", 8, 6) == [2, 0, 0, 0]
    assert breaks("one two three", 8, 4) == [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0]


def test_in_a_sentence_what_was_typed_is_marked_and_the_rest_is_not() -> None:
    text = "I felt that you left."
    remarks = (Remark(0, 15, "", ""), Remark(16, 20, "", ""))
    page = Page(TEXT, "x", "m", "", text=text, remarks=remarks, sentence=Sentence("I felt "))
    given_in = TransformationInput(
        BufferControl(Buffer()), Document(text[7:]), 0, lambda place: place, [("", text[7:])], 40, 1
    )
    shown = Marked(page).apply_transformation(given_in).fragments
    assert "".join(part[1] for part in shown if "marked" in part[0]) == "that youleft"
