"""``plan``: made, changed, shown, printed, removed; and covered by everything that looks after data."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import settle
from tests.shell import home_of, run
from tests.sitting.locked import PASSPHRASE, files_with, lock_home

from dbtcoach.disk.home import Home
from dbtcoach.journal.plan import claim
from dbtcoach.journal.state import update_state

if TYPE_CHECKING:
    from pathlib import Path

WORD = "Zanzibar"
MADE = f"1\nI want to die; {WORD}\nwalk\n\nSam 0123\n\n\n"  # nobody I fear; six parts, three of them skipped
SHOWN = (
    f"My signs\n- I want to die\n- {WORD}\n\nWhat I can do by myself\n- walk\n\n"
    "People I can ask\n- Sam 0123\n"
)


def made(folder: Path) -> Path:
    done = run(folder, "plan", "--plain", typed=MADE)
    assert done.returncode == 0, done.stderr
    return home_of(folder) / "plan.json"


def test_it_is_asked_kept_and_shown_and_words_of_danger_are_no_alarm(tmp_path: Path) -> None:
    done = run(tmp_path, "plan", "--plain", typed=MADE)
    assert done.returncode == 0, done.stderr
    assert "It prevents nothing, and nobody has tested this one." in done.stdout
    assert "It is best made with a clinician." in done.stdout
    assert "This sounds like more than a hard talk." not in done.stdout
    assert "Your plan is kept." in done.stderr
    path = home_of(tmp_path) / "plan.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert not (home_of(tmp_path) / "journal.json").exists()
    assert list((home_of(tmp_path) / "drafts").iterdir()) == []
    assert run(tmp_path, "plan").stdout == SHOWN


def test_without_a_terminal_it_names_no_option_that_it_does_not_have(tmp_path: Path) -> None:
    done = run(tmp_path, "plan")
    assert (done.returncode, "--plain" in done.stderr, "--answers" in done.stderr) == (4, True, False)


@pytest.mark.parametrize("answer", ["2", "3"])
def test_whoever_fears_somebody_has_none_kept_and_is_told_of_paper(tmp_path: Path, answer: str) -> None:
    done = run(tmp_path, "plan", "--plain", typed=f"{answer}\n{WORD}\n{WORD}\n")
    assert done.returncode == 0
    assert "Then none is kept here." in done.stdout
    assert "dbtcoach plan --print" in done.stdout
    assert "call 116 016" in done.stdout
    assert "No plan is kept here." in done.stderr
    assert "My signs" not in done.stdout
    assert not (home_of(tmp_path) / "plan.json").exists()


@pytest.mark.parametrize(("typed", "stays"), [("2\ny\n", False), ("2\n\n", True)])
def test_a_plan_that_is_there_may_go_when_somebody_is_feared_since(
    tmp_path: Path, typed: str, *, stays: bool
) -> None:
    path = made(tmp_path)
    done = run(tmp_path, "plan", "--change", "--plain", typed=typed)
    assert done.returncode == 0, done.stderr
    assert "Remove it now?" in done.stdout
    assert path.exists() == stays


def test_a_yes_that_was_taken_back_keeps_nothing_all_the_same(tmp_path: Path) -> None:
    done = run(tmp_path, "plan", "--plain", typed=f"2\n:back\n1\n{WORD}\n:end\n")
    assert files_with(tmp_path, WORD.encode()) == []
    assert "Your plan is kept" not in done.stderr


@pytest.mark.parametrize("how", ["save: false", "first run"])
def test_where_nothing_is_kept_no_plan_is(tmp_path: Path, how: str) -> None:
    home = home_of(tmp_path)
    home.mkdir(parents=True)
    if how == "first run":
        update_state(Home(str(home)), lambda state: replace(state, first_run="nothing"))
    else:
        (home / "config.yaml").write_text(f"{how}\n", "utf-8")
    done = run(tmp_path, "plan", "--plain", typed=MADE, known=False)
    assert done.returncode == 0
    assert "so no plan is either" in done.stderr
    assert not (home / "plan.json").exists()


def test_every_answer_is_kept_at_once_and_leaving_loses_none(tmp_path: Path) -> None:
    done = run(tmp_path, "plan", "--plain", typed=f"1\n{WORD}\n:end\n")
    assert done.returncode == 130
    assert "Your plan is kept." in done.stderr
    assert run(tmp_path, "plan").stdout == f"My signs\n- {WORD}\n"


def test_a_change_offers_what_is_there_and_skipping_takes_it_out(tmp_path: Path) -> None:
    made(tmp_path)
    done = run(tmp_path, "plan", "--change", "--plain", typed="1\n\n:skip\nthe library\n:end\n")
    assert done.returncode == 130
    assert f"Your answer so far: I want to die\n{WORD}\nEnter keeps it." in done.stdout
    shown = run(tmp_path, "plan").stdout
    assert f"- {WORD}" in shown
    assert "walk" not in shown
    assert "People and places that take my mind off it\n- the library" in shown
    assert "Sam 0123" in shown  # not come to


@pytest.mark.skipif(sys.platform == "win32", reason="no file-size limit there")
@pytest.mark.parametrize(("typed", "code"), [(MADE + "\n", 1), (f"1\n{WORD}\n:end\n", 130)])
def test_where_it_cannot_be_saved_that_is_told_and_it_is_shown_once_more(
    tmp_path: Path, typed: str, code: int
) -> None:
    settle(home_of(tmp_path))
    done = run(tmp_path, "plan", "--plain", typed=typed, largest=9)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "Could not save" in done.stderr
    assert "You can go on." in done.stdout
    assert "Your plan is kept" not in done.stderr
    assert (SHOWN in done.stdout) == (code == 1)
    assert not (home_of(tmp_path) / "plan.json").exists()


@pytest.mark.parametrize("arguments", [("--change", "--plain"), ("--delete", "--yes")])
def test_while_a_window_changes_it_another_neither_writes_over_it_nor_removes_it(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    with claim(Home(str(path.parent))) or nullcontext():
        done = run(tmp_path, "plan", *arguments, typed="1\n1\nsomething else\n")
        assert run(tmp_path, "plan").stdout == SHOWN  # it can be read all the same
    assert done.returncode == 1
    assert "being changed in another window" in done.stderr
    assert "My signs\n\n" not in done.stdout  # nothing was asked, so nothing typed is lost
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody may write into, root neither")
def test_where_nothing_can_be_kept_that_is_told_before_the_first_question(tmp_path: Path) -> None:
    done = run(tmp_path, "plan", "--plain", typed=MADE + "\n", env={"DBTCOACH_HOME": "/proc/nothing"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("nothing will be kept") < done.stdout.index("Could somebody you fear")
    assert done.stdout.count("/proc/nothing") == 1
    assert done.stdout.endswith(f"Copy what you need.\n\n{SHOWN}")
    assert "No plan is kept here." in done.stderr


def test_paper_has_the_numbers_first_then_what_is_written_or_asked(tmp_path: Path) -> None:
    blank = run(tmp_path, "plan", "--print", env={"LANG": "en_GB.UTF-8"}).stdout
    assert blank.index("116 123") < blank.index("My signs")
    assert "What are the first signs that it is getting bad?" in blank
    assert "It prevents nothing by itself." in blank
    assert not (home_of(tmp_path) / "plan.json").exists()
    made(tmp_path)
    filled = run(tmp_path, "plan", "--print").stdout
    assert filled.index("112 or 911") < filled.index(WORD)
    assert "<script" not in filled
    assert "src=" not in filled


def test_under_a_lock_it_needs_the_passphrase_and_lies_nowhere_in_the_clear(tmp_path: Path) -> None:
    path = made(tmp_path)
    lock_home(path.parent)
    assert files_with(tmp_path, WORD.encode()) == []
    assert run(tmp_path, "plan", typed=f"{PASSPHRASE}\n").stdout == SHOWN
    refused = run(tmp_path, "plan", typed="")
    assert refused.returncode == 1
    assert WORD not in refused.stdout
    done = run(tmp_path, "plan", "--change", "--plain", typed=f"{PASSPHRASE}\n1\n\nrun\n:end\n")
    assert "run" in run(tmp_path, "plan", typed=f"{PASSPHRASE}\n").stdout, done.stdout
    assert files_with(tmp_path, WORD.encode()) == []


def test_a_damaged_one_is_kept_aside_and_a_new_one_can_be_made(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    assert "cannot be read as a plan" in run(tmp_path, "data", "check").stdout
    done = run(tmp_path, "plan", "--plain", typed=MADE)
    assert "Your plan could not be read." in done.stdout
    assert run(tmp_path, "plan").stdout == SHOWN
    (kept,) = path.parent.glob("plan.damaged-*.json")
    assert WORD in kept.read_text("utf-8")
    assert kept.name in run(tmp_path, "data", "where").stdout


def test_it_is_removed_after_asking_and_alone(tmp_path: Path) -> None:
    path = made(tmp_path)
    run(tmp_path, "pause", "--answers", "-", typed="before: 3\n")
    assert run(tmp_path, "plan", "--delete").returncode == 4
    assert path.exists()
    done = run(tmp_path, "plan", "--delete", "--yes")
    assert "Your plan was removed." in done.stderr
    assert not path.exists()
    assert (path.parent / "journal.json").exists()
    assert run(tmp_path, "plan", "--delete", "--yes").returncode == 2
    assert run(tmp_path, "plan", "--delete", "--print").returncode == 2


def test_without_a_terminal_and_without_a_plan_it_says_what_it_needs(tmp_path: Path) -> None:
    done = run(tmp_path, "plan")
    assert done.returncode == 4
    assert "--plain" in done.stderr
    assert "dbtcoach plan --print" in done.stderr
    assert "--answers" not in done.stderr  # it takes none


def test_data_knows_it(tmp_path: Path) -> None:
    path = made(tmp_path)
    assert json.loads(run(tmp_path, "data", "where", "--json").stdout)["plan"] == str(path)
    assert f"plan      {path}" in run(tmp_path, "data", "where").stdout
    path.chmod(0o644)
    assert str(path) in run(tmp_path, "data", "check").stdout
    run(tmp_path, "data", "backup", "-o", "kept.zip")
    assert run(tmp_path, "data", "forget", "--yes").returncode == 0
    assert not path.exists()
    assert run(tmp_path, "data", "restore", "kept.zip").returncode == 0
    assert run(tmp_path, "plan").stdout == SHOWN
