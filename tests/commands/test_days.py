"""Days and spans, as people name them, wherever one is asked for."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import entry, month, put
from tests.shell import entries, home_of, run

from dbtcoach.errors import UsageError
from dbtcoach.insight.days import EARLIEST, read_day
from dbtcoach.journal.entry import day_of
from dbtcoach.world.surroundings import local_now

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", MONDAY),
        ("Yesterday", date(2026, 11, 22)),
        ("monday", MONDAY),
        ("Tue", date(2026, 11, 17)),
        ("sunday", date(2026, 11, 22)),
        ("1d", date(2026, 11, 22)),
        ("7d", date(2026, 11, 16)),
        ("2w", date(2026, 11, 9)),
        (" 2026-11-20 ", date(2026, 11, 20)),
        ("9999999999999w", EARLIEST),
    ],
)
def test_a_day_is_read_as_people_name_it(text: str, day: date) -> None:
    assert read_day(text, MONDAY) == day


@pytest.mark.parametrize(
    "text", ["", "d", "0d", "-3d", "\u0663d", "someday", "20261120", "2026-13-01", "7", "01930512"]
)
def test_what_names_no_day_is_told_how_to(text: str) -> None:
    with pytest.raises(UsageError, match="yesterday, monday, 7d or 2w"):
        read_day(text, MONDAY)


def kept(folder: Path) -> date:
    """Keep an entry about today and two about yesterday; return today."""
    home_of(folder).parent.mkdir(parents=True)
    now = local_now()
    ago = [
        entry(f"e{back}", now - timedelta(days=back), answers={"s": f"word{back}"}) for back in (9, 1, 1, 0)
    ]
    put(home_of(folder), ago)
    return day_of(now)


@pytest.mark.parametrize("command", ["list", "search"])
def test_spans_are_asked_for_in_words(tmp_path: Path, command: str) -> None:
    kept(tmp_path)
    for arguments, count in (
        (("--since", "yesterday"), 3),
        (("--since", "2w"), 4),
        (("--until", "yesterday"), 3),
        (("--since", "today", "--until", "today"), 1),
        (("--since", "0001-01-01"), 4),
    ):
        done = run(tmp_path, "log", command, "--json", *arguments, typed="word\n")
        assert len(json.loads(done.stdout)) == count, arguments
    backwards = run(tmp_path, "log", command, "--since", "today", "--until", "yesterday", typed="word\n")
    assert backwards.returncode == 2


def test_a_day_is_shown_whole(tmp_path: Path) -> None:
    today = kept(tmp_path)
    yesterday = run(tmp_path, "log", "show", "yesterday")
    assert yesterday.stdout.count("word1") == 2
    assert "word0" not in yesterday.stdout
    assert run(tmp_path, "log", "show", today.isoformat()).stdout.count("word0") == 1
    assert [each["exercise"] for each in json.loads(run(tmp_path, "log", "show", "1d", "--json").stdout)] == [
        "e1"
    ] * 2
    none = run(tmp_path, "log", "show", "5d")
    assert none.returncode == 2
    assert "There is no entry about" in none.stderr


def test_a_past_day_is_filled_in_by_its_name(tmp_path: Path) -> None:
    done = run(tmp_path, "reflect", "--date", "yesterday", "--answers", "-", typed="good: sun")
    assert done.returncode == 0, done.stderr
    assert entries(tmp_path)[0]["day"] == (day_of(local_now()) - timedelta(days=1)).isoformat()


def test_a_slip_in_the_year_is_refused_and_an_old_one_makes_no_two_thousand_years(tmp_path: Path) -> None:
    slip = run(tmp_path, "reflect", "--date", "0026-11-28", "--answers", "-", typed="good: sun")
    assert slip.returncode == 2
    assert "0026" in slip.stderr
    assert entries(tmp_path) == []
    from dataclasses import replace

    put(home_of(tmp_path), [replace(month(1)[0], day="0026-11-28"), *month(3)])
    for arguments in (("--all",), ("--since", "0001-01-01"), ("--days", "999999")):
        said = run(tmp_path, "trends", *arguments, "--json").stdout
        assert json.loads(said)["from"] >= EARLIEST.isoformat(), arguments
    assert json.loads(run(tmp_path, "trends", "--all", "--json").stdout)["from"] == "2026-11-21"
