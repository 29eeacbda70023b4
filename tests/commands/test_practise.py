"""The day's check-in: due or not, for which day, and the rows of one's own, from end to end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import settle
from tests.shell import entries, home_of, run, values
from tests.sitting.world import world

from dbtcoach.commands.practise import DUE, day_given, due_line
from dbtcoach.disk.home import Home
from dbtcoach.errors import UsageError
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.state import update_state

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.world.surroundings import Surroundings

TODAY = date(2026, 11, 23)
NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ANSWERS = "emotions: {anger: 2, fear: 0, joy: 3, sadness: 1, shame: 0}\n"


def check_in(around: Surroundings, day: str) -> None:
    update_state(around.home, lambda state: replace(state, checked_in=day))


@pytest.mark.parametrize(
    ("day", "due"), [("2026-11-22", True), ("2026-11-23", False), ("2026-11-24", False), ("2030-01-01", True)]
)
def test_it_is_due_until_the_day_is_checked_in(tmp_path: Path, day: str, due: bool) -> None:  # noqa: FBT001
    around = world(tmp_path)
    check_in(around, day)
    assert due_line(around.home, TODAY, "reflect") == (DUE if due else "")


def test_it_is_due_where_nobody_has_ever_been(tmp_path: Path) -> None:
    assert due_line(Home(str(tmp_path / "nowhere")), TODAY, "reflect") == DUE
    assert not (tmp_path / "nowhere").exists()


def test_the_night_belongs_to_the_day_before(tmp_path: Path) -> None:
    check_in(world(tmp_path), "2026-11-23")
    assert due_line(Home(str(tmp_path)), day_of(NIGHT), "reflect") == ""
    assert day_given("2026-11-23", day_of(NIGHT)) == date(2026, 11, 23)
    with pytest.raises(UsageError, match="a day that has been"):
        day_given("2026-11-24", day_of(NIGHT))


@pytest.mark.parametrize("text", ["someday", "2026-13-01", "2026-02-30", "", "23.11.2026", "2026-11-23T10"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="2026-11-23"):
        day_given(text, TODAY)


def test_tomorrow_is_refused_and_the_way_to_today_is_named() -> None:
    with pytest.raises(UsageError, match="dbtcoach reflect"):
        day_given("2026-11-24", TODAY)


def due(folder: Path) -> str:
    done = run(folder, "reflect", "--due")
    assert done.returncode == 0
    assert done.stderr == ""
    return done.stdout


def test_the_shell_prompts_line_comes_and_goes(tmp_path: Path) -> None:
    assert due(tmp_path) == f"{DUE}\n"
    assert run(tmp_path, "reflect", "--answers", "-", typed=ANSWERS).returncode == 0
    assert due(tmp_path) == ""


def test_a_clock_that_was_wrong_does_not_silence_it_for_years(tmp_path: Path) -> None:
    run(tmp_path, "reflect", "--answers", "-", typed=ANSWERS)
    path = home_of(tmp_path) / "state.json"
    state = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**state, "checked_in": "2190-01-01"}), "utf-8")
    assert due(tmp_path) == f"{DUE}\n"
    run(tmp_path, "reflect", "--answers", "-", typed=ANSWERS)
    assert due(tmp_path) == ""


def test_the_line_is_neutral_and_one() -> None:
    assert len(DUE.splitlines()) == 1
    assert not any(
        word in DUE.casefold() for word in ("feel", "urge", "diary", "mood", "emotion", "dbt skill")
    )


def test_a_past_day_is_filled_in_without_a_word_and_today_stays_open(tmp_path: Path) -> None:
    done = run(tmp_path, "reflect", "--date", "2020-02-29", "--answers", "-", typed=ANSWERS)
    assert done.returncode == 0, done.stderr
    (entry,) = entries(tmp_path)
    assert entry["day"] == "2020-02-29"
    assert not entry["started"].startswith("2020")
    assert due(tmp_path) == f"{DUE}\n"


def test_filling_in_an_older_day_does_not_reopen_today(tmp_path: Path) -> None:
    for arguments in ([], ["--date", "2020-02-29"]):
        assert run(tmp_path, "reflect", *arguments, "--answers", "-", typed=ANSWERS).returncode == 0
    assert due(tmp_path) == ""
    assert len(entries(tmp_path)) == 2


@pytest.mark.parametrize("day", ["someday", "9999-12-31", "0026-11-28"])
def test_a_wrong_day_is_a_usage_error_and_nothing_is_saved(tmp_path: Path, day: str) -> None:
    done = run(tmp_path, "reflect", "--date", day, "--answers", "-", typed=ANSWERS)
    assert done.returncode == 2
    assert "day" in done.stderr
    assert entries(tmp_path) == []


def test_only_a_daily_exercise_has_days(tmp_path: Path) -> None:
    assert run(tmp_path, "pause", "--due").returncode == 2
    assert "--date" not in run(tmp_path, "ground", "--help").stdout


def test_own_rows_are_asked_saved_and_checked_like_the_others(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    settle(home)
    (home / "config.yaml").write_text(
        "emotions: [Envy]\nrows: [Hours of sleep]\nurges: [Run away]\n", "utf-8"
    )
    answers = (
        "emotions: {anger: 2, fear: 0, joy: 3, sadness: 1, shame: 0, Envy: 4, Hours of sleep: 5}\n"
        "urges: {Run away: 3, Run away acted: 0}\n"
    )
    done = run(tmp_path, "reflect", "--answers", "-", typed=answers)
    assert done.returncode == 0, done.stderr
    saved = values(entries(tmp_path)[0])
    assert saved["emotions"]["Envy"] == 4
    assert saved["emotions"]["body: Hours of sleep"] == 5
    assert saved["urges"] == {"Run away": 3, "Run away acted": 0}
    former = run(
        tmp_path, "reflect", "--no-save", "--json", "--answers", "-", typed="urges: {strength: 3, acted: 0}\n"
    )
    assert values(json.loads(former.stdout))["urges"]["strength"] == 3  # a row that is asked no more
    wrong = run(tmp_path, "reflect", "--answers", "-", typed="urges: {Shout: 3, acted: 0}\n")
    assert wrong.returncode == 2
    assert "urges" in wrong.stderr


def test_own_rows_are_typed_with_the_others_in_line_mode(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    settle(home)
    (home / "config.yaml").write_text("emotions: [Envy]\nurges: [Run away]\n", "utf-8")
    done = run(tmp_path, "reflect", "--plain", typed="2\n0\n3\n1\n0\n4\n3 0\n" + "\n" * 8)
    assert done.returncode == 0, done.stderr
    assert "\nEnvy: " in done.stdout
    assert "\nRun away: how strong: " in done.stdout
    saved = values(entries(tmp_path)[0])
    assert saved["emotions"]["Envy"] == 4
    assert saved["urges"]["Run away"] == 3


def test_another_day_waits_until_an_unfinished_page_is_done_or_dropped(tmp_path: Path) -> None:
    assert run(tmp_path, "reflect", "--plain", typed="1 1 1 1 1\n").returncode == 130
    done = run(tmp_path, "reflect", "--date", "2020-02-29", "--plain", typed="")
    assert done.returncode == 2
    assert "dbtcoach reflect" in done.stderr
    assert "--fresh" in done.stderr
    again = run(tmp_path, "reflect", "--date", "2020-02-29", "--fresh", "--plain", typed="\n" * 20)
    assert again.returncode == 0
    assert [entry["day"] for entry in entries(tmp_path)] == ["2020-02-29"]
