"""What is being typed: broken between words, which prompt_toolkit does not do, and underlined in places."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import AfterInput, Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth

from dbtcoach.cleaning import apart, hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import TransformationInput

    from dbtcoach.practice.page import Remark

LEFT_OUT = -1  # of spaces before a letter: it is a space itself, and not shown
LONGEST = 5000  # letters in a line: beyond, a redraw at each key would be felt


class WordBreaks(Processor):
    """Fills a row with spaces before a word that would not fit in it; what is typed stays as it is."""

    def __init__(self, margin: int, taken: int = 0) -> None:
        self.margin = margin  # columns in front of each row, taken by the prompt
        self.taken = taken  # columns of the first row that are taken as well, or fewer than none

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the line with its rows filled, and where each letter of it went."""
        letters: StyleAndTextTuples = explode_text_fragments(transformation_input.fragments)
        text = fragment_list_to_text(letters)
        if not text.isprintable():  # kept as it is, but an override would turn the screen round
            shown_as = apart(hidden().sub("\ufffd", text))
            letters[:] = [(each[0], letter) for each, letter in zip(letters, shown_as, strict=True)]
            text = shown_as
        if len(text) > LONGEST:
            return Transformation(letters)
        taken = self.taken if transformation_input.lineno == 0 else 0
        fillers = breaks(text, transformation_input.width - self.margin, taken)
        shown: StyleAndTextTuples = []
        places = []
        at = 0
        for letter, filler in zip(letters, fillers, strict=True):
            if filler == LEFT_OUT:
                places.append(at)
                continue
            if filler:
                shown.append(("", " " * filler))
            shown.append(letter)
            places.append(at + filler)
            at += filler + 1
        places.append(at)
        return Transformation(
            shown,
            source_to_display=lambda source: places[min(source, len(places) - 1)],
            display_to_source=lambda shown_at: max(0, bisect_right(places, shown_at) - 1),
        )


class Example(AfterInput):
    """Stands in an answer that is empty, and is broken as its words are."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the line, with the example in it when it is all there is."""
        if transformation_input.document.text:
            return Transformation(transformation_input.fragments)
        return super().apply_transformation(transformation_input)


class Marked(Processor):
    """Underlines the words that remarks are about, where they stand still.

    ``text`` is what the remarks were made on: what was typed, perhaps behind the beginning of a sentence.
    """

    def __init__(self, text: str, remarks: tuple[Remark, ...], typed: str) -> None:
        before = max(0, text.lower().find(typed.lower()))
        self.spans = [
            (max(remark.start, before) - before, text[max(remark.start, before) : remark.end].lower())
            for remark in remarks
        ]

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the line with its words underlined."""
        letters = explode_text_fragments(transformation_input.fragments)
        document, row = transformation_input.document, transformation_input.lineno
        start = document.translate_row_col_to_index(row, 0)
        for place in self._places(document.text):
            if 0 <= place - start < len(letters):
                style, letter = letters[place - start][:2]
                letters[place - start] = (f"{style} class:marked", letter)
        return Transformation(letters)

    def _places(self, text: str) -> Iterator[int]:
        plain = text.lower()
        for at, words in self.spans:
            start = at if plain.startswith(words, at) else plain.find(words)
            if start >= 0 and len(plain) == len(text):
                yield from range(start, start + len(words))


def breaks(text: str, room: int, taken: int = 0) -> list[int]:
    """Return for each letter how many spaces go before it, so that no row of ``room`` columns cuts a word.

    Of the first row so many columns are taken. A space behind a full row is left out, or the next row would
    begin with it.
    """
    fillers = [0] * len(text)
    column, start = taken, 0
    for word in text.split(" "):
        width = sum(get_cwidth(letter) for letter in word)
        if 0 < room - column < width <= room:
            fillers[start] = room - column
            column = 0
        for letter in word:
            size = get_cwidth(letter)
            column = size if column + size > room else column + size
        start += len(word) + 1
        if column < room:
            column += 1
        elif start < len(text):
            fillers[start - 1] = LEFT_OUT
            column = 0
    return fillers
