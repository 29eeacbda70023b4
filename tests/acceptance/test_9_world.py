"""A world that is not as expected: clocks, calendars, digits, folders."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import LONG, some
from tests.pty.own import write_own
from tests.pty.person import PROGRAM, Person, settle
from tests.shell import TRACES, entries, home_of, run, values
from tests.sitting.world import told, world

from dbtcoach.commands.log.list import newest
from dbtcoach.commands.trends import last_days, trends_of
from dbtcoach.insight.days import Span
from dbtcoach.insight.plain_data import trends_data
from dbtcoach.insight.trend_page import page
from dbtcoach.insight.wanted import Wanted
from dbtcoach.journal.entry import day_of
from dbtcoach.sitting.live import Wishes, practise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(LONG)]

SKIPS = [""] * 30
EVERYTHING = Wanted(Span(), "")


def sit(home: Path, name: str, now: datetime, *lines: str) -> None:
    """Do an exercise to its end at this time."""
    around = world(home, *lines, *SKIPS, now=now)
    assert practise(around, around.catalogue.read(name), Wishes()) == 0


def test_a_clock_that_jumps_back_keeps_the_order_of_saves(tmp_path: Path) -> None:
    now = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    jumps = [now, now - timedelta(days=400), now - timedelta(days=20_000), now + timedelta(days=1), now]
    for number, moment in enumerate(jumps):
        sit(tmp_path, "pause", moment, str(number))
    found = json.loads((tmp_path / "journal.json").read_bytes())
    ids = [item["id"] for item in found]
    assert ids == sorted(set(ids))
    assert [values(item)["before"] for item in found] == list(range(5))
    around = world(tmp_path, now=now)
    entries_kept, _ids, _older = newest(around.entries.records(), EVERYTHING, 20)
    assert [entry.id for entry in entries_kept] == [ids[each] for each in (3, 4, 0, 1, 2)]


def test_another_time_zone_between_start_and_finish(tmp_path: Path) -> None:
    write_own(tmp_path)
    assert (
        run(tmp_path, "kinds", "--plain", typed="words\n", env={"TZ": "Pacific/Kiritimati"}).returncode == 130
    )
    typed = "1\n3\n" + "\n" * 10
    done = run(tmp_path, "kinds", "--plain", typed=typed, env={"TZ": "Pacific/Pago_Pago"})
    assert done.returncode == 0, done.stderr
    [entry] = entries(tmp_path)
    started, finished = (datetime.fromisoformat(entry[key]) for key in ("started", "finished"))
    assert started.tzinfo is not None
    assert finished.tzinfo is not None
    assert timedelta(0) <= finished - started < timedelta(minutes=5)
    assert values(entry) == {"words": "words", "number": 3}
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Nowhere/Atall", ":", "\x1b[2J"):
        for command in (["log", "list"], ["log", "show", "last"], ["trends"], ["reflect", "--due"]):
            assert run(tmp_path, *command, env={"TZ": zone}).returncode == 0


def test_the_twenty_ninth_of_february(tmp_path: Path) -> None:
    leap = datetime(2028, 2, 29, 21, 0, tzinfo=timezone(timedelta(hours=14)))
    sit(tmp_path, "pause", leap, "7")
    sit(tmp_path, "pause", leap.replace(day=1, month=3, hour=3), "6")  # before four: still the day before
    days = [item["day"] for item in json.loads((tmp_path / "journal.json").read_bytes())]
    assert days == ["2028-02-29", "2028-02-29"]
    for year in (0, 1):
        around = world(tmp_path, now=leap + timedelta(days=366 * year))
        today = day_of(around.clock())
        for span in (Span(), last_days(today, 366)):
            found = trends_of(around, span, today)
            assert page(found, 80, unicode=True, pictures=True)
            assert trends_data(found)["to"] == today.isoformat()
        assert told(around) == ""
    env = {"TZ": "UTC"}
    for day, code in (("2024-02-29", 0), ("2023-02-29", 2), ("2024-02-30", 2), ("0000-01-01", 2)):
        assert run(tmp_path, "log", "list", "--since", day, env=env).returncode == code, day


def locales() -> list[str]:
    """Return the locales here that write numbers in digits of their own."""
    if shutil.which("locale") is None:
        return []
    known = subprocess.run(["locale", "-a"], capture_output=True, check=False).stdout.decode(
        "utf-8", "replace"
    )
    return [name for name in known.split() if name[:2] in ("fa", "ar", "ne", "hi", "bn", "my", "ckb")]


@pytest.fixture
def other_digits(tmp_path: Path) -> dict[str, str]:
    """Return an environment with other digits: a locale that is here, or one that is made for the test."""
    found = locales()
    if found:
        return {"LC_ALL": found[0], "LANG": found[0]}
    if shutil.which("localedef") is None:
        pytest.skip("no locale with other digits, and nothing to make one with")
    made = subprocess.run(
        ["localedef", "-i", "fa_IR", "-f", "UTF-8", str(tmp_path / "fa_IR.UTF-8")],
        capture_output=True,
        check=False,
    )
    if not (tmp_path / "fa_IR.UTF-8").exists():
        pytest.skip(f"no locale with other digits could be made: {made.stderr[:80]!r}")
    return {"LC_ALL": "fa_IR.UTF-8", "LANG": "fa_IR.UTF-8", "LOCPATH": str(tmp_path)}


def test_a_locale_with_other_digits(tmp_path: Path, other_digits: dict[str, str]) -> None:
    done = run(tmp_path, "pause", "--plain", typed="۴\n4\n" + "\n" * 20, env=other_digits)
    assert done.returncode == 0, done.stderr
    raw = (home_of(tmp_path) / "journal.json").read_bytes()
    assert raw.isascii()
    assert values(entries(tmp_path)[0])["before"] == 4
    listed = run(tmp_path, "log", "list", env=other_digits)
    assert entries(tmp_path)[0]["day"] in listed.stdout


@pytest.mark.pty
@pytest.mark.parametrize("name", ["a b  c", "Grüße 👋 домой", 'it\'s "quoted" $HOME', "-rf", "new\nline"])
def test_a_home_with_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    write_own(folder)
    with Person(folder, "kinds") as person:
        person.see("Some words?")
        person.type("Grüße\r")
        person.see("How much?")
        person.press("ctrl-c")
        assert person.wait_exit() == 130
    done = run(folder, "kinds", "--plain", typed="1\n3\n" + "\n" * 10)
    assert done.returncode == 0, done.stderr
    assert values(entries(folder)[0]) == {"words": "Grüße", "number": 3}
    for command in (["data", "where"], ["log", "show", "last"], ["exercises", "list"]):
        assert run(folder, *command).returncode == 0


def test_a_user_without_a_home_folder_is_told_what_to_do(tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path / "nowhere"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    # An exercise begins all the same, unsaved, and ends where the empty input does.
    for arguments, codes in (
        (["pause", "--plain"], {130}),
        (["log", "list"], {0, 2}),
        (["data", "where"], {0, 2}),
    ):
        done = subprocess.run(
            [PROGRAM, *arguments],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            input="",
        )
        assert done.returncode in codes, arguments
        assert "DBTCOACH_HOME" in done.stdout + done.stderr, arguments
        assert not any(trace in done.stderr for trace in TRACES)
    for command in (["help-now"], ["exercises", "list"], ["--help"]):
        told = subprocess.run([PROGRAM, *command], env=env, capture_output=True, text=True, check=False)
        assert told.returncode == 0, "these are there for everybody"
        assert told.stdout
    assert list(tmp_path.iterdir()) == [], "nothing was made"


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is of Linux")
@pytest.mark.parametrize("temporary", some(["/nowhere/at/all", "/dev/full", ""], 1))
def test_no_place_for_temporary_files_is_no_matter(
    tmp_path: Path, figure: Callable[[str], None], temporary: str
) -> None:
    env = {"TMPDIR": temporary, "TEMP": temporary, "TMP": temporary}
    settle(home_of(tmp_path))
    passphrase = "four words for tests\n" * 2
    commands: list[tuple[list[str], str]] = [
        (["pause", "--plain"], "4\n" + "\n" * 20),
        (["log", "show", "last"], ""),
        (["trends"], ""),
        (["log", "export", "--format", "html", "-o", str(tmp_path / "report.html")], ""),
        (["data", "lock"], passphrase),
        (["data", "unlock"], passphrase),
        (["review"], "You never listen.\n"),
    ]
    for arguments, typed in commands:
        done = run(tmp_path, *arguments, typed=typed, env=env)
        assert done.returncode == 0, (arguments, done.stderr)
    figure(f"TMPDIR {temporary or 'empty'!r}: {len(commands)} commands, all done")
