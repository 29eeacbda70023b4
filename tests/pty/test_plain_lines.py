"""The prompts outside an exercise: Ctrl-Q ends them at once, and what was typed leaves no row behind."""

from __future__ import annotations

import signal
import termios
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import in_turn
from tests.pty.person import Person

from dbtcoach.journal.entry import Entry, Saved
from dbtcoach.journal.file import append

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty
CANARY = "seven yellow canaries on a very long wire in the rain, one beside the other and none alone"
NOW = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
CLEARED = b"\x1b[H\x1b[2J\x1b[3J"


def kept(folder: Path) -> Path:
    """Put an entry with the words into a journal."""
    path = folder / ".local" / "share" / "dbtcoach" / "journal.json"
    stamp = NOW.isoformat()
    answers = (Saved("thought", "What?", f"a {CANARY} b"),)
    entry = Entry(
        "", "pause", "Pause", stamp, stamp, "2026-11-22", complete=True, distress=None, answers=answers
    )
    append(str(path), entry, now=NOW, randomness=bytes)
    return path


PROMPTS = {
    "log search": (("log", "search"), "Search for:"),
    "log delete": (("log", "delete", "last"), "Delete this entry?"),
    "data forget": (("data", "forget"), "Remove everything?"),
}


@pytest.mark.parametrize("name", PROMPTS)
def test_ctrl_q_ends_it_at_once_and_clears_the_screen(tmp_path: Path, name: str) -> None:
    path = kept(tmp_path)
    before = path.read_bytes()
    arguments, question = PROMPTS[name]
    with Person(tmp_path, *arguments) as person:
        modes = termios.tcgetattr(person.line)
        person.see(question)
        person.type("ye")
        person.press("ctrl-q")
        assert person.wait_exit() == 0
        assert person.screen == ""
        assert person.raw.endswith(CLEARED)
        assert termios.tcgetattr(person.line) == modes
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "way_out"),
    in_turn(list(PROMPTS), [("ctrl-c", 130), ("ctrl-d", 130), (":end\r", 130), (":quit\r", 0)]),
)
def test_the_other_ways_out_are_as_everywhere(tmp_path: Path, name: str, way_out: tuple[str, int]) -> None:
    ending, code = way_out
    path = kept(tmp_path)
    before = path.read_bytes()
    arguments, question = PROMPTS[name]
    with Person(tmp_path, *arguments) as person:
        modes = termios.tcgetattr(person.line)
        person.see(question)
        person.press(ending)
        assert person.wait_exit() == code
        assert termios.tcgetattr(person.line) == modes
    assert path.read_bytes() == before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_gives_the_terminal_back(tmp_path: Path, number: int, code: int) -> None:
    kept(tmp_path)
    with Person(tmp_path, "log", "search") as person:
        modes = termios.tcgetattr(person.line)
        person.see("Search for:")
        person.signal(number)
        assert person.wait_exit() == code
        assert termios.tcgetattr(person.line) == modes
        assert person.screen == ""


@pytest.mark.parametrize("columns", [40, 80])
def test_words_that_wrap_leave_no_row_behind(tmp_path: Path, columns: int) -> None:
    kept(tmp_path)
    with Person(tmp_path, "log", "search", columns=columns) as person:
        person.see("Search for:")
        person.type(CANARY.upper())
        person.see("NONE ALONE")
        person.press("enter")
        person.see(f"»{CANARY}«")
        person.type("q")
        assert person.wait_exit() == 0
        assert person.screen == ""


def test_on_a_simple_terminal_nothing_is_drawn(tmp_path: Path) -> None:
    kept(tmp_path)
    with Person(tmp_path, "log", "search", env={"TERM": "dumb"}) as person:
        person.see("Search for:")
        person.press("ctrl-q")
        assert person.wait_exit() == 0
        assert b"\x1b" not in person.raw
