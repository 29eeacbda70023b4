"""The country is asked under numbers that stand there already: at ``help-now``, and on the grave page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import in_turn
from tests.pty.own import write_own
from tests.pty.person import Person
from tests.shell import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty
GRAVE = "he hits me every night"
CHOOSE = "Choose a country for these numbers"


def config(person: Person) -> str:
    path = person.home / "config.yaml"
    return path.read_text("utf-8") if path.exists() else ""


@pytest.mark.parametrize(("size", "term"), in_turn([(24, 80), (20, 60)], ["xterm-256color", "dumb"]))
def test_help_now_shows_numbers_then_asks_then_keeps(
    tmp_path: Path, size: tuple[int, int], term: str
) -> None:
    rows, columns = size
    with Person(tmp_path, "help-now", rows=rows, columns=columns, env={"TERM": term}) as person:
        person.see("112 or 911", "call 116 016", "Which country are you in? Country, or Enter to end:")
        person.type("Austria\r")
        person.see("There are no lines for that country here.", "Germany (DE)")
        person.type("deutschland\r")
        person.see("TelefonSeelsorge: call 0800 111 0 111", "Kept for next time")
        assert person.wait_exit() == 0
        assert person.has_its_terminal_back()
        assert config(person) == "country: DE\n"
    with Person(tmp_path, "help-now", rows=rows, columns=columns) as person:
        person.see("TelefonSeelsorge")
        assert person.wait_exit() == 0
        assert "Country, or Enter" not in person.screen


def test_a_country_of_the_locale_is_named_and_can_be_changed(tmp_path: Path) -> None:
    with Person(tmp_path, "help-now", env={"LANG": "en_US.UTF-8"}) as person:
        person.see("United States", "Country: United States. Somewhere else? Type where.")
        person.type("\r")
        assert person.wait_exit() == 0
        assert config(person) == ""
    with Person(tmp_path, "help-now", env={"LANG": "en_US.UTF-8"}) as person:
        person.see("Country, or Enter to end:")
        person.type("uk\r")
        person.see("Samaritans: call 116 123")
        assert person.wait_exit() == 0
        assert config(person) == "country: GB\n"


def test_ctrl_c_leaves_the_question_behind_the_door_as_it_leaves_any(tmp_path: Path) -> None:
    with Person(tmp_path) as person:
        person.see("What is going on right now?", "I am not safe")
        person.press("6")
        person.see("112 or 911", "Country, or Enter to end:")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.has_its_terminal_back()


@pytest.mark.parametrize("locale", ["C.UTF-8", "en_US.UTF-8"])
def test_without_a_terminal_nothing_is_asked(tmp_path: Path, locale: str) -> None:
    done = run(tmp_path, "help-now", typed="Ireland\n", env={"LANG": locale})
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ireland" not in done.stdout


def test_where_nothing_may_be_kept_the_numbers_come_and_the_country_goes(tmp_path: Path) -> None:
    with Person(tmp_path, "help-now") as person:
        (person.home / "config.yaml").write_text("save: false\n", "utf-8")
        person.see("Country, or Enter to end:")
        person.type("Ireland\r")
        person.see("Women's Aid, for women: call 1800 341 900")
        assert person.wait_exit() == 0
        assert "Kept" not in person.screen
        assert config(person) == "save: false\n"


@pytest.mark.parametrize(("more", "kept"), [([], "country: IE\n"), (["--no-save"], "")])
def test_the_grave_page_changes_the_country_under_its_numbers(
    tmp_path: Path, more: list[str], kept: str
) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", *more) as person:
        person.see("Some words?")
        person.type(f"{GRAVE}\r")
        person.see("call 116 016", "In danger right now: 112", CHOOSE)
        person.press("3")
        person.see("Which country are you in?", "Another country")
        person.press("3")
        person.see("Women's Aid, for women: call 1800 341 900", "(Ireland)", CHOOSE)
        person.press("2")
        person.wait_for(lambda: config(person) == kept, "the settings as they should be")


def test_line_mode_changes_it_too(tmp_path: Path) -> None:
    write_own(tmp_path)
    done = run(tmp_path, "kinds", "--plain", typed=f"{GRAVE}\n3\n3\n2\n")
    first, _, second = done.stdout.partition("Which country are you in?")
    assert "call 116 016" in first
    assert "3. Ireland" in second
    assert "In danger right now: 112 or 999 (Ireland)." in second
