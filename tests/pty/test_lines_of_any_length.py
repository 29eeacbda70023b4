"""Line mode on a real terminal: pastes, long lines, letters of several bytes, and the keys that leave."""

from __future__ import annotations

import json
import os
import subprocess
import termios
from typing import TYPE_CHECKING

import pytest
from tests.pty.own import write_own
from tests.pty.person import PROGRAM, Person, environment, settle

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty
IUTF8 = 0o40000  # the terminal knows that letters may have several bytes


def words_of(person: Person) -> str:
    """Leave at the next step, and return what the draft holds of the first."""
    person.press("ctrl-c")
    assert person.wait_exit() == 130
    session = json.loads(person.draft("kinds").read_text("utf-8"))["session"]
    return str({answer["step"]: answer["value"] for answer in session["answers"]}["words"])


def test_a_paste_is_one_answer_and_a_line_is_as_long_as_it_is(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", "--plain") as person:
        modes = termios.tcgetattr(person.line)
        person.see("Your words (Enter skips):")
        long = "word " * 2000
        person.type(f"one\rtwo\r{long}end\r")
        person.see("How much?")
        assert words_of(person) == f"one\ntwo\n{long}end"
        assert termios.tcgetattr(person.line) == modes


def test_backspace_takes_back_a_whole_letter_where_the_terminal_knows_none(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", "--plain") as person:
        modes = termios.tcgetattr(person.line)
        modes[0] &= ~IUTF8
        termios.tcsetattr(person.line, termios.TCSANOW, modes)
        person.see("Your words (Enter skips):")
        person.type("Spaß")
        person.see("Spaß")
        person.press("backspace")
        person.type("ss")
        person.press("enter")
        person.see("How much?")
        assert words_of(person) == "Spass"


def test_ctrl_q_ends_it_as_the_word_does(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", "--plain") as person:
        person.see("Your words (Enter skips):")
        person.type("half a line")
        person.see("half a line")
        person.press("ctrl-q")
        assert person.wait_exit() == 0
        assert person.screen == ""
        assert person.has_its_terminal_back()
    with Person(tmp_path, "kinds", "--plain") as person:
        person.see("You were in the middle of")
        person.type("1\r")
        person.see("Your answer so far: half a line", "Enter keeps it.")
        person.press("enter")
        person.see("How much?")
        assert words_of(person) == "half a line"


def test_a_latin_1_terminal_that_sends_utf_8_is_understood(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(tmp_path / ".local" / "share" / "dbtcoach")
    env = environment(tmp_path, PYTHONIOENCODING="latin-1")
    sent = "Spaß und Käse\n".encode()
    done = subprocess.run(
        [PROGRAM, "kinds", "--plain"], env=env, input=sent, capture_output=True, check=False
    )
    assert done.returncode == 130
    draft = tmp_path / ".local" / "share" / "dbtcoach" / "drafts" / "kinds.json"
    assert "Spaß und Käse" in draft.read_text("utf-8")


@pytest.mark.parametrize("line", ["y", ":help", ":back", "nothing that fits"])
def test_a_pipe_that_never_ends_does(tmp_path: Path, line: str) -> None:
    settle(tmp_path / ".local" / "share" / "dbtcoach")
    read, write = os.pipe()
    with subprocess.Popen(
        [PROGRAM, "pause", "--plain"],
        env=environment(tmp_path),
        stdin=read,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as program:
        os.close(read)
        os.write(write, f"{line}\n".encode() * 1000)
        _, told = program.communicate(timeout=60)
        os.close(write)
    assert program.returncode == 2
    assert "the step “before”" in told.decode()


@pytest.mark.parametrize("columns", [30, 60, 100])
def test_words_are_not_torn(tmp_path: Path, columns: int) -> None:
    with Person(tmp_path, "pause", "--plain", columns=columns) as person:
        person.see("How strong is the distress right now?")
        words = set(person.raw.decode().split())
        shown = {word for line in person.screen.split("\n") for word in line.split()}
        assert shown <= words


def test_a_question_of_a_command_is_broken_between_words(tmp_path: Path) -> None:
    with Person(tmp_path, "rows", "--card", "short", rows=20, columns=60) as person:
        person.see("Take it? (y/N)")
        assert "Numbers that\nare kept stay." in person.screen
        person.press("ctrl-c")
        assert person.wait_exit() == 130
