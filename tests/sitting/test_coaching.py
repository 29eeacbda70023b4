"""The coach of a sitting: the shipped rules, a person's own, and what the config can turn off."""

from __future__ import annotations

import errno
import os
import sys
import threading
from pathlib import Path

import pytest
from tests.pty.person import settle
from tests.sitting.world import world

from dbtcoach.errors import ScriptError
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.model import Text, walk
from dbtcoach.sitting import rule_loading as coaching
from dbtcoach.sitting.live import KEPT, NOT_KEPT, Wishes, practise
from dbtcoach.sitting.rule_loading import ShippedCoach, load_rules, rule_files

OWN = """\
format: 1
rules:
  - id: own-penguin
    label: label
    level: warning
    kinds: [describe, message]
    reason: Penguins have feelings.
    pattern: Name the bird.
    fails: You penguin.
    passes: You came late.
    phrases: |
      you <birds>
"""
BIRDS = "penguin, puffin\n"
BROKEN = OWN.replace("reason:", "raeson:")
ALWAYS = "You always come late."
ASKED = """\
format: 1
name: talk
title: Talk
summary: S.
steps:
  - {id: fact, type: text, message: What happened?, coach: describe}
  - {id: more, type: text, message: Anything else?}
"""


def own_rules(home: Path, text: str = OWN) -> Path:
    """Put a rule file and its list into the person's own folder, and return that of the exercises."""
    folder = home / "exercises" / "coach"
    (folder / "lists").mkdir(parents=True)
    (folder / "own.yaml").write_text(text, "utf-8")
    (folder / "lists" / "birds.txt").write_text(BIRDS, "utf-8")
    return home / "exercises"


def rules_of(coach: ShippedCoach, text: str) -> list[str]:
    return [note.rule for note in coach.review(text, "describe").notes]


def messages_of(coach: ShippedCoach, text: str) -> list[str]:
    return [note.message for note in coach.review(text, "describe").notes]


def test_own_rules_are_read_beside_the_shipped_ones(tmp_path: Path) -> None:
    coach = ShippedCoach(own_rules(tmp_path))
    assert messages_of(coach, "You puffin.") == ["Penguins have feelings."]
    assert rules_of(coach, ALWAYS) == ["always_never"]
    assert coach.problem == ""
    assert "Penguins have feelings." not in messages_of(ShippedCoach(tmp_path / "none"), "You puffin.")


def test_broken_own_rules_are_left_out_and_told_and_the_shipped_ones_stay(tmp_path: Path) -> None:
    coach = ShippedCoach(own_rules(tmp_path, BROKEN))
    assert "Penguins have feelings." not in messages_of(coach, "You puffin.")
    assert rules_of(coach, ALWAYS) == ["always_never"]
    assert coach.danger("I want to die.") == "crisis"
    assert "own.yaml:7:5: unknown key 'raeson'; did you mean 'reason'?" in coach.problem


def test_reading_them_outside_a_sitting_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="did you mean 'reason'"):
        load_rules(own_rules(tmp_path, BROKEN))


def test_rules_that_cannot_be_opened_are_told_too(tmp_path: Path) -> None:
    own = own_rules(tmp_path)
    (own / "coach" / "own.yaml").chmod(0)
    if os.access(own / "coach" / "own.yaml", os.R_OK):
        pytest.skip("this user may read everything")
    coach = ShippedCoach(own)
    assert rules_of(coach, ALWAYS) == ["always_never"]
    assert "cannot be read" in coach.problem


def test_own_rules_in_a_folder_that_is_closed_switch_nothing_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = Path.is_file

    def closed(path: Path) -> bool:
        if path.is_relative_to(tmp_path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return looked_at(path)

    monkeypatch.setattr(Path, "is_file", closed)
    coach = ShippedCoach(own_rules(tmp_path))
    assert coach.danger("I want to die.") == "crisis"
    assert "cannot be read: Permission denied" in coach.problem


@pytest.mark.skipif(sys.platform == "win32", reason="there are no FIFOs")
def test_what_is_no_file_among_the_own_rules_holds_nothing_up(tmp_path: Path) -> None:
    own = own_rules(tmp_path)
    os.mkfifo(own / "coach" / "pipe.yaml")
    (own / "coach" / "folder.yaml").mkdir()
    assert [name.rsplit("/", 1)[-1] for name, _data in rule_files(own / "coach")] == [
        "birds.txt",
        "own.yaml",
    ]


def test_the_rules_are_read_in_a_thread_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[threading.Thread] = []
    go = threading.Event()

    def slow(_own: object) -> object:
        seen.append(threading.current_thread())
        assert go.wait(20)
        return load_rules(None)

    monkeypatch.setattr(coaching, "load_rules", slow)
    coach = ShippedCoach(tmp_path)
    coach.begin()  # comes back while the rules are still being read
    coach.begin()
    go.set()
    assert coach.danger("I want to die.") == "crisis"
    assert rules_of(coach, ALWAYS) == ["always_never"]
    [thread] = seen
    assert thread is not threading.main_thread()
    assert thread.daemon  # whoever leaves does not wait for it


def test_the_next_page_has_a_head_start_on_the_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Reading them takes as long as three pages, and both want the one interpreter."""
    done: list[object] = []

    class Wanted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            done.append(timeout)
            return False

    monkeypatch.setattr(coaching, "load_rules", lambda _own: done.append("read"))
    coach = ShippedCoach(tmp_path, _wanted=Wanted())
    coach.begin()
    assert coach._thread is not None  # noqa: SLF001 - nothing else says when it is done
    coach._thread.join(20)  # noqa: SLF001
    assert done == [coaching.HEAD_START, "read"]


def test_a_coach_that_nobody_began_begins_when_it_is_asked(tmp_path: Path) -> None:
    assert ShippedCoach(tmp_path).danger("I want to die.") == "crisis"


def test_turned_off_it_is_silent_and_still_looks_for_danger(tmp_path: Path) -> None:
    coach = ShippedCoach(tmp_path, notes=False)
    review = coach.review(ALWAYS, "describe")
    assert (review.notes, review.strength, review.safety) == ((), None, None)
    assert coach.danger("He hit me again last night.") == "abuse"


def test_rules_that_nobody_can_read_leave_the_exercise_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_own: object) -> object:
        raise ScriptError("The rules are gone.")

    monkeypatch.setattr(coaching, "load_rules", gone)
    coach = ShippedCoach(tmp_path)
    assert coach.danger("I want to die.") is None
    assert coach.review(ALWAYS, "describe").notes == ()
    assert coach.problem == "The rules are gone."


def walked(home: Path, *lines: str) -> tuple[str, str]:
    """Play the small talk in line mode; return what was printed, and what was told at the end."""
    settle(home)
    own = home / "exercises"
    own.mkdir(exist_ok=True)
    (own / "talk.yaml").write_text(ASKED, "utf-8")
    around = world(home, *lines)
    assert practise(around, around.catalogue.read("talk"), Wishes()) == 0
    out, told = around.streams.stdout, around.streams.stderr
    return out.getvalue(), told.getvalue()  # type: ignore[attr-defined]  # both are the world's own


def test_in_an_exercise_the_own_rules_speak(tmp_path: Path) -> None:
    own_rules(tmp_path)
    out, told = walked(tmp_path, "You penguin.", "2", "")
    assert "Penguins have feelings." in out
    assert told == f"{KEPT}\n"


def test_whoever_stops_at_the_numbers_is_told_that_not_every_line_is_kept(tmp_path: Path) -> None:
    _out, told = walked(tmp_path, "He hit me again last night.", "2")
    assert told == "Kept in your journal, but not every line. To read it: dbtcoach log show last\n"
    assert "hit me" not in (tmp_path / "journal.json").read_text("utf-8")


def test_an_exercise_with_broken_own_rules_goes_on_and_tells_it_at_the_end(tmp_path: Path) -> None:
    own_rules(tmp_path, BROKEN)
    out, told = walked(tmp_path, ALWAYS, "2", "")
    assert "You wrote: You always come late." in out
    assert "Your own coach rules could not be used:" in told
    assert "own.yaml:7:5: unknown key 'raeson'" in told
    assert "Kept in your journal." in told


def test_the_config_turns_notes_off_and_leaves_the_look_for_danger(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("coach: false\nsave: true\n", "utf-8")
    out, _told = walked(tmp_path, ALWAYS, "He hit me again last night.", "1", "n")
    assert "You wrote:" not in out
    assert "you are afraid of them" in out
    journal = (tmp_path / "journal.json").read_text("utf-8")
    assert ALWAYS in journal
    assert "hit me" not in journal


def test_where_nothing_is_saved_nobody_is_asked_what_to_keep(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("save: false\n", "utf-8")
    out, told = walked(tmp_path, "He hit me again last night.", "1", "")
    assert "you are afraid of them" in out
    assert "be kept in your journal" not in out
    assert told == f"{NOT_KEPT}\n"


def test_a_run_without_saving_looks_for_danger_and_keeps_nothing(tmp_path: Path) -> None:
    settle(tmp_path)
    (tmp_path / "exercises").mkdir(exist_ok=True)
    (tmp_path / "exercises" / "talk.yaml").write_text(ASKED, "utf-8")
    around = world(tmp_path, "He hit me again last night.", "1", "")
    assert practise(around, around.catalogue.read("talk"), Wishes(save=False)) == 0
    assert "be kept in your journal" not in around.streams.stdout.getvalue()  # type: ignore[attr-defined]
    assert not (tmp_path / "journal.json").exists()
    assert not list(tmp_path.rglob("drafts/*.json"))


def test_no_example_in_a_field_looks_like_danger(tmp_path: Path) -> None:
    coach, catalogue = ShippedCoach(tmp_path), Catalogue(shipped_folder())
    steps = [step for name in catalogue.paths() for step in walk(catalogue.read(name).steps)]
    examples = {step.placeholder for step in steps if isinstance(step, Text) and step.placeholder}
    assert len(examples) > 50
    assert [example for example in sorted(examples) if coach.danger(example) is not None] == []


def test_a_fragment_is_read_as_the_sentence_that_it_completes() -> None:
    coach = ShippedCoach(Path("/nowhere"))
    fragment = "that you never listen to me"
    [note, *_] = coach.review(fragment, "express").notes
    assert 0 <= note.start < note.end <= len(fragment)
    heard = [each.rule for each in coach.review("that nobody in this house cares", "express").notes]
    assert heard == [
        each.rule for each in coach.review("I felt that nobody in this house cares", "express").notes
    ]
    assert heard
