"""What is kept when something is wrong: settings, the home folder, the disk, the journal."""

from __future__ import annotations

import json
import os
import re
import resource
import sys
from pathlib import Path

import pytest
from tests.pty.own import write_own
from tests.pty.person import Person, settle
from tests.pty.walker import Walker
from tests.shell import entries, home_of, run, values

WORDS = "words that took some courage"
HOMELESS = {"HOME": "/nowhere", "DBTCOACH_HOME": "", "XDG_DATA_HOME": ""}
TYPED = f"{WORDS}\n3\n" + "\n" * 20


@pytest.mark.parametrize(
    "config",
    [
        "save: maybe\n",
        "sav: false\n",
        "save: [",
        "\x00",
        "- save\n",
        "save: true\nsave: false\n",
        "&a x: *a\n",
    ],
)
def test_settings_that_are_wrong_are_told_and_nothing_is_kept(tmp_path: Path, config: str) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    (home_of(tmp_path) / "config.yaml").write_text(config, "utf-8")
    done = run(tmp_path, "kinds", "--plain", typed=TYPED)
    assert done.returncode == 0
    assert len(re.findall(r"config\.yaml:[12]:\d+: ", done.stderr)) == 1
    assert "nothing is kept" in done.stdout
    assert entries(tmp_path) == []
    assert not (home_of(tmp_path) / "drafts" / "kinds.json").exists()


def test_a_script_that_is_not_kept_for_wrong_settings_says_so(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    (home_of(tmp_path) / "config.yaml").write_text("save: maybe\n", "utf-8")
    done = run(tmp_path, "pause", "--answers", "-", typed="before: 3\n")
    assert done.returncode == 0
    assert "config.yaml:1:" in done.stderr
    assert "Nothing was kept." in done.stderr
    assert entries(tmp_path) == []


def test_settings_that_are_wrong_elsewhere_do_not_stop_saving(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    (home_of(tmp_path) / "config.yaml").write_text("plane: true\nsave: true\n", "utf-8")
    done = run(tmp_path, "pause", "--answers", "-", typed="before: 3\n")
    assert "config.yaml:1:1: unknown key" in done.stderr
    assert len(entries(tmp_path)) == 1


def test_settings_can_say_to_keep_nothing(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    (home_of(tmp_path) / "config.yaml").write_text("save: false\n", "utf-8")
    done = run(tmp_path, "kinds", "--plain", typed=TYPED)
    assert "Nothing was kept." in done.stderr
    assert entries(tmp_path) == []


@pytest.mark.pty
@pytest.mark.parametrize(
    "home",
    [
        "file/home",
        pytest.param(
            "/proc/self/home",
            marks=pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no such place"),
        ),
    ],
)
def test_a_home_that_cannot_be_made_is_told_before_the_first_question(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with Person(tmp_path, "pause", env={"DBTCOACH_HOME": str(tmp_path / home)}, known=False) as person:
        person.see("cannot", "nothing will be kept")
        assert "Who uses this computer?" not in person.screen
        assert "How strong is the distress" not in person.screen
        person.press("enter")
        person.see("How strong is the distress right now?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.screen == "Nothing was kept. You can come back any time."


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        pytest.param("pause", "You can stop here for a moment.", id="pause"),
        pytest.param("reflect", "The day is nearly done.", id="reflect"),
        pytest.param("rehearse", "Let's play it through before you have it.", id="rehearse"),
        pytest.param("validate", "You don't have to agree with them.", id="validate"),
    ],
)
def test_somebody_without_a_home_folder_can_go_on_and_is_told_first(
    tmp_path: Path, name: str, opening: str
) -> None:
    done = run(tmp_path, name, "--plain", env=HOMELESS, known=False)
    told = done.stdout.index("There is no home folder to keep things in.")
    assert told < done.stdout.index("You can go on, but nothing will be kept.") < done.stdout.index(opening)
    assert "Who uses this computer?" not in done.stdout
    assert done.stderr == "Nothing was kept. You can come back any time.\n"
    assert done.returncode == 130  # the input ended
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "given", [("pause", "--no-save", "--plain"), ("exercises", "preview", "pause", "--plain")]
)
def test_who_wants_nothing_kept_is_not_told_about_a_home(tmp_path: Path, given: tuple[str, ...]) -> None:
    done = run(tmp_path, *given, env=HOMELESS, known=False)
    assert "How strong is the distress" in done.stdout
    assert "home folder" not in done.stdout + done.stderr


def test_a_script_that_cannot_be_saved_for_want_of_a_home_folder_fails(tmp_path: Path) -> None:
    done = run(tmp_path, "pause", "--answers", "-", "--json", typed="before: 3\n", env=HOMELESS, known=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Set DBTCOACH_HOME" in done.stderr
    unsaved = ("--answers", "-", "--json", "--no-save")
    done = run(tmp_path, "pause", *unsaved, typed="before: 3\n", env=HOMELESS, known=False)
    assert done.returncode == 0
    assert values(json.loads(done.stdout)) == {"before": 3}


@pytest.mark.pty
def test_the_door_leads_on_without_a_home_folder(tmp_path: Path) -> None:
    with Person(tmp_path, env=HOMELESS, known=False) as person:
        person.see("What is going on right now?")
        person.press("2")
        person.see("no home folder", "nothing will be kept")
        person.press("enter")
        person.see("How strong is the distress right now?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert person.screen == "Nothing was kept. You can come back any time."


@pytest.mark.skipif(os.geteuid() == 0, reason="for root, no folder is read-only")
def test_a_read_only_home_is_told_before_the_first_question(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    home_of(tmp_path).chmod(0o500)
    try:
        done = run(tmp_path, "kinds", "--plain", typed=TYPED, known=False)
    finally:
        home_of(tmp_path).chmod(0o700)
    assert done.stdout.index("nothing will be kept") < done.stdout.index("Some words?")
    assert "Nothing was kept." in done.stderr


def filled(folder: Path) -> tuple[Path, bytes]:
    """Put a journal of some length into a home, and return it with what is in it."""
    run(folder, "pause", "--answers", "-", typed=f"pace: whole\nurge: {'x' * 30_000}\n")
    journal = home_of(folder) / "journal.json"
    return journal, journal.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="no file-size limit there")
def test_a_full_disk_loses_no_words(tmp_path: Path) -> None:
    write_own(tmp_path)
    journal, before = filled(tmp_path)
    limit = len(before) + 100
    done = run(tmp_path, "kinds", "--plain", typed=TYPED, largest=limit)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "not saved" in done.stderr
    assert WORDS in done.stdout.split("Some words?")[-1]
    assert journal.read_bytes() == before
    draft = json.loads((home_of(tmp_path) / "drafts" / "kinds.json").read_text("utf-8"))
    assert draft["session"]["answers"][0]["value"] == WORDS


@pytest.mark.pty
def test_a_full_disk_at_a_terminal_shows_the_words_once_and_leaves_none(tmp_path: Path) -> None:
    write_own(tmp_path)
    _journal, before = filled(tmp_path)
    limit = len(before) + 100
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))  # the program inherits it
    try:
        with Person(tmp_path, "kinds", rows=60, env={"PYTHONDONTWRITEBYTECODE": "1"}) as person:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            walker = Walker(person, "kinds", {"words": WORDS})
            walker.to_the_end()
            person.see("Here is what you wrote", WORDS)
            person.press("enter")
            assert person.wait_exit() == 1
            assert WORDS not in person.screen
            assert "not saved" in person.screen
            assert "in the draft" in person.screen
            assert person.has_its_terminal_back()
            assert person.draft("kinds").exists()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.pty
def test_numbers_that_somebody_ended_with_stay_where_nothing_could_be_saved(tmp_path: Path) -> None:
    _journal, before = filled(tmp_path)
    own = home_of(tmp_path) / "exercises"
    own.mkdir()
    (own / "calls.yaml").write_text(
        "format: 1\nname: calls\ntitle: Calls\nsummary: S\nsteps:\n"
        "  - {id: words, type: text, message: Some words?}\n"
        '  - {id: people, type: say, role: closing, message: "${lines.crisis}"}\n',
        "utf-8",
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, hard))  # the program inherits it
    try:
        env = {"PYTHONDONTWRITEBYTECODE": "1", "LANG": "en_GB.UTF-8"}
        with Person(tmp_path, "calls", rows=60, env=env) as person:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            person.see("Some words?")
            person.type(WORDS)
            person.press("enter")
            person.see("116 123")
            person.press("enter")
            person.see("Here is what you wrote")
            person.press("enter")
            assert person.wait_exit() == 1
            assert "116 123" in person.screen
            assert "not saved" in person.screen
            assert WORDS not in person.screen
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_journal_that_is_a_link_is_left_alone_and_told(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    (tmp_path / "elsewhere.json").write_text("[]\n", "utf-8")
    (home_of(tmp_path) / "journal.json").symlink_to(tmp_path / "elsewhere.json")
    done = run(tmp_path, "kinds", "--plain", typed=TYPED)
    assert done.returncode == 0
    assert "is a link" in done.stdout
    assert "nothing will be kept" in done.stdout
    assert (tmp_path / "elsewhere.json").read_text("utf-8") == "[]\n"


def test_a_damaged_journal_does_not_keep_anybody_from_an_exercise(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    (home_of(tmp_path) / "journal.json").write_bytes(b"\xff\xfe not json [{")
    done = run(tmp_path, "kinds", "--plain", typed=TYPED)
    assert done.returncode == 0, done.stderr
    assert "journal.damaged-" in done.stderr
    assert values(entries(tmp_path)[-1])["words"] == WORDS


def test_a_damaged_draft_is_set_aside_and_the_exercise_begins(tmp_path: Path) -> None:
    write_own(tmp_path)
    settle(home_of(tmp_path))
    drafts = home_of(tmp_path) / "drafts"
    drafts.mkdir()
    (drafts / "kinds.json").write_text("{half", "utf-8")
    done = run(tmp_path, "kinds", "--plain", typed=TYPED)
    assert done.returncode == 0, done.stderr
    assert "could not be read" in done.stderr
    assert values(entries(tmp_path)[0])["words"] == WORDS
    assert any(path.read_text("utf-8") == "{half" for path in drafts.iterdir() if path.is_file())


@pytest.mark.pty
def test_a_draft_that_cannot_be_written_is_told_on_the_next_page(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds") as person:
        walker = Walker(person, "kinds")
        walker.see()
        (home_of(tmp_path) / "drafts" / "kinds.json").mkdir()  # in the place of the draft
        person.type("words")
        person.press("enter")
        person.see("How much?", "your last words are not kept")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
        assert "What you wrote last could not be kept." in person.screen
