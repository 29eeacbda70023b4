"""Rows of numbers as they are drawn."""

from __future__ import annotations

import pytest

from dbtcoach.drawing.glyphs import Glyphs
from dbtcoach.drawing.theme import Look
from dbtcoach.practice.page import Page
from dbtcoach.script.model import Row, Scales
from dbtcoach.terminal.grid import drawn
from dbtcoach.terminal.rows import Rows

LABELS = (Row("anger", "Anger"), Row("joy", "A long name for joy"))


def lines(rows: tuple[Row, ...], line: str = "", width: int = 60, look: Look | None = None) -> list[str]:
    step = Scales(id="r", message="m", rows=rows, high_label="very")
    page = Page(step=step, exercise="x", message="m", help="", line=line)
    found = drawn(Rows.on(page, step), look or Look(), width)
    return "".join(text for row in found for _style, text in row).rstrip("\n").split("\n")


def test_a_row_shows_its_number_and_as_many_marks() -> None:
    assert lines(LABELS) == ["› Anger" + " " * 17, "  A long name for joy"]
    assert lines(LABELS, "3") == ["  Anger                3  ●●●○○", "› A long name for joy   "]
    assert lines(LABELS, "- 0") == ["› Anger                -", "  A long name for joy  0  ○○○○○"]


def test_a_row_with_a_range_of_its_own_has_it_beside_it() -> None:
    rows = (Row("joy", "Joy"), Row("sleep", "Sleep", 0, 24, unit="hours"))
    assert lines(rows, "3 7") == ["› Joy    3   ●●●○○", "  Sleep  7   0 … 24 hours"]


def test_a_row_of_another_kind_says_what_it_takes() -> None:
    rows = (
        Row("m", "Medication", kind="yes/no"),
        Row("c", "Coffee", unit="cups", kind="count"),
        Row("w", "Note", kind="text"),
    )
    assert lines(rows, 'y 12 "tired, so tired"') == [
        "› Medication  y    y or n",
        "  Coffee      12   how many cups",
        "  Note        tired, so tired",
    ]
    assert lines(rows, "n")[2] == "  Note             a few words"


@pytest.mark.parametrize("width", [20, 32, 40])
def test_a_long_label_is_broken_and_its_number_stays_in_sight(width: int) -> None:
    found = lines((Row("a", "One two three four five six"), Row("b", "B")), "2 1", width)
    assert all(len(line) <= width for line in found)
    assert " ".join(line.replace("›", " ").split("  2")[0].strip() for line in found[:-1]) == (
        "One two three four five six"
    )


def test_words_of_anybody_are_cleaned_and_marks_have_a_stand_in() -> None:
    rows = (Row("a", "A\x1b[2J"), Row("b", "B"))
    assert "\x1b" not in "".join(lines(rows))
    assert lines((Row("a", "A"),), "3", look=Look(glyphs=Glyphs(unicode=False))) == ["> A  3  ***oo"]
