"""Leaving in the first second: wherever the program is then, it ends and gives the terminal back."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import sys
import termios
from pathlib import Path

import pytest
from tests.pty.person import Person

pytestmark = pytest.mark.pty

HALTED = (sys.executable, str(Path(__file__).with_name("halted.py")))
# In the order in which they are come by, from the first change of the terminal to the first question.
PLACES = (
    ("pause", "modes.write"),
    ("pause", "cli.__init__.guarded"),
    ("pause", "page.<module>"),
    ("pause", "opened.go_on"),
    ("pause", "stage.open_stage"),
    ("pause", "screen.go_on"),
    ("pause", "screen.hide_when_stopped"),
    ("pause", "opened._keeps_without_asking"),
    ("pause", "prompts.present"),
    ("pause", "questionary.__init__.<module>"),
    ("pause", "asking.<module>"),
    ("pause", "asking.ask"),
    ("", "door.<module>"),
    ("", "door.open_door"),
    ("", "door._page"),
)
ENDS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}


class Halted(Person):
    """Somebody whose program stands at one place, until it may go on."""

    def __init__(self, folder: Path, exercise: str, place: str, *, known: bool = True) -> None:
        self.folder = folder
        os.mkfifo(folder / "go")
        arguments = [exercise] if exercise else []
        super().__init__(folder, *arguments, known=known, command=(*HALTED, str(folder), place))
        self.wait_for((folder / "there").exists, f"the program at {place}")

    def let_go(self) -> None:
        """Let the program go on."""
        os.close(os.open(self.folder / "go", os.O_WRONLY))

    def waiting(self) -> int:
        """Return how many bytes wait in the terminal to be read."""
        return int(struct.unpack("i", fcntl.ioctl(self.line, termios.FIONREAD, bytes(4)))[0])


@pytest.mark.parametrize(("exercise", "place"), PLACES)
def test_the_quick_exit_works_wherever_the_program_is_before_its_first_question(
    tmp_path: Path, exercise: str, place: str
) -> None:
    with Halted(tmp_path, exercise, place) as person:
        person.press("ctrl-q")
        assert person.wait_exit() == 0  # at once: nobody lets it go on
        assert person.has_its_terminal_back()
        assert person.screen == ""
        assert person.raw.endswith(b"\x1b[3J")


def test_there_are_no_words_on_the_screen_before_the_quick_exit_works(tmp_path: Path) -> None:
    with Halted(tmp_path, "pause", "modes.write") as person:
        assert person.raw == b""
        person.press("ctrl-q")
        assert person.wait_exit() == 0


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize(("exercise", "place"), [("pause", "modes.hush"), *PLACES])
def test_a_signal_gives_the_terminal_back_wherever_the_program_is(
    tmp_path: Path, exercise: str, place: str, number: signal.Signals
) -> None:
    with Halted(tmp_path, exercise, place) as person:
        person.signal(number)
        assert person.wait_exit() == ENDS[number]
        assert person.has_its_terminal_back()
        assert person.raw.count(b"\x1b[?1049h") <= person.raw.count(b"\x1b[?1049l")
        assert person.screen == ("Nothing was kept. You can come back any time." if number == 2 else "")


def test_ctrl_c_before_anything_is_shown_is_calm_too(tmp_path: Path) -> None:
    with Halted(tmp_path, "pause", "overture._may_open") as person:
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.has_its_terminal_back()


def test_a_quick_exit_that_the_terminal_let_through_beforehand_is_not_forgotten(tmp_path: Path) -> None:
    """Who has turned flow control off (``stty -ixon``) can type it before the program has begun."""
    with Halted(tmp_path, "pause", "overture._may_open") as person:
        modes = termios.tcgetattr(person.line)
        modes[0] &= ~termios.IXON
        termios.tcsetattr(person.line, termios.TCSANOW, modes)
        person.press("ctrl-q")
        person.see("^Q")  # the terminal has taken it in
        person.let_go()
        assert person.wait_exit() == 0
        assert person.has_its_terminal_back()
