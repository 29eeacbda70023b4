"""The door: each thing that may be going on leads where it says, and what it shows names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import Person
from tests.shell import entries, home_of, run
from tests.sitting.world import EVENING, printed, told, world

from dbtcoach.disk.home import Home
from dbtcoach.errors import LeaveError
from dbtcoach.journal import drafts
from dbtcoach.journal.state import FollowUp, update_state
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.sitting.door import DONE, OTHERS, QUESTION, SITUATIONS, choices_now, open_door, unfinished

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.world.surroundings import Surroundings


ELSE, UNSAFE = "5", "6"
LEADS_TO = {  # what is pressed, a few words of the last one, and the exercise behind it
    ("1",): ("hard talk", "DEAR MAN"),
    ("2",): ("middle of a fight", "Pause"),
    ("3",): ("flooded, numb", "Ground"),
    ("4",): ("day is over", "Reflect"),
    (ELSE, "1"): ("upset", "Validate"),
    (ELSE, "2"): ("let down", "Repair"),
    (ELSE, "3"): ("closer", "Connect"),
}


def heard(home: Path, *lines: str) -> str:
    """What is printed until the input ends."""
    around = world(home, *lines)
    with pytest.raises(LeaveError):
        open_door(around)
    return printed(around)


def begun(text: str, title: str) -> bool:
    """Say whether an exercise of this title has been begun."""
    return f"\n{title}\n" in text


def keys_of(name: str) -> tuple[str, ...]:
    """What is pressed for something else: only what is there has a key."""
    there = Catalogue(shipped_folder()).paths()
    names = [each.value for each in OTHERS if each.value in there or each.value == "unsure"]
    return ELSE, str(names.index(name) + 1)


UNSURE = keys_of("unsure")


@pytest.mark.parametrize("keys", LEADS_TO)
def test_each_situation_leads_to_its_exercise(tmp_path: Path, keys: tuple[str, ...]) -> None:
    words, title = LEADS_TO[keys]
    text = heard(tmp_path, *keys)
    assert [line for line in text.splitlines() if line.startswith(f"{keys[-1]}. ") and words in line]
    assert begun(text, title)
    assert [other for _words, other in LEADS_TO.values() if begun(text, other)] == [title]


def test_two_at_one_keyboard_are_led_to_their_meeting(tmp_path: Path) -> None:
    assert begun(heard(tmp_path, *keys_of("together")), "Together")


def test_with_what_is_unfinished_there_are_seven_lines(tmp_path: Path) -> None:
    around = world(tmp_path)
    assert len(SITUATIONS) == 6
    for name in ("pause", "ground", "express"):
        drafts.save(around.home, name, name.capitalize(), {}, EVENING)
    waiting = unfinished(around.home, around.catalogue)
    assert len(waiting) == 3
    assert len(choices_now(around.home, EVENING, waiting)) == 7


@pytest.mark.parametrize("strength", ["7", "10"])
def test_who_does_not_know_and_is_in_a_storm_is_led_to_the_body(tmp_path: Path, strength: str) -> None:
    text = heard(tmp_path, *UNSURE, strength, "2", "1")
    assert "Try “Ground”." in text
    assert begun(text, "Ground")


@pytest.mark.parametrize(
    ("matter", "title"),
    [("1", "Express"), ("2", "DEAR MAN"), ("3", "Validate"), ("4", "Repair"), ("5", "Pause")],
)
def test_who_does_not_know_and_is_calmer_is_led_by_what_it_is_about(
    tmp_path: Path, matter: str, title: str
) -> None:
    text = heard(tmp_path, *UNSURE, "6", matter, "1")
    assert f"Try “{title}”." in text
    assert begun(text, title)


def test_who_answers_neither_question_is_offered_a_pause(tmp_path: Path) -> None:
    assert "Try “Pause”." in heard(tmp_path, *UNSURE, "", "", "1")


def test_something_else_leads_back_to_the_door_and_so_does_back(tmp_path: Path) -> None:
    text = heard(tmp_path, *UNSURE, "3", "1", "2", *UNSURE, ":back", ELSE, ":back", *keys_of("repair"))
    assert text.count(QUESTION) == 4
    assert begun(text, "Repair")


def test_a_number_that_is_none_is_asked_for_again(tmp_path: Path) -> None:
    text = heard(tmp_path, "12", *UNSURE, "eleven", "3", "1", "1")
    assert begun(text, "Express")


def test_who_is_not_safe_sees_whom_to_call_and_nothing_is_kept(tmp_path: Path) -> None:
    around = world(tmp_path, UNSAFE)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert open_door(around) == 0
    assert "findahelpline.com" in printed(around)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_enter_alone_leaves(tmp_path: Path) -> None:
    text = heard(tmp_path, "")
    assert not any(begun(text, title) for _words, title in LEADS_TO.values())


def shown(around: Surroundings) -> list[str]:
    """What can be chosen, as far as it is not the same every day."""
    waiting = unfinished(around.home, around.catalogue)
    usual = {each.label for each in SITUATIONS}
    return [
        each.label for each in choices_now(around.home, around.clock(), waiting) if each.label not in usual
    ]


def test_it_says_quietly_that_the_day_is_checked_in(tmp_path: Path) -> None:
    around = world(tmp_path)
    assert shown(around) == []
    update_state(around.home, lambda state: replace(state, checked_in="2026-11-22"))
    assert shown(around) == []
    update_state(around.home, lambda state: replace(state, checked_in="2026-11-23"))
    assert shown(around) == [DONE]


def test_the_day_ends_at_four_in_the_morning(tmp_path: Path) -> None:
    late = replace(world(tmp_path), clock=lambda: datetime(2026, 11, 24, 3, 59, tzinfo=UTC))
    update_state(late.home, lambda state: replace(state, checked_in="2026-11-23"))
    assert shown(late) == [DONE]
    assert shown(replace(late, clock=lambda: datetime(2026, 11, 24, 4, 0, tzinfo=UTC))) == []


def test_exercises_of_ones_own_are_unfinished_without_their_titles(tmp_path: Path) -> None:
    around = world(tmp_path)
    for name in ("talk-with-benedikt", "gambling"):  # the second has no file any more
        drafts.save(around.home, name, "Talk with Benedikt", {}, EVENING)
    own = tmp_path.joinpath(around.home.exercises)
    own.mkdir(parents=True)
    (own / "talk-with-benedikt.yaml").write_text("format: 1\ntitle: Talk with Benedikt\n", "utf-8")
    assert shown(around) == ["Go on with an exercise of your own"]
    drafts.save(around.home, "pause", "Pause", {}, EVENING)
    assert shown(around) == ["Go on with something unfinished"]
    listed = [each.label for each in unfinished(around.home, around.catalogue)]
    assert sorted(listed) == ["Pause", "an exercise of your own"]


def unfinished_pause(home: Path) -> None:
    """Leave a pause after its first answer."""
    text = heard(home, "2", "6")
    assert begun(text, "Pause")


def test_what_is_unfinished_is_gone_on_with_and_nothing_is_asked_twice(tmp_path: Path) -> None:
    unfinished_pause(tmp_path)
    text = heard(tmp_path, "7")
    assert "7. Go on with Pause" in text
    assert "You were in the middle" not in text
    assert "How strong is the distress" not in text
    assert "How much can you take in right now?" in text


def test_one_of_several_unfinished_ones_is_chosen_by_its_title(tmp_path: Path) -> None:
    around = world(tmp_path)
    unfinished_pause(tmp_path)
    drafts.save(around.home, "express", "Express", {}, EVENING.replace(year=2025))
    text = heard(tmp_path, "7", "1")
    assert "1. Pause\n2. Express\n" in text
    assert "How much can you take in right now?" in text


def test_where_others_look_on_nothing_of_memory_shows_before_a_key(tmp_path: Path) -> None:
    unfinished_pause(tmp_path)
    around = world(tmp_path)
    update_state(around.home, lambda state: replace(state, checked_in="2026-11-23"))
    (tmp_path / "config.yaml").write_text("shared: true\n", "utf-8")
    text = heard(tmp_path, "")
    assert "unfinished" not in text
    assert "Go on with" not in text
    assert DONE not in text
    last = str(int(keys_of("unsure")[1]) + 1)
    text = heard(tmp_path, ELSE, last)
    assert f"{last}. Go on with Pause" in text
    assert "How much can you take in right now?" in text


@pytest.mark.parametrize("strength", ["6", "9"])
def test_the_strength_that_was_told_at_the_door_is_not_asked_for_again(tmp_path: Path, strength: str) -> None:
    text = heard(tmp_path, *UNSURE, strength, "5", "1")
    assert text.count("How strong is it right now?") == 1
    assert "How strong is the distress right now?" not in text
    opening = {"6": "You can stop here for a moment.", "9": "You don't have to solve anything now."}[strength]
    assert text.count(opening) == 1


def test_nothing_it_shows_names_a_person_an_urge_or_a_feeling(tmp_path: Path) -> None:
    secrets = ("Benedikt", "gambling", "jealousy", "loneliness")
    folder = tmp_path / "person"
    home = home_of(folder)
    folder.mkdir()
    answers = (
        "afraid: not_afraid\nkind: refuse\nline: Benedikt, I will not pay for your gambling\nbefore: 5\n"
        f"remember: {secrets[2]}\n"
    )
    assert run(folder, "rehearse", "--answers", "-", typed=answers).returncode == 0
    assert len(entries(folder)) == 1
    (home / "config.yaml").write_text("emotions: [jealousy, loneliness]\nurges: [gambling]\n", "utf-8")
    words = {"answers": {"line": {"value": "Benedikt, jealousy, gambling"}}}
    drafts.save(Home(str(home)), "dear-man", "DEAR MAN", words, EVENING)
    update_state(
        Home(str(home)), lambda state: replace(state, follow_up=FollowUp(entry="Benedikt", due="2026-11-22"))
    )
    text = heard(home, ":help", "")
    assert "Go on with DEAR MAN" in text
    assert [secret for secret in secrets if secret.casefold() in text.casefold()] == []


def test_leaving_in_the_exercise_tells_how_to_go_on(tmp_path: Path) -> None:
    around = world(tmp_path, "2", "6")
    with pytest.raises(LeaveError):
        open_door(around)
    assert "To go on: dbtcoach pause" in told(around)


def test_without_a_terminal_it_is_the_help(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0
    assert "Not safe, or need a person now? dbtcoach help-now" in done.stdout
    assert QUESTION not in done.stdout


@pytest.mark.pty
def test_one_keypress_is_enough_at_a_terminal(tmp_path: Path) -> None:
    with Person(tmp_path) as person:
        person.see(QUESTION, "6 I am not safe")
        person.type("1")
        person.see("DEAR MAN", "How strong is the distress right now?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.has_its_terminal_back()


@pytest.mark.pty
def test_i_am_not_safe_is_one_keypress_and_leaves_the_lines_on_the_screen(tmp_path: Path) -> None:
    with Person(tmp_path, env={"LANG": "en_GB.UTF-8"}) as person:
        person.see(QUESTION)
        person.type("6")
        person.see("116 123", "Country: United Kingdom. Somewhere else? Type where.")
        person.press("enter")
        assert person.wait_exit() == 0
        assert "116 123" in person.screen
