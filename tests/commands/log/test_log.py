"""What was kept, listed, read, searched, deleted and taken along."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import HOSTILE, NOW, entry, month, our_layout, put
from tests.pty.person import Person
from tests.shell import home_of, run
from tests.work import steps

from dbtcoach.insight.days import EARLIEST
from dbtcoach.insight.report import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dbtcoach.journal.entry import Entry, Json

LISTED = ["id", "exercise", "title", "started", "finished", "day", "complete", "distress"]
CANARY = "quokka"


@pytest.fixture
def kept(tmp_path: Path) -> list[Entry]:
    home_of(tmp_path).parent.mkdir(parents=True)
    return put(home_of(tmp_path), month())


def everything(folder: Path) -> dict[str, tuple[str, int]]:
    """Return the digest and time of change of everything in a folder."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
        )
        for path in [folder, *folder.rglob("*")]
    }


def test_an_empty_journal_is_no_error(tmp_path: Path) -> None:
    assert run(tmp_path, "log", "list").stdout == ""
    assert json.loads(run(tmp_path, "log", "list", "--json").stdout) == []
    gone = run(tmp_path, "log", "show", "last")
    assert gone.returncode == 2
    assert "no entries yet" in gone.stderr
    assert "Nothing was found" in run(tmp_path, "log", "search", typed="x\n").stderr
    assert json.loads(run(tmp_path, "log", "export", "--format", "json").stdout) == []
    assert run(tmp_path, "trends", "--all").returncode == 0


def test_the_list_is_newest_first_and_holds_no_words(tmp_path: Path, kept: list[Entry]) -> None:
    listed = json.loads(run(tmp_path, "log", "list", "--json").stdout)
    assert [each["id"] for each in listed] == [each.id for each in kept[::-1][:20]]
    assert all(list(each) == LISTED for each in listed)
    lines = run(tmp_path, "log", "list", "--limit", "5").stdout.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith(kept[-1].day)
    assert "kitchen" not in "".join(lines)
    assert "8:40" not in run(tmp_path, "log", "list", "--limit", "99").stdout


@pytest.mark.pty
@pytest.mark.parametrize(("columns", "timed"), [(60, False), (80, True)])
def test_a_row_of_the_list_fits_the_window_and_gives_up_the_time_for_it(
    tmp_path: Path, columns: int, *, timed: bool
) -> None:
    home_of(tmp_path).mkdir(parents=True)
    put(home_of(tmp_path), [entry("ground", NOW, distress=(10, 10), title="A title of some twenty letters")])
    with Person(tmp_path, "log", "list", columns=columns) as person:
        assert person.wait_exit() == 0
        [row] = person.screen.splitlines()
        assert row.startswith("2026-")
        assert "10 → 10" in row
        assert bool(re.search(r"\d\d:\d\d", row)) == timed


def test_a_screen_reader_is_told_that_no_number_was_given(tmp_path: Path) -> None:
    home_of(tmp_path).mkdir(parents=True)
    put(home_of(tmp_path), [entry("ground", NOW, distress=(7, None), title="Ground")])
    assert ", Ground, distress 7 then no number, id " in run(tmp_path, "log", "list", "--plain").stdout


def test_the_list_can_be_narrowed(tmp_path: Path, kept: list[Entry]) -> None:
    arguments = ("--exercise", "ground", "--since", "2026-11-01", "--until", "2026-11-10")
    listed = json.loads(run(tmp_path, "log", "list", "--json", *arguments).stdout)
    expected = [
        each.id
        for each in kept[::-1]
        if each.exercise == "ground" and "2026-11-01" <= each.day <= "2026-11-10"
    ]
    assert [each["id"] for each in listed] == expected
    assert expected
    wrong = run(tmp_path, "log", "list", "--since", "someday")
    assert wrong.returncode == 2
    assert "2026-11-23" in wrong.stderr


def test_one_is_read_by_the_start_of_its_id(tmp_path: Path, kept: list[Entry]) -> None:
    shown = run(tmp_path, "log", "show", kept[3].id[:14].upper())
    assert json.loads(run(tmp_path, "log", "show", kept[3].id[:14], "--json").stdout)["id"] == kept[3].id
    assert shown.returncode == 0
    assert json.loads(run(tmp_path, "log", "show", "last", "--json").stdout)["id"] == kept[-1].id
    assert "kitchen" in run(tmp_path, "log", "show", "last").stdout
    assert run(tmp_path, "log", "show", "ffff").returncode == 2
    assert run(tmp_path, "log", "show", "01").returncode == 2


def test_every_id_that_is_shown_finds_its_entry(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    hasty = [
        entry(name, NOW + timedelta(seconds=more), answers={"s": "word"}) for more, name in enumerate("abcab")
    ]
    kept = put(home_of(tmp_path), hasty)
    for arguments, meant in (
        (("list", "--limit", "1"), kept[4]),
        (("list", "--exercise", "c"), kept[2]),
        (("list", "--exercise", "b", "--limit", "1"), kept[4]),
        (("search", "--limit", "1"), kept[4]),
        (("search", "--exercise", "c"), kept[2]),
    ):
        first = run(tmp_path, "log", *arguments, typed="word\n").stdout.splitlines()[0]
        found = run(tmp_path, "log", "show", first.split()[-1], "--json")
        assert found.returncode == 0, arguments
        assert json.loads(found.stdout)["id"] == meant.id


def test_an_id_that_could_be_several_is_told_with_all_of_them(tmp_path: Path, kept: list[Entry]) -> None:
    done = run(tmp_path, "log", "show", kept[0].id[:4])
    assert done.returncode == 2
    assert "More than one" in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith(f"  {kept[0].id[:4]}")]
    assert len(told) == 8
    assert " more" in done.stderr


def test_choices_are_shown_by_their_names(tmp_path: Path, kept: list[Entry]) -> None:
    name = next(each.id for each in kept if each.exercise == "dear-man-after")
    assert "Feelings got too strong" in run(tmp_path, "log", "show", name).stdout


def test_words_are_searched_for_from_a_pipe_and_never_from_the_command_line(
    tmp_path: Path, kept: list[Entry]
) -> None:
    found = json.loads(run(tmp_path, "log", "search", "--json", typed="PLÉASE TEXT\n").stdout)
    assert [each["id"] for each in found] == [each.id for each in kept[::-1] if each.exercise == "dear-man"]
    assert found[0]["matches"] == [{"step": "assert", "before": "", "match": "Please text", "after": " me."}]
    assert "»Please text« me." in run(tmp_path, "log", "search", typed="please text").stdout
    told = run(tmp_path, "log", "search", CANARY)
    assert told.returncode == 2
    assert "history" in told.stderr
    assert CANARY not in told.stderr
    assert run(tmp_path, "log", "search", typed="\n").returncode == 2


def test_a_deleted_entry_leaves_only_a_mark(tmp_path: Path, kept: list[Entry]) -> None:
    asked = run(tmp_path, "log", "delete", kept[4].id)
    assert asked.returncode == 4
    assert "--yes" in asked.stderr
    before = (home_of(tmp_path) / "journal.json").read_bytes().splitlines()
    assert run(tmp_path, "log", "delete", kept[4].id, "--yes").returncode == 0
    path = home_of(tmp_path) / "journal.json"
    after = path.read_bytes().splitlines()
    assert [line for line in after if line not in before] == [after[5]]
    mark = json.loads(after[5].lstrip(b","))
    assert set(mark) == {"v", "id", "deleted"}
    assert len(after) == len(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run(tmp_path, "log", "show", kept[4].id).returncode == 2
    assert len(json.loads(run(tmp_path, "log", "list", "--json", "--limit", "99").stdout)) == len(kept) - 1


def test_a_deleted_talk_is_not_asked_about(tmp_path: Path) -> None:
    run(tmp_path, "dear-man", "--answers", "-", typed="{afraid: not_afraid, describe: a, assert: b}")
    assert json.loads((home_of(tmp_path) / "state.json").read_text("utf-8"))["follow_up"]
    assert run(tmp_path, "log", "delete", "last", "--yes").returncode == 0
    assert json.loads((home_of(tmp_path) / "state.json").read_text("utf-8"))["follow_up"] is None


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_an_export_is_for_this_user_alone_and_overwrites_nothing(
    tmp_path: Path, kept: list[Entry], umask: int
) -> None:
    assert kept
    target = tmp_path / "card.html"
    arguments = ("log", "export", "--format", "html", "--since", "2026-10-20", "-o", str(target))
    run(tmp_path, "data", "where")
    before = os.umask(umask)
    try:
        done = run(tmp_path, *arguments, known=False)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    first = target.read_bytes()
    again = run(tmp_path, *arguments)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert target.read_bytes() == first
    assert run(tmp_path, *arguments, "--with-words", "--force").returncode == 0
    assert target.read_bytes() != first
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


@pytest.mark.parametrize("name", ["journal.json", "state.json", "linked.json"])
def test_an_export_never_takes_the_place_of_the_journal(tmp_path: Path, kept: list[Entry], name: str) -> None:
    assert kept
    home = home_of(tmp_path)
    (home / "linked.json").symlink_to(home / "journal.json")
    before = everything(home)
    arguments = ("log", "export", "--format", "json", "-o", str(home / name), "--force")
    done = run(tmp_path, *arguments, known=False)
    assert done.returncode == 2
    assert "Name another file" in done.stderr
    assert everything(home) == before


def test_an_export_follows_no_link(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    other = tmp_path / "other"
    other.write_text("mine", "utf-8")
    (tmp_path / "link.csv").symlink_to(other)
    done = run(tmp_path, "log", "export", "--format", "csv", "-o", "link.csv", "--force")
    assert done.returncode != 0
    assert other.read_text("utf-8") == "mine"
    gone = run(tmp_path, "log", "export", "--format", "csv", "-o", "no/such/folder.csv")
    assert gone.returncode == 1
    assert "no such folder" in gone.stderr
    assert "DBTCOACH_HOME" not in gone.stderr


def test_an_export_without_words_holds_none_in_any_form(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    for form in ("md", "html", "csv", "json"):
        arguments = ("log", "export", "--format", form, "--since", "2026-10-20")
        assert "kitchen" not in run(tmp_path, *arguments).stdout
        assert "kitchen" in run(tmp_path, *arguments, "--with-words").stdout
    assert run(tmp_path, "log", "export", "--format", "pdf").returncode == 2


def pretty(data: bytes) -> bytes:
    return json.dumps(json.loads(data), indent=2).encode()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "garbage in front": lambda data: b"\xff\xfenonsense {{{\n" + data,
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "zeros at the end": lambda data: data + b"\0" * 4096,
    "formatted anew": pretty,
    "truncated": lambda data: data[:-7],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_journal_is_read_as_far_as_it_goes(
    tmp_path: Path, kept: list[Entry], damage: Callable[[bytes], bytes]
) -> None:
    path = home_of(tmp_path) / "journal.json"
    path.write_bytes(damage(path.read_bytes()))
    fewest = len(kept) - 1
    assert len(json.loads(run(tmp_path, "log", "list", "--json", "--limit", "99").stdout)) >= fewest
    assert json.loads(run(tmp_path, "trends", "--all", "--json").stdout)["entries"] >= fewest
    talks = sum(each.exercise == "dear-man" for each in kept)
    assert len(json.loads(run(tmp_path, "log", "search", "--json", typed="text me").stdout)) == talks
    assert run(tmp_path, "log", "show", kept[2].id).returncode == 0
    exported = json.loads(run(tmp_path, "log", "export", "--format", "json").stdout)
    assert len(exported) >= fewest


def test_what_is_lost_is_said(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    path = home_of(tmp_path) / "journal.json"
    path.write_bytes(b"nonsense {{{\n" + path.read_bytes())
    for command in (("log", "list", "--limit", "99"), ("trends", "--all")):
        assert "could not be read" in run(tmp_path, *command).stderr


NOTHING_READ = [("log", "list"), ("log", "show", "last"), ("log", "search"), ("trends",), ("trends", "--all")]


@pytest.mark.parametrize("arguments", NOTHING_READ, ids=" ".join)
def test_a_journal_of_which_nothing_can_be_read_is_an_error(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    home_of(tmp_path).mkdir(parents=True)
    for data in (bytes(500), b"", b"\xff\xfe no journal [{"):
        (home_of(tmp_path) / "journal.json").write_bytes(data)
        done = run(tmp_path, *arguments, typed="words\n")
        assert (done.returncode, done.stdout) == (1, "")
        assert "nothing in it can be read" in done.stderr
        assert "dbtcoach data restore FILE" in done.stderr
        assert (home_of(tmp_path) / "journal.json").read_bytes() == data
    assert "Nothing in the journal can be read." in run(tmp_path, "data", "where").stdout


def test_a_folder_in_the_journals_place_is_refused(tmp_path: Path) -> None:
    (home_of(tmp_path) / "journal.json").mkdir(parents=True)
    for command in (("log", "list"), ("log", "show", "last"), ("trends",), ("trends", "--all")):
        done = run(tmp_path, *command)
        assert done.returncode == 1
        assert "not a file" in done.stderr


def test_hostile_words_reach_no_terminal_as_commands(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    answers: dict[str, Json] = {"good": HOSTILE, "emotions": {HOSTILE: 3}}
    kept = put(home_of(tmp_path), [entry("reflect", NOW, answers=answers, title=HOSTILE)])
    commands = [
        ("log", "list"),
        ("log", "list", "--json"),
        ("log", "show", "last"),
        ("log", "show", "last", "--json"),
        ("log", "search"),
        ("log", "search", "--json"),
        ("trends", "--all"),
        ("trends", "--all", "--json"),
        *[("log", "export", "--format", f, "--since", "2026-11-01", "--with-words") for f in ("md", "csv")],
    ]
    for command in commands:
        out = run(tmp_path, *command, typed=":smile:").stdout
        assert out
        assert not set(out) & set("\x1b\x9b\u202e"), command
    assert "[/bold] :smile:" in run(tmp_path, "log", "show", "last").stdout
    assert kept


def test_an_ascii_terminal_gets_ascii(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    env = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for command in (("log", "list"), ("log", "show", "last"), ("trends", "--all"), ("log", "list", "--json")):
        done = run(tmp_path, *command, env=env)
        assert done.returncode == 0, done.stderr
        assert done.stdout.isascii()


def test_looking_back_changes_nothing(tmp_path: Path, kept: list[Entry]) -> None:
    run(tmp_path, "data", "where")
    before = everything(home_of(tmp_path))
    for command in (
        ("log", "list"),
        ("log", "show", kept[0].id),
        ("log", "search"),
        ("log", "export", "--format", "html"),
        ("trends",),
        ("trends", "--all", "--json"),
        ("log", "--help"),
    ):
        assert run(tmp_path, *command, typed="text", known=False).returncode == 0
    assert everything(home_of(tmp_path)) == before


def test_a_huge_journal_is_read_from_its_end(tmp_path: Path) -> None:
    """A gigabyte of nothing lies in front: whoever read it all would take seconds and a gigabyte."""
    home_of(tmp_path).parent.mkdir(parents=True)
    kept = put(home_of(tmp_path), month(90))
    path = home_of(tmp_path) / "journal.json"
    with path.open("wb") as file:
        file.write(b"[\n")
        file.seek(1 << 30)
        file.write(b"\n" + our_layout(kept).replace(b"[\n", b",", 1))
    limited = {"PYTHONMALLOC": "malloc"}
    listed = json.loads(run(tmp_path, "log", "list", "--json", env=limited).stdout)
    assert [each["id"] for each in listed] == [each.id for each in kept[::-1][:20]]
    assert json.loads(run(tmp_path, "log", "show", "last", "--json").stdout)["id"] == kept[-1].id


def test_heavy_modules_are_left_alone(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    for command in (("log", "list"), ("trends", "--all"), ("log", "show", "last", "--json")):
        done = run(tmp_path, *command, env={"PYTHONPROFILEIMPORTTIME": "1"})
        imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
        assert "dbtcoach.journal.read" in imported
        assert not {"yaml", "rich", "questionary", "prompt_toolkit", "pydantic"} & imported


@pytest.mark.pty
def test_an_entry_is_read_on_a_screen_of_its_own(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    with Person(tmp_path, "log", "show", "last", rows=40) as person:
        person.wait_for(lambda: "About good?" in person.screen, "the entry")
        assert "kitchen" in person.screen
        person.type("q")
        person.wait_for(lambda: not person.child.isalive(), "the end")
        while person.look():
            pass
        assert "kitchen" not in person.screen


@pytest.mark.pty
def test_a_long_entry_goes_through_a_pager_that_keeps_no_history(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(
        home_of(tmp_path),
        [entry("pause", NOW, answers={"thought": "\n".join(f"line {n}" for n in range(99))})],
    )
    pager = tmp_path / "pager"
    script = 'env > "$HOME/env"\ntee "$HOME/seen" | head -3\nread -r _ < /dev/tty\n'
    pager.write_text(f"#!/bin/sh\n{script}", "utf-8")
    pager.chmod(0o755)
    with Person(tmp_path, "log", "show", "last", env={"PAGER": str(pager), "LESS": "-X"}) as person:
        person.wait_for(lambda: "About thought?" in person.screen or "Pause" in person.screen, "the pager")
        settings = (tmp_path / "env").read_text("utf-8")
        assert "LESSHISTFILE=-" in settings
        assert "LESSSECURE=1" in settings
        assert "LESS=-K -R -PsSpace goes on, b goes back, q leaves$" in settings
        assert "\x1b" not in (tmp_path / "seen").read_text("utf-8")  # only less is known to show styles
        person.type("\x11")
        person.wait_for(lambda: not person.child.isalive(), "the quick exit")
        assert person.child.exitstatus == 0
        while person.look():
            pass
        assert "Pause" not in person.screen


@pytest.mark.pty
@pytest.mark.parametrize(("pager", "shown"), [("cat", "Enter goes on"), ("less", "line 3")])
def test_a_signal_leaves_no_words_on_the_screen(tmp_path: Path, pager: str, shown: str) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    thought = "\n".join(f"line {n}" for n in range(99))
    put(home_of(tmp_path), [entry("pause", NOW, answers={"thought": thought})])
    with Person(tmp_path, "log", "show", "last", env={"PAGER": pager}) as person:
        person.wait_for(lambda: shown in person.screen, "the entry")
        person.child.kill(signal.SIGTERM)
        assert person.wait_exit() == 143
        assert person.has_its_terminal_back()
        assert "line 3" not in person.screen


@pytest.mark.pty
def test_the_words_that_were_searched_for_do_not_stay_on_the_screen(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("pause", NOW - timedelta(days=1), answers={"thought": f"a {CANARY} b"})])
    with Person(tmp_path, "log", "search") as person:
        person.wait_for(lambda: "Search for:" in person.screen, "the question")
        person.type(f"{CANARY}\r")
        person.wait_for(lambda: f"»{CANARY}«" in person.screen, "the match")
        person.type("q")
        person.wait_for(lambda: not person.child.isalive(), "the end")
        while person.look():
            pass
        assert CANARY not in person.screen


@pytest.mark.pty
def test_deleting_asks_first(tmp_path: Path, kept: list[Entry]) -> None:
    path = home_of(tmp_path) / "journal.json"
    before = path.read_bytes()
    with Person(tmp_path, "log", "delete", kept[0].id) as person:
        person.wait_for(lambda: "Delete this entry" in person.screen, "the question")
        person.type("no\r")
        person.wait_for(lambda: not person.child.isalive(), "the end")
    assert path.read_bytes() == before


def test_a_list_that_stops_says_of_how_many_and_how_to_see_the_rest(
    tmp_path: Path, kept: list[Entry]
) -> None:
    done = run(tmp_path, "log", "list")
    assert done.stderr == f"20 of {len(kept)}. To see the rest: --all\n"
    assert len(done.stdout.splitlines()) == 20
    whole = run(tmp_path, "log", "list", "--all")
    assert whole.stderr == ""
    assert len(whole.stdout.splitlines()) == len(kept)
    grounded = sum(each.exercise == "ground" for each in kept)
    told = run(tmp_path, "log", "list", "--exercise", "ground", "--limit", "2").stderr
    assert told == f"2 of {grounded}. To see the rest: --all\n"
    assert run(tmp_path, "log", "list", "--exercise", "ground", "--limit", str(grounded)).stderr == ""
    search = run(tmp_path, "log", "search", "--limit", "2", typed="kitchen\n")
    assert search.stderr == "These are the newest 2. To see the rest: --all\n"
    assert run(tmp_path, "log", "search", "--all", typed="kitchen\n").stderr == ""


@pytest.mark.parametrize("command", ["list", "search", "export"])
def test_a_slip_in_the_name_of_an_exercise_is_told_with_the_nearest(
    tmp_path: Path, kept: list[Entry], command: str
) -> None:
    assert kept
    arguments = ("--format", "csv") if command == "export" else ()
    done = run(tmp_path, "log", command, "--exercise", "paus", *arguments, typed="word\n")
    assert done.returncode == 2
    assert "did you mean 'pause'" in done.stderr
    put(home_of(tmp_path), [entry("walk-that-is-gone", NOW)])
    assert (
        run(tmp_path, "log", command, "--exercise", "walk-that-is-gone", *arguments, typed="x\n").returncode
        == 0
    )


def test_the_ending_of_a_file_says_the_format(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    for name, begins in (
        ("a.md", "# Diary"),
        ("a.HTML", "<!doctype"),
        ("a.csv", "\ufeffid,"),
        ("a.json", "[\n{"),
    ):
        assert run(tmp_path, "log", "export", "-o", name).returncode == 0
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
    run(tmp_path, "log", "export", "--format", "json", "-o", "b.txt")
    assert (tmp_path / "b.txt").read_text("utf-8").startswith("[")
    for arguments in (("-o", "c.pdf"), ("-o", "c"), ()):
        wrong = run(tmp_path, "log", "export", *arguments)
        assert wrong.returncode == 2
        assert "--format" in wrong.stderr
    assert not list(tmp_path.glob("c*"))


def test_an_ending_and_a_format_that_disagree_are_refused(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    done = run(tmp_path, "log", "export", "--format", "md", "-o", "x.html")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The file ends with .html, and --format says md." in done.stderr
    assert not (tmp_path / "x.html").exists()
    for name in ("x.markdown", "x.txt", "x"):
        assert run(tmp_path, "log", "export", "--format", "md", "-o", name).returncode == 0


def test_thousands_of_row_names_over_thousands_of_years_are_no_work(tmp_path: Path) -> None:
    rows: dict[str, Json] = {f"row {number}": number % 6 for number in range(5000)}
    each = entry("reflect", NOW, answers={"emotions": rows})
    cells = len(rows) * (NOW.year - EARLIEST.year + 1)
    made = steps(lambda: report([each], (EARLIEST, NOW.date()), lambda _: {}, with_words=False))
    assert made < 20 * cells  # lines of Python; a cell for each day would be a hundred times as many
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [each])
    done = run(tmp_path, "log", "export", "--format", "md", "--since", "0001-01-01")
    assert "row 4999" in done.stdout.replace("\\", "").lower()
