"""Trends as somebody sees them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import EMOTIONS, entry, month, our_layout, put
from tests.pty.person import PROGRAM, Person, environment
from tests.shell import home_of, run

from dbtcoach.drawing.meter import Meter
from dbtcoach.insight.counting import lines_in
from dbtcoach.terminal.streams import Streams

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.journal.entry import Entry, Json

FEELINGS = (*EMOTIONS, "urge", "emotion", "feeling")


@pytest.fixture
def kept(tmp_path: Path) -> list[Entry]:
    home_of(tmp_path).parent.mkdir(parents=True)
    return put(home_of(tmp_path), month())


def test_the_first_lines_name_no_feeling_no_urge_and_nobody(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    lines = run(tmp_path, "trends", "--all").stdout.splitlines()
    first = "\n".join(lines[:14]).lower()
    assert "check-ins on" in first
    assert not [word for word in FEELINGS if word in first]
    assert "anger" in "\n".join(lines[14:]).lower()


def test_every_picture_comes_with_a_sentence_and_plain_has_sentences_only(
    tmp_path: Path, kept: list[Entry]
) -> None:
    assert kept
    drawn = run(tmp_path, "trends", "--all").stdout
    plain = run(tmp_path, "trends", "--all", "--plain").stdout
    assert "█" in drawn
    assert "■" in drawn
    assert not set(plain) & set("█■○●▁▂·")
    for row in (*EMOTIONS, "urge", "pause", "ground"):
        assert f"{row.capitalize()}: " in drawn
        assert f"{row.capitalize()}: " in plain
    for word in ("score", "streak", "well done", "should"):
        assert word not in drawn.lower()


@pytest.mark.parametrize("columns", [24, 40, 80, 200])
def test_the_page_keeps_to_the_width(tmp_path: Path, kept: list[Entry], columns: int) -> None:
    assert kept
    shown = run(tmp_path, "trends", "--all", env={"COLUMNS": str(columns)}).stdout
    assert max(len(line) for line in shown.splitlines()) <= max(columns, 30)


def test_json_is_what_the_documentation_says(tmp_path: Path, kept: list[Entry]) -> None:
    found = json.loads(run(tmp_path, "trends", "--since", "2026-10-25", "--json").stdout)
    everything = json.loads(run(tmp_path, "trends", "--all", "--json").stdout)
    if found["to"] < "2026-11-23":  # the clock of this machine is behind the made-up journal
        pytest.skip("the journal lies in the future")
    assert found["entries"] == everything["entries"] == len(kept)
    assert found["check_ins"]["days"] == len(found["check_ins"]["dates"])
    assert {row["row"] for row in found["emotions"]} == set(EMOTIONS)
    for key in ("distress", "emotions", "urges", "skills", "check_ins"):
        assert found[key] == everything[key] or key in ("emotions", "urges")


def test_thirty_days_are_the_default(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    now = datetime.now(tz=UTC)
    put(home_of(tmp_path), [entry("ground", now - timedelta(days=back)) for back in (400, 40, 20, 1)])
    assert json.loads(run(tmp_path, "trends", "--json").stdout)["entries"] == 2
    assert json.loads(run(tmp_path, "trends", "--days", "50", "--json").stdout)["entries"] == 3
    assert json.loads(run(tmp_path, "trends", "--all", "--json").stdout)["entries"] == 4
    assert run(tmp_path, "trends", "--days", "5", "--all").returncode == 2
    assert run(tmp_path, "trends", "--days", "0").returncode == 2
    assert run(tmp_path, "trends", "--days", "99999999").returncode == 0
    assert run(tmp_path, "trends", "--since", "2100-01-01").returncode == 0


def test_a_day_that_is_to_come_is_not_counted(tmp_path: Path) -> None:
    home_of(tmp_path).parent.mkdir(parents=True)
    put(home_of(tmp_path), [entry("ground", datetime(9990, 1, 1, tzinfo=UTC))])
    found = json.loads(run(tmp_path, "trends", "--all", "--json").stdout)
    assert found["entries"] == 0
    assert found["to"] < "9000"


def peak(folder: Path, *arguments: str) -> int:
    """Return the most memory that the program took, in kilobytes."""
    script = (
        "import resource, subprocess as s, sys; s.run(sys.argv[1:], stdout=s.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, PROGRAM, *arguments],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def test_memory_does_not_grow_with_the_journal(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    words: dict[str, Json] = {"good": "a word " * 100, "emotions": {"anger": 3, "joy": 2}}
    now = datetime.now(tz=UTC)
    entries = [entry("reflect", now - timedelta(days=back), answers=words) for back in range(20_000, 0, -1)]
    for folder, part in ((few, entries[-200:]), (many, entries)):
        home_of(folder).mkdir(parents=True)
        (home_of(folder) / "journal.json").write_bytes(our_layout(named_quickly(part)))
    assert (home_of(many) / "journal.json").stat().st_size > 15_000_000
    assert peak(many, "trends", "--all") < peak(few, "trends", "--all") + 4_000


def named_quickly(entries: list[Entry]) -> list[Entry]:
    from dataclasses import replace

    return [
        replace(each, id=f"{number:08}-0000-7000-8000-000000000000") for number, each in enumerate(entries)
    ]


@pytest.mark.pty
def test_at_a_terminal_it_leaves_nothing_behind(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    with Person(tmp_path, "trends", "--all", columns=100) as person:
        person.wait_for(lambda: "Check-ins on" in person.screen, "the first lines")
        assert "Anger" not in person.screen
        assert "■" in person.screen
        person.type("q")
        person.wait_for(lambda: not person.child.isalive(), "the end")
        while person.look():
            pass
        assert "Check-ins" not in person.screen


class Watched(io.StringIO):
    """A terminal that keeps what was written."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_past_half_a_second_and_taken_away(tmp_path: Path) -> None:
    put(tmp_path, month())
    clock = iter(range(1000))
    watched = Watched()
    streams = Streams(stdin=Watched(), stdout=Watched(), stderr=watched, monotonic=lambda: next(clock) / 2)
    meter = Meter(watched, streams.monotonic, lambda: lines_in(str(tmp_path / "journal.json")), shows=True)
    for _ in range(256):
        meter.step()
    assert watched.getvalue().startswith("\r[")
    meter.end()
    assert watched.getvalue().endswith(" \r")


@pytest.mark.pty
def test_a_small_journal_shows_no_progress(tmp_path: Path, kept: list[Entry]) -> None:
    assert kept
    with Person(tmp_path, "trends", "--all", "--json") as person:
        person.wait_for(lambda: not person.child.isalive(), "the end")
        while person.look():
            pass
        assert b"[#" not in person.raw
        assert b"[." not in person.raw
