"""The ledger of review: each clinical step and help line says where it comes from, and who checked it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dbtcoach.errors import ScriptError
from dbtcoach.script.countries import Country, decode_lines
from dbtcoach.script.decode import decode
from dbtcoach.script.model import walk

ROOT = Path(__file__).parents[1]
LEDGER = (ROOT / "docs" / "review.md").read_text("utf-8")
LINES = ROOT / "exercises" / "data" / "lines.yaml"
EXERCISES = {path.stem: path for path in sorted((ROOT / "exercises").glob("*.yaml"))}
GRADES = {"read", "known", "judged"}  # what a grade starts with; what follows a comma explains it


def table(heading: str) -> list[list[str]]:
    """The rows of the tables below a heading, without their heads."""
    level = heading.split(" ", 1)[0]
    below = LEDGER.partition(f"\n{heading}\n")[2]
    below = re.split(rf"^#{{1,{len(level)}}} ", below, maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line for line in below.splitlines() if line.startswith("|")]
    rules = [place for place, line in enumerate(lines) if set(line) <= set("|-")]
    heads = {place - 1 for place in rules} | set(rules)
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for place, line in enumerate(lines)
        if place not in heads
    ]


def steps_of(name: str) -> list[str]:
    exercise = decode(EXERCISES[name].read_bytes(), f"{name}.yaml")
    return [*(step.id for step in walk(exercise.steps)), *(["next"] if exercise.next else [])]


def meant(cell: str, steps: list[str]) -> list[str]:
    """The steps that a cell names, the ranges spelt out; what does not exist is named as it stands."""
    found: list[str] = []
    for part in cell.split(", "):
        ends = re.findall(r"`([^`]+)`", part)
        if len(ends) == 2 and all(end in steps for end in ends):
            found += steps[steps.index(ends[0]) : steps.index(ends[1]) + 1] or [part]
        else:
            found += ends or [part]
    return found


@pytest.mark.parametrize("name", EXERCISES)
def test_every_step_has_a_row_and_every_row_its_steps(name: str) -> None:
    steps = steps_of(name)
    named = [step for row in table(f"### {name}") for step in meant(row[0], steps)]
    assert sorted(set(named) - set(steps)) == [], "the ledger names steps that do not exist"
    assert [step for step in steps if step not in named] == [], "steps without a row in docs/review.md"
    assert len(named) == len(set(named)), "a step has two rows"


@pytest.mark.parametrize("name", EXERCISES)
def test_every_row_has_source_grade_date_and_reviewer(name: str) -> None:
    for _steps, what, source, checked, day, reviewer in table(f"### {name}"):
        assert what
        assert source
        assert checked.partition(",")[0] in GRADES
        assert date.fromisoformat(day) >= date(2026, 11, 23)
        assert reviewer


def test_there_is_a_table_for_every_exercise_and_for_nothing_else() -> None:
    assert sorted(re.findall(r"^### (.+)$", LEDGER, re.MULTILINE)) == sorted(EXERCISES)


def test_it_says_that_no_clinician_and_no_advocate_has_reviewed_it() -> None:
    reviewers = {row[5] for name in EXERCISES for row in table(f"### {name}")}
    reviewers |= {row[5] for row in table("## Beside the exercises")}
    said = "No DBT clinician and no domestic-violence advocate has reviewed" in " ".join(LEDGER.split())
    assert said == (reviewers == {"nobody yet"}), "the head of the page and its last column disagree"


def countries() -> tuple[Country, ...]:
    return decode_lines(LINES.read_bytes(), LINES.name)


def test_the_help_lines_are_those_of_the_program() -> None:
    wanted = [
        [
            country.code,
            use,
            line.name,
            line.whom or "everybody",
            line.reach,
            line.hours,
            line.source,
            line.status,
            line.checked.isoformat(),
        ]
        for country in countries()
        for use, lines in (
            ("crisis", country.crisis),
            ("abuse", country.abuse),
            ("stopping", country.stopping),
        )
        for line in lines
    ]
    emergencies = [[country.code, country.emergency] for country in countries()]
    found = table("## Help lines")
    assert [row for row in found if len(row) == 9] == wanted
    assert [row[:2] for row in found if len(row) == 4] == emergencies
    assert all(row[2] in GRADES and date.fromisoformat(row[3]) for row in found if len(row) == 4)


@pytest.mark.parametrize("key", ["source", "checked"])
def test_a_help_line_without_source_or_date_is_refused(key: str) -> None:
    text = LINES.read_text("utf-8")
    first = next(line for line in text.splitlines() if line.strip().startswith(f"{key}: "))
    with pytest.raises(ScriptError, match=f"'{key}' is missing"):
        decode_lines(text.replace(f"{first}\n", "", 1), LINES.name)
    with pytest.raises(ScriptError, match=key):
        decode_lines(text.replace(first, f"{first.partition(':')[0]}: ''", 1), LINES.name)


def test_every_help_line_has_an_address_and_a_day() -> None:
    lines = [line for country in countries() for line in (*country.crisis, *country.abuse, *country.stopping)]
    assert len(lines) > 20
    assert all(re.fullmatch(r"https://[^ |]+", line.source) for line in lines)
    assert all(line.checked >= date(2026, 1, 1) for line in lines)
