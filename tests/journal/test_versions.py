"""One entry from several records, and everything by the day that it is about."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING

from hypothesis import given as given_any
from hypothesis import strategies as st
from tests.insight.samples import NOW, entry, named, our_layout

from dbtcoach.insight.noted import of_entry, of_found, united
from dbtcoach.journal.entry import Distress, Saved, decode, encode
from dbtcoach.journal.versions import EDITS, by_day, folded, only_changes, place_of, unite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.journal.entry import Entry, Json

DAY = timedelta(days=1)
VALUES = st.one_of(st.none(), st.text(max_size=3), st.dictionaries(st.sampled_from("ab"), st.integers(0, 5)))


def checks(*answers: dict[str, Json], back: int = 0) -> list[Entry]:
    """Return check-ins of one day, the first saved first."""
    start = NOW - back * DAY
    return named(
        entry("reflect", start + timedelta(minutes=n), answers=each) for n, each in enumerate(answers)
    )


def said(one: Entry) -> dict[str, Json]:
    return {saved.step: saved.value for saved in one.answers}


def test_the_later_check_in_wins_step_by_step_and_null_takes_away() -> None:
    first, second, third = checks(
        {"good": "tea", "step": "rest"}, {"good": "light"}, {"step": None, "more": True}
    )
    found = unite([first, second, third])
    assert said(found) == {"good": "light", "more": True}
    assert (found.id, found.later) == (first.id, (second.id, third.id))
    assert (found.started, found.finished) == (first.started, third.finished)


def test_only_check_ins_of_one_day_are_one_and_others_say_what_they_change() -> None:
    ground, again, edit = named([entry("ground", NOW, answers={"a": "x"}) for _ in range(3)])
    edit = replace(
        edit, answers=(Saved("a", "A?", "y"),), unknown={EDITS: ground.id}, distress=Distress(3, None)
    )
    found = list(folded([edit, again, ground]))
    assert [(each.id, said(each)["a"]) for each in found] == [(again.id, "x"), (ground.id, "y")]
    assert found[1].distress == Distress(3, None)
    assert EDITS not in found[1].unknown


def test_a_change_whose_entry_is_gone_stands_for_itself() -> None:
    (edit,) = named([replace(entry("pause", NOW, answers={"a": "y", "b": None}), unknown={EDITS: "gone"})])
    assert [(each.id, said(each)) for each in folded([edit])] == [(edit.id, {"a": "y"})]


@given_any(st.lists(st.dictionaries(st.sampled_from("wxyz"), VALUES), min_size=1, max_size=4))
def test_what_is_appended_makes_of_the_old_what_was_meant(rounds: list[dict[str, Json]]) -> None:
    """Whatever somebody makes of a day, in any number of rounds, is what everybody reads of it."""
    records: list[Entry] = []
    meant: dict[str, Json] = {}
    for number, answers in enumerate(rounds):
        made = entry(
            "reflect", NOW + timedelta(minutes=number), answers={k: v for k, v in answers.items() if v}
        )
        cleared = [step for step, value in answers.items() if not value]
        meant = {**meant, **{k: v for k, v in answers.items() if v}}
        record: Entry | None = made
        if records:
            record = only_changes(unite(records), made, cleared)
            meant = {k: v for k, v in meant.items() if k not in cleared}
        if record is not None:
            records = named([*records, record])
    assert said(unite(records)) == meant
    numbers = [(place_of(each), found) for each in records[::-1] if (found := of_entry(each)) is not None]
    (counted,) = united(numbers)
    rows = {step: dict(value) for step, value in counted.scales if value}
    assert rows == {step: value for step, value in meant.items() if isinstance(value, dict)}


def test_nothing_is_appended_where_nothing_changed() -> None:
    (first,) = checks({"good": "tea"})
    assert only_changes(first, replace(first, id=""), []) is None
    yes = replace(first, answers=(Saved("good", "?", value=True),))
    assert only_changes(first, yes, []) is not None


def test_days_come_in_their_order_however_late_they_were_filled_in() -> None:
    days = [entry("pause", NOW - back * DAY) for back in range(60, -1, -1)]
    late = [
        replace(entry("reflect", NOW + timedelta(hours=1 + n)), day=(NOW - n * DAY).date().isoformat())
        for n in (40, 3, 50)
    ]
    kept = named([*days, *late])[::-1]
    read = 0

    def records() -> Iterable[Entry]:
        nonlocal read
        for each in kept:
            read += 1
            yield each

    found = folded(records())
    first = [next(found).day for _ in range(5)]
    assert read < 5 + 3 + 30
    everything = [*first, *(each.day for each in found)]
    assert everything == sorted(everything, reverse=True)
    assert len(everything) == len(kept)


def test_two_machines_that_both_wrote_about_one_day_agree_in_whatever_order_they_lie() -> None:
    base, here, there = checks({"good": "tea", "step": "rest"}, {"good": "light"}, {"question": "why"})
    for order in permutations([here, there]):
        records = sorted([base, *order], key=lambda each: each.id)
        assert said(unite(records)) == {"good": "light", "step": "rest", "question": "why"}


def test_a_line_belongs_where_its_entry_does() -> None:
    edit = replace(entry("ground", NOW, distress=(5, None)), unknown={EDITS: "x"})
    for each in named([*checks({"good": "x"}), entry("pause", NOW), edit]):
        found = of_found(json.loads(encode(each)))
        record = decode(json.loads(encode(each)))
        assert found is not None
        assert found[0] == place_of(each) == place_of(record)  # type: ignore[arg-type]
    assert our_layout(checks({"good": "x"})).count(b'"later"') == 0


def test_records_are_grouped_oldest_first() -> None:
    groups = list(by_day(checks({"a": "1"}, {"a": "2"})[::-1], place_of))
    assert [[said(each)["a"] for each in group] for group in groups] == [["1", "2"]]
