"""The lines of a command, drawn: the words that a pipe gets, and no others, in the styles of the theme."""

from __future__ import annotations

import re

import pytest
from rich.console import Group

from dbtcoach.drawing.listed import Kind, drawn, in_line, on_page, reviewed
from dbtcoach.drawing.theme import Look
from dbtcoach.practice.page import Remark

DARK = Look("dark", "truecolor")
LINES: dict[Kind, list[str]] = {
    "entries": [
        "2026-11-29  09:15  DEAR MAN  4 → 2    01a22696-1620-72",
        "2026-11-29         Reflect            01a22696-1620-7f",
    ],
    "entry": [
        *("Pause", "29 Nov 2026 09:45", "Distress 7 → 4"),
        *("", "What is it?", "  [b]Rain[/b]", "  :smile: 3 Nov 2026"),
    ],
    "found": ["2026-11-29  Pause  01a2", "  the »rain« on the roof"],
    "trends": [
        *("5 Oct to 29 Nov 2026", "", "    Oct", "Mon ■ □ ·"),
        *("", "Distress", "  Pause  0 ··●━○·· 10"),
    ],
    "people": [
        "Ireland",
        "Emergency: 112",
        "",
        "Samaritans: call 116 123 (24/7; see samaritans.org/how-we).",
    ],
    "exercises": [
        "dear-man --after  Look back.",
        "mine              Walk.  [~/x]",
        "                  ! 3:1: no",
    ],
    "skills": [
        *("Emotion regulation", "* PLEASE       Look after the body, so less hits you."),
        "  Build mastery  One thing a day that is a bit hard.",
    ],
    "problem": ["There is no entry with that id.", "To see ids: dbtcoach log list"],
}


def words(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def styled(kind: Kind, style: str) -> list[str]:
    """Return all that is drawn in a style."""
    sample = DARK.style(style)
    fragments = DARK.fragments(Group(*drawn(DARK, kind, LINES[kind])), 100)
    return [text.strip() for name, text in fragments if name == sample and text.strip()]


@pytest.mark.parametrize("kind", LINES)
def test_the_words_are_those_of_the_plain_lines(kind: Kind) -> None:
    assert words(in_line(DARK, kind, LINES[kind], 100)).splitlines() == LINES[kind]
    for width in (10, 20, 40):
        narrow = words(in_line(DARK, kind, LINES[kind], width))
        assert "".join(narrow.split()) == "".join("".join(LINES[kind]).split())
        assert max(map(len, narrow.splitlines())) <= width


def test_each_kind_has_what_stands_out() -> None:
    assert styled("entries", "accent") == ["4 → 2"]
    assert styled("entry", "title") == ["Pause", "7 → 4"]  # the title and the accent are one colour
    assert styled("entry", "mine") == ["[b]Rain[/b]", ":smile: 3 Nov 2026"]
    assert styled("found", "marked") == ["»rain«"]
    assert styled("trends", "accent") == ["5 Oct to 29 Nov 2026", "■", "●━"]
    assert styled("trends", "question") == ["Distress"]
    assert styled("people", "question") == ["112", "116 123"]
    assert styled("people", "accent") == ["Ireland", "samaritans.org/how-we"]
    assert styled("exercises", "error") == ["! 3:1: no"]
    assert styled("problem", "error") == LINES["problem"][:1]


def test_without_colours_nothing_is_coloured_or_dimmed() -> None:
    for kind, lines in LINES.items():
        shown = in_line(Look(), kind, lines, 80)
        assert set(re.findall(r"\x1b\[([0-9;]*)m", shown)) <= {"", "0", "1", "4", "1;4", "3"}, kind


def test_a_page_stands_in_the_middle_with_air_above() -> None:
    shown = on_page(DARK, "entry", LINES["entry"], 120, 40)
    assert shown[0] == ""
    assert {len(line) - len(line.lstrip()) for line in map(words, shown) if line} == {24, 26}
    wide = on_page(DARK, "trends", ["Title", "x" * 100], 120, 40)
    assert words(wide[-1]).rstrip() == " " * 10 + "x" * 100


def test_notes_stand_under_the_words_that_they_speak_of() -> None:
    text = "You always come late.\nAgain."
    remark = Remark(0, 10, "It makes them look for the exception.", "")
    shown = reviewed(DARK, text, (remark,), "One thing is asked.", ["Quiet."], 60)
    said = words(shown)
    assert "You always come late." in said
    assert said.index("One thing is asked.") < said.index("exception") < said.index("Quiet.")
    assert re.search(r"\x1b\[[0-9;]*4[0-9;]*mYou always\x1b\[0m", shown)


def test_what_is_said_of_a_skill_hangs_under_its_first_line() -> None:
    lines = words(in_line(DARK, "skills", LINES["skills"], 40)).splitlines()
    assert lines[1:] == [
        *("* PLEASE       Look after the body, so", "               less hits you."),
        *("  Build mastery  One thing a day that is", "                 a bit hard."),
    ]
    assert styled("skills", "accent") == ["*"]
