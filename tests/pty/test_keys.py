"""The keys of the contract, on a real terminal, in every kind of step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import in_turn
from tests.pty.own import STEPS, write_own
from tests.pty.person import Person
from tests.pty.walker import Walker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.pty


@pytest.fixture
def walker(tmp_path: Path) -> Iterator[Walker]:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        yield Walker(person, "kinds")


@pytest.mark.parametrize(("step", "key"), in_turn(STEPS, ["ctrl-b", "shift-tab"]))
def test_back_leads_to_the_step_before(walker: Walker, step: str, key: str) -> None:
    walker.until(step)
    if walker.pages:
        walker.person.press(key)
        walker.person.see(walker.pages[-1].message)
        walker.person.see_no_more(walker.page().message)
    else:  # there is nothing before the first step: it stays
        walker.person.press(key, "x")
        walker.person.see("▎ x")
        walker.person.see(walker.page().message)


@pytest.mark.parametrize("step", STEPS)
def test_a_question_mark_shows_the_help_and_takes_it_away(walker: Walker, step: str) -> None:
    walker.until(step)
    page = walker.page()
    assert page.help
    walker.person.press("?")
    walker.person.see(page.help, page.message)
    walker.person.press("?")
    walker.person.see_no_more(page.help)
    walker.person.see(page.message)


def test_back_offers_the_old_answer_and_going_on_keeps_it(walker: Walker) -> None:
    person = walker.person
    walker.until("rows")
    person.press("ctrl-b")
    person.see("▎ 4")
    person.press("ctrl-b")
    person.see("▎ My words about words")
    person.type(", and more")
    person.press("enter")
    person.see("How much?", "▎ 4")
    person.press("enter")
    person.see("How much of each?")
    walker.plan["words"] = "My words about words, and more"
    while walker.due is not None:
        if walker.due.id == "rows":
            break
        walker.go_on_unseen()
    walker.to_the_end()
    assert person.wait_exit() == 0
    [entry] = person.entries()
    values = {answer["step"]: answer["value"] for answer in entry["answers"]}
    assert values["words"] == "My words about words, and more"
    assert values["number"] == 4


def test_nothing_is_chosen_before_the_person_chooses(walker: Walker) -> None:
    person = walker.person
    walker.until("one")
    assert "›" not in person.screen
    person.press("down")
    person.see("› 1 A cat")
    person.press("up")
    person.see("› 3 An owl")
    person.press("enter")
    person.see("Which of these?")
    assert "●" not in person.screen
    person.press("ctrl-b")
    person.see("› 3 An owl")


def test_an_escape_sequence_that_is_pasted_stays_words(walker: Walker) -> None:
    person = walker.person
    walker.see()
    person.type("\x1b[200~red \x1b]0;title\x07 and \x1b[31mmore\x1b[201~")
    person.see("more")
    person.press("enter")
    person.see("How much?")
    person.press("ctrl-c")
    assert person.wait_exit() == 130
    draft = person.draft("kinds").read_text("utf-8")
    assert "red " in draft
    assert "\\u001b" not in draft
    assert "\x1b" not in draft
    assert b"\x1b]0;title" not in person.raw


@pytest.mark.parametrize("step", ["words", "one", "breath", "menu"])
def test_a_window_that_changes_its_size_is_drawn_anew(walker: Walker, step: str) -> None:
    person = walker.person
    walker.until(step)
    for rows, columns in ((5, 20), (20, 60), (24, 80)):
        person.resize(rows, columns)
        person.wait_for(lambda: person.screen.strip() != "", "anything")
        if rows > 5:
            person.see(walker.page().message, "All kinds")
    assert person.screen.count(walker.page().message) == 1
    walker.go_on()
    assert walker.due is not None
    walker.see()


def test_a_small_window_shows_the_question_first_and_the_rest_by_scrolling(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", rows=8, columns=30) as person:
        person.see("Some words?")
        assert "All kinds" not in person.screen
        person.press("page-up")
        person.see("All kinds", "These are the first words.")
        person.press("page-down")
        person.see("Some words?")
        person.type("here")
        person.see("▎ here", "Some words?")


def test_help_that_is_put_away_leaves_no_gap_above_the_keys(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        person.see("Some words?", "Enter")
        before = person.screen
        person.press("?")
        person.see("Ctrl-U the line")
        person.press("?")
        person.see_no_more("Ctrl-U the line")
        person.wait_for(lambda: person.screen == before, "the page as it was")


def test_a_small_window_shows_help_that_is_asked_for(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", rows=8, columns=30) as person:
        person.see("Some words?")
        person.press("?")
        person.see("Any words will do.")
        person.press("?")
        person.see("Some words?")
        person.see_no_more("Any words will do.")


def test_a_small_window_shows_what_is_to_be_read_from_its_beginning(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        walker = Walker(person, "kinds")
        walker.until("told")
        person.press("?")
        person.see("There is more to it.")
        person.resize(7, 30)
        person.see("All kinds")


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_key_is_torn_from_what_it_does(tmp_path: Path, columns: int) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", columns=columns) as person:
        Walker(person, "kinds").until("number")
        back = () if columns == 60 else ("Ctrl-B back",)  # help tells it there
        for words in ("Enter skips", "? help", *back, "Ctrl-C leaves", "Ctrl-Q hides all"):
            assert words in person.screen


def test_breathing_keeps_its_time_when_the_window_changes(walker: Walker) -> None:
    person = walker.person
    walker.until("breath")
    person.see("Breathe in 29")
    person.resize(20, 60)
    person.see("A long breath.", "Breathe in 2")
    person.see("Breathe in 27")
    person.press("space")
    person.see("Paused", "Space goes on")
    person.press("x", "space", "enter")
    person.see("Something to read.")
