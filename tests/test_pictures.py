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
CELL, MARGIN = 8.4, 20
BETWEEN = "\n\n- - -\n\n"
KNOWN = {"svg", "title", "desc", "style", "g", "rect", "text", "tspan"}


def picture(name: str) -> ET.Element:
    return ET.fromstring((FOLDER / f"{name}.svg").read_text("utf-8"))  # noqa: S314 - our own file


def line_of(text: ET.Element) -> str:
    """Return a line with every word in the column where the picture has it."""
    line = ""
    for words in text.iter(f"{SVG}tspan"):
        column = round((float(words.get("x", "")) - MARGIN) / CELL)
        assert column >= len(line), "words lie upon each other"
        assert float(words.get("textLength", "")) == pytest.approx(len(words.text or "") * CELL, abs=0.1)
        line = line.ljust(column) + (words.text or "")
    return line.rstrip()


def shown(svg: ET.Element) -> str:
    windows = [window for window in svg.iter(f"{SVG}g") if window.get("class") == "window"]
    return BETWEEN.join("\n".join(map(line_of, window.iter(f"{SVG}text"))) for window in windows)


def test_every_picture_is_one_of_these() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.svg")) == sorted(NAMES)
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_well_formed_and_needs_nothing_from_elsewhere(name: str) -> None:
    source = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert {element.tag.removeprefix(SVG) for element in picture(name).iter()} <= KNOWN
    without_namespace = source.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\(|@import|@font-face|href|<script|\son\w+=|<!", without_namespace)
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
    assert "Your card" in said["dear-man"]
    assert re.search(r"Breathe in  \d\n\n█+░+\n", said["ground"])
    assert "Check-ins on" in said["trends"]
    underlined = [
        words.text for words in picture("note").iter(f"{SVG}tspan") if "u" in words.get("class", "").split()
    ]
    assert "".join(filter(None, underlined)).replace(" ", "") == "Youalways"


def test_the_pictures_are_drawn_by_the_command_that_is_named() -> None:
    from docs.pictures import draw

    assert FIX == draw.FIX
    assert draw.FIX in (draw.__doc__ or "")
    assert (draw.CELL, draw.MARGIN, draw.BETWEEN) == (CELL, MARGIN, BETWEEN)
    assert {scene.name for scene in draw.SCENES} == set(NAMES)
