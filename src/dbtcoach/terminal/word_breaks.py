"""What is being typed, broken between words: prompt_toolkit on its own breaks in the middle of one."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import TransformationInput

LONGEST = 5000  # letters in a line: beyond, a redraw at each key would be felt


class WordBreaks(Processor):
    """Fills a row with spaces before a word that would not fit in it; what is typed stays as it is."""

    def __init__(self, margin: int) -> None:
        self.margin = margin  # columns in front of each row, taken by the prompt

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the line with its rows filled, and where each letter of it went."""
        letters = explode_text_fragments(transformation_input.fragments)
        text = fragment_list_to_text(letters)
        if len(text) > LONGEST:
            return Transformation(letters)
        fillers = breaks(text, transformation_input.width - self.margin)
        shown: StyleAndTextTuples = []
        places = []
        at = 0
        for letter, filler in zip(letters, fillers, strict=True):
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


def breaks(text: str, room: int) -> list[int]:
    """Return for each letter how many spaces go before it, so that no row of ``room`` columns cuts a word."""
    fillers = [0] * len(text)
    column = start = 0
    for word in text.split(" "):
        width = sum(get_cwidth(letter) for letter in word)
        if 0 < room - column < width <= room:
            fillers[start] = room - column
            column = 0
        for letter in f"{word} ":
            size = get_cwidth(letter)
            column = size if column + size > room else column + size
        start += len(word) + 1
    return fillers
