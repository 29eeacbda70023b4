"""Every exercise on a real terminal, from the first screen to the last, and what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import in_turn
from tests.pty.person import Person
from tests.pty.walker import Walker

from dbtcoach.script.model import Card
from dbtcoach.sitting.live import KEPT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty

SHORT = {"afraid": "not_afraid", "kind": "ask"}
LONG = {"afraid": "not_afraid", "kind": "ask", "extra": ("strength", "mindful")}


@pytest.mark.parametrize(
    ("exercise", "arguments", "plan"),
    [
        ("pause", ["pause"], {"pace": "whole"}),
        ("pause", ["pause"], {"pace": "breath", "breath": "box"}),
        ("ground", ["ground"], {"safe": "yes_safe", "state": "revved"}),
        ("ground", ["ground"], {"safe": "not_sure", "go_on": True, "state": "foggy"}),
        ("ground", ["ground"], {"state": "partner", "after": 9}),
        ("dear-man", ["dear-man"], SHORT),
        ("dear-man", ["dear-man"], LONG),
        ("dear-man-after", ["dear-man", "--after"], {}),
        ("validate", ["validate"], {}),
        ("reflect", ["reflect"], {"more": True}),
        ("reflect", ["reflect"], {"more": False}),
    ],
)
def test_an_exercise_is_walked_from_its_first_to_its_last_screen_and_kept(
    tmp_path: Path, exercise: str, arguments: list[str], plan: dict[str, object]
) -> None:
    with Person(tmp_path, *arguments) as person:
        walker = Walker(person, exercise, plan)
        walker.to_the_end()
        assert walker.leave() == 0
        assert person.has_its_terminal_back()
        [entry] = person.entries()
        assert entry["exercise"] == exercise
        assert {answer["step"]: answer["value"] for answer in entry["answers"]} == walker.kept()
        assert entry["complete"] is True
        assert not person.draft(exercise).exists()
        assert person.screen.strip() == KEPT


@pytest.mark.parametrize(
    ("exercise", "size"), in_turn(["pause", "dear-man", "validate", "reflect"], [(24, 80), (20, 60)])
)
def test_every_page_stands_alone_on_the_screen(tmp_path: Path, exercise: str, size: tuple[int, int]) -> None:
    rows, columns = size
    with Person(tmp_path, exercise, rows=rows, columns=columns) as person:
        walker = Walker(person, exercise, SHORT if exercise == "dear-man" else {})
        walker.to_the_end()
        assert walker.leave() == 0
        for page, screen in zip(walker.pages, walker.screens, strict=True):
            assert screen.count(page.exercise) == 1, screen
            assert screen.lstrip().startswith(page.exercise)
            for opening in walker.session.exercise.opening.split("\n")[:1]:
                assert (opening in screen) == (page.step.id == walker.pages[0].step.id), screen


def test_the_card_of_dear_man_comes_within_nine_screens(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        walker = Walker(person, "dear-man", SHORT)
        while not isinstance(walker.due, Card):
            walker.go_on()
        walker.see()
        assert len(walker.pages) + 1 <= 9
        assert "My words about describe" in person.screen
        assert "My words about assert" in person.screen


def test_reflect_asks_for_more_within_six_screens(tmp_path: Path) -> None:
    with Person(tmp_path, "reflect") as person:
        walker = Walker(person, "reflect")
        walker.until("more")
        assert len(walker.pages) + 1 <= 6


def test_on_a_small_screen_the_words_stay_whole_and_it_says_where_the_rest_is(tmp_path: Path) -> None:
    with Person(tmp_path, "express", rows=20, columns=60) as person:
        walker = Walker(person, "express", {"path": "check"})
        walker.until("emotion")
        person.press("?")
        person.see("Hurt: Someone who matters", "b  Another word", "PageUp, PageDown: more")
        person.press("page-up", "page-up")
        person.see("Which word comes nearest?", "PageDown: more below")
        walker.until("prompted")
        person.type("He was tired and had forgotten the whole afternoon entirely")
        person.see("forgotten the whole afternoon ▎ entirely")


def test_help_on_a_card_is_in_sight_in_a_low_window(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man", rows=15, columns=60) as person:
        walker = Walker(person, "dear-man", SHORT)
        while not isinstance(walker.due, Card):
            walker.go_on()
        walker.see()
        person.press("?")
        person.see(" ".join(walker.due.help.split()[:4]), "PageUp")
