"""A week on one sheet: numbers as typed, an urge and its act as a pair, the highest day marked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.insight.samples import entry

from dbtcoach.drawing.theme import PLAIN
from dbtcoach.drawing.week_table import week_table
from dbtcoach.insight.report import Said
from dbtcoach.insight.week_card import grid_of, week_card
from dbtcoach.insight.week_sheet import blank, filled
from dbtcoach.journal.entry import Entry, Saved
from dbtcoach.script.day_rows import RowSpec

SUNDAY = date(2026, 11, 29)
EVENING = datetime(2026, 11, 29, 21, 0, tzinfo=UTC)
URGE = RowSpec(step="urges", id="Drink", label="Drink", group="urges", act="Drink acted")
ANGER = RowSpec(step="emotions", id="anger", label="Anger", group="emotions")
SLEEP = RowSpec(step="emotions", id="body: Sleep", label="Sleep", group="body", high=12, unit="hours")
STOP = RowSpec(step="skills", id="stop", label="STOP", group="skills", high=7)
ROWS = (ANGER, SLEEP, URGE, STOP)
WEEK = [
    entry(
        "reflect",
        EVENING - timedelta(days=4),
        answers={
            "emotions": {"anger": 2, "body: Sleep": 4},
            "urges": {"Drink": 5, "Drink acted": 2},
            "skills": {"stop": 5},
        },
    ),
    entry("reflect", EVENING, answers={"emotions": {"anger": 4}, "urges": {"Drink": 1, "Drink acted": 0}}),
]


def cells(page: str, row: str) -> list[str]:
    """Return what stands in the cells of a row."""
    found = re.search(rf'<th scope="row"[^>]*>{re.escape(row)}</th>(.*?)</tr>', page)
    assert found is not None
    return [cell.replace("&nbsp;", "") for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[1])]


def sheet(*said: Said, name: str = "") -> str:
    return filled([(week_card(WEEK, SUNDAY, ROWS), WEEK)], "29 Nov 2026", said, name=name)


def test_days_are_columns_and_numbers_are_as_they_were_typed() -> None:
    page = sheet()
    assert cells(page, "Drink") == ["/", "/", "5 / 2", "/", "/", "/", "1 / 0"]
    assert cells(page, "Anger") == ["", "", "2", "", "", "", "4"]
    assert cells(page, "Sleep (0 to 12 hours)") == ["", "", "4", "", "", "", ""]
    assert page.index(">Drink<") < page.index(">Anger<")  # what one works on first


def test_the_day_with_the_highest_urge_is_marked_in_words() -> None:
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', sheet())
    assert [head.split("<")[0] for head in heads] == "Mon Tue Wed Thu Fri Sat Sun".split()  # noqa: SIM905
    assert ["highest" in head for head in heads] == [False, False, True, False, False, False, False]


def test_two_days_that_were_the_highest_are_both_marked() -> None:
    same = [
        entry("reflect", EVENING - timedelta(days=ago), answers={"urges": {"Drink": 3}}) for ago in (1, 3)
    ]
    assert week_card(same, SUNDAY, ROWS).highest == (3, 5)


def test_skills_are_named_and_words_stand_there_only_when_given() -> None:
    assert "STOP (Wed)" in sheet()
    assert "Notes" not in sheet()
    said = sheet(Said("2026-11-29", "Reflect", (("One good thing?", ("Soup <b>", "Tea")),)))
    assert "Sunday 29 Nov, Reflect" in said
    assert "One good thing?</span> Soup &lt;b&gt;<br>Tea</p>" in said


def test_the_name_is_empty_unless_it_is_given_and_no_markup() -> None:
    assert 'Name <span dir="auto">&nbsp;</span>' in sheet()
    assert 'Name <span dir="auto">&lt;b&gt;A</span>' in sheet(name="<b>A")


def test_a_blank_sheet_has_every_row_room_and_people_to_call() -> None:
    page = blank(week_card([], SUNDAY, ROWS, blank=True), "Call 1.\nCall <2>.")
    assert [cells(page, row)[0] for row in ("Drink", "Anger", "Sleep (0 to 12 hours)", "STOP")] == [
        "/",
        "",
        "",
        "",
    ]
    assert "<p>Call 1.</p><p>Call &lt;2&gt;.</p>" in page
    assert "29 Nov" not in page


def test_each_week_is_a_sheet_of_its_own() -> None:
    card = week_card(WEEK, SUNDAY, ROWS)
    page = filled([(card, WEEK), (card, WEEK)], "29 Nov 2026")
    assert page.count("<section>") == page.count("<h1>") == 2
    assert "@page { size: A4" in page
    assert "section { break-after: page" in page


def test_a_screen_shows_the_same_in_columns_of_any_width() -> None:
    grid = grid_of(week_card(WEEK, SUNDAY, ROWS))
    for width in (40, 52, 72):
        lines = [
            "".join(part.text for part in line)
            for drawn in week_table(PLAIN, grid, width)
            for line in (PLAIN.lines(drawn, width))
        ]
        assert all(len(line) <= width for line in lines)
        [drink] = [line for line in lines if line.startswith("Drink")]
        assert drink.split() == ["Drink", "·", "·", "5", "·", "·", "·", "1"]
        [heads] = [line for line in lines if "Wed*" in line]
        assert heads.index("Wed*") + 2 == drink.index("5")
        assert lines[-1] == "* Highest: Wednesday, drink 5."


def test_the_same_plan_on_several_days_has_an_answer_for_each_of_them() -> None:
    walk = "A walk at noon"

    def day(ago: int, planned: str, *became: str, asked: str = walk) -> Entry:
        told = tuple(Saved("became", f"You planned: {asked}", value) for value in became)
        return replace(
            entry("reflect", EVENING - timedelta(days=ago), answers={"step": planned}),
            answers=(*told, Saved("step", "One small step for tomorrow?", planned)),
        )

    week = [day(5, walk), day(4, walk), day(3, walk, "partly"), day(2, "A long walk at noon", "did"),
            day(1, f"{walk} ", "let_go", asked="A long walk at noon"), day(0, walk, "not_yet")]  # fmt: skip
    became = [each.became for each in week_card(week, SUNDAY, ROWS).planned]
    assert became == ["", "partly", "done", "let go", "not yet", ""]
    short = [day(1, walk), day(0, "Rest", "did", asked=f"Not {walk}")]
    assert week_card(short, SUNDAY, ROWS).planned[0].became == ""
