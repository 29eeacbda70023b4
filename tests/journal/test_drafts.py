from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dbtcoach.disk import atomic
from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.drafts import Draft, SetAside, Waiting, claim, load, remove, save, waiting

if TYPE_CHECKING:
    from dbtcoach.journal.entry import Json

NOW = datetime(2026, 11, 23, 21, 0, 5, tzinfo=UTC)
SESSION: dict[str, Json] = {"answers": {"describe": 'words\nwith "quotes" ü'}, "passed": ["describe"]}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(str(tmp_path / "home"))


def in_drafts(home: Home) -> list[str]:
    return sorted(os.listdir(home.drafts))  # noqa: PTH208  (names are what is asked for)


def test_a_draft_comes_back_as_it_was(home: Home) -> None:
    assert load(home, "dear-man", NOW) is None
    save(home, "dear-man", "DEAR MAN", SESSION, NOW)
    header = Waiting("dear-man", "DEAR MAN", "2026-11-23T21:00:05+00:00")
    assert load(home, "dear-man", NOW) == Draft(header, SESSION)
    assert home.has_draft("dear-man")
    assert in_drafts(home) == ["dear-man.json"]
    remove(home, "dear-man")
    assert load(home, "dear-man", NOW) is None
    assert in_drafts(home) == []
    remove(home, "dear-man")


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_a_draft_is_private_whatever_the_umask(home: Home, mask: int) -> None:
    before = os.umask(mask)
    try:
        save(home, "pause", "Pause", SESSION, NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(home.drafts).stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(home.draft("pause")).stat().st_mode) == 0o600


def test_a_list_of_drafts_reads_the_header_only(home: Home) -> None:
    assert waiting(home) == ()
    save(home, "pause", "Pause", SESSION, NOW.replace(hour=1))
    save(home, "dear-man", "DEAR MAN", {"answers": "x" * 5_000_000}, NOW)
    whole = Path(home.draft("dear-man")).read_bytes()
    Path(home.draft("dear-man")).write_bytes(whole[:200])  # the words are cut off, the header is not
    Path(home.draft("damaged")).write_text("nothing to offer")
    (Path(home.drafts) / "pause.damaged-20261123-210005.json").write_bytes(whole)
    Path(home.draft("link")).symlink_to(home.draft("pause"))
    assert [(item.exercise, item.title) for item in waiting(home)] == [
        ("dear-man", "DEAR MAN"),
        ("pause", "Pause"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"{}",
        b"[]",
        b'{"v":1,"exercise":"pause","title":"Pause","saved":"x"}',
        b'{"v":2,"exercise":"pause","title":"Pause","saved":"x","session":{}}',
        b'{"v":1,"exercise":"other","title":"Pause","saved":"x","session":{}}',
        b'{"v":1,"exercise":"pause","title":"Pause","saved":"x","session":[]}',
        b"[" * 200_000,
        b'{"v":' + b"9" * 5000 + b"}",
        bytes(4096),
    ],
)
def test_a_damaged_draft_is_set_aside_and_told(home: Home, content: bytes) -> None:
    save(home, "pause", "Pause", SESSION, NOW)
    Path(home.draft("pause")).write_bytes(content)
    found = load(home, "pause", NOW)
    assert found == SetAside(f"{home.drafts}/pause.damaged-20261123-210005.json")
    assert Path(found.kept).read_bytes() == content
    assert load(home, "pause", NOW) is None
    assert waiting(home) == ()


def test_two_damaged_drafts_are_both_kept(home: Home) -> None:
    for content in ("one", "two"):
        save(home, "pause", "Pause", SESSION, NOW)
        Path(home.draft("pause")).write_text(content)
        load(home, "pause", NOW)
    assert len(in_drafts(home)) == 2


def test_every_torn_prefix_of_a_draft_is_no_crash(home: Home) -> None:
    save(home, "pause", "Pause", SESSION, NOW)
    whole = Path(home.draft("pause")).read_bytes()
    for cut in range(len(whole) - 1):
        Path(home.draft("pause")).write_bytes(whole[:cut])
        waiting(home)
        assert isinstance(load(home, "pause", NOW), SetAside)


def test_a_failed_save_keeps_the_draft_before_it(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    save(home, "pause", "Pause", SESSION, NOW)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "sync_file", fail)
    with pytest.raises(JournalError, match="The disk is full"):
        save(home, "pause", "Pause", {"answers": "canary"}, NOW)
    draft = load(home, "pause", NOW)
    assert isinstance(draft, Draft)
    assert draft.session == SESSION
    assert in_drafts(home) == ["pause.json"]


def test_removing_takes_what_a_crash_left_as_well(home: Home) -> None:
    save(home, "pause", "Pause", SESSION, NOW)
    (Path(home.drafts) / "pause.json.tmp").write_text("words")
    remove(home, "pause")
    assert in_drafts(home) == []


@pytest.mark.parametrize("name", ["../journal", "a/b", "", "a.b"])
def test_an_unsafe_name_is_refused_everywhere(home: Home, name: str) -> None:
    for attempt in (
        lambda: save(home, name, "", SESSION, NOW),
        lambda: load(home, name, NOW),
        lambda: remove(home, name),
        lambda: claim(home, name),
    ):
        with pytest.raises(UsageError):
            attempt()


def test_anything_but_a_file_is_refused(home: Home) -> None:
    save(home, "pause", "Pause", SESSION, NOW)
    remove(home, "pause")
    os.mkfifo(home.draft("pause"))
    with pytest.raises(JournalError, match="is a pipe"):
        save(home, "pause", "", SESSION, NOW)
    with pytest.raises(JournalError, match="is a pipe"):
        load(home, "pause", NOW)
    assert not home.has_draft("pause")


CLAIM = """
import sys
from dbtcoach.disk.home import Home
from dbtcoach.journal.entry import Json
from dbtcoach.journal.drafts import claim
print(claim(Home(sys.argv[1]), "pause") is not None, flush=True)
sys.stdin.read()
"""


def second_terminal(home: Home) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CLAIM, home.folder]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def says(terminal: subprocess.Popen[str]) -> str:
    assert terminal.stdout is not None
    return terminal.stdout.readline()


def test_a_second_terminal_is_told_that_the_exercise_is_taken(home: Home) -> None:
    held = claim(home, "pause")
    assert held is not None
    with held:
        assert claim(home, "pause") is None
        other = claim(home, "ground")
        assert other is not None
        other.release()
        with second_terminal(home) as terminal:
            assert says(terminal) == "False\n"
            terminal.kill()
    assert in_drafts(home) == []
    held.release()
    with second_terminal(home) as terminal:
        assert says(terminal) == "True\n"
        assert claim(home, "pause") is None
        terminal.kill()
    again = claim(home, "pause")
    assert again is not None
    again.release()
