"""Rows of a table from elsewhere as entries: Daylio's CSV, or any CSV with a column of days."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from html import unescape
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean, storable
from dbtcoach.errors import UsageError
from dbtcoach.journal.entry import Entry, Saved, encode
from dbtcoach.journal.ids import next_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dbtcoach.journal.entry import Json

IMPORTED = "imported"  # the exercise of what comes from a table
LARGEST = 32 * 1024 * 1024  # bytes
_MOST_ROWS, _MOST_COLUMNS = 200_000, 200
_LONGEST_NAME = 60
_EARLIEST = date(2000, 1, 1)
_MOST_NUMBER = 1000  # no scale goes further
# Two digits at most behind the point: with three, "1.000" could be a thousand.
_NUMBER = re.compile(r"[-+]?[0-9]{1,4}(?:\.[0-9]{1,2})?", re.ASCII)
_DAYS = (
    "day",
    "date",
    "full_date",
    "datum",
    "tag",
)  # names of the column of days; else the first
# Daylio's columns: full_date, date, weekday, time, mood, activities, scales, note_title, note. In 2018 there
# was "year" in the place of the first, with day and month in "date"; note_title and scales came later.
_DAYLIO, _DAYLIO_DAYS = {"mood", "activities"}, ({"full_date"}, {"year", "date"})
_DAYLIO_TEXTS = {"mood": "Mood", "note_title": "Title", "note": "Note"}
_SLASHED = re.compile(r"(\d{4})/(\d\d?)/(\d\d?)", re.ASCII)
_DOTTED = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})", re.ASCII)
_TIME = re.compile(r"(\d\d?):(\d\d)(?::\d\d)?\s*([ap])?\.?m?\.?", re.ASCII | re.IGNORECASE)
_NAMED = re.compile(r"(\d\d?)\.? ([^\W\d_]+)|([^\W\d_]+) (\d\d?)")  # 18 May, 18. Mai, May 18
_MONTHS = tuple(  # in English and German; no other word is taken for a month
    names.split()
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
    )
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|s|p|div|span|font|strong|em|ul|ol|li|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NOON = time(12)
_HALF_A_DAY = 12


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds: entries, how each column is taken, and the numbers of lines without a day."""

    kind: str
    entries: tuple[Entry, ...]
    columns: tuple[tuple[str, str], ...]
    left_out: tuple[int, ...]

    def lines(self) -> list[str]:
        """Return the entries as lines of a journal; the same table gives the same ids everywhere."""
        met = Counter[str]()
        found: list[str] = []
        for entry in self.entries:
            met[encode(entry)] += 1
            said = hashlib.sha256(f"{met[encode(entry)]} {encode(entry)}".encode()).digest()
            moment = int(datetime.fromisoformat(entry.started).timestamp() * 1000)
            found.append(encode(replace(entry, id=next_id(moment, _part_of(said), None))))
        return found


def _part_of(digest: bytes) -> Callable[[int], bytes]:
    return lambda size: digest[:size]


def read_table(data: bytes, today: date) -> Table:
    """Return what a CSV file holds; raise UsageError where it is no table that can be taken."""
    text = _decoded(data)
    between = _mark_between(text)
    rows = list(_rows(text, between))
    if len(rows) < 2:  # noqa: PLR2004 - a head and a line
        raise UsageError("There is no line in it. A table has a line of names, and then a line for each day.")
    head = [storable(name).strip()[:_LONGEST_NAME] for name in rows[0][1]]
    if len(head) > _MOST_COLUMNS:
        raise UsageError(f"It has more than {_MOST_COLUMNS} columns, so it was not taken.")
    names = {name.lower() for name in head}
    if names >= _DAYLIO and any(names >= days for days in _DAYLIO_DAYS):
        return _daylio([name.lower() for name in head], rows[1:], today)
    return _plain(head, rows[1:], today, comma=between != ",")


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise UsageError(f"It is larger than {LARGEST >> 20} megabytes, so it was not taken.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what spreadsheets on Windows write
    if "\0" in text:
        raise UsageError("It is no table of text.")
    return text


def _mark_between(text: str) -> str:
    """Return what parts the columns: the mark that makes most of them in the first line."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _rows(text: str, between: str) -> Iterable[tuple[int, list[str]]]:
    """Yield each row that holds anything, with the number of the line it ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    count = 0
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            count += 1
            if count > _MOST_ROWS:
                raise UsageError(f"It has more than {_MOST_ROWS} lines, so it was not taken.")
            yield reader.line_num, row
    except csv.Error:
        raise UsageError(f"Line {reader.line_num + 1} cannot be read, so nothing was taken.") from None


def _daylio(head: Sequence[str], rows: Sequence[tuple[int, list[str]]], today: date) -> Table:
    entries: list[Entry] = []
    left_out: list[int] = []
    for number, row in rows:
        cells = dict(zip(head, row, strict=False))
        day = _day(cells.get("full_date") or _with_year(cells.get("year", ""), cells.get("date", "")), today)
        if day is None:
            left_out.append(number)
            continue
        answers: list[Saved] = []
        for name, prompt in _DAYLIO_TEXTS.items():
            text = storable(unescape(_TAG.sub("", _BREAK.sub("\n", cells.get(name, ""))))).strip()
            answers += [Saved(name, prompt, text)] if text else []
        done, scales = _listed(cells.get("activities", "")), _listed(cells.get("scales", ""))
        answers += [Saved("activities", "Activities", [*done])] if done else []
        answers += [Saved("scales", "Scales", _scales(scales))] if scales else []
        entries.append(_entry("From Daylio", day, _time(cells.get("time", "")), answers))
    columns = [*((name, "words") for name in _DAYLIO_TEXTS if name in head), ("activities", "a list")]
    columns += [("scales", "numbers")] if "scales" in head else []
    return Table("Daylio", tuple(entries), tuple(columns), tuple(left_out))


def _listed(cell: str) -> list[str]:
    """Return the parts of a cell that has several."""
    return [part for each in cell.split("|") if (part := storable(each).strip())]


def _scales(listed: Sequence[str]) -> Json:
    """Return ``Sleep: 7`` and its like as numbers by name; as they stand where one of them is none."""
    found = {name.strip(): value.strip() for name, _, value in (each.rpartition(":") for each in listed)}
    numbers = {name: _number(value) for name, value in found.items()}
    if "" in found or len(found) < len(listed) or None in numbers.values():
        return [*listed]
    return {**numbers}


def _with_year(year: str, words: str) -> str:
    """Return a day that is written as a year and ``18 May`` or ``May 18``; empty where it is no such day."""
    found = _NAMED.fullmatch(words.strip())
    if found is None or not _NUMBER.fullmatch(year.strip()):
        return ""
    name, day = (found[2] or found[3]).casefold(), int(found[1] or found[4])
    month = next((names.index(name) + 1 for names in _MONTHS if name in names), 0)
    return f"{int(year):04}-{month:02}-{day:02}"


def _plain(head: Sequence[str], rows: Sequence[tuple[int, list[str]]], today: date, *, comma: bool) -> Table:
    """Take a table with a column of days; with ``comma``, ``7,5`` is a number in it."""
    names = [name.lower() for name in head]
    days = next((names.index(name) for name in _DAYS if name in names), 0)
    times = names.index("time") if "time" in names else None
    columns = [place for place, name in enumerate(head) if place not in (days, times) and name]
    ids = _ids([head[place] for place in columns])
    numbers = {
        place
        for place in columns
        if _are_numbers((row[place] for _, row in rows if place < len(row)), comma=comma)
    }
    entries: list[Entry] = []
    left_out: list[int] = []
    for number, row in rows:
        day = _day(row[days] if days < len(row) else "", today)
        cells = {place: storable(row[place]).strip() for place in columns if place < len(row)}
        if day is None:
            left_out.append(number)
            continue
        given: dict[str, Json] = {
            head[place]: _number(cell, comma=comma)
            for place, cell in cells.items()
            if cell and place in numbers
        }
        answers = [Saved("numbers", "Numbers", given)] if given else []
        answers += [
            Saved(name, head[place], cells[place])
            for place, name in zip(columns, ids, strict=True)
            if place not in numbers and cells.get(place)
        ]
        clock = _time(row[times]) if times is not None and times < len(row) else _NOON
        entries.append(_entry("Imported", day, clock, answers))
    if not entries:
        raise UsageError(
            f"No line has a day in the column '{clean(head[days])}'. A day is written like this: 2026-11-23"
        )
    told = [(head[place], "numbers" if place in numbers else "words") for place in columns]
    return Table("A table", tuple(entries), tuple(told), tuple(left_out))


def _ids(names: Sequence[str]) -> list[str]:
    """Return an id for each column, made as those of steps are."""
    found: list[str] = []
    for place, name in enumerate(names, 1):
        plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        found.append(plain if plain and plain not in (*found, "numbers") else f"column_{place}")
    return found


def _number(cell: str, *, comma: bool = False) -> float | None:
    """Return the number that a cell is, a whole one as that; None where it is none that a scale gives."""
    words = cell.replace(",", ".", 1) if comma else cell
    if not _NUMBER.fullmatch(words) or abs(float(words)) > _MOST_NUMBER:
        return None
    return int(float(words)) if float(words).is_integer() else float(words)


def _are_numbers(cells: Iterable[str], *, comma: bool) -> bool:
    given = [cell.strip() for cell in cells if cell.strip()]
    return bool(given) and all(_number(cell, comma=comma) is not None for cell in given)


def _entry(title: str, day: date, clock: time, answers: Sequence[Saved]) -> Entry:
    # The table knows no time zone. With one and the same for all, it gives the same ids on every machine.
    moment = datetime.combine(day, clock, UTC).isoformat("T", "seconds")
    return Entry("", IMPORTED, title, moment, moment, day.isoformat(), True, None, tuple(answers))  # noqa: FBT003


def _day(text: str, today: date) -> date | None:
    """Return the day that a cell says, unless it lies before 2000 or has not been yet."""
    words = text.strip()[:20]
    slashed, dotted = _SLASHED.match(words), _DOTTED.fullmatch(words)
    try:
        if slashed:
            day = date(*map(int, slashed.groups()))
        elif dotted:
            day = date(*map(int, reversed(dotted.groups())))
        else:
            day = date.fromisoformat(words[:10])
    except ValueError:
        return None
    return day if _EARLIEST <= day <= today else None


def _time(text: str) -> time:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return _NOON
    hour, minute = int(found[1]), int(found[2])
    if found[3]:
        hour = hour % _HALF_A_DAY + (_HALF_A_DAY if found[3].lower() == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return _NOON
