"""A day has one check-in: opened again, changed, merged, deleted; and past days are looked at as past."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.commands.log.test_locked import PASSPHRASE, lock
from tests.shell import entries, home_of, run, values

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-20"
FIRST = {"emotions": {"anger": 2, "joy": 3}, "good": "The light", "step": "say hi"}


def reflect(folder: Path, answers: dict[str, Any], *more: str) -> dict[str, Any]:
    done = run(folder, "reflect", "--answers", "-", "--json", *more, typed=json.dumps(answers))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shown(folder: Path, *name: str, typed: str = "") -> Any:
    return json.loads(run(folder, "log", "show", *(name or ("last",)), "--json", typed=typed).stdout)


def test_a_second_check_in_keeps_only_what_changed_and_every_view_shows_one(tmp_path: Path) -> None:
    first = reflect(tmp_path, FIRST)
    second = reflect(tmp_path, {"good": "The light at five", "step": None})
    assert values(second) == {"good": "The light at five", "step": None}
    assert second["id"] != first["id"]
    assert entries(tmp_path)[0] == first
    found = shown(tmp_path)
    assert values(found) == {"emotions": FIRST["emotions"], "good": "The light at five"}
    assert found["id"] == first["id"]
    assert shown(tmp_path, second["id"][:23]) == found
    listed = json.loads(run(tmp_path, "log", "list", "--json").stdout)
    assert [each["id"] for each in listed] == [first["id"]]
    exported = json.loads(run(tmp_path, "log", "export", "--format", "json", "--with-words").stdout)
    assert exported == [found]
    assert "Nothing was found." in run(tmp_path, "log", "search", typed="say hi\n").stderr
    assert first["id"][:8] in run(tmp_path, "log", "search", typed="at five\n").stdout
    trends = json.loads(run(tmp_path, "trends", "--json").stdout)
    assert trends["entries"] == 1
    assert {row["row"]: row["count"] for row in trends["emotions"]} == {"anger": 1, "joy": 1}
    assert json.loads(run(tmp_path, "trends", "--all", "--json").stdout)["emotions"] == trends["emotions"]
    assert [values(each) for each in shown(tmp_path, "last", "--versions")] == [FIRST, values(second)]


def test_what_changes_nothing_adds_nothing(tmp_path: Path) -> None:
    first = reflect(tmp_path, FIRST)
    assert reflect(tmp_path, {}) == first
    assert len(entries(tmp_path)) == 1


def test_rows_that_are_on_the_card_no_more_stay_when_all_others_are_taken_away(tmp_path: Path) -> None:
    reflect(tmp_path, FIRST)
    path = home_of(tmp_path) / "journal.json"
    path.write_text(path.read_text("utf-8").replace('"joy":3', '"joy":3,"own: Pain":4'), "utf-8")
    reflect(tmp_path, {"emotions": None})
    assert values(shown(tmp_path)) == {**FIRST, "emotions": {"own: Pain": 4}}


def test_at_the_terminal_the_answers_are_there_to_keep_change_or_empty(tmp_path: Path) -> None:
    reflect(tmp_path, {**FIRST, "urges": [1, 0], "skills": [0, 0, 0, 0, 0]})
    done = run(tmp_path, "reflect", "--plain", typed="\n" * 12 + "The moon\n:skip\nn\n")
    assert done.returncode == 0, done.stderr
    assert "This page has answers already." in done.stdout
    assert "Your answer so far: The light" in done.stdout
    assert values(entries(tmp_path)[1]) == {"good": "The moon", "step": None, "more": False}


def test_a_past_day_says_which_it_is(tmp_path: Path) -> None:
    done = run(tmp_path, "reflect", "--plain", "--date", DAY, typed="\n" * 12 + "Tea\n\n\n")
    assert done.returncode == 0, done.stderr
    assert "Reflect, Friday 20 November" in done.stdout
    assert "One good thing that day" in done.stdout
    assert "today" not in done.stdout
    assert f"dbtcoach log show {DAY}" in done.stderr
    reflect(tmp_path, {"step": "rest"}, "--date", DAY)
    (found,) = shown(tmp_path, DAY)
    assert values(found) == {"good": "Tea", "step": "rest"}


def test_first_release_days_with_two_check_ins_open_as_one(tmp_path: Path) -> None:
    reflect(tmp_path, FIRST)
    path = home_of(tmp_path) / "journal.json"
    kept = json.loads(path.read_bytes())
    again = {**kept[0], "id": kept[0]["id"][:-1] + ("0" if kept[0]["id"][-1] != "0" else "1")}
    again["answers"] = [{"step": "good", "prompt": "One good thing today, however small?", "value": "Rain"}]
    path.write_text(json.dumps([kept[0], again], indent=2), "utf-8")
    assert values(shown(tmp_path)) == {**FIRST, "good": "Rain"}


def test_two_machines_that_changed_the_same_day_lose_nothing(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    reflect(here, FIRST)
    shutil.copytree(here, there)
    reflect(here, {"good": "Here"})
    reflect(there, {"question": "There", "more": True})
    reflect(there, {"good": "There too"})
    for one, other in ((here, there), (there, here)):
        copied = tmp_path / f"from-{other.name}.json"
        shutil.copy(home_of(other) / "journal.json", copied)
        assert run(one, "data", "merge", str(copied), "--yes").returncode == 0
    assert entries(here) == entries(there)
    found = values(shown(here))
    assert found == {**FIRST, "more": True, "question": "There", "good": "There too"}
    everything = [values(each) for each in shown(here, "last", "--versions")]
    assert {"good": "Here"} in everything


def test_deleting_a_day_takes_every_version(tmp_path: Path) -> None:
    reflect(tmp_path, FIRST)
    reflect(tmp_path, {"good": "The light at five"})
    assert run(tmp_path, "log", "delete", "last", "--yes").returncode == 0
    assert all(set(each) == {"v", "id", "deleted"} for each in entries(tmp_path))
    assert b"light" not in (home_of(tmp_path) / "journal.json").read_bytes()


@pytest.mark.slow
def test_sealed_it_starts_empty_and_is_one_entry_all_the_same(tmp_path: Path) -> None:
    first = reflect(tmp_path, FIRST)
    lock(tmp_path)
    reflect(tmp_path, {"good": "Sealed"})
    found = shown(tmp_path, typed=f"{PASSPHRASE}\n")
    assert found["id"] == first["id"]
    assert values(found) == {**FIRST, "good": "Sealed"}
    done = run(tmp_path, "log", "delete", first["id"], "--yes", typed=f"{PASSPHRASE}\n")
    assert done.returncode == 0
    assert all("deleted" in each for each in entries(tmp_path))


def test_a_day_filled_in_later_stands_where_it_belongs(tmp_path: Path) -> None:
    reflect(tmp_path, FIRST)
    for day in ("2026-10-05", DAY, "2026-10-20"):
        reflect(tmp_path, {"good": day}, "--date", day)
    listed = json.loads(run(tmp_path, "log", "list", "--json").stdout)
    days = [each["day"] for each in listed]
    assert days == sorted(days, reverse=True)
    assert values(shown(tmp_path))["good"] == FIRST["good"]


def test_a_look_back_at_a_talk_is_not_asked_for_again(tmp_path: Path) -> None:
    state = home_of(tmp_path) / "state.json"
    state.parent.mkdir(parents=True)
    waiting = {"entry": "x", "due": date.today().isoformat()}  # noqa: DTZ011 - the day on the wall
    state.write_text(json.dumps({"v": 1, "first_run": "save", "follow_up": waiting}), "utf-8")
    asked = "Did the talk happen?"
    assert asked in run(tmp_path, "reflect", "--no-save", "--plain", typed="\n" * 16).stdout
    assert run(tmp_path, "dear-man", "--after", "--answers", "-", typed="afraid: no").returncode == 0
    assert asked not in run(tmp_path, "reflect", "--no-save", "--plain", typed="\n" * 16).stdout
