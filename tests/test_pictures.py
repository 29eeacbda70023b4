"""The pictures need nothing from elsewhere, and say in text what they show."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
NAMES = ("dear-man", "ground", "note", "trends")
FIX = "python -m docs.pictures.draw"
SVG = "{http://www.w3.org/2000/svg}"
CELL, ROW = 12.2, 24.4
BETWEEN = "\n\n- - -\n\n"
KNOWN = {"svg", "title", "desc", "style", "defs", "clipPath", "g", "rect", "text"}


def picture(name: str) -> ET.Element:
    return ET.fromstring((FOLDER / f"{name}.svg").read_text("utf-8"))  # noqa: S314 - our own file


def shown(svg: ET.Element) -> str:
    """Return the words of a picture, each in the column where the picture has it."""
    lines: dict[int, str] = {}
    for words in svg.iter(f"{SVG}text"):
        row, column = (float(words.get(place, "")) / size for place, size in (("y", ROW), ("x", CELL)))
        line, text = lines.get(int(row), ""), (words.text or "").replace("\xa0", " ")
        assert round(column) >= len(line), "words lie upon each other"
        assert float(words.get("textLength", "")) == pytest.approx(len(text) * CELL, abs=0.1)
        lines[int(row)] = line.ljust(round(column)) + text
    rows = [lines.get(row, "").rstrip() for row in range(max(lines) + 1)]
    return re.sub(r"\n\n─+\n\n", BETWEEN, "\n".join(rows))


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
    assert transcript == f"{shown(picture(name))}\n", f"To draw them anew: {FIX}"


def test_each_picture_shows_what_it_is_for() -> None:
    said = {name: (FOLDER / f"{name}.txt").read_text("utf-8") for name in NAMES}
    assert "Describe: what happened?" in said["dear-man"]
    assert "Say this" in said["dear-man"]
    breathed = said["ground"].split(BETWEEN)
    assert [re.search(r"Breathe \w+", half)[0] for half in breathed] == ["Breathe in", "Breathe out"]
    assert [("·" in half, "██████" in half) for half in breathed] == [(True, True), (False, True)]
    assert "Check-ins on" in said["trends"]
    marked = re.findall(r"\.(note-r\d+) \{[^}]*underline", (FOLDER / "note.svg").read_text("utf-8"))
    underlined = [words.text for words in picture("note").iter(f"{SVG}text") if words.get("class") in marked]
    assert "".join(filter(None, underlined)).replace("\xa0", "") == "Youalways"


def test_the_pictures_are_drawn_by_the_command_that_is_named() -> None:
    from docs.pictures import draw

    assert FIX == draw.FIX
    assert draw.FIX in (draw.__doc__ or "")
    assert (draw.CELL, draw.ROW, draw.BETWEEN) == (CELL, ROW, BETWEEN)
    assert {scene.name for scene in draw.SCENES} == set(NAMES)
