"""Changing an entry, with the old words kept or erased."""

from __future__ import annotations

import json
import os
import signal
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.commands.log.test_one_day import FIRST, reflect, shown
from tests.insight.samples import NOW, entry, put
from tests.pty.person import Person
from tests.shell import entries, home_of, run, values
from tests.sitting.locked import PASSPHRASE, files_with, lock_home
from tests.sitting.world import told, world

from dbtcoach.commands.log import edit
from dbtcoach.disk.editing import sweep_editing
from dbtcoach.disk.home import Home
from dbtcoach.disk.lock import claim_file
from dbtcoach.journal.erase import Erased, erase_entry
from dbtcoach.terminal.modes import hold_interrupts, take_interrupt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from dbtcoach.journal.entry import Entry

KEEP, ERASE = "1", "2"
ANSWERS: dict[str, Any] = {
    "words": "Old words",
    "items": ["one", "two"],
    "number": 7,
    "rows": {"a": 1, "b": 2},
}


@pytest.fixture
def gone(tmp_path: Path) -> Entry:
    """An entry whose exercise is gone."""
    home_of(tmp_path).parent.mkdir(parents=True)
    made = [
        entry("long-gone", NOW, answers=ANSWERS, distress=(7, 3)),
        entry("pause", NOW + timedelta(minutes=9)),
    ]
    return put(home_of(tmp_path), made)[0]


def test_an_entry_whose_exercise_is_gone_is_changed_and_keeps_its_id(tmp_path: Path, gone: Entry) -> None:
    typed = f"1\nNew $words\n2\nthree;four\n3\n9\n4\n5 6\n5\n{KEEP}\n"
    done = run(tmp_path, "log", "edit", gone.id, "--plain", typed=typed)
    assert done.returncode == 0, done.stderr
    assert "\n23 Nov 2026\nWhich answer do you want to change?" in done.stdout
    found = shown(tmp_path, gone.id)
    wanted = {"words": "New $words", "items": ["three", "four"], "number": 9, "rows": {"a": 5, "b": 6}}
    assert (found["id"], values(found), found["distress"]) == (gone.id, wanted, {"before": 7, "after": 3})
    assert [each["id"] for each in json.loads(run(tmp_path, "log", "list", "--json").stdout)][1:] == [gone.id]
    assert values(shown(tmp_path, gone.id, "--versions")[0]) == ANSWERS
    assert run(tmp_path, "log", "delete", gone.id, "--yes").returncode == 0
    assert b"ords" not in (home_of(tmp_path) / "journal.json").read_bytes()


def test_erased_words_are_nowhere(tmp_path: Path) -> None:
    reflect(tmp_path, FIRST)
    reflect(tmp_path, {"good": "Seen by nobody"})
    done = run(tmp_path, "log", "edit", "last", "--plain", typed=f"2\nBread\n4\n{ERASE}\n")
    assert done.returncode == 0, done.stderr
    assert values(shown(tmp_path)) == {**FIRST, "good": "Bread"}
    kept = b"".join(path.read_bytes() for path in home_of(tmp_path).rglob("*") if path.is_file())
    assert b"Seen" not in kept
    assert b"The light" not in kept
    assert sum("deleted" in each for each in entries(tmp_path)) == 2


def test_an_emptied_answer_is_taken_away_and_distress_follows_its_answer(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("ground", NOW, answers={"before": 8, "x": "y"}, distress=(8, 4))])
    for typed, before in (("3", 3), (":skip", None)):
        done = run(tmp_path, "log", "edit", "last", "--plain", typed=f"1\n{typed}\n3\n{KEEP}\n")
        assert done.returncode == 0, done.stderr
        found = shown(tmp_path)
        assert found["distress"] == {"before": before, "after": 4}
        assert values(found).get("before") == before


@pytest.mark.parametrize("typed", ["", "\n", "6\n", "1\nNew\n6\n", "5\n"])
def test_who_leaves_leaves_it_as_it_was(tmp_path: Path, gone: Entry, typed: str) -> None:
    before = (home_of(tmp_path) / "journal.json").read_bytes()
    done = run(tmp_path, "log", "edit", gone.id, "--plain", typed=typed)
    assert "Nothing was changed." in done.stderr
    assert (home_of(tmp_path) / "journal.json").read_bytes() == before


def test_without_a_terminal_it_says_so(tmp_path: Path, gone: Entry) -> None:
    for more in ((), ("--editor",)):
        done = run(tmp_path, "log", "edit", gone.id, *more, env={"EDITOR": "true"})
        assert done.returncode == 4
        assert "--plain" in done.stderr
        assert "--answers" not in done.stderr
    assert run(tmp_path, "log", "edit", gone.id, "--editor", env={"EDITOR": ""}).returncode == 2


def test_an_editor_gets_a_private_file_that_is_gone_afterwards(tmp_path: Path, gone: Entry) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text(
        '#!/bin/sh\nls -ld "$1" "$(dirname "$1")" > seen\nsed -i "s/Old words/Newer/" "$1"\ntouch "$1~"\n'
    )
    editor.chmod(0o700)
    with Person(tmp_path, "log", "edit", gone.id, "--editor", env={"EDITOR": str(editor)}) as person:
        person.see("What should become of the words from before?")
        person.type(KEEP)
        assert person.wait_exit() == 0
    modes = [line.split()[0][:10] for line in (tmp_path / "seen").read_text("utf-8").splitlines()]
    assert modes == ["drwx------", "-rw-------"]
    assert values(shown(tmp_path, gone.id)) == {**ANSWERS, "words": "Newer"}
    assert not (home_of(tmp_path) / "dbtcoach-editing").exists()


def test_what_an_editor_left_is_swept_at_the_next_start_unless_it_is_open(
    tmp_path: Path, gone: Entry
) -> None:
    assert gone.id
    folder = home_of(tmp_path) / "dbtcoach-editing"
    folder.mkdir()
    (folder / "words.txt").write_text("words", "utf-8")
    with claim_file(f"{folder}.lock") or pytest.fail("nobody holds it"):
        sweep_editing(Home(str(home_of(tmp_path))))
        assert folder.exists()
    run(tmp_path, "log", "list")
    assert not folder.exists()


WEIGHED = {
    "before": 3,
    "harm": "no_harm",
    "urge": "Write to him",
    "act_now": "If I act on it, now: it goes quiet.",
    "act_later": "later",
    "not_now": "It hurts",
    "not_later": "Glad",
}


def test_erased_words_are_in_no_prompt_either_and_prompts_lose_no_word_of_ours(tmp_path: Path) -> None:
    done = run(tmp_path, "pros-cons", "--answers", "-", typed=json.dumps(WEIGHED))
    assert done.returncode == 0, done.stderr
    typed = f"3\nIt is loud\n4\nsooner\n7\n{ERASE}\n"
    done = run(tmp_path, "log", "edit", "last", "--plain", typed=typed)
    assert "Changed." in done.stderr
    prompts = {answer["step"]: answer["prompt"] for answer in shown(tmp_path)["answers"]}
    assert "quiet" not in (home_of(tmp_path) / "journal.json").read_text("utf-8")
    assert "If I act on it, now: It is loud" in prompts["not_later"]
    assert "And if you don't, later: what does that give" in prompts["not_later"]


def test_a_choice_that_is_erased_changes_no_prompt(tmp_path: Path) -> None:
    answers = {
        "before": 3,
        "afraid": "not_afraid",
        "kind": "ask",
        "describe": "You came.",
        "assert": "Would you text me?",
    }
    run(tmp_path, "dear-man", "--answers", "-", typed=json.dumps(answers))
    done = run(tmp_path, "log", "edit", "last", "--plain", typed=f"2\n2\n5\n{ERASE}\n")
    assert "Changed." in done.stderr
    assert "what exactly do you ask for?" in str(shown(tmp_path)["answers"])


@pytest.mark.parametrize("kept", [KEEP, ERASE])
def test_an_entry_that_may_have_no_card_has_none_when_it_was_changed(tmp_path: Path, kept: str) -> None:
    afraid = {"afraid": "yes_afraid", "go_on": True}
    answers = {"before": 3, "kind": "ask", "describe": "You came.", "assert": "Would you text me?", **afraid}
    run(tmp_path, "dear-man", "--answers", "-", typed=json.dumps(answers))
    done = run(tmp_path, "log", "edit", "last", "--plain", typed=f"3\nYou went.\n5\n{kept}\n")
    assert "Changed." in done.stderr
    assert "There is no card yet." in run(tmp_path, "card").stderr
    assert "You prepared a talk" not in run(tmp_path, "dear-man", "--plain").stdout


def test_a_window_that_is_closed_over_an_editor_leaves_no_words(tmp_path: Path, gone: Entry) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\ntrap '' HUP INT\necho It is open.\nexec sleep 60\n")
    editor.chmod(0o700)
    folder = home_of(tmp_path) / "dbtcoach-editing"
    for number, code in ((signal.SIGHUP, 129), (signal.SIGTERM, 143)):
        with Person(tmp_path, "log", "edit", gone.id, "--editor", env={"EDITOR": str(editor)}) as person:
            person.see("It is open.")
            assert folder.exists()
            person.child.kill(number)
            assert person.wait_exit() == code
            assert not folder.exists()


def test_ctrl_c_in_an_editor_is_the_editors(tmp_path: Path, gone: Entry) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text(
        '#!/bin/sh\ntrap \'sed -i "s/Old words/Newer/" "$1"; exit 0\' INT\necho It is open.\n'
        "while :; do sleep 0.1; done\n"
    )
    editor.chmod(0o700)
    with Person(tmp_path, "log", "edit", gone.id, "--editor", env={"EDITOR": str(editor)}) as person:
        person.see("It is open.")
        person.press("ctrl-c")
        person.see("What should become of the words from before?")
        person.type(KEEP)
        assert person.wait_exit() == 0
    assert values(shown(tmp_path, gone.id)) == {**ANSWERS, "words": "Newer"}


def drafts_in(folder: Path) -> list[Path]:
    return sorted((home_of(folder) / "drafts").glob("edit-*.json"))


def test_who_is_interrupted_goes_on_with_half_a_line(tmp_path: Path, gone: Entry) -> None:
    before = (home_of(tmp_path) / "journal.json").read_bytes()
    with Person(tmp_path, "log", "edit", gone.id) as person:
        person.see("Which answer do you want to change?")
        person.press("3")
        person.see("▎ 7")
        person.press("right", "right", "enter")
        person.see("About number? 9")
        person.press("1")
        person.see("▎ Old words")
        person.type(" and hal")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Nothing was changed." in person.screen
        assert "What you wrote is kept as a draft." in person.screen
    assert (home_of(tmp_path) / "journal.json").read_bytes() == before
    with Person(tmp_path, "log", "edit", gone.id) as person:
        person.see("You were in the middle of changing this")
        assert "Old words" not in person.screen
        person.press("1")
        person.see("Old words and hal (unfinished)")
        person.press("5")  # keep it like this: what is unfinished is asked first
        person.see("▎ Old words and hal")
        person.type("f\r")
        person.see("What should become of the words from before?")
        person.press(KEEP)
        assert person.wait_exit() == 0
    assert values(shown(tmp_path, gone.id)) == {**ANSWERS, "words": "Old words and half", "number": 9}
    assert drafts_in(tmp_path) == []


def test_where_nothing_is_kept_no_change_is_drafted(tmp_path: Path, gone: Entry) -> None:
    (home_of(tmp_path) / "config.yaml").write_text("save: false\n", "utf-8")
    done = run(tmp_path, "log", "edit", gone.id, "--plain", typed="1\nNew\n:end\n")
    assert (done.returncode, done.stderr) == (130, "Nothing was changed.\n")
    assert not (home_of(tmp_path) / "drafts").exists()


def test_a_line_that_stands_as_it_was_is_no_draft(tmp_path: Path, gone: Entry) -> None:
    with Person(tmp_path, "log", "edit", gone.id) as person:
        person.see("Which answer do you want to change?")
        person.press("1")
        person.see("Enter goes on")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "Nothing was changed." in person.screen
        assert "draft" not in person.screen
    assert drafts_in(tmp_path) == []


@pytest.mark.parametrize("how", ["given up", "erased", "deleted"])
def test_a_draft_of_a_change_goes_with_what_it_was_for(tmp_path: Path, gone: Entry, how: str) -> None:
    left = run(tmp_path, "log", "edit", gone.id, "--plain", typed="1\nZanzibar\n:end\n")
    assert left.returncode == 130
    assert "To go on: dbtcoach log edit" in left.stderr
    assert len(drafts_in(tmp_path)) == 1
    if how == "deleted":
        assert run(tmp_path, "log", "delete", gone.id, "--yes").returncode == 0
    else:
        typed = "1\n6\n" if how == "given up" else f"1\n1\nBread\n5\n{ERASE}\n"
        assert run(tmp_path, "log", "edit", gone.id, "--plain", typed=typed).returncode == 0
    assert files_with(tmp_path, b"Zanzibar") == []


@pytest.mark.parametrize("kept", [KEEP, ERASE])
def test_a_change_that_cannot_be_saved_is_shown_and_stays_in_a_draft(
    tmp_path: Path, gone: Entry, kept: str
) -> None:
    journal = home_of(tmp_path) / "journal.json"
    put(home_of(tmp_path), [entry("long-gone", NOW, answers={"words": "x" * 9000}), gone])
    before = journal.read_bytes()
    ident = json.loads(run(tmp_path, "log", "list", "--json").stdout)[0]["id"]
    limit = len(before) + 9
    done = run(tmp_path, "log", "edit", ident, "--plain", typed=f"1\nZanzibar\n5\n{kept}\n", largest=limit)
    assert done.returncode == 1, done.stderr
    assert done.stdout.endswith("Zanzibar\n\n")
    assert "The change was not saved. What you wrote is kept as a draft." in done.stderr
    assert journal.read_bytes() == before
    done = run(tmp_path, "log", "edit", ident, "--plain", typed=f"1\n5\n{kept}\n")
    assert done.returncode == 0, done.stderr
    assert values(shown(tmp_path))["words"] == "Zanzibar"


def test_a_draft_of_a_locked_entry_is_sealed(tmp_path: Path, gone: Entry) -> None:
    lock_home(home_of(tmp_path))
    typed = f"{PASSPHRASE}\n1\nZanzibar\n:end\n"
    assert run(tmp_path, "log", "edit", gone.id, "--plain", typed=typed).returncode == 130
    assert len(drafts_in(tmp_path)) == 1
    assert files_with(tmp_path, b"Zanzibar") == []
    done = run(tmp_path, "log", "edit", gone.id, "--plain", typed=f"{PASSPHRASE}\n1\n5\n{KEEP}\n")
    assert "Changed." in done.stderr, done.stderr


def editing(folder: Path, words: str) -> str:
    """Return an editor that writes words in the place of the old ones."""
    editor = folder / "editor.sh"
    editor.write_text(f'#!/bin/sh\nsed -i "s/Old words/{words}/" "$1"\n')
    editor.chmod(0o700)
    return str(editor)


def test_words_of_an_editor_are_read_for_danger_and_drafted_nowhere(tmp_path: Path, gone: Entry) -> None:
    env = {"EDITOR": editing(tmp_path, "he hits me every night")}
    with Person(tmp_path, "log", "edit", gone.id, "--editor", env=env) as person:
        person.see("call 116 016", "Go on with the exercise")
        assert drafts_in(tmp_path) == []
        person.press("1")
        person.see("Should your journal keep those words too?")
        person.press("n")
        assert person.wait_exit() == 0
        assert "Nothing was changed." in person.screen
    assert files_with(home_of(tmp_path), b"hits me") == []


def test_words_of_an_editor_that_may_be_heavy_bring_the_quiet_line(tmp_path: Path, gone: Entry) -> None:
    env = {"EDITOR": editing(tmp_path, "I feel like nobody would miss me")}
    with Person(tmp_path, "log", "edit", gone.id, "--editor", env=env) as person:
        person.see("Ctrl-G shows people to talk to")
        person.press("enter")
        person.see("What should become of the words from before?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    with Person(tmp_path, "log", "edit", gone.id, "--editor", env=env) as person:
        assert person.wait_exit() == 2
        assert "An unfinished change waits." in person.screen
    typed = f"1\n5\n{KEEP}\n"
    assert run(tmp_path, "log", "edit", gone.id, "--plain", typed=typed).returncode == 0
    assert values(shown(tmp_path, gone.id))["words"] == "I feel like nobody would miss me"


def test_too_many_items_of_an_editor_are_asked_for_again(tmp_path: Path, gone: Entry) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nfor n in $(seq 30); do echo "item $n" >> "$1"; done\n')
    editor.chmod(0o700)
    with Person(tmp_path, "log", "edit", gone.id, "--editor", env={"EDITOR": str(editor)}) as person:
        person.see("! At most 20, please.", "item 30")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    assert b"item 30" in drafts_in(tmp_path)[0].read_bytes()


def test_distress_that_was_taken_away_stays_away_when_more_is_changed(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("ground", NOW, answers={"before": 8, "x": "y"}, distress=(8, None))])
    done = run(tmp_path, "log", "edit", "last", "--plain", typed=f"1\n:skip\n2\nz\n3\n{KEEP}\n")
    assert done.returncode == 0, done.stderr
    assert (values(shown(tmp_path)), shown(tmp_path)["distress"]) == ({"x": "z"}, None)


def test_what_no_step_takes_does_not_end_the_change_of_the_rest(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    odd: dict[str, Any] = {
        "empty": " ",
        "long": 12345678,
        "none": [""],
        "rows": {"Pills": True, "Note": "Old words", "a": 99},
    }
    put(home_of(tmp_path), [entry("long-gone", NOW, answers={**odd, "far": {"a": 10**8}})])
    done = run(tmp_path, "log", "edit", "last", "--plain", typed=f'1\nn "New words" 3\n2\n{ERASE}\n')
    assert done.returncode == 0, done.stderr
    changed = {"rows": {"Pills": False, "Note": "New words", "a": 3}}
    assert values(shown(tmp_path)) == {**odd, "far": {"a": 10**8}, **changed}
    assert files_with(tmp_path, b"Old words") == []


@pytest.mark.parametrize(("editor", "code"), [("rm", 1), ("vi '", 2)])
def test_an_editor_that_leaves_nothing_or_is_none_changes_nothing(
    tmp_path: Path, gone: Entry, editor: str, code: int
) -> None:
    before = (home_of(tmp_path) / "journal.json").read_bytes()
    with Person(tmp_path, "log", "edit", gone.id, "--editor", env={"EDITOR": editor}) as person:
        assert person.wait_exit() == code
        assert "inside dbtcoach" not in person.screen
    assert (home_of(tmp_path) / "journal.json").read_bytes() == before


def test_ctrl_c_while_old_words_are_erased_comes_too_late_and_what_is_told_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, [entry("long-gone", NOW, answers={"words": "Old words"})])
    around = world(tmp_path, "1", "New words", "2", ERASE)

    def interrupted(home: Home, names: Sequence[str], now: datetime, *rest: Any) -> Erased:
        os.kill(os.getpid(), signal.SIGINT)
        return erase_entry(home, names, now, *rest)

    monkeypatch.setattr(edit, "Surroundings", lambda: around)
    monkeypatch.setattr(edit, "erase_entry", interrupted)
    try:
        edit.command("last")
    finally:
        assert take_interrupt()
        hold_interrupts(held=False)
    assert told(around).startswith("Changed.")
    assert files_with(tmp_path, b"Old words") == []


def test_what_is_being_changed_is_not_deleted_under_it(tmp_path: Path, gone: Entry) -> None:
    with Person(tmp_path, "log", "edit", gone.id, "--plain") as person:
        person.see("Which answer do you want to change?")
        person.type("1\r")
        person.see("words?")
        done = run(tmp_path, "log", "delete", gone.id, "--yes")
        assert (done.returncode, "open in another window" in done.stderr) == (1, True)
        person.type(":quit\r")
        assert person.wait_exit() == 0
    assert values(shown(tmp_path, gone.id)) == ANSWERS
    assert run(tmp_path, "log", "delete", gone.id, "--yes").returncode == 0
    assert drafts_in(tmp_path) == []
