"""For everyone: plain lines without an escape sequence, any window, no colour, no Unicode, no animation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import LONG, some
from tests.acceptance.stops import SHIPPED, Careful
from tests.acceptance.test_7_network import COMMANDS
from tests.pty.own import write_own
from tests.pty.person import Person, settle
from tests.pty.walker import Route, Walker
from tests.shell import home_of, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(LONG)]

COLOUR = re.compile(rb"\x1b\[[0-9;]*?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
MANY_COLOURS = re.compile(rb"\x1b\[[0-9;]*?[34]8;[25];")
ASK_WHERE = b"\x1b[6n"


def letters(data: bytes) -> bytes:
    """Return what is drawn without the bytes that are a person's words."""
    return data.replace("Grüße".encode(), b"")


@pytest.mark.parametrize("exercise", some(list(SHIPPED), 4))
def test_every_exercise_in_plain_lines(tmp_path: Path, figure: Callable[[str], None], exercise: str) -> None:
    arguments, plan = SHIPPED[exercise]
    settle(home_of(tmp_path))
    lines = Careful(home_of(tmp_path), exercise, plan).lines()
    done = run(tmp_path, *arguments, "--plain", typed="".join(f"{line}\n" for line in lines))
    assert done.returncode == 0, done.stderr
    for text in (done.stdout, done.stderr):
        assert "\x1b" not in text
        assert "\r" not in text
    assert "Kept in your journal." in done.stderr
    figure(f"plain lines, {exercise}: {len(lines)} answers, 0 ESC")


def test_every_command_in_plain_lines(tmp_path: Path, figure: Callable[[str], None]) -> None:
    run(tmp_path, "pause", "--answers", "-", typed="before: 3\nurge: words\n")
    commands = some(COMMANDS, 6)
    for arguments, typed in commands:
        done = run(tmp_path, *arguments, typed=typed, env={"DBTCOACH_PLAIN": "1"})
        assert done.returncode == 0, (arguments, done.stderr)
        assert "\x1b" not in done.stdout + done.stderr, arguments
    figure(f"plain lines, commands: {len(commands)}, 0 ESC")


@pytest.mark.pty
@pytest.mark.parametrize("command", [["log", "show", "last"], ["trends"], ["log", "list"], ["help-now"]])
def test_a_command_at_a_plain_terminal(tmp_path: Path, command: list[str]) -> None:
    run(tmp_path, "pause", "--answers", "-", typed="before: 3\nurge: words\n")
    with Person(tmp_path, *command, env={"DBTCOACH_PLAIN": "1"}) as person:
        if command == ["help-now"]:
            person.see("Which country are you in?")
            person.press("enter")
        assert person.wait_exit() == 0
        assert b"\x1b" not in person.raw


@pytest.mark.pty
@pytest.mark.parametrize("size", [(20, 60), (60, 200)])
@pytest.mark.parametrize("exercise", some(["kinds", *SHIPPED], 2))
def test_every_page_in_a_small_and_a_wide_window(
    tmp_path: Path, figure: Callable[[str], None], exercise: str, size: tuple[int, int]
) -> None:
    write_own(tmp_path)
    rows, columns = size
    arguments, plan = SHIPPED.get(exercise, (["kinds"], {}))
    with Person(tmp_path, *arguments, rows=rows, columns=columns) as person:
        walker = Walker(person, exercise, plan)
        while walker.due is not None:
            if len(walker.page().message) < columns * rows // 3:
                walker.go_on()
            else:  # longer than a small window: it is scrolled
                person.see(walker.page().message.split("\n")[-1])
                person.press("enter")
                walker.go_on_unseen()
        assert walker.leave() == 0
    figure(f"{columns}×{rows}, {exercise}: {len(walker.pages)} pages, each with all its words")


@pytest.mark.pty
@pytest.mark.parametrize(
    ("env", "config", "never"),
    [
        ({"NO_COLOR": "1"}, "", COLOUR),
        ({"TERM": "linux"}, "", MANY_COLOURS),
        ({"TERM": "xterm"}, "", MANY_COLOURS),
        (
            {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            "",
            re.compile(rb"[\x80-\xff]"),
        ),
        ({}, "save: true\nanimation: false\n", re.compile(rb"Breathe in 29")),
    ],
    ids=["NO_COLOR", "16 colours, linux", "16 colours, xterm", "LC_ALL=C", "no animation"],
)
def test_a_terminal_that_can_do_less(
    tmp_path: Path, figure: Callable[[str], None], env: dict[str, str], config: str, never: re.Pattern[bytes]
) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    if config:
        (home_of(tmp_path) / "config.yaml").write_text(config, "utf-8")
    with Person(tmp_path, "kinds", env=env) as person:
        walker = Route(person.home, "kinds", {"menu": ("again",)})
        follower = Walker(person, "kinds", {"menu": ("again",)})
        assert walker.due is not None
        while follower.due is not None:
            page = follower.page()
            plain = page.message.encode("ascii", "ignore").decode()
            person.see(plain)
            answer = follower.decide(page.step, page)
            follower._press(page.step, answer)  # noqa: SLF001 - seen here, in the letters of this terminal
            follower.take(page, answer)
        assert person.wait_exit() == 0
        assert never.search(letters(person.raw)) is None
        assert person.has_its_terminal_back()
        assert len(person.entries()) == 1
    figure(f"{env or config.split()}: walked to its end, 0 of what it cannot show")


@pytest.mark.pty
def test_a_terminal_that_says_nothing_of_its_cursor(tmp_path: Path, figure: Callable[[str], None]) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        person.glass.answer = lambda _data: None
        walker = Walker(person, "kinds")
        walker.to_the_end()
        assert person.wait_exit() == 0
        assert b"CPR" not in person.raw
        asked = person.raw.count(ASK_WHERE)
    figure(f"a terminal that answers nothing: walked to its end, no warning, asked {asked} times")


@pytest.mark.parametrize("exercise", some(list(SHIPPED), 2))
def test_plain_lines_without_unicode(tmp_path: Path, exercise: str) -> None:
    arguments, plan = SHIPPED[exercise]
    settle(home_of(tmp_path))
    lines = Careful(home_of(tmp_path), exercise, plan).lines()
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(tmp_path, *arguments, "--plain", typed="".join(f"{line}\n" for line in lines), env=env)
    assert done.returncode == 0, done.stderr
    assert (done.stdout + done.stderr).isascii()
