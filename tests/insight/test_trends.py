from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.samples import HOSTILE, NOW, check_in, entry, month, named, our_layout

from dbtcoach.insight import sentences
from dbtcoach.insight.days import Days, Span
from dbtcoach.insight.noted import of_entry, of_found, of_line
from dbtcoach.insight.pictures import ASCII, UNICODE, arrow, spark
from dbtcoach.insight.series import MOST_STRETCHES, Series, median
from dbtcoach.insight.trends import Tally, tally
from dbtcoach.insight.wanted import within
from dbtcoach.insight.week_card import in_a_line, week_card
from dbtcoach.journal.entry import Entry, Json, encode
from dbtcoach.journal.versions import CHECK_IN, folded
from dbtcoach.script.day_rows import RowSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.insight.noted import Noted
    from dbtcoach.insight.trends import Trends

TODAY = NOW.date()


def trends_of(entries: list[Entry], days: int = 30) -> Trends:
    noted = [found for each in entries if (found := of_entry(each)) is not None]
    return tally(noted).trends(TODAY.toordinal() - days + 1, TODAY.toordinal())


def numbers_found(line: bytes | str) -> Noted | None:
    found = of_found(json.loads(line))
    return None if found is None else found[1]


def grounding(pairs: list[tuple[int, int]]) -> list[Entry]:
    return [entry("ground", NOW, distress=pair, title="Ground") for pair in pairs]


def test_change_is_the_median_over_sessions_and_worse_counts_those_that_rose() -> None:
    (change,) = trends_of(grounding([(8, 5), (8, 3), (6, 7), (9, 9), (4, 2)])).changes
    assert (change.count, change.before, change.after, change.change, change.worse) == (5, 8, 5, -2, 1)
    assert "Lower after in 3, the same in 1, higher in 1. In the middle 8 before and 5 after." in (
        sentences.change(change)
    )


def test_nothing_is_claimed_from_fewer_than_five() -> None:
    (change,) = trends_of(grounding([(8, 1)] * 4)).changes
    assert (change.before, change.after, change.change, change.worse) == (None, None, None, None)
    said = sentences.change(change)
    assert "Too few" in said
    assert "median" not in said.lower()


def test_sessions_without_both_numbers_do_not_count() -> None:
    entries = [entry("ground", NOW, distress=(7, None)), entry("ground", NOW), *grounding([(7, 6)])]
    (change,) = trends_of(entries).changes
    assert change.count == 1


def test_skills_are_used_from_four_on_and_help_at_five_and_seven() -> None:
    entries = [entry("reflect", NOW, answers={"skills": {"pause": value}}) for value in range(8)]
    (skill,) = trends_of(entries).skills
    assert (skill.count, skill.used, skill.helped) == (8, 4, 2)


def test_rows_of_ones_own_are_counted_whatever_they_are_called() -> None:
    answers = {"emotions": {"Envy": 3}, "urges": {"to shout": 4, "to shout acted": 2}}
    entries = [entry("reflect", NOW, answers=answers)] * 5
    found = trends_of(entries)
    assert [row.name for row in found.emotions] == ["Envy"]
    assert [(row.name, row.acted) for row in found.urges] == [("to shout", 5)]


def test_what_is_no_number_of_a_scale_is_not_counted() -> None:
    rows: Json = {"anger": None, "fear": 1001, "joy": "3", "shame": -1001, "sadness": 2}
    found = trends_of([entry("reflect", NOW, answers={"emotions": rows})])
    assert [(row.name, row.count) for row in found.emotions] == [("sadness", 1)]
    assert trends_of([entry("ground", NOW, distress=(1001, None))]).changes == ()


def test_the_look_back_inside_a_check_in_is_no_row_of_the_day() -> None:
    found = trends_of([entry("reflect", NOW, answers={"looking_back.got": {"objective": 3}})])
    assert found.emotions == ()


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 10)), min_size=1, max_size=1500))
def test_a_series_loses_no_number_and_never_grows(values: list[tuple[int, int]]) -> None:
    series = Series(*values[0])
    for day, value in values[1:]:
        series.add(day, value)
    assert sum(series.total().values()) == len(values)
    assert len(series._counts) <= MOST_STRETCHES  # noqa: SLF001 - the promise is about its memory
    parts = series.parts(0, 5000, 37)
    assert sum(part.count for part in parts) == len(values)
    assert parts[0].first == 0
    assert parts[-1].last == 5000
    assert all(one.last + 1 == other.first for one, other in pairwise(parts))


def test_ninety_years_of_days_take_no_more_memory_than_one() -> None:
    series = Series(0, 3)
    for day in range(1, 33_000):
        series.add(day, day % 6)
    assert len(series._counts) <= MOST_STRETCHES  # noqa: SLF001 - the promise is about its memory
    assert sum(series.total().values()) == 33_000
    assert all(part.count for part in series.parts(0, 32_999, 60))


@given(st.lists(st.integers(0, 10), min_size=1))
def test_the_median_of_counts_is_that_of_the_numbers(values: list[int]) -> None:
    import statistics

    assert median(Counter(values)) == statistics.median(values)


@pytest.mark.slow
@given(st.lists(st.integers(1, date.max.toordinal()), max_size=30))
def test_days_are_a_set(days: list[int]) -> None:
    kept = Days()
    for day in days:
        kept.add(day)
    assert list(kept) == sorted(set(days))
    assert len(kept) == len(set(days))


def test_a_line_says_the_same_at_a_quick_look_as_when_it_is_parsed() -> None:
    entries = named(
        [
            *month(),
            entry("reflect", NOW, answers={"emotions": {"anger": 3, "joy": 10, "fear": 77}, "good": HOSTILE}),
            entry("reflect", NOW, answers={"good": '"step":"emotions","prompt":"","value":{"anger":5}'}),
            entry("reflect", NOW, answers={'a "quoted" step': {"row": 1}, "b": {'"quoted"': 2}}),
            entry("ground", NOW, distress=(7, None), title='A "quoted" title'),
            entry("größe", NOW, distress=(12, 3)),
            entry(
                "reflect", NOW, answers={"emotions": {"a": 1.5, "b": 2}, "skills": {}, "x": {"y": {"z": 1}}}
            ),
        ]
    )
    looked = 0
    for line in our_layout(entries).splitlines(keepends=True)[1:-1]:
        parsed = numbers_found(line.lstrip(b","))
        quick = of_line(line)
        looked += quick is not None
        assert quick is None or quick == parsed
    others = sum(
        each.exercise != CHECK_IN and not any(isinstance(saved.value, dict) for saved in each.answers)
        for each in entries
    )
    assert others - 2 <= looked <= others
    assert [numbers_found(encode(each)) for each in entries] == [of_entry(each) for each in entries]


@pytest.mark.parametrize("cut", [10, 200, -4])
def test_a_torn_line_is_not_taken_at_a_quick_look(cut: int) -> None:
    grounded = next(each for each in named(month()) if each.exercise == "ground")
    line = encode(grounded).encode()
    assert of_line(line + b"\n") is not None
    assert of_line(line[:cut] + b"\n") is None


def test_memory_is_bounded_for_hostile_names() -> None:
    counted = Tally()
    for number in range(1000):
        rows = {f"row {number}": 1}
        found = of_entry(entry("reflect", NOW, answers={f"step {number}": rows}))
        assert found is not None
        counted.add(found)
        counted.add(of_entry(grounding([(5, 4)])[0])._replace(exercise=f"x{number}"))  # type: ignore[union-attr]
    made = counted.trends(None, TODAY.toordinal())
    assert len(made.emotions) <= 60
    assert len(made.changes) <= 200


def test_reading_stops_soon_after_the_span_and_not_at_one_wrong_clock() -> None:
    day = timedelta(days=1)
    newest = [entry("ground", NOW - back * day) for back in range(10)]
    newest.insert(3, entry("ground", NOW - 9000 * day))  # the clock was wrong once
    older = [entry("ground", NOW - back * day) for back in range(40, 240)]
    seen = 0

    def entries() -> Iterator[Entry]:
        nonlocal seen
        for each in named([*newest, *older][::-1])[::-1]:
            seen += 1
            yield each

    found = list(within(folded(entries()), Span(TODAY - 29 * day, TODAY)))
    assert len(found) == 10
    assert seen < 11 + 30


def test_a_past_day_filled_in_later_belongs_to_its_own_day() -> None:
    from dataclasses import replace

    late = replace(entry("reflect", NOW), day="2026-10-01")
    grounded, late = named([entry("ground", NOW), late])
    found = list(within(folded([late, grounded]), Span(date(2026, 9, 20), date(2026, 10, 2))))
    assert found == [late]


def test_pictures_are_ascii_where_there_is_no_unicode() -> None:
    parts = Series(TODAY.toordinal(), 5).parts(TODAY.toordinal() - 2, TODAY.toordinal(), 3)
    assert spark(parts, 5, UNICODE) == "··█"
    assert spark(parts, 5, ASCII) == "..5"
    assert arrow(8, 5, ASCII) == "..........*-----o...."
    assert arrow(2, 2, UNICODE).count("●") == 1


def test_last_week_is_one_plain_line_about_the_seven_days_before_today() -> None:
    day = timedelta(days=1)
    rows = {"emotions": {"anger": 4, "joy": 1}, "urges": {"strength": 3, "acted": 0}}
    entries = [
        entry("reflect", NOW, answers={"emotions": {"anger": 0}}),  # today is not last week
        entry("reflect", NOW - day, answers=rows),
        entry("ground", NOW - day),
        entry("reflect", NOW - 7 * day, answers={"emotions": {"anger": 2, "joy": 1}}),
        entry("reflect", NOW - 8 * day, answers={"emotions": {"anger": 5}}),
    ]
    last_week = partial(week_card, last=TODAY - day, known=())
    assert in_a_line(last_week(entries)) == (
        "Last week: check-ins on 2 days. In the middle: urge 3, anger 3, joy 1."
    )
    assert in_a_line(last_week(entries[1:3])) == "Last week: check-ins on 1 day."
    assert in_a_line(last_week([])) == ""


def test_last_week_knows_the_rows_of_ones_own() -> None:
    sleep = RowSpec(step="emotions", id="body: Sleep", label="Sleep", group="body", high=12, unit="hours")
    answers: dict[str, Json] = {
        "emotions": {"body: Sleep": 6, "Pill": True, "own: Mood": "grey"},
        "skills": {"stop": 4},
    }
    entries = [entry("reflect", NOW - timedelta(days=ago), answers=answers) for ago in (0, 1)]
    said = in_a_line(week_card(entries, TODAY, [sleep]))
    assert said == "Last week: check-ins on 2 days. In the middle: sleep 6 hours."


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("2026-11-16", ""),  # a week
        ("2026-11-15", "Week by week"),
        ("2026-08-31", "Week by week"),  # twelve weeks
        ("2026-08-30", "Month by month"),
        ("2025-06-01", "Month by month"),  # eighteen months
        ("2025-05-31", "Year by year"),
    ],
)
def test_the_longer_the_time_the_longer_the_stretches(first: str, told: str) -> None:
    chance = random.Random(1)  # noqa: S311 - test data
    sunday = TODAY - timedelta(days=1)
    days = (sunday - date.fromisoformat(first)).days
    noted = [of_entry(check_in(NOW - timedelta(days=back), chance)) for back in range(1, days + 2)]
    said = sentences.check_ins(
        tally(found for found in noted if found).trends(sunday.toordinal() - days, sunday.toordinal())
    )
    assert f"{told} from" in said if told else "from" not in said
    if told:
        assert sum(int(number) for number in said.rsplit(": ", 1)[1].rstrip(".").split(", ")) == days + 1


def test_an_answer_without_a_day_counts_nowhere() -> None:
    from dataclasses import replace

    assert of_entry(replace(entry("ground", NOW), day="")) is None


def test_few_numbers_are_said_in_the_order_of_their_days() -> None:
    falling = [
        entry("reflect", NOW - timedelta(days=back), answers={"emotions": {"anger": value}})
        for back, value in ((1, 2), (0, 0), (2, 5))
    ]
    found = tally(noted for each in falling if (noted := of_entry(each)) is not None).trends(
        None, TODAY.toordinal()
    )
    (row,) = found.emotions
    assert sentences.row(row, found) == "Anger: 3 check-ins, with 5, 2, 0."
