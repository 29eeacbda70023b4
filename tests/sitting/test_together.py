"""Two at one keyboard: what is told and kept, and that a no, a skip and leaving are alike."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import Person
from tests.shell import entries, run
from tests.sitting.world import printed, told, world

from dbtcoach.errors import LeaveError
from dbtcoach.sitting.live import LEFT_OVER, NOT_KEPT, Wishes, practise

if TYPE_CHECKING:
    from pathlib import Path

BOTH_HERE, ALONE = ("1",), ("2", "1")
TODAY, NOT_TODAY = "1", "3"
STEPS = "I put my phone away; I say when I am tired; Sunday at six"
TALK = (*ALONE, TODAY, "1", "2", STEPS, "1")


def met(home: Path, *lines: str) -> tuple[str, str]:
    """Return what two saw, and what was told at the end, when they type these lines."""
    around = world(home, *lines)
    with contextlib.suppress(LeaveError):
        practise(around, around.catalogue.read("together"), Wishes())
    return printed(around), told(around)


def nothing_is_kept(home: Path) -> bool:
    return not (home / "journal.json").exists() and not (home / "drafts" / "together.json").exists()


def test_what_was_begun_in_its_older_form_is_told_of_and_left_alone(tmp_path: Path) -> None:
    draft = tmp_path / "drafts" / "validate-together.json"
    draft.parent.mkdir(parents=True)
    draft.write_text(
        '{"v":1,"exercise":"validate-together","title":"T","saved":"",\n"session":{}}\n', "utf-8"
    )
    before = draft.read_bytes()
    assert LEFT_OVER in met(tmp_path, *BOTH_HERE, NOT_TODAY)[1]
    assert draft.read_bytes() == before


@pytest.mark.parametrize("before", [BOTH_HERE, ALONE])
def test_a_no_a_skip_and_leaving_end_in_the_same_words(tmp_path: Path, before: tuple[str, ...]) -> None:
    ends = {}
    for key in (NOT_TODAY, "", ":end"):
        seen, said = met(tmp_path, *before, key)
        ends[key] = (seen.partition("Both today?")[2].rstrip(), said)
    assert len(set(ends.values())) == 1, ends
    after, said = ends[NOT_TODAY]
    assert said == f"{NOT_KEPT}\n"
    assert "116" not in after
    assert "help-now" not in after
    assert nothing_is_kept(tmp_path)


@pytest.mark.parametrize(("answer", "kept"), [("y", True), ("n", False), ("", False)])
def test_only_the_steps_and_the_date_are_kept_and_only_if_both_want_it(
    tmp_path: Path, answer: str, *, kept: bool
) -> None:
    seen, said = met(tmp_path, *TALK, answer)
    assert "Only if you both want it." in seen
    assert ("Kept in your journal." in said) is kept
    journal = tmp_path / "journal.json"
    assert journal.exists() is kept
    if kept:
        (entry,) = json.loads(journal.read_text("utf-8"))
        assert entry["exercise"] == "together"
        assert {each["step"]: each["value"] for each in entry["answers"]} == {
            "small_steps": ["I put my phone away", "I say when I am tired", "Sunday at six"]
        }
        assert entry["distress"] is None


@pytest.mark.parametrize("count", range(1, len(TALK) + 1))
def test_whoever_leaves_in_the_middle_leaves_nothing_behind(tmp_path: Path, count: int) -> None:
    _seen, said = met(tmp_path, *TALK[:count], ":end")
    assert said == f"{NOT_KEPT}\n"
    assert nothing_is_kept(tmp_path)


def test_the_page_says_whose_turn_it_is_who_speaks_and_who_listens(tmp_path: Path) -> None:
    seen, _said = met(tmp_path, *TALK, "n")
    first, _two, second = seen.partition("Turn 2 of 2.")
    assert "Turn 1 of 2. Whoever brought the topic speaks. The other one listens." in first
    assert second.startswith(" Change over: whoever listened speaks, the other one listens.")
    for turn in (first, second):
        assert "180 seconds" in turn


def test_one_very_upset_is_offered_a_break_with_a_time(tmp_path: Path) -> None:
    seen, said = met(tmp_path, *BOTH_HERE, "2", "1")
    assert "I'll be back at 21:30." in seen
    assert said == f"{NOT_KEPT}\n"


def test_the_old_option_begins_the_same_meeting(tmp_path: Path) -> None:
    answers = "both_want: both\nback_1: got_it\nback_2: got_it\nsmall_steps: [One, Two, Sunday]\n"
    for command in (["together"], ["validate", "--together"]):
        done = run(tmp_path, *command, "--answers", "-", typed=answers)
        assert done.returncode == 0, done.stderr
    assert [entry["exercise"] for entry in entries(tmp_path)] == ["together", "together"]


@pytest.mark.pty
def test_at_a_terminal_no_and_leaving_leave_the_same_words_on_the_screen(tmp_path: Path) -> None:
    for key in ("3", "enter", "ctrl-c"):
        with Person(tmp_path / key.strip("-"), "together") as person:
            person.see("Are you alone at the screen right now?")
            person.press("1")
            person.see("Both today?")
            person.press(key)
            person.wait_exit()
            assert person.screen == NOT_KEPT
