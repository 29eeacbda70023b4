"""The pictures need nothing from elsewhere, and say in text what they show."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
NAMES = ("dear-man", "ground", "note", "reflect", "trends")
FIX = "python -m docs.pictures.draw"
SVG = "{http://www.w3.org/2000/svg}"
CELL = 12.2  # the width of a letter where its height is 20, as Rich draws it
BETWEEN = "\n\n- - -\n\n"
KNOWN = {"svg", "title", "desc", "style", "defs", "clipPath", "g", "rect", "circle", "text"}


def picture(name: str) -> ET.Element:
    return ET.fromstring((FOLDER / f"{name}.svg").read_text("utf-8"))  # noqa: S314 - our own file


def words_of(name: str) -> list[ET.Element]:
    matrix = next(part for part in picture(name).iter(f"{SVG}g") if part.get("class") == f"{name}-matrix")
    return list(matrix.iter(f"{SVG}text"))


def shown(name: str) -> str:
    """Return the lines with every word in the column where the picture has it."""
    lines: dict[float, str] = {}
    for words in words_of(name):
        row = float(words.get("y", ""))
        line, text = lines.get(row, ""), (words.text or "").replace("\xa0", " ")
        column = round(float(words.get("x", "")) / CELL)
        assert column >= len(line), "words lie upon each other"
        lines[row] = line.ljust(column) + text.rstrip("\n")
    rows = sorted(lines)
    first, step = rows[0], min((after - row for row, after in pairwise(rows)), default=1)
    places = {round((row - first) / step): lines[row].rstrip() for row in rows}
    return "\n".join(places.get(place, "") for place in range(max(places) + 1))


def test_every_picture_is_one_of_these() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.svg")) == sorted(NAMES)
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_well_formed_and_needs_nothing_from_elsewhere(name: str) -> None:
    source = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert {element.tag.removeprefix(SVG) for element in picture(name).iter()} <= KNOWN
    without_namespace = source.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\((?!#)|@import|@font-face|href|<script|\son\w+=|<!", without_namespace)
    assert "monospace" in source


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_has_a_title_and_a_description(name: str) -> None:
    svg = picture(name)
    labels = {element.get("id"): element.text or "" for element in svg if element.get("id")}
    assert svg.get("role") == "img"
    for label in (svg.get("aria-labelledby") or "").split():
        assert len(labels[label]) > 20


@pytest.mark.parametrize("name", NAMES)
def test_the_transcript_says_what_the_picture_shows(name: str) -> None:
    transcript = (FOLDER / f"{name}.txt").read_text("utf-8")
    assert transcript == f"{shown(name)}\n", f"To draw them anew: {FIX}"


def test_each_picture_shows_what_it_is_for() -> None:
    said = {name: (FOLDER / f"{name}.txt").read_text("utf-8") for name in NAMES}
    assert "Describe: what happened?" in said["dear-man"]
    assert "Your card" in said["dear-man"]
    assert "Breathe in  2" in said["ground"]
    assert "●●●○○" in said["reflect"]
    assert "Check-ins on" in said["trends"]
    source = (FOLDER / "note.svg").read_text("utf-8")
    underlined = set(re.findall(r"\.(note-r\d+) \{[^}]*underline", source))
    marked = [words.text or "" for words in words_of("note") if words.get("class") in underlined]
    assert marked == ["You\xa0always"]


def test_the_pictures_are_drawn_by_the_command_that_is_named() -> None:
    from docs.pictures import draw

    assert FIX == draw.FIX
    assert draw.FIX in (draw.__doc__ or "")
    assert draw.BETWEEN == BETWEEN
    assert {scene.name for scene in draw.SCENES} == set(NAMES)
