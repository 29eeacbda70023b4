"""Bringing along what was kept elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.shell import entries, home_of, run, values

if TYPE_CHECKING:
    from pathlib import Path

DAYLIO = """\
full_date,date,weekday,time,mood,activities,note_title,note
2026-11-20,November 20,Friday,11:54 pm,good,"cook | music","A day","Went <b>out</b><br>and ""late"" home"
2026-11-20,November 20,Friday,21:10,meh,"",,"=1+1"
2026-11-20,November 20,Friday,21:10,meh,"",,"=1+1"
2126-01-01,x,x,21:10,meh,"",,"a day that has not been"
"""


def taken(folder: Path, data: bytes, *more: str) -> tuple[int, str]:
    path = folder / "table.csv"
    path.write_bytes(data)
    done = run(folder, "data", "import", str(path), *more)
    return done.returncode, done.stderr


def test_daylio_comes_in_once_several_a_day_and_goes_again(tmp_path: Path) -> None:
    code, told = taken(tmp_path, DAYLIO.encode())
    assert (code, entries(tmp_path)) == (4, [])
    assert "3 entries" in told
    assert "line 5" in told
    assert "Went" not in told
    assert taken(tmp_path, DAYLIO.encode(), "--yes")[0] == 0
    found = entries(tmp_path)
    assert [each["exercise"] for each in found] == ["imported"] * 3
    assert [each["started"][11:16] for each in found] == ["21:10", "21:10", "23:54"]
    assert values(found[2]) == {
        "mood": "good",
        "note_title": "A day",
        "note": 'Went out\nand "late" home',
        "activities": ["cook", "music"],
    }
    assert "There was nothing new." in taken(tmp_path, DAYLIO.encode(), "--yes")[1]
    listed = json.loads(run(tmp_path, "log", "list", "--exercise", "imported", "--json").stdout)
    assert len(listed) == 3
    assert run(tmp_path, "data", "merge", "--undo", "--yes").returncode == 0
    assert entries(tmp_path) == []


@pytest.mark.parametrize(
    ("head", "line", "more"),
    [
        (
            "year,date,weekday,time,mood,activities,note",
            "2018,18 May,Friday,11:54 pm,happy,cook | ,A &amp; B",
            {},
        ),
        ("year,date,weekday,time,mood,activities,note", "2018,May 18,Friday,11:54 pm,happy,cook,A & B", {}),
        ("year,date,weekday,time,mood,activities,note", "2018,18. Mai,Freitag,23:54,happy,cook,A & B", {}),
        ("full_date,date,weekday,time,mood,activities,note", "2018-05-18,x,x,23:54,happy,cook,A & B", {}),
        ("full_date\tmood\ttime\tactivities\tnote", "2018-05-18\thappy\t23:54\tcook\tA & B", {}),
        (
            "\ufefffull_date,date,weekday,time,mood,activities,scales,note_title,note",
            '2018-05-18,x,x,23:54,happy,cook,"Sleep:\u00a07 | Pain:\u00a03","",A & B',
            {"scales": {"Sleep": 7, "Pain": 3}},
        ),
        (
            "full_date,date,weekday,time,mood,activities,scales,note_title,note",
            '2018-05-18,x,x,23:54,happy,cook,"Sleep: 7 hours | Pain: 3","",A & B',
            {"scales": ["Sleep: 7 hours", "Pain: 3"]},
        ),
    ],
)
def test_daylio_has_had_several_heads(tmp_path: Path, head: str, line: str, more: dict[str, object]) -> None:
    code, told = taken(tmp_path, f"{head}\n{line}\n".encode(), "--yes")
    assert (code, "Daylio: 1 entry" in told) == (0, True)
    (found,) = entries(tmp_path)
    assert found["started"] == "2018-05-18T23:54:00+00:00"
    assert values(found) == {"mood": "happy", "note": "A & B", "activities": ["cook"], **more}


@pytest.mark.parametrize("day", ["18 Marraskuu", "31 June", "May", "0 May", ""])
def test_a_day_of_a_year_that_is_none_is_left_out_and_told(tmp_path: Path, day: str) -> None:
    head, good = "year,date,time,mood,activities", "2018,18 May,23:54,happy,cook"
    table = f"{head}\n2018,{day},23:54,happy,cook\n{good}\n{'9' * 5000},18 May,23:54,happy,cook\n"
    assert "line 2, 4" in taken(tmp_path, table.encode(), "--yes")[1]
    assert len(entries(tmp_path)) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_of_days_in_any_dress(tmp_path: Path, encoding: str) -> None:
    text = 'Datum;Schlaf;Gefühl;=cmd()\r\n23.11.2026;7;schön;1\r\n2026-11-24;6;"sehr; gut";-2\r\n\r\n'
    assert taken(tmp_path, text.encode(encoding), "--yes")[0] == 0
    found = entries(tmp_path)
    assert [each["day"] for each in found] == ["2026-11-23", "2026-11-24"]
    numbers = [{"Schlaf": 7, "=cmd()": 1}, {"Schlaf": 6, "=cmd()": -2}]
    assert [values(each)["numbers"] for each in found] == numbers
    assert [value for each in found for step, value in values(each).items() if step != "numbers"] == [
        "schön",
        "sehr; gut",
    ]
    shown = run(tmp_path, "trends", "--all", "--plain").stdout
    assert "Imported, Schlaf: 2 times, with 7, 6." in shown
    exported = run(tmp_path, "log", "export", "--format", "csv", "--with-words").stdout
    assert "\n=" not in exported
    assert ",=" not in exported


@pytest.mark.parametrize(
    ("mark", "cells", "taken_as"),
    [
        (";", ("7,5", "8", "-0,25"), [7.5, 8, -0.25]),
        (";", ("7.5", "8,0", "1000"), [7.5, 8, 1000]),
        ("\t", ("7,5", "8", "9"), [7.5, 8, 9]),
        (",", ("7.5", "8", "9"), [7.5, 8, 9]),
        (",", ('"7,5"', "8", "9"), None),  # here a comma parts columns, or thousands
        (";", ("1.000", "8", "9"), None),
        (";", ("1000,5", "8", "9"), None),
        (";", ("7,5,5", "8", "9"), None),
        (";", ("7,", "8", "9"), None),
    ],
)
def test_a_decimal_comma_is_a_number_where_it_parts_no_columns(
    tmp_path: Path, mark: str, cells: tuple[str, ...], taken_as: list[float] | None
) -> None:
    lines = [f"2026-11-2{place}{mark}{cell}" for place, cell in enumerate(cells)]
    code, told = taken(tmp_path, "\n".join([f"day{mark}sleep", *lines]).encode(), "--yes")
    assert (code, "sleep: words" in told) == (0, taken_as is None)
    numbers = [values(each).get("numbers", {}).get("sleep") for each in entries(tmp_path)]
    assert numbers == [*(taken_as or (None, None, None))]
    if taken_as is not None:
        assert [type(number) for number in numbers] == [type(number) for number in taken_as]
        shown = run(tmp_path, "trends", "--all", "--plain").stdout
        assert f"sleep: 3 times, with {', '.join(map(str, taken_as))}." in shown
        assert f"{numbers[0]}" in run(tmp_path, "log", "export", "--format", "csv").stdout


def test_one_day_is_said_once(tmp_path: Path) -> None:
    assert "A table: 1 entry, 1 Nov 2026.\n" in taken(tmp_path, b"date,mood\n2026-11-01,3\n")[1]


def test_what_was_deleted_stays_deleted_and_saving_goes_on(tmp_path: Path) -> None:
    table = b"day,mood\n2026-11-20,3\n2026-11-21,4\n"
    taken(tmp_path, table, "--yes")
    assert run(tmp_path, "log", "delete", "last", "--yes").returncode == 0
    taken(tmp_path, table, "--yes")
    assert ["deleted" in each for each in entries(tmp_path)] == [False, True]
    run(tmp_path, "reflect", "--answers", "-", typed='{"good": "x"}')
    ids = [each["id"] for each in entries(tmp_path)]
    assert ids == sorted(ids)
    assert entries(tmp_path)[-1]["exercise"] == "reflect"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no line in it"),
        (b"day,mood\n", "no line in it"),
        (b"\x00\x01,\n\x00", "no table"),
        (b"day,mood\nsoon,3\n", "No line has a day"),
        (b"a,b\n1,2\n", "No line has a day"),
        (b'day,note\n2026-11-20,"' + b"x" * 200_000 + b'"\n', "cannot be read"),
        (b",".join(b"c%d" % n for n in range(300)) + b"\n2026-11-20\n", "columns"),
    ],
)
def test_what_is_no_table_is_refused_and_changes_nothing(tmp_path: Path, data: bytes, why: str) -> None:
    code, told = taken(tmp_path, data, "--yes")
    assert code == 2
    assert why in told
    assert not (home_of(tmp_path) / "journal.json").exists()
