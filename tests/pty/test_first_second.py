"""Leaving in the first second: wherever the program is then, it ends and gives the terminal back."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import struct
import sys
import termios
from pathlib import Path

import pytest
from tests.acceptance.share import in_turn
from tests.pty.person import Person
from tests.pty.walker import SKIP, Walker

from dbtcoach.overture import _opening_page

pytestmark = pytest.mark.pty

HALTED = (sys.executable, str(Path(__file__).with_name("halted.py")))
# In the order in which they are come by, from the first change of the terminal to the first question.
PLACES = (
    ("pause", "modes.write"),
    ("pause", "boundary.guarded"),
    ("pause", "page.<module>"),
    ("pause", "handover.go_on"),
    ("pause", "stage.open_stage"),
    ("pause", "screen.go_on"),
    ("pause", "screen.hide_when_stopped"),
    ("pause", "handover._keeps_without_asking"),
    ("pause", "prompts.present"),
    ("pause", "questionary.__init__.<module>"),
    ("pause", "asking.<module>"),
    ("pause", "asking.ask"),
    ("", "door.<module>"),
    ("", "door.open_door"),
    ("", "door.choices_now"),
)
ENDS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}


class Halted(Person):
    """Somebody whose program stands at one place, until it may go on."""

    def __init__(
        self, folder: Path, exercise: str, place: str, *, known: bool = True, at_once: bool = True
    ) -> None:
        self.folder = folder
        os.mkfifo(folder / "go")
        arguments = [exercise] if exercise else []
        super().__init__(folder, *arguments, known=known, command=(*HALTED, str(folder), place))
        if at_once:
            self.arrive(place)

    def arrive(self, place: str) -> None:
        """Wait until the program has come to its place."""
        self.wait_for((self.folder / "there").exists, f"the program at {place}")

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


@pytest.mark.parametrize(("where", "number"), in_turn([("pause", "modes.cbreak"), *PLACES], list(ENDS)))
def test_a_signal_gives_the_terminal_back_wherever_the_program_is(
    tmp_path: Path, where: tuple[str, str], number: signal.Signals
) -> None:
    exercise, place = where
    with Halted(tmp_path, exercise, place) as person:
        person.signal(number)
        assert person.wait_exit() == ENDS[number]
        assert person.has_its_terminal_back()
        assert person.raw.count(b"\x1b[?1049h") <= person.raw.count(b"\x1b[?1049l")
        assert person.screen == ("Nothing was kept. You can come back any time." if number == 2 else "")


def test_a_terminal_that_has_no_size_is_taken_for_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serial lines and some recorders say 0; a column of single letters would be no first words."""
    monkeypatch.setattr(os, "get_terminal_size", lambda _fd: os.terminal_size((0, 0)))
    assert "You can stop here for a moment." in _opening_page("pause", 1)


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


def test_keys_typed_before_the_first_run_question_is_there_do_not_answer_it(tmp_path: Path) -> None:
    """They wait for the exercise, which they were meant for."""
    with Halted(tmp_path, "pause", "handover.go_on", known=False) as person:
        person.type("3\r")  # there it would be: keep nothing
        person.wait_for(lambda: person.waiting() == len("3\r"), "the keys in the terminal")
        person.let_go()
        person.see("Who uses this computer?")
        person.press("1")
        walker = Walker(person, "pause", {"before": 3})
        walker.go_on_unseen()
        walker.see()
        draft = json.loads(person.draft("pause").read_text("utf-8"))
        assert [answer["value"] for answer in draft["session"]["answers"]] == [3]


def test_the_enter_behind_a_choice_at_the_door_does_not_answer_the_first_run_question(tmp_path: Path) -> None:
    with Halted(tmp_path, "", "door.open_door", known=False) as person:
        person.type("2\r")
        person.wait_for(lambda: person.waiting() == len("2\r"), "the keys in the terminal")
        person.let_go()
        person.see("Who uses this computer?")
        person.press("1")
        walker = Walker(person, "pause")
        walker.decide = lambda step, page: SKIP  # type: ignore[method-assign]  # noqa: ARG005 - the Enter
        walker.go_on_unseen()
        walker.see()


@pytest.mark.parametrize("key", ["ctrl-q", "ctrl-c"])
def test_a_key_that_leaves_is_never_kept_back(tmp_path: Path, key: str) -> None:
    with Halted(tmp_path, "pause", "vt100._attached_input", known=False) as person:
        person.type("3\r")
        person.press(key)
        person.wait_for(lambda: person.waiting() == len("3\r") + 1, "the keys in the terminal")
        person.let_go()
        assert person.wait_exit() == (0 if key == "ctrl-q" else 130)
        assert person.has_its_terminal_back()


def test_keys_typed_before_a_draft_is_offered_do_not_drop_it(tmp_path: Path) -> None:
    with Person(tmp_path, "pause") as person:
        Walker(person, "pause").until("pace")
        person.press("ctrl-c")
        person.wait_exit()
    with Halted(tmp_path, "pause", "screen.hide_when_stopped") as person:
        person.type("2")
        person.wait_for(lambda: person.waiting() == 1, "the key in the terminal")
        person.let_go()
        person.see("You were in the middle of")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.draft("pause").exists()


@pytest.mark.parametrize("place", ["base_events.shutdown_default_executor", "play._moved", "keeping.draft"])
def test_an_answer_that_was_given_is_not_lost_to_a_ctrl_c_before_it_is_drafted(
    tmp_path: Path, place: str
) -> None:
    with Halted(tmp_path, "pause", place, at_once=False) as person:
        person.see("How strong is the distress right now?")
        person.type("3\r")
        person.arrive(place)
        person.press("ctrl-c")
        person.let_go()
        assert person.wait_exit() == 130
        draft = json.loads(person.draft("pause").read_text("utf-8"))
        assert [answer["value"] for answer in draft["session"]["answers"]] == [3]
        assert "Your answers so far are kept." in person.screen
