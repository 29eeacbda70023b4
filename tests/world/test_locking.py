"""A locked journal in use: saving never asks, reading asks once, and no word lies about in the clear."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.pty.own import write_own
from tests.pty.person import Person, environment, settle
from tests.shell import home_of, run
from tests.sitting.locked import (
    KEY,
    PASSPHRASE,
    files_with,
    lock_home,
    opened_entries,
    printed,
    said,
    surroundings,
)
from tests.sitting.world import facts_now

from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError, LeaveError, QuickExitError
from dbtcoach.journal.key import Key, new_key, unwrap
from dbtcoach.journal.seal import is_locked, seal_line
from dbtcoach.script.model import Asked, Scale, Scales, Select, Text, walk
from dbtcoach.sitting.prepare import looks_back
from dbtcoach.terminal import key_parser
from dbtcoach.terminal.secret import edit
from dbtcoach.world.locking import lock, show_recovery, unlock
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "kanarienvogel"
ANSWERS = Path(__file__).parent.parent / "answers"
DEAR_MAN = json.dumps(
    {
        "afraid": "not_afraid",
        "describe": f"{CANARY} described",
        "express": "I felt alone.",
        "kind": "ask",
        "assert": f"{CANARY} asked",
    }
)


def lock_in(around: Surroundings) -> Key | None:
    return lock(around.home, around.keyring, around.streams, around.clock())


def fingerprint(folder: Path) -> str:
    """A digest of every name, byte and time of change below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def locked(folder: Path) -> Path:
    """A locked home, in which the first question was answered."""
    home = home_of(folder)
    settle(home)
    lock_home(home)
    return home


def script_of(name: str, choice: int) -> dict[str, Any]:
    """Answers to everything that an exercise could ask, each text with the canary in it."""
    exercise = Surroundings(env={"DBTCOACH_HOME": "/nowhere"}).catalogue.read(name)
    found: dict[str, Any] = {}
    for step in walk(exercise.steps):
        match step:
            case Text(count=0):
                found[step.id] = f"{CANARY} {step.id}"
            case Text():
                found[step.id] = [CANARY]
            case Select(multiple=""):
                found[step.id] = step.choices[choice].value
            case Select():
                found[step.id] = [step.choices[0].value]
            case Scale():
                found[step.id] = step.low
            case Scales():
                found[step.id] = {row.id: step.low for row in step.rows}
            case _ if isinstance(step, Asked):
                found[step.id] = choice == 0
            case _:
                pass
    return found


EXERCISES = (
    "pause", "ground", "express", "dear-man", "rehearse", "validate", "connect", "repair",
    "together", "reflect",
)  # fmt: skip


def test_no_word_of_any_exercise_lies_in_the_clear(tmp_path: Path) -> None:
    home = locked(tmp_path)
    for name in ("tmp", "run", "cache"):
        (tmp_path / name).mkdir()
    env = {
        "TMPDIR": str(tmp_path / "tmp"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    for choice in (0, -1):
        for name in EXERCISES:
            script = json.dumps(script_of(name, choice))
            done = run(tmp_path, name, "--answers", "-", "--json", typed=script, env=env)
            assert done.returncode == 0, (name, done.stderr)
    kept = opened_entries(home)
    assert [entry["exercise"] for entry in kept] == [*EXERCISES, *EXERCISES]
    with_words = {entry["exercise"] for entry in kept if CANARY in json.dumps(entry)}
    assert with_words >= set(EXERCISES) - {"ground", "validate", "reflect"}  # those may have nothing to write
    assert files_with(tmp_path, CANARY.encode()) == []


@pytest.mark.pty
def test_a_draft_is_sealed_and_resumed_after_the_passphrase(tmp_path: Path) -> None:
    home = locked(tmp_path)
    write_own(tmp_path)
    env = {"TMPDIR": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    with Person(tmp_path, "kinds", env=env) as person:
        person.see("Some words?")
        person.type(CANARY)
        person.press("enter")
        person.see("How much?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    assert person.draft("kinds").exists()
    assert files_with(tmp_path, CANARY.encode()) == []
    before = person.draft("kinds").read_bytes()

    with Person(tmp_path, "kinds", env=env) as person:  # who does not know the passphrase loses nothing
        person.see("You were in the middle of All kinds")
        person.press("1")
        for _ in range(3):
            person.see("Passphrase:" if _ == 0 else "Try again:")
            person.type("something else\r")
        assert person.wait_exit() == 1
        assert "Nothing was changed or lost" in person.screen.replace("\n", " ")
        assert person.has_its_terminal_back()
    assert person.draft("kinds").read_bytes() == before

    with Person(tmp_path, "kinds", env=env) as person:
        person.see("You were in the middle of All kinds")
        person.press("1")
        person.see("Passphrase:")
        person.type(PASSPHRASE)
        person.press("enter")
        person.see("How much?")
        assert PASSPHRASE not in person.screen
        person.press("ctrl-b")
        person.see(CANARY)
        person.press("ctrl-q")
        assert person.wait_exit() == 0
    assert PASSPHRASE.encode() not in person.raw
    assert files_with(home, CANARY.encode()) == []


@pytest.mark.pty
def test_the_first_question_can_lock_at_once(tmp_path: Path) -> None:
    write_own(tmp_path)
    with Person(tmp_path, "kinds", known=False) as person:
        person.see("Who uses this computer?", "Others too: lock them with a passphrase")
        person.press("2")
        person.see("A new passphrase:")
        person.press("enter")  # a second thought
        person.see("Who uses this computer?")
        person.press("2")
        person.see("A new passphrase:")
        person.type(f"{PASSPHRASE}\r")
        person.see("Once more, to be sure:")
        person.type(f"{PASSPHRASE}\r")
        person.see("Some words?")
        person.type(CANARY)
        person.press("enter")
        person.see("How much?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    home = Home(str(person.home))
    assert is_locked(home)
    assert files_with(tmp_path, CANARY.encode()) == []
    assert files_with(tmp_path, PASSPHRASE.encode()) == []


@pytest.mark.pty
@pytest.mark.parametrize(("key", "code"), [("ctrl-c", 130), ("ctrl-d", 130), ("ctrl-q", 0)])
def test_every_way_out_of_the_passphrase(tmp_path: Path, key: str, code: int) -> None:
    home = locked(tmp_path)
    before = fingerprint(home)
    with Person(tmp_path, "data", "unlock", known=False) as person:
        person.see("Passphrase:")
        person.type("half of it")
        person.press(key)
        assert person.wait_exit() == code
        assert person.has_its_terminal_back()
        assert "half of it" not in person.raw.decode()
        assert ("\x1b[3J" in person.raw.decode()) == (key == "ctrl-q")
    assert fingerprint(home) == before


def test_from_lock_to_unlock_with_lines_from_a_pipe(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    assert run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN).returncode == 0
    before = (home / "journal.json").read_bytes()
    done = run(tmp_path, "data", "lock", "--recovery", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert done.returncode == 0
    assert "Copies made before this stay readable" in done.stderr
    recovery = done.stdout.strip()
    assert recovery.startswith("AGE-SECRET-KEY-1")
    assert files_with(tmp_path, recovery.encode()) == []
    assert files_with(tmp_path, PASSPHRASE.encode()) == []
    assert files_with(home, CANARY.encode()) == []
    assert unwrap((home / "key.age").read_bytes(), PASSPHRASE) is not None
    assert run(tmp_path, "data", "unlock", typed=f"{recovery.lower()}\n").returncode == 0
    assert (home / "journal.json").read_bytes() == before
    assert not (home / "key.age").exists()


def test_a_wrong_passphrase_three_times_loses_nothing(tmp_path: Path) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    home = locked(tmp_path)
    before = fingerprint(home)
    done = run(tmp_path, "data", "unlock", typed="one\ntwo\nthree\nfour\n", known=False)
    assert done.returncode == 1
    assert "Nothing was changed or lost" in done.stderr
    assert run(tmp_path, "data", "unlock", known=False).returncode == 1
    assert run(tmp_path, "data", "unlock", typed="\n", known=False).returncode == 1
    assert fingerprint(home) == before


@pytest.mark.usefixtures("passphrases_at_once")
def test_a_second_lock_changes_the_passphrase_only(tmp_path: Path) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    home = locked(tmp_path)
    journal = (home / "journal.json").read_bytes()
    lock_in(surroundings(home, PASSPHRASE, "other words", "other words"))
    assert (home / "journal.json").read_bytes() == journal
    wrapped = (home / "key.age").read_bytes()
    assert unwrap(wrapped, "other words") == KEY
    assert unwrap(wrapped, PASSPHRASE) is None


def test_a_second_lock_may_keep_the_passphrase_and_finishes_what_was_begun(tmp_path: Path) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    clear = (home_of(tmp_path) / "journal.json").read_bytes()
    home = locked(tmp_path)
    wrapped = (home / "key.age").read_bytes()
    (home / "journal.json").write_bytes(clear)  # as it is when the power fails in the middle
    (home / "recipient.txt").unlink()
    around = surroundings(home, PASSPHRASE)
    lock_in(around)
    assert "stays as it was" in said(around)
    assert (home / "key.age").read_bytes() == wrapped
    assert files_with(home, CANARY.encode()) == []


@pytest.mark.usefixtures("passphrases_at_once")
def test_a_recovery_key_replaces_a_lost_key_file(tmp_path: Path) -> None:
    home = locked(tmp_path)
    (home / "key.age").unlink()
    with pytest.raises(JournalError, match=r"key\.age is missing"):
        lock_in(surroundings(home, *["AGE-SECRET-KEY-1" + "Q" * 58] * 3))
    around = surroundings(home, KEY.secret, "new words", "new words")
    key = lock_in(around)
    assert key is not None
    show_recovery(around.streams, key, drawn=False)
    assert unwrap((home / "key.age").read_bytes(), "new words") == KEY
    assert printed(around) == f"{KEY.secret}\n"


@pytest.mark.parametrize("lines", [[], [""], ["one", "two"], ["a", "b", "c", "d", "e", "f"], ["only once"]])
def test_a_passphrase_that_is_not_given_twice_locks_nothing(tmp_path: Path, lines: list[str]) -> None:
    home = home_of(tmp_path)
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    before = fingerprint(home)
    try:
        lock_in(surroundings(home, *lines))
    except JournalError as error:
        assert lines != [""]
        assert "othing was changed" in str(error)  # noqa: PT017
        assert "locked" not in str(error)  # noqa: PT017 - it never was
    assert not is_locked(Home(str(home)))
    assert fingerprint(home) == before


@pytest.mark.parametrize("typed", ["", "wrong\n"])
def test_input_that_ends_where_earlier_words_are_offered_ends_the_exercise(
    tmp_path: Path, typed: str
) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    locked(tmp_path)
    done = run(tmp_path, "rehearse", "--plain", typed=typed)
    assert done.returncode == 130
    assert "What you wrote before is locked." in done.stdout
    assert done.stderr == "Nothing was kept. You can come back any time.\n"


def test_reading_asks_once_and_never_writes(tmp_path: Path) -> None:
    for _ in range(2):
        run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    home = locked(tmp_path)
    run(tmp_path, "pause", "--answers", "-", typed="{}")
    before = fingerprint(home)
    around = surroundings(home, PASSPHRASE)  # one line: a second question would find no answer
    assert [entry.exercise for entry in around.entries.newest_first()] == ["pause", "dear-man", "dear-man"]
    assert [entry.exercise for entry in around.entries.records()] == ["pause", "dear-man", "dear-man"]
    with pytest.raises(JournalError, match="Nothing was changed or lost"):
        list(surroundings(home, "one", "two", "three", PASSPHRASE).entries.newest_first())
    with pytest.raises(JournalError, match="That did not open it"):
        list(surroundings(home, "wrong").entries.newest_first())
    with pytest.raises(JournalError, match="nobody to ask"):
        list(surroundings(home).entries.newest_first())
    assert fingerprint(home) == before


def test_what_stayed_sealed_in_an_open_journal_asks_for_nothing(tmp_path: Path) -> None:
    line = seal_line("a", b'{"v":1,"id":"a"}', new_key().recipient)
    (tmp_path / "journal.json").write_text(f'[\n{line}\n,{{"v":1,"id":"b","exercise":"pause"}}\n]\n')
    around = surroundings(tmp_path)
    assert [entry.id for entry in around.entries.newest_first()] == ["b"]
    assert "One entry could not be opened" in said(around)


def test_a_damaged_sealed_entry_is_told_and_passed_over(tmp_path: Path) -> None:
    for _ in range(2):
        run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    home = locked(tmp_path)
    records = json.loads((home / "journal.json").read_bytes())
    records[0]["age"] = records[0]["age"][:-8] + "AAAAAAA="
    (home / "journal.json").write_text(json.dumps(records))
    around = surroundings(home, PASSPHRASE)
    assert len(list(around.entries.newest_first())) == 1
    assert "One entry could not be opened" in said(around)


@pytest.mark.parametrize(("typed", "shown"), [(PASSPHRASE, True), ("", False)])
def test_earlier_words_come_with_the_passphrase_or_not_at_all(
    tmp_path: Path, typed: str, *, shown: bool
) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    locked(tmp_path)
    done = run(tmp_path, "dear-man", "--after", "--plain", typed=f"{typed}\n\n\n\n")
    assert "What you wrote before is locked." in done.stdout
    assert (f"{CANARY} asked" in done.stdout) == shown


def test_earlier_words_stay_away_after_three_wrong_passphrases(tmp_path: Path) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    locked(tmp_path)
    done = run(tmp_path, "dear-man", "--after", "--plain", typed="a\nb\nc\n\n\n\n")
    assert "You can go on without what you wrote before." in done.stdout
    assert CANARY not in done.stdout
    assert "How strong is the distress right now?" in done.stdout


def test_only_what_looks_back_asks(tmp_path: Path) -> None:
    around = surroundings(tmp_path)
    read, listed = around.catalogue.read, around.catalogue.listed()
    looking = {item.name for item in listed if looks_back(read(item.name), facts_now(around))}
    assert looking == {"connect", "dear-man-after", "rehearse"}
    due = {"follow_up": "a talk on Monday"}
    assert {item.name for item in listed if looks_back(read(item.name), due)} == {*looking, "reflect"}


QUIET = (
    "import sys; from dbtcoach.commands.boundary import run\n"
    "code = run(sys.argv[1:])\n"
    "sys.stderr.write('pyrage' if 'pyrage' in sys.modules else 'none')\n"
    "sys.exit(code)"
)


@pytest.mark.parametrize("arguments", [("reflect", "--due"), ("--help",), ("help-now",), ("pause", "--help")])
def test_what_shows_no_words_needs_no_passphrase_and_no_pyrage(tmp_path: Path, arguments: tuple[str]) -> None:
    locked(tmp_path)
    command = [sys.executable, "-c", QUIET, *arguments]
    done = subprocess.run(
        command, env=environment(tmp_path), input="", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "none")


def test_an_open_journal_never_needs_pyrage(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    for arguments in (["dear-man", "--answers", "-"], ["data", "where"]):
        command = [sys.executable, "-c", QUIET, *arguments]
        done = subprocess.run(
            command, env=environment(tmp_path), input=DEAR_MAN, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0
        assert done.stderr.endswith("none")


def test_where_tells_how_much_without_a_word(tmp_path: Path) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed=DEAR_MAN)
    done = run(tmp_path, "data", "where")
    assert "1 entry" in done.stdout
    assert "not locked" in done.stdout
    home = locked(tmp_path)
    before = fingerprint(home)
    done = run(tmp_path, "data", "where", "--json", known=False)
    found = json.loads(done.stdout)
    assert (found["locked"], found["entries"], found["sealed"]) == (True, 1, 1)
    assert found["bytes"] == (home / "journal.json").stat().st_size
    assert CANARY not in done.stdout
    assert fingerprint(home) == before
    (home / "recipient.txt").unlink()
    assert "dbtcoach data lock" in run(tmp_path, "data", "where").stdout


def test_where_counts_what_a_formatter_wrote_anew(tmp_path: Path) -> None:
    journal = home_of(tmp_path) / "journal.json"
    journal.parent.mkdir(parents=True)
    records = [
        {"v": 1, "id": "a"},
        {"v": 1, "id": "b", "deleted": "2026-11-23"},
        {"v": 1, "id": "c", "age": "x"},
    ]
    for text in (json.dumps(records, indent=2), json.dumps(records), "[]", ""):
        journal.write_text(text)
        found = json.loads(run(tmp_path, "data", "where", "--json").stdout)
        assert (found["entries"], found["sealed"]) == ((2, 1) if len(text) > 2 else (0, 0))


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_where_tells_what_is_in_the_way(tmp_path: Path, kind: str) -> None:
    journal = home_of(tmp_path) / "journal.json"
    journal.parent.mkdir(parents=True)
    match kind:
        case "folder":
            journal.mkdir()
        case "link":
            journal.symlink_to(tmp_path / "elsewhere")
        case _:
            os.mkfifo(journal)
    done = run(tmp_path, "data", "where")
    assert done.returncode == 0
    assert f"is a {kind}, not a file" in done.stdout


def test_half_a_lock_is_told_before_the_first_question_and_nothing_is_kept(tmp_path: Path) -> None:
    home = locked(tmp_path)
    (home / "recipient.txt").unlink()
    done = run(tmp_path, "pause", "--plain", typed="5\n:end\n")
    assert "To mend it: dbtcoach data lock" in done.stdout
    assert "nothing will be kept" in done.stdout
    assert not (home / "journal.json").exists()
    assert not (home / "drafts").exists()


def test_a_strange_recipient_is_told_and_mended(tmp_path: Path) -> None:
    home = locked(tmp_path)
    (home / "recipient.txt").write_text(new_key().recipient)
    around = surroundings(home, PASSPHRASE)
    around.keyring.opener()
    assert "does not belong to your key" in said(around)
    lock_in(surroundings(home, PASSPHRASE))
    assert (home / "recipient.txt").read_text() == f"{KEY.recipient}\n"


@pytest.mark.pty
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(tmp_path: Path, number: int) -> None:
    locked(tmp_path)
    with Person(tmp_path, "data", "unlock", known=False) as person:
        person.see("Passphrase:")
        assert not person.has_its_terminal_back()
        person.signal(number)
        assert person.wait_exit() == 128 + number
        assert person.has_its_terminal_back()


def test_an_open_journal_is_not_unlocked(tmp_path: Path) -> None:
    around = surroundings(tmp_path)
    unlock(around.home, around.keyring, around.streams, around.clock())
    assert said(around) == "The journal is not locked.\n"


KEYS = {
    "letters": (["a", "\u00fc", "\r"], "a\u00fc"),
    "taking back": (["a", "\u00fc", "b", "\x7f", "\x7f", "\n"], "a"),
    "taking back nothing": (["\x08", "a", "\r"], "a"),
    "taking back all": (["a", "b", "\x15", "c", "\r"], "c"),
    "arrows": (["a", "\x1b", "[", "D", "\x1b", "O", "A", "b", "\r"], "ab"),
    "other keys": (["a", "\x01", "\x00", "\r"], "a"),
}


def typed(data: str) -> Iterator[key_parser.Key]:
    parser = key_parser.Parser()
    for letter in data:
        yield from parser.feed(letter, ahead=True)


@pytest.mark.parametrize("name", KEYS)
def test_keys_in_a_passphrase(name: str) -> None:
    keys, line = KEYS[name]
    assert edit(typed("".join(keys))) == line


def test_ways_out_of_a_passphrase() -> None:
    for keys in ("a\x03\r", "a\x04\r", "a"):
        with pytest.raises(LeaveError):
            edit(typed(keys))
    with pytest.raises(QuickExitError):
        edit(typed("a\x11\r"))


@pytest.mark.pty
def test_nothing_is_echoed_until_the_work_is_done(tmp_path: Path) -> None:
    settle(home_of(tmp_path))
    with Person(tmp_path, "data", "lock") as person:
        person.see("A new passphrase:")
        person.type(f"{PASSPHRASE}\r")
        person.see("Once more")
        person.type(f"{PASSPHRASE}\rimpatient")
        person.see("Locked.")
        assert person.wait_exit() == 0
        assert "impatient" not in person.screen
        assert person.has_its_terminal_back()
