"""The plan on a screen: made, shown, and below the numbers where people to call are, only after a key."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from tests.pty.own import write_own
from tests.pty.person import Person, squeezed
from tests.shell import home_of, run
from tests.sitting.locked import PASSPHRASE, lock_home

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty
WORD = "Zanzibar"
PLAN = f"1\n{WORD}\n\n\nSam 0123\n\n\n"
GRAVE = "he hits me every night"
OFFER = "p for your own plan"


def make(folder: Path, *, locked: bool = False) -> None:
    assert run(folder, "plan", "--plain", typed=PLAN).returncode == 0
    if locked:
        lock_home(home_of(folder))


def test_it_is_made_shown_changed_and_removed_on_a_screen_of_its_own(tmp_path: Path) -> None:
    with Person(tmp_path, "plan") as person:
        person.see("It prevents nothing", "Could somebody you fear open it")
        person.press("1")
        person.see("My signs")
        person.type(f"{WORD}\r\r")
        person.see("What I can do by myself")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Your plan is kept." in person.screen
        assert WORD not in person.screen
    with Person(tmp_path, "plan") as person:
        person.see("- Zanzibar", "Enter closes it")
        person.press("1")
        person.see("Could somebody you fear open it")
        person.press("1")
        person.see(WORD)  # to be changed
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    with Person(tmp_path, "plan") as person:
        person.see("- Zanzibar")
        person.press("2")
        person.see("Remove your plan from this computer?")
        person.press("y")
        assert person.wait_exit() == 0
        assert "Your plan was removed." in person.screen
        assert not (person.home / "plan.json").exists()


def test_of_two_windows_the_second_is_told_before_anything_is_typed(tmp_path: Path) -> None:
    make(tmp_path)
    with Person(tmp_path, "plan") as second, Person(tmp_path, "plan", "--change") as first:
        second.see("Enter closes it")
        first.see("Could somebody you fear open it")
        second.press("1")
        assert second.wait_exit() == 1
        assert "being changed in another window" in squeezed(second.screen)
        first.press("1")
        first.see(WORD)
        first.press("ctrl-u")
        first.type("Another\r\r")
        first.see("What I can do by myself")
        first.press("ctrl-c")
        assert first.wait_exit() == 130
    assert "- Another\n" in run(tmp_path, "plan").stdout


def test_half_a_line_is_kept_beside_what_it_changes_and_stands_there_again(tmp_path: Path) -> None:
    make(tmp_path)
    with Person(tmp_path, "plan", "--change") as person:
        person.see("Could somebody you fear open it")
        person.press("1")
        person.see(WORD)
        person.press("ctrl-u")
        person.type("Someth")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Your plan is kept." in person.screen
    with Person(tmp_path, "plan") as person:
        person.see(f"- {WORD}", "Enter closes it")
        person.press("1")
        person.see("Could somebody you fear open it")
        person.press("1")
        person.see("▎ Someth")
        person.type("ing else\r\r")
        person.see("What I can do by myself")
        person.type("Half a numb")
        person.press("ctrl-q")
        assert person.wait_exit() == 0
    shown = run(tmp_path, "plan").stdout
    assert "- Something else\n" in shown
    assert "- Half a numb\n" in shown
    assert WORD not in shown


def test_in_line_mode_half_a_list_is_kept_item_by_item(tmp_path: Path) -> None:
    with Person(tmp_path, "plan", "--plain") as person:
        person.see("Number:")
        person.type("1\r")
        person.see("Up to 8, with a ; between them (Enter skips):")
        person.type("I stop answering; I wake at th")
        person.see("I wake at th")  # Ctrl-C takes away what the terminal has not given out yet
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Your plan is kept." in person.screen
    assert run(tmp_path, "plan").stdout == "My signs\n- I stop answering\n- I wake at th\n"
    done = run(tmp_path, "plan", "--change", "--plain", typed="1\n\n:end\n")
    assert "Your answer so far: I stop answering\n I wake at th\nEnter keeps it." in done.stdout
    kept = json.loads((home_of(tmp_path) / "plan.json").read_text("utf-8"))["plan"]["parts"]
    assert kept == [{"name": "signs", "title": "My signs", "lines": ["I stop answering", "I wake at th"]}]


def test_what_was_taken_back_to_be_changed_is_kept(tmp_path: Path) -> None:
    with Person(tmp_path, "plan") as person:
        person.see("Could somebody you fear open it")
        person.press("1")
        person.see("My signs")
        person.type(f"{WORD}\r\r")
        person.see("What I can do by myself")
        person.press("shift-tab")
        person.see(WORD)
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    assert run(tmp_path, "plan").stdout == f"My signs\n- {WORD}\n"


@pytest.mark.parametrize(("pressed", "told"), [("1", "Your plan is kept."), ("3", "No plan is kept here.")])
def test_the_first_run_asks_who_uses_this_computer(tmp_path: Path, pressed: str, told: str) -> None:
    with Person(tmp_path, "plan", known=False) as person:
        person.see("Who uses this computer?")
        assert "Could somebody you fear" not in person.screen
        person.press(pressed)
        if pressed == "1":
            person.see("Could somebody you fear open it")
            person.press("1")
            person.see("My signs")
            person.type(WORD)
            person.press("ctrl-c")
        assert person.wait_exit() == (130 if pressed == "1" else 0)
        assert told in person.screen
        assert (person.home / "plan.json").exists() == (pressed == "1")


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("country", [(), ("--country", "GB")])
def test_help_now_shows_it_below_the_numbers_after_a_key(
    tmp_path: Path, country: tuple[str, ...], *, locked: bool
) -> None:
    make(tmp_path, locked=locked)
    with Person(tmp_path, "help-now", *country, env={"PAGER": "cat"}) as person:
        person.see("call 116", OFFER)
        assert WORD not in person.raw.decode()
        person.type("p\r")
        if locked:
            person.see("The journal is locked. Passphrase:")
            person.type(f"{PASSPHRASE}\r")
        person.see(WORD, "Sam 0123")
        assert squeezed(person.screen).index("116 123") < squeezed(person.screen).index(WORD)
        person.press("enter")
        person.see_no_more(WORD)
        person.see(OFFER)
        person.press("enter")
        assert person.wait_exit() == 0
        assert WORD not in person.screen


@pytest.mark.parametrize("how", ["damaged", "locked", "a pipe that nobody writes into", "a folder"])
def test_help_now_works_where_the_plan_does_not(tmp_path: Path, how: str) -> None:
    make(tmp_path, locked=how == "locked")
    path = home_of(tmp_path) / "plan.json"
    if how != "locked":
        path.unlink()
    if how == "damaged":
        path.write_bytes(b'{"v":1,"plan":{\xff')
    elif how == "a folder":
        path.mkdir()
    elif how != "locked":
        os.mkfifo(path)
    assert "116 123" in run(tmp_path, "help-now", "--country", "GB").stdout
    told = {"damaged": "Your plan could not be read.", "locked": "it stays locked"}
    with Person(tmp_path, "help-now", "--country", "GB") as person:
        person.see("116 123", OFFER)
        person.type("p\r")
        if how == "locked":
            person.see("Passphrase:")
            person.press("enter")
        person.see(told.get(how, "plan.json is a "), "116 123", "Enter leaves")
        person.press("enter")
        person.press("enter")
        assert person.wait_exit() == 0


def test_where_nobody_can_press_a_key_it_is_not_shown(tmp_path: Path) -> None:
    make(tmp_path)
    done = run(tmp_path, "help-now", typed="p\n")
    assert done.returncode == 0
    assert WORD not in done.stdout + done.stderr
    assert "plan" not in done.stdout


@pytest.mark.parametrize("locked", [False, True])
def test_ctrl_g_shows_it_after_a_key_and_comes_back(tmp_path: Path, *, locked: bool) -> None:
    make(tmp_path, locked=locked)
    with Person(tmp_path, "pause") as person:
        person.see("How strong is the distress")
        person.press("ctrl-g")
        person.see("Emergency", "My own plan")
        assert WORD not in person.screen
        person.press("2")
        if locked:
            person.see("Ctrl-C leaves.", "Ctrl-Q hides all.", "Passphrase:")
            person.type(f"{PASSPHRASE}\r")
        person.see("call 116 123", WORD, "Back to the numbers")
        person.press("1")
        person.see("Emergency")
        person.press("1")
        person.see("How strong is the distress")
        assert WORD not in person.screen


def test_the_grave_page_shows_it_after_a_key(tmp_path: Path) -> None:
    make(tmp_path)
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        person.see("Some words?")
        person.type(f"{GRAVE}\r")
        person.see("call 116 016", "My own plan")
        assert WORD not in person.screen
        person.press("3")
        person.see("call 116 123", WORD)
        person.press("1")
        person.see("call 116 016", "My own plan")
        person.press("1")
        person.see("How much?")


def test_line_mode_shows_it_when_it_is_asked_for(tmp_path: Path) -> None:
    make(tmp_path)
    write_own(tmp_path)
    done = run(tmp_path, "kinds", "--plain", typed=":help-now\n:help-now plan\n:end\n")
    first, _, second = done.stdout.partition("My own plan? Type :help-now plan")
    assert "116 123" in first
    assert WORD not in first
    assert second.index("116 123") < second.index(WORD)


@pytest.mark.parametrize("arguments", [("log", "search"), ("data", "forget"), ("data", "lock")])
def test_ctrl_g_works_wherever_a_command_asks(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """In a line and at a passphrase; what stood there stands there still."""
    run(tmp_path, "pause", "--answers", "-", typed="before: 3\n")
    with Person(tmp_path, *arguments, env={"LANG": "en_GB.UTF-8"}, rows=50) as person:
        person.see(
            ": " if arguments[0] != "data" else {"forget": "(y/N)", "lock": "passphrase:"}[arguments[1]]
        )
        person.type("n")
        person.press("ctrl-g")
        person.see("Samaritans: call 116 123")
        person.press("enter" if arguments[1] != "lock" else "ctrl-c")
        assert person.wait_exit() in (0, 130)
        assert person.has_its_terminal_back()


@pytest.mark.parametrize("pager", ["less", "/bin/cat"])
def test_the_plan_can_be_seen_after_a_country_was_named_and_the_numbers_stay(
    tmp_path: Path, pager: str
) -> None:
    make(tmp_path)
    with Person(tmp_path, "help-now", rows=20, columns=60, env={"PAGER": pager}) as person:
        person.see(f"Country, {OFFER}")
        person.type("Ireland\r")
        person.see("Women's Aid", "Type p for your own plan")
        person.type("p\r")
        person.see(WORD)
        person.press("q")
        person.see("Samaritans: call 116 123", "Type p for your own plan")
        assert WORD not in person.screen
        person.type("\r")
        assert person.wait_exit() == 0
        assert "Samaritans: call 116 123" in person.screen
