"""Every way in which a sitting can end, at every prompt: the terminal is given back, the draft is kept."""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.acceptance.share import FULL, LONG, some
from tests.acceptance.stops import SHIPPED, WORD, Stop, drafted, go_to, put_draft, see_page, stops
from tests.pty import person as people
from tests.pty.own import STEPS, write_own
from tests.pty.person import PATIENCE, Person, settle
from tests.pty.test_tmux import Tmux
from tests.pty.walker import Route
from tests.shell import home_of, run
from tests.work import megabyte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.pty,
    pytest.mark.slow,
    pytest.mark.timeout(LONG),
    pytest.mark.skipif(sys.platform == "win32", reason="no pty there"),
]

KINDS: dict[str, object] = {"menu": ("again",)}
AT_ONCE = 60 if FULL else 300  # loops over a megabyte: 0.3 s, or 1.5; in a share other tests run beside it
CODES = {
    "Ctrl-C": 130,
    "Ctrl-D": 130,
    "Ctrl-Q": 0,
    "SIGINT": 130,
    "SIGTERM": 143,
    "SIGHUP": 129,
    "closed window": 129,
    "resize": 130,
}
THREE = ("Ctrl-Q", "SIGTERM", "closed window")


class Tally:
    """What came of a number of endings."""

    def __init__(self) -> None:
        self.endings = 0
        self.quick: list[float] = []

    def line(self, what: str) -> str:
        """Return what was counted."""
        taken = ""
        if self.quick:
            taken = f"; Ctrl-Q took {statistics.median(self.quick):.3f} s, at most {max(self.quick):.3f} s"
        return f"endings, {what}: {self.endings} of {self.endings} gave the terminal back and kept it{taken}"


def close_window(person: Person) -> int:
    """Take the terminal away, as its window does, and return the exit code."""
    child: Any = person.child  # its ptyproc is not in the stubs
    os.close(person.line)
    person.line = os.open(os.devnull, os.O_RDONLY)
    child.ptyproc.fileobj.close()
    until = time.monotonic() + PATIENCE
    while child.ptyproc.isalive():
        assert time.monotonic() < until, "it goes on without a terminal"
    child.ptyproc.closed = True
    return int(child.ptyproc.exitstatus)


def end(person: Person, how: str, stop: Stop, tally: Tally) -> int:
    """End a sitting and return the exit code."""
    if how == "closed window":
        return close_window(person)
    if how == "resize":
        rows, columns = person.glass.lines, person.glass.columns
        person.resize(5, 20)
        person.wait_for(lambda: person.screen.strip() != "", "anything in a small window")
        person.resize(rows, columns)
        see_page(person, stop)
        person.press("ctrl-c")
    elif how.startswith("SIG"):
        person.signal(getattr(signal, how))
    else:
        person.press(how.lower())
    if how == "Ctrl-Q":
        begun = time.perf_counter()
        os.waitid(os.P_PID, int(person.child.pid or 0), os.WEXITED | os.WNOWAIT)
        tally.quick.append(time.perf_counter() - begun)
    return person.wait_exit()


def check(folder: Path, way: tuple[list[str], dict[str, object]], stop: Stop, how: str, tally: Tally) -> None:
    """Go to a prompt, end there, and look at what is left."""
    home, (arguments, plan) = home_of(folder), way
    name = stop.session.exercise.name
    (home / "drafts" / f"{name}.json").unlink(missing_ok=True)
    if not stop.first:
        put_draft(home, stop)
    before = drafted(home, name)
    where = f"{name}, {stop.step}, {how}"
    with Person(folder, *arguments, rows=40) as person:
        go_to(person, stop, plan)
        assert end(person, how, stop, tally) == CODES[how], where
        if how != "closed window":
            assert person.has_its_terminal_back(), where
            assert WORD not in person.screen, where
            assert b"\x1b[?1049l" in person.raw, where
        if how == "Ctrl-Q":
            assert person.screen == "", where
            assert tally.quick[-1] < AT_ONCE * megabyte(), where
        assert "Traceback" not in person.raw.decode("utf-8", "replace"), where
        assert person.entries() == [], where
    after = drafted(home, name)
    if before is None:
        assert after is None, where
    else:
        assert after is not None, where
        for key in ("answers", "passed"):
            assert after[key] == before[key], where
    assert list((home / "drafts").glob("*.tmp")) == []
    tally.endings += 1


@pytest.mark.parametrize("how", CODES)
def test_every_ending_at_every_kind_of_prompt(
    tmp_path: Path, figure: Callable[[str], None], how: str
) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    found = stops(home_of(tmp_path), "kinds", KINDS)
    assert {stop.step for stop in found} >= set(STEPS)
    tally = Tally()
    turn = list(CODES).index(how)  # each ending at other prompts, so that a share meets all of them
    for stop in some(found[turn:] + found[:turn], 2):
        check(tmp_path, (["kinds"], KINDS), stop, how, tally)
    figure(tally.line(f"{how} in all kinds of steps"))


@pytest.mark.parametrize("exercise", SHIPPED)
def test_three_endings_at_every_prompt_of_every_exercise(
    tmp_path: Path, figure: Callable[[str], None], exercise: str
) -> None:
    settle(home_of(tmp_path))
    found = stops(home_of(tmp_path), exercise, SHIPPED[exercise][1])
    matrix = [(stop, how) for stop in found for how in THREE]
    turn = list(SHIPPED).index(exercise) % len(THREE)
    tally = Tally()
    for stop, how in some(matrix[turn:] if FULL else matrix[len(matrix) // 2 + turn :], 1):
        check(tmp_path, SHIPPED[exercise], stop, how, tally)
    figure(tally.line(f"{exercise}, {len(found)} prompts"))


@pytest.mark.parametrize("exercise", some(["kinds", *SHIPPED], 4))
def test_a_pipe_that_ends_at_any_prompt_keeps_the_draft(
    tmp_path: Path, figure: Callable[[str], None], exercise: str
) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    arguments, plan = SHIPPED.get(exercise, (["kinds"], KINDS))
    route = Route(home_of(tmp_path), exercise, {**plan, "afraid": "not_afraid"})
    lines = route.lines()
    counted = 0
    for count in some(range(len(lines))[len(lines) // 2 :] if not FULL else range(len(lines)), 1):
        typed = "".join(f"{line}\n" for line in lines[:count])
        done = run(tmp_path, *arguments, "--plain", "--fresh", typed=typed)
        assert done.returncode == 130, (exercise, count, done.stderr)
        draft = drafted(home_of(tmp_path), exercise)
        kept = any(line for at, line in enumerate(lines[:count]) if at not in route.never_kept)
        assert bool(draft and draft["answers"]) == kept, (exercise, count)
        assert len(done.stderr.strip().split("\n")) == 1
        counted += 1
    figure(f"end of input, {exercise}: {counted} of {counted} prompts left with 130 and the draft")


@pytest.mark.parametrize("closed", some(["<&-", ">&-", "2>&-", "<&- >&- 2>&-"], 2))
def test_streams_that_are_not_there_are_no_crash(tmp_path: Path, closed: str) -> None:
    import subprocess

    settle(home_of(tmp_path))
    for arguments in ("pause", "pause --plain", "log list", "review", "--version", "data where"):
        done = subprocess.run(
            ["sh", "-c", f"exec {people.PROGRAM} {arguments} {closed}"],
            env=people.environment(tmp_path),
            input=b"",
            capture_output=True,
            check=False,
            timeout=60,
        )
        wanted = {1} if ">&-" in closed.split() else {0, 1, 4, 130}
        assert done.returncode in wanted, (arguments, done.stderr)
        assert b"Traceback" not in done.stderr, (arguments, done.stderr)
        assert b"went wrong inside" not in done.stderr, (arguments, done.stderr)
        assert b"Exception ignored" not in done.stderr, (arguments, done.stderr)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Return a person at a shell that can stop a program and bring it back."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash for its jobs")
    write_own(tmp_path)
    monkeypatch.setattr(people, "PROGRAM", "/bin/bash")
    with Person(tmp_path, "--norc", "-i", env={"PS1": "ready> ", "HISTFILE": ""}) as person:
        monkeypatch.undo()
        person.see("ready>")
        yield person


def running(shell_id: int) -> int:
    """Return the process that a shell has started last."""
    found = Path(f"/proc/{shell_id}/task/{shell_id}/children").read_text("utf-8").split()
    return int(found[-1]) if found else 0


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds the program by /proc")
@pytest.mark.parametrize("how", ["Ctrl-Z", "SIGTSTP"])
def test_suspended_and_brought_back_at_every_prompt(
    tmp_path: Path, figure: Callable[[str], None], shell: Person, how: str
) -> None:
    found = stops(home_of(tmp_path), "kinds", KINDS)
    counted = 0
    for stop in some(found[how == "SIGTSTP" :], 2):
        (home_of(tmp_path) / "drafts" / "kinds.json").unlink(missing_ok=True)
        if not stop.first:
            put_draft(home_of(tmp_path), stop)
        shell.type(f"clear; {people.PROGRAM} kinds; echo code=$((0+$?))\r")
        go_to(shell, stop, KINDS)
        if how == "Ctrl-Z":
            shell.press("ctrl-z")
        else:
            os.kill(running(int(shell.child.pid or 0)), signal.SIGTSTP)
        shell.see("Stopped")
        assert WORD not in shell.screen
        shell.type("echo meanwhile-$((20+22))\r")
        shell.see("meanwhile-42")
        shell.type("fg; echo left=$((0+$?))\r")
        see_page(shell, stop)
        shell.press("ctrl-c")
        shell.see("left=130")
        shell.type("echo back-$((20+22))\r")
        shell.see("echo back-$((20+22))", "back-42")  # echoed: the shell has its terminal
        assert (drafted(home_of(tmp_path), "kinds") is None) == stop.first
        counted += 1
    figure(f"{how} and fg: {counted} of {counted} prompts came back, left with 130")
    shell.type("exit\r")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_nothing_is_left_in_the_memory_of_tmux(tmp_path: Path, figure: Callable[[str], None]) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    window = Tmux(tmp_path)
    counted = 0
    try:
        window.see("ready>")
        for stop in some(stops(home_of(tmp_path), "kinds", KINDS), 3):
            (home_of(tmp_path) / "drafts" / "kinds.json").unlink(missing_ok=True)
            if not stop.first:
                put_draft(home_of(tmp_path), stop)
            window.type("seq 60; dbtcoach kinds; echo code=$?", "Enter")
            if not stop.first:
                window.see("Go on from there")
                window.type("1")
            window.see(stop.page.message)
            window.type("", "C-q")
            window.see("code=0")
            memory = window.memory()
            for gone in (WORD, stop.page.message, "All kinds", "\n50\n", "dbtcoach"):
                assert gone not in memory, stop.step
            counted += 1
            window.type("clear", "Enter")
            window.see("ready>")
    finally:
        window.run("kill-server")
    figure(f"Ctrl-Q in tmux: 0 words on the screen or above it at {counted} prompts")
