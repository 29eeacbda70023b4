"""Line mode: from a pipe, at a plain terminal, for every exercise; and what happens without either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.pty.own import write_own
from tests.pty.person import Person, settle
from tests.pty.walker import SKIP, Route
from tests.shell import drafted, entries, home_of, run, values

from dbtcoach.script.model import Asked, walk

if TYPE_CHECKING:
    from pathlib import Path

WAYS: list[tuple[str, list[str], dict[str, object]]] = [
    ("pause", ["pause"], {"pace": "whole", "breath": "sigh"}),
    ("ground", ["ground"], {"safe": "yes_safe", "state": "foggy"}),
    ("dear-man", ["dear-man"], {"afraid": "not_afraid", "kind": "ask"}),
    ("dear-man", ["dear-man"], {"afraid": "not_afraid", "kind": "ask", "extra": ("mindful", "plan")}),
    ("dear-man-after", ["dear-man", "--after"], {}),
    ("validate", ["validate"], {}),
    ("reflect", ["reflect"], {}),
]

ON = "\n" * 20  # Enter, to the end


@pytest.mark.parametrize("exercise", ["pause", "ground", "dear-man", "validate", "reflect"])
def test_without_a_terminal_it_says_what_to_do(tmp_path: Path, exercise: str) -> None:
    done = run(tmp_path, exercise)
    assert done.returncode == 4
    assert "--answers" in done.stderr
    assert "--plain" in done.stderr
    assert done.stdout == ""
    assert entries(tmp_path) == []


@pytest.mark.parametrize(("exercise", "arguments", "plan"), WAYS)
def test_answers_come_from_a_pipe_one_a_line(
    tmp_path: Path, exercise: str, arguments: list[str], plan: dict[str, object]
) -> None:
    route = Route(home_of(tmp_path), exercise, plan)
    lines = route.lines()
    done = run(tmp_path, *arguments, "--plain", typed="\n".join([*lines, ""]))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert "\r" not in done.stdout
    [entry] = entries(tmp_path)
    assert values(entry) == route.kept()
    assert entry["complete"] is True
    assert "help-now" in done.stdout


@pytest.mark.parametrize("exercise", ["pause", "reflect", "validate", "ground"])
def test_empty_lines_skip(tmp_path: Path, exercise: str) -> None:
    route = Route(home_of(tmp_path), exercise)
    steps = walk(route.session.exercise.steps)
    route.plan = {step.id: SKIP for step in steps if isinstance(step, Asked) and not step.required}
    done = run(tmp_path, exercise, "--plain", typed="\n".join([*route.lines(), ""]))
    assert done.returncode == 0, done.stdout
    assert [values(entry) for entry in entries(tmp_path)] == [route.kept()]


@pytest.mark.parametrize("exercise", ["pause", "ground", "dear-man", "validate", "reflect"])
@pytest.mark.parametrize("typed", ["", "5\n"])
def test_the_end_of_input_leaves_calmly(tmp_path: Path, exercise: str, typed: str) -> None:
    typed = "1 2 3 4 5\n" if typed and exercise == "reflect" else typed
    done = run(tmp_path, exercise, "--plain", typed=typed)
    assert done.returncode == 130
    assert len(done.stderr.strip().split("\n")) == 1
    assert (home_of(tmp_path) / "drafts" / f"{exercise}.json").exists() == bool(typed)
    assert (f"dbtcoach {exercise}" in done.stderr) == bool(typed)


@pytest.mark.pty
@pytest.mark.parametrize(
    ("arguments", "env", "config"),
    [
        (["--plain"], {}, ""),
        ([], {"TERM": "dumb"}, ""),
        ([], {"ACCESSIBLE": "1"}, ""),
        ([], {"DBTCOACH_PLAIN": "1"}, ""),
        ([], {}, "plain: true\n"),
    ],
)
def test_a_plain_terminal_never_gets_an_escape_sequence(
    tmp_path: Path, arguments: list[str], env: dict[str, str], config: str
) -> None:
    settle(home_of(tmp_path))
    if config:
        (home_of(tmp_path) / "config.yaml").write_text(config, "utf-8")
    with Person(tmp_path, "pause", *arguments, env=env) as person:
        person.see("How strong is the distress right now?")
        person.type("4\r")
        person.see("Enter ends it early.")
        person.press("enter")
        person.see("How much can you take in")
        person.type(":back\r")
        person.see("Your answer so far: 4")
        person.press("ctrl-d")
        assert person.wait_exit() == 130
        assert person.has_its_terminal_back()
        assert b"\x1b" not in person.raw


@pytest.mark.pty
@pytest.mark.parametrize(("key", "code"), [("ctrl-c", 130), ("ctrl-d", 130), (":quit\r", 0), (":end\r", 130)])
def test_a_plain_terminal_is_left_in_many_ways(tmp_path: Path, key: str, code: int) -> None:
    with Person(tmp_path, "pause", "--plain") as person:
        person.see("How strong is the distress right now?")
        person.type("4\r")
        person.see("Enter ends it early.")
        person.press("enter")
        person.see("How much can you take in")
        person.press(key)
        assert person.wait_exit() == code
        assert person.has_its_terminal_back()
        assert person.entries() == []


def test_commands_go_back_skip_and_help(tmp_path: Path) -> None:
    write_own(tmp_path)
    typed = ["first words", ":back", ":help", "other words", ":skip", "1 2", ":end"]
    done = run(tmp_path, "kinds", "--plain", typed="\n".join([*typed, ""]))
    assert done.returncode == 130
    assert "Your answer so far: first words" in done.stdout
    assert "Any words will do." in done.stdout
    assert entries(tmp_path) == []
    assert drafted(tmp_path, "kinds") == {"words": "other words", "rows": {"red": 1, "blue": 2}}


def test_an_empty_line_keeps_the_answer_that_is_offered(tmp_path: Path) -> None:
    write_own(tmp_path)
    typed = ["first words", "3", ":back", ":back", "", "", ":end"]
    done = run(tmp_path, "kinds", "--plain", typed="\n".join([*typed, ""]))
    assert done.returncode == 130
    assert drafted(tmp_path, "kinds") == {"words": "first words", "number": 3}


def test_a_wrong_answer_is_asked_again_and_says_why(tmp_path: Path) -> None:
    write_own(tmp_path)
    typed = ["words", "eleven", "11", "7", ":end"]
    done = run(tmp_path, "kinds", "--plain", typed="\n".join([*typed, ""]))
    assert done.stdout.count("Please type a number from 0 to 10.") == 2
    assert drafted(tmp_path, "kinds") == {"words": "words", "number": 7}


def test_no_save_keeps_nothing(tmp_path: Path) -> None:
    write_own(tmp_path)
    done = run(tmp_path, "kinds", "--plain", "--no-save", typed=f"a secret\n3\n{ON}")
    assert done.returncode == 0
    assert "Nothing was kept." in done.stderr
    assert entries(tmp_path) == []
    assert all("a secret" not in path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())


def test_a_draft_is_gone_on_with_in_line_mode(tmp_path: Path) -> None:
    write_own(tmp_path)
    assert run(tmp_path, "kinds", "--plain", typed="a secret\n").returncode == 130
    done = run(tmp_path, "kinds", "--plain", typed=f"1\n3\n{ON}")
    assert done.returncode == 0
    assert "You were in the middle of All kinds (today," in done.stdout
    assert "a secret" not in done.stdout
    assert values(entries(tmp_path)[0]) == {"words": "a secret", "number": 3}
