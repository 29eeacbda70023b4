"""``dbtcoach rows``, and what becomes of its rows: in the check-in, in an entry, in trends and exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.pty.person import settle
from tests.shell import home_of, run

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
rows:
  - hours of sleep
  - Medication
  - {name: Coffee, group: body, kind: count, unit: cups}
  - {name: What set it off, kind: text}
"""


def settings(tmp_path: Path, text: str) -> Path:
    settle(home_of(tmp_path))
    path = home_of(tmp_path) / "config.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_row_is_added_line_by_line(tmp_path: Path) -> None:
    path = settings(tmp_path, "plain: true\n")
    add = "1\nPain\n4\n1\n0 to 10\n\ny\n"
    done = run(tmp_path, "rows", "--plain", typed=f"{add}7\n")
    assert done.returncode == 0, done.stderr
    assert path.read_text("utf-8") == (
        'plain: true\nrows:\n  - {name: "Pain", group: body, kind: number, min: 0, max: 10}\n'
    )


def test_without_a_terminal_a_card_needs_yes_and_takes_the_place_of_the_rows(tmp_path: Path) -> None:
    path = settings(tmp_path, CONFIG)
    assert run(tmp_path, "rows", "--card", "diary").returncode == 4
    assert path.read_text("utf-8") == CONFIG
    wrong = run(tmp_path, "rows", "--card", "diray", "--yes")
    assert (wrong.returncode, "did you mean 'diary'?" in wrong.stderr) == (2, True)
    done = run(tmp_path, "rows", "--card", "diary", "--yes")
    assert done.returncode == 0, done.stderr
    listed = json.loads(run(tmp_path, "rows", "--json").stdout)
    assert len(listed) == 20
    assert {row["kind"] for row in listed} == {"number", "yes/no", "count"}


def test_rows_of_every_kind_reach_the_entry_trends_and_exports(tmp_path: Path) -> None:
    settings(tmp_path, CONFIG)
    given = {
        "emotions": {
            "anger": 2,
            "hours of sleep": 7,
            "Medication": True,
            "Coffee": 3,
            "What set it off": "The post",
        }
    }
    saved = run(tmp_path, "reflect", "--answers", "-", "--json", typed=json.dumps(given))
    assert saved.returncode == 0, saved.stderr
    kept: dict[str, Any] = json.loads(saved.stdout)["answers"][0]["value"]
    assert kept == {
        "anger": 2,
        "body: hours of sleep": 7,
        "body: Medication": True,
        "body: Coffee": 3,
        "own: What set it off": "The post",
    }
    shown = run(tmp_path, "log", "show", "last").stdout
    for line in (
        "hours of sleep (hours): 7",
        "Medication: yes",
        "Coffee (cups): 3",
        "What set it off: The post",
    ):
        assert f"  {line}\n" in shown
    trends = json.loads(run(tmp_path, "trends", "--json").stdout)
    assert [row["row"] for row in trends["emotions"]] == ["anger"]
    assert [(row["row"], row["unit"], row["yes"]) for row in trends["own"]] == [
        ("hours of sleep", "hours", None),
        ("Medication", "", 1),
        ("Coffee", "cups", None),
    ]
    told = run(tmp_path, "trends").stdout
    assert "Hours of sleep (0 to 24 hours): 1 check-in, with 7." in told
    assert "Medication: yes on 1 of 1 check-in." in told
    report = run(tmp_path, "log", "export", "--format", "md").stdout
    assert "Anger | Body: Hours of sleep (0 to 24) | Body: Medication | Body: Coffee, cups |" in report
    for way in (["--format", "md"], ["--format", "csv"], ["--format", "json"], ["--week"]):
        assert "The post" not in run(tmp_path, "log", "export", *way).stdout
    for way in (["--format", "csv"], ["--week"]):
        assert "The post" in run(tmp_path, "log", "export", *way, "--with-words").stdout


def test_a_number_of_the_first_release_is_no_emotion_any_more(tmp_path: Path) -> None:
    settings(tmp_path, "")
    given = '{"emotions": {"anger": 2}}'
    assert run(tmp_path, "reflect", "--answers", "-", typed=given).returncode == 0
    journal = home_of(tmp_path) / "journal.json"
    journal.write_text(
        journal.read_text("utf-8").replace('"anger":2', '"anger":2,"hours of sleep":3'), "utf-8"
    )
    (home_of(tmp_path) / "config.yaml").write_text("rows: [hours of sleep]\n", "utf-8")
    trends = json.loads(run(tmp_path, "trends", "--json").stdout)
    assert [row["row"] for row in trends["emotions"]] == ["anger"]
    assert [row["row"] for row in trends["own"]] == ["hours of sleep"]


def test_what_does_not_fit_a_row_is_told_with_its_name(tmp_path: Path) -> None:
    settings(tmp_path, CONFIG)
    for row, value, said in (
        ("hours of sleep", 25, "hours of sleep: please type a number from 0 to 24 hours."),
        ("Medication", 3, "Medication: please type y or n."),
        ("What set it off", "x" * 81, "What set it off: please write up to 80 letters."),
    ):
        done = run(tmp_path, "reflect", "--answers", "-", typed=json.dumps({"emotions": {row: value}}))
        assert done.returncode == 2
        assert said in done.stderr
