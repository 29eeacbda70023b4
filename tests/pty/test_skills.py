"""A skill card on a screen: all of it in sight, its exercise behind Enter, and marked as mine by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import NOW, entry, put
from tests.pty.person import Person, squeezed
from tests.shell import home_of

from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.skills import file_of, listed, read_skill

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty
SHIPPED = Catalogue(shipped_folder())
NAMES = [item.name for item in listed(SHIPPED)]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_card_fits_one_screen_with_its_numbers_its_keys_and_what_was_told(
    tmp_path: Path, name: str
) -> None:
    skill = read_skill(next(item.path for item in listed(SHIPPED) if item.name == name))
    exercise = file_of(skill.exercise, SHIPPED) or ""
    home_of(tmp_path).parent.mkdir(parents=True)
    uses = [entry(exercise, NOW, distress=(10, 10))] * 3 + [
        entry("reflect", NOW, answers={"skills": {name: 5}})
    ] * 3
    put(home_of(tmp_path), uses)
    with Person(tmp_path, "skills", name) as person:
        person.see("Close", "Ctrl-Q")
        person.press("1")
        person.see("Marked as mine")
        shown = squeezed(person.screen)
        for words in (skill.title, skill.what_for, *skill.how, skill.not_when, skill.example):
            assert squeezed(words) in shown
        assert "Your last times: distress 10 → 10, 10 → 10, 10 → 10; in check-ins 5, 5, 5" in shown
        assert f"Enter runs {skill.exercise}" in shown
        assert "PageDown" not in shown
        assert "PageUp" not in shown


def test_enter_runs_the_exercise_on_the_same_screen(tmp_path: Path) -> None:
    with Person(tmp_path, "skills", "grounding") as person:
        person.see("Grounding", "Enter runs ground --short")
        person.press("enter")
        person.see(SHIPPED.read("ground-short").opening)
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Not when" not in person.screen


def test_a_card_is_closed_and_leaves_nothing_in_the_window(tmp_path: Path) -> None:
    with Person(tmp_path, "skills", "stop") as person:
        person.see("STOP", "Close")
        person.press("2")
        assert person.wait_exit() == 0
        assert "Not when" not in person.screen
        assert person.entries() == []
    with Person(tmp_path, "skills", "stop") as person:
        person.see("Close")
        person.press("ctrl-q")
        assert person.wait_exit() == 0


def test_in_line_mode_it_reads_from_top_to_bottom(tmp_path: Path) -> None:
    with Person(tmp_path, "skills", "stop", "--plain") as person:
        person.see("Not when", "1. Mark it as mine", "2. Close")
        assert b"\x1b" not in person.raw
        person.type("2\r")
        assert person.wait_exit() == 0
