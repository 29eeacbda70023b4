"""When the program itself fails, no word of a person is in what it says, or anywhere outside home."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import LONG, some
from tests.pty import person as people
from tests.pty.own import KINDS, write_own
from tests.pty.person import Person, environment, settle
from tests.pty.walker import Route, Walker
from tests.shell import home_of, run

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(LONG),
    pytest.mark.skipif(sys.platform == "win32", reason="no pty there"),
]

CANARY = "canary-that-nobody-may-hear"
STEPS = ("words", "number", "rows", "one", "several", "ranked", "sure", "breath", "told", "menu")

# The installed program, in which one function fails at one step, with words of the person in its error.
RUNNER = """#!{python}
import sys
from importlib import import_module
place, name, step = {place!r}, {name!r}, {step!r}
module = import_module(place)
held, _, name = name.rpartition(".")
holder = getattr(module, held) if held else module
before = getattr(holder, name)
def failing(*given, **named):
    found = before(*given, **named)
    names = [getattr(getattr(each, "step", each), "id", "") for each in given]
    if step in names:
        raise ValueError("{canary}", given, named)
    return found
setattr(holder, name, failing)
from dbtcoach.overture import main
main()
"""


def broken(folder: Path, place: str, name: str, step: str) -> str:
    """Return a program like the installed one that fails at a step."""
    path = folder / f"broken-{name.replace('.', '-')}-{step}"
    text = RUNNER.format(python=sys.executable, place=place, name=name, step=step, canary=CANARY)
    path.write_text(text, "utf-8")
    path.chmod(0o700)
    return str(path)


def files_outside(folder: Path, home: Path) -> list[Path]:
    """Return the files of a test that hold the canary and are not in the person's own folder."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and home not in path.parents and not path.name.startswith("broken-")
        if CANARY.encode() in path.read_bytes()
    ]


@pytest.mark.parametrize("place", ["dbtcoach.practice.play", "dbtcoach.practice.moves"])
def test_an_error_at_any_step_says_no_word_in_line_mode(
    tmp_path: Path, figure: Callable[[str], None], place: str
) -> None:
    person, temporary = tmp_path / "person", tmp_path / "tmp"
    person.mkdir()
    temporary.mkdir()
    write_own(person)
    settle(home_of(person))
    name = "page_of" if place.endswith("play") else "answer"
    plan = {"words": CANARY, "menu": ("again",), "again_words": CANARY}
    lines = Route(home_of(person), "kinds", plan).lines()
    failed = 0
    for step in some(STEPS[1:] if name == "answer" else STEPS, 4):
        program = broken(tmp_path, place, name, step)
        done = subprocess.run(
            [program, "kinds", "--plain", "--fresh"],
            input="".join(f"{line}\n" for line in lines),
            env=environment(person, TMPDIR=str(temporary)),
            cwd=temporary,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        asked = step not in ("breath", "told") or name == "page_of"
        assert done.returncode == (1 if asked else 0), (step, done.stderr)
        assert "Traceback" not in done.stderr
        assert CANARY not in done.stderr
        if asked:
            assert "went wrong inside" in done.stderr
            assert "is still there" in done.stderr
            failed += 1
            if step != "words":
                assert CANARY in (home_of(person) / "drafts" / "kinds.json").read_text("utf-8")
        assert files_outside(tmp_path, home_of(person)) == []
    figure(f"canary in an error of {place}.{name}: {failed} failures, 0 words said or left outside home")


DRAWN = [
    ("dbtcoach.practice.play", "page_of", "rows"),
    ("dbtcoach.practice.moves", "answer", "words"),
    ("dbtcoach.drawing.blocks", "scale", "number"),
]


@pytest.mark.pty
@pytest.mark.parametrize(("place", "name", "step"), DRAWN)
def test_an_error_at_a_terminal_says_no_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, name: str, step: str
) -> None:
    write_own(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(people, "PROGRAM", broken(tmp_path, place, name, step))
        person = Person(tmp_path, "kinds", env={"TMPDIR": str(tmp_path)})
    with person:
        person.see("Some words?")
        person.type(f"{CANARY}\r")
        person.see(*(["How much?"] if step == "rows" else []))
        if step == "rows":
            person.type("4\r")
        assert person.wait_exit() == 1
        assert person.has_its_terminal_back()
        assert CANARY not in person.screen
        assert "went wrong inside" in person.screen
        assert files_outside(tmp_path, home_of(tmp_path)) == []


@pytest.mark.pty
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="reads the list of processes in /proc")
def test_the_list_of_processes_shows_no_word(tmp_path: Path, figure: Callable[[str], None]) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        walker = Walker(person, "kinds", {"words": CANARY})
        looks = 0
        while walker.due is not None:
            for part in ("cmdline", "environ", "comm"):
                assert CANARY.encode() not in Path(f"/proc/{person.child.pid}/{part}").read_bytes()
                looks += 1
            walker.go_on()
        assert person.wait_exit() == 0
    figure(f"list of processes: 0 words in {looks} looks")


@pytest.mark.pty
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_history_of_the_shell_holds_no_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_own(tmp_path)
    history = tmp_path / "history"
    with monkeypatch.context() as patch:
        patch.setattr(people, "PROGRAM", "/bin/bash")
        shell = Person(tmp_path, "--norc", "-i", env={"PS1": "ready> ", "HISTFILE": str(history)})
    with shell:
        shell.see("ready>")
        shell.type(f"{people.PROGRAM} kinds\r")
        shell.see("Some words?")
        shell.type(f"{CANARY}\r")
        shell.see("How much?")
        shell.press("ctrl-c")
        shell.see("Your answers so far are kept")
        shell.type(f"{people.PROGRAM} log search\r")
        shell.see("Search for:")
        shell.type(f"{CANARY}\r")
        shell.see("Nothing was found.")
        shell.type("exit\r")
        shell.wait_exit()
    kept = history.read_text("utf-8")
    assert "log search" in kept
    assert CANARY not in kept


def test_words_for_a_search_are_refused_on_the_command_line_and_not_repeated(tmp_path: Path) -> None:
    done = run(tmp_path, "log", "search", CANARY)
    assert done.returncode == 2
    assert CANARY not in done.stderr + done.stdout


def test_there_is_a_failure_for_every_kind_of_step() -> None:
    assert all(f"id: {step}\n" in KINDS for step in STEPS)
