"""An entry that is read on a screen of its own, with whatever pager and terminal somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import NOW, entry, put
from tests.pty.person import Person
from tests.shell import home_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty
LONG = "\n".join(f"line {number}" for number in range(60))
JUST_SHORTER = "\n".join(f"line {number}" for number in range(19))  # with its head, 23 rows of 24
HINT = "Enter goes on, q leaves"


def keep(folder: Path, words: str) -> None:
    home_of(folder).parent.mkdir(parents=True)
    put(home_of(folder), [entry("pause", NOW, answers={"move": words})])


@pytest.mark.parametrize(
    ("pager", "words", "pages"),
    [
        *(
            (pager, LONG, ("line 16", "line 38", "line 59"))
            for pager in ("/bin/cat", "cat", "cat -s", "false", "true", "/nowhere/less")
        ),
    ],
)
def test_no_pager_makes_words_flash_and_vanish(
    tmp_path: Path, pager: str, words: str, pages: tuple[str, ...]
) -> None:
    keep(tmp_path, words)
    with Person(tmp_path, "log", "show", "last", env={"PAGER": pager}) as person:
        for last in pages[:-1]:
            person.see(f"{last} {HINT}")
            person.press("enter")
        person.see(f"{pages[-1]} Enter leaves")
        person.press("enter")
        assert person.wait_exit() == 0


@pytest.mark.parametrize("pager", ["less", "less -F", "less -E"])
def test_less_waits_and_whoever_leaves_it_at_once_is_done(tmp_path: Path, pager: str) -> None:
    keep(tmp_path, JUST_SHORTER)
    with Person(tmp_path, "log", "show", "last", env={"PAGER": pager}) as person:
        person.see("line 17", "Space goes on, b goes back, q leaves")
        person.press("q")
        assert person.wait_exit() == 0
        assert "line" not in person.screen


@pytest.mark.parametrize("env", [{"TERM": "linux"}, {"STY": "1.tty"}, {"TERM": "vt100"}])
def test_words_do_not_stay_where_there_is_no_second_screen(tmp_path: Path, env: dict[str, str]) -> None:
    keep(tmp_path, LONG)
    with Person(tmp_path, "log", "show", "last", env=env) as person:
        person.glass.behind = (person.glass.buffer, person.glass.cursor)  # a second screen is never entered
        person.see("line 1", HINT)
        person.press("enter")
        person.see("line 30")
        assert "line 1\n" not in person.screen
        person.press("q")
        assert person.wait_exit() == 0
        assert b"\x1b[2J" not in person.raw.split(b"line 1", 1)[1]
        assert "line" not in person.screen
