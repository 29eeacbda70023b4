"""How a sitting ends: finished, left, killed, hung up, hidden; the terminal is always given back."""

from __future__ import annotations

import json
import signal
import time
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import in_turn
from tests.pty.own import write_own
from tests.pty.person import Person, squeezed
from tests.pty.walker import Walker

from dbtcoach.practice.endings import ahead
from dbtcoach.sitting.ahead import WHAT_NOW
from dbtcoach.sitting.live import KEPT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty

WORDS = "Nobody may read this on the way"


def everything_under(folder: Path) -> str:
    """Return all that lies in files anywhere under a folder."""
    return "\n".join(
        path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*")) if path.is_file()
    )


@pytest.mark.parametrize(
    ("exercise", "key"),
    in_turn(["pause", "ground", "dear-man", "validate", "reflect"], ["ctrl-c", "ctrl-d"]),
)
def test_leaving_at_the_first_screen_is_calm(tmp_path: Path, exercise: str, key: str) -> None:
    with Person(tmp_path, exercise) as person:
        Walker(person, exercise).see()
        person.press(key)
        assert person.wait_exit() == 130
        assert person.has_its_terminal_back()
        assert person.screen == "Nothing was kept. You can come back any time."


def test_leaving_before_any_answer_does_not_speak_of_answers(tmp_path: Path) -> None:
    go_on = "To go on: dbtcoach validate --drill"
    with Person(tmp_path, "validate", "--drill") as person:
        person.see("There are six ways")
        person.press("enter")
        person.see("What would you say?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert squeezed(person.screen) == f"Your place is kept. {go_on}"
    with Person(tmp_path, "validate", "--drill") as person:
        person.see("You were in the middle of")
        person.press("1")
        person.see("What would you say?")
        person.press("1")
        person.wait_for(lambda: '"value"' in person.draft("validate-drill").read_text("utf-8"), "an answer")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert squeezed(person.screen) == f"Your answers so far are kept. {go_on}"
    with Person(tmp_path, "validate", "--drill") as person:
        person.see("You were in the middle of")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert squeezed(person.screen) == f"Your answers so far are kept. {go_on}"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_killed_exercise_is_offered_without_its_words_and_goes_on_exactly(
    tmp_path: Path, number: int
) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        before = Walker(person, "kinds", {"words": WORDS})
        before.until("several")
        person.signal(number)
        person.wait_exit()
    with Person(tmp_path, "kinds") as person:
        person.see("You were in the middle of All kinds (today,", "Go on from there")
        assert WORDS not in person.screen
        person.press("1")
        after = Walker(person, "kinds")
        after.session = before.session
        after.to_the_end()
        assert person.wait_exit() == 0
        assert WORDS.encode() not in person.raw
        [entry] = person.entries()
        assert {answer["step"]: answer["value"] for answer in entry["answers"]} == after.kept()
        assert entry["answers"][0]["value"] == WORDS
        assert not person.draft("kinds").exists()


def test_ticks_are_in_the_draft_within_a_second(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        Walker(person, "kinds").until("several")
        person.press("2")
        person.press("down", "space")
        person.wait_for(lambda: '"several":"2 3"' in person.draft("kinds").read_text("utf-8"), "the ticks")
        person.signal(signal.SIGKILL)
        person.wait_exit()
    with Person(tmp_path, "kinds") as person:
        person.see("Go on from there")
        person.press("1")
        person.see("☐ 1 The sun", "☑ 2 The moon", "☑ 3 A star")


def test_no_answer_before_the_one_being_typed_is_lost_by_a_kill(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        walker = Walker(person, "kinds", {"words": WORDS})
        walker.until("number")
        person.type("8")
        person.see("[8]")
        person.signal(signal.SIGKILL)
        person.wait_exit()
        session = json.loads(person.draft("kinds").read_text("utf-8"))["session"]
        assert [answer["value"] for answer in session["answers"]] == [WORDS]


def test_beginning_anew_drops_the_draft(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        Walker(person, "kinds", {"words": WORDS}).until("number")
        person.press("ctrl-c")
        person.wait_exit()
    with Person(tmp_path, "kinds") as person:
        person.see("You were in the middle of")
        person.press("2")
        Walker(person, "kinds").see()
        assert WORDS not in everything_under(tmp_path)


def test_fresh_asks_nothing_and_drops_the_draft(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        Walker(person, "kinds", {"words": WORDS}).until("number")
        person.press("ctrl-c")
        person.wait_exit()
    with Person(tmp_path, "kinds", "--fresh") as person:
        Walker(person, "kinds").see()
        assert WORDS not in everything_under(tmp_path)
        assert b"in the middle" not in person.raw


def test_a_second_terminal_says_that_it_keeps_no_draft_and_saves_at_its_end(tmp_path: Path) -> None:
    with Person(tmp_path, "pause") as first, Person(tmp_path, "ground") as other:
        one = Walker(first, "pause")
        one.until("pace")
        Walker(other, "ground").see()  # another exercise is no matter
        with Person(tmp_path, "pause") as second:
            second.see("Another window has this exercise open, so this one keeps no draft.")
            second.press("enter")
            two = Walker(second, "pause")
            two.to_the_end()
            assert two.leave() == 0
        one.to_the_end()
        assert one.leave() == 0
        assert len(first.entries()) == 2


def test_the_first_run_asks_once_and_keeps_when_told_so(tmp_path: Path) -> None:
    for times in (1, 2):
        with Person(tmp_path, "pause", known=False) as person:
            if times == 1:
                person.see("Who uses this computer?")
                person.press("1")
            walker = Walker(person, "pause", {"helped_lower": WORDS})
            walker.to_the_end()
            assert walker.leave() == 0
            assert len(person.entries()) == times
    assert WORDS in everything_under(tmp_path)


def test_the_first_run_keeps_nothing_when_told_so(tmp_path: Path) -> None:
    for times in (1, 2):
        with Person(tmp_path, "dear-man", known=False) as person:
            if times == 1:
                person.see("Who uses this computer?", "Others too: keep nothing")
                person.press(choice_of(person.screen, "Others too: keep nothing"))
            walker = Walker(person, "dear-man", {"afraid": "not_afraid", "kind": "ask", "describe": WORDS})
            walker.until("negotiate")
            assert WORDS not in everything_under(tmp_path)
            walker.to_the_end()
            assert walker.leave() == 0
            assert person.screen == "Nothing was kept. You can come back any time."
        assert (person.home / "config.yaml").read_text("utf-8") == "shared: true\n"
    assert WORDS not in everything_under(tmp_path)


def choice_of(screen: str, label: str) -> str:
    """Return the key of a choice on the screen."""
    return next(line.split()[0] for line in screen.split("\n") if label in line)


@pytest.mark.parametrize(
    ("exercise", "key"), in_turn(["dear-man", "validate", "connect"], ["enter", "n", "ctrl-c", "ctrl-q"])
)
def test_after_a_yes_to_the_fear_question_nothing_is_kept_unasked(
    tmp_path: Path, exercise: str, key: str
) -> None:
    """Whoever they are afraid of may share the computer."""
    with Person(tmp_path, exercise) as person:
        walker = Walker(person, exercise, {"afraid": "not_sure", "go_on": True, "kind": "ask"})
        walker.to_the_end()
        person.see("Keep this in your journal?", "Enter means no")
        assert person.entries() == []
        person.press(key)
        if not key.startswith("ctrl") and ahead(walker.session):
            person.see(WHAT_NOW)
            person.press("enter")
        assert person.wait_exit() == {"ctrl-c": 130, "ctrl-q": 0}.get(key, 0)
        farewell = "" if key == "ctrl-q" else "Nothing was kept. You can come back any time."
        assert person.screen == farewell or key == "ctrl-c"
        assert person.entries() == []
        assert not person.draft(exercise).exists()
        assert "My words" not in everything_under(tmp_path)


def test_the_card_stays_when_it_is_asked_to_and_breaks_between_words(tmp_path: Path) -> None:
    long = " ".join(["dishwasher"] * 9)  # the last column of the terminal falls within a word
    with Person(tmp_path, "dear-man") as person:
        walker = Walker(person, "dear-man", {"afraid": "not_afraid", "kind": "ask", "describe": long})
        walker.to_the_end()
        person.see("Should your card stay")
        person.press("y")
        person.see(WHAT_NOW)
        person.press("enter")
        assert person.wait_exit() == 0
        assert "Your card" in person.screen
        assert long in " ".join(person.screen.split())
        assert "Kept in your journal." in squeezed(person.screen)


def test_leaving_at_the_question_about_the_card_tells_that_the_entry_is_kept(tmp_path: Path) -> None:
    with Person(tmp_path, "dear-man") as person:
        walker = Walker(person, "dear-man", {"afraid": "not_afraid", "kind": "ask", "describe": WORDS})
        walker.to_the_end()
        person.see("Should your card stay")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert squeezed(person.screen).endswith(KEPT)
        assert WORDS not in person.screen


@pytest.mark.parametrize("exercise", ["pause", "dear-man", "reflect"])
def test_keys_typed_before_the_first_page_is_there_are_not_lost(tmp_path: Path, exercise: str) -> None:
    """People type ahead; in the time that the imports take, too."""
    with Person(tmp_path, exercise) as person:
        person.wait_for(lambda: b"\x1b[?1049h" in person.raw, "the alternate screen")
        walker = Walker(person, exercise)
        first = walker.page()
        text = "5" if exercise != "reflect" else "1 2 3 0 5"
        person.type(text + "\r")
        person.see_no_more(first.message)
        person.wait_for(lambda: person.draft(exercise).exists(), "a draft with the first answer")
        assert not any(text in line for line in person.screen.split("\n")[:1])


def test_the_quick_exit_takes_a_fraction_of_coming_in(tmp_path: Path) -> None:
    entered = time.monotonic()
    with Person(tmp_path, "pause") as person:
        Walker(person, "pause").until("pace")
        begun = time.monotonic()
        person.press("ctrl-q")
        person.wait_for(lambda: b"\x1b[3J" in person.raw, "a cleared scrollback")
        assert person.wait_exit() == 0
        assert time.monotonic() - begun < (begun - entered) / 2


def test_what_to_do_next_is_begun_by_a_key_and_the_distress_is_not_asked_again(tmp_path: Path) -> None:
    with Person(tmp_path, "pause") as person:
        walker = Walker(person, "pause", {"before": 5, "pace": "breath", "after": 4})
        walker.to_the_end()
        person.see(WHAT_NOW, "Still stirred up? Ground")
        person.press("1")
        person.see("You don't have to solve anything now.", "Press both feet into the floor")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Kept in your journal." in person.screen
        assert [entry["exercise"] for entry in person.entries()] == ["pause"]
        draft = json.loads(person.draft("ground").read_text("utf-8"))
        assert [(each["step"], each["value"]) for each in draft["session"]["answers"]] == [("before", 4)]
