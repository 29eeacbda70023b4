from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbtcoach.journal.entry import (
    Distress,
    Entry,
    Json,
    Saved,
    Sealed,
    Tombstone,
    day_of,
    decode,
    encode,
)

KNOWN = {
    "v", "id", "exercise", "title", "started", "finished", "day", "complete", "distress", "answers",
    "deleted", "age", "step", "prompt", "value",
}  # fmt: skip

texts = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.integers(-(10**30), 10**30)
values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | numbers | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
unknown = st.dictionaries(texts.filter(lambda key: key not in KNOWN), values, max_size=3)
entries = st.builds(
    Entry,
    id=texts.filter(bool),
    exercise=texts,
    title=texts,
    started=texts,
    finished=texts,
    day=st.dates().map(date.isoformat),
    complete=st.booleans(),
    distress=st.none() | st.builds(Distress, st.none() | st.integers(0, 10), st.none() | st.integers(0, 10)),
    answers=st.lists(st.builds(Saved, texts, texts, values, unknown), max_size=4).map(tuple),
    unknown=unknown,
    v=st.integers(1, 9),
)
tombstones = st.builds(Tombstone, id=texts.filter(bool), deleted=texts, unknown=unknown)
sealed = st.builds(Sealed, id=texts.filter(bool), age=texts, unknown=unknown)


@pytest.mark.slow
@given(entries | tombstones | sealed)
def test_a_record_comes_back_as_it_was_from_one_line(record: Entry | Tombstone | Sealed) -> None:
    line = encode(record)
    assert "\n" not in line
    assert decode(json.loads(line.encode())) == record


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(sorted(KNOWN)) | texts, values), texts.filter(bool))
def test_whatever_the_types_a_record_can_be_decoded(found: dict[str, Json], name: str) -> None:
    record = decode({**found, "v": 1, "id": name})
    assert decode(json.loads(encode(record))) == record


def test_keys_come_in_a_fixed_order_and_unknown_ones_survive() -> None:
    line = (
        '{"v":1,"id":"a","exercise":"pause","title":"Pause","started":"s","finished":"f","day":"2026-11-23",'
        '"complete":true,"distress":{"before":7,"after":4},'
        '"answers":[{"step":"one","prompt":"Größe?","value":["ja",2],"later":1}],"mood":{"x":null}}'
    )
    assert encode(decode(json.loads(line))) == line


def test_halves_of_surrogate_pairs_are_joined_or_replaced() -> None:
    entry = decode(
        json.loads(
            '{"v":1,"id":"a","title":"\\ud83d\\ude00 \\ud800","answers":[{"step":"s","value":"\\udfff"}]}'
        )
    )
    assert isinstance(entry, Entry)
    assert entry.title == "\U0001f600 \ufffd"
    assert entry.answers[0].value == "\ufffd"
    assert encode(Tombstone("a\udc80", "")).encode() == '{"v":1,"id":"a\ufffd","deleted":""}'.encode()


def test_what_json_does_not_know_becomes_null() -> None:
    line = encode(Tombstone("a", "", {"x": [float("nan"), float("inf"), 1.5]}))
    assert json.loads(line)["x"] == [None, None, 1.5]


@pytest.mark.parametrize("day", ["2026-13-45", "", None, 20261123, "yesterday"])
def test_an_impossible_day_is_taken_from_the_start(day: Json) -> None:
    entry = decode({"v": 1, "id": "a", "started": "2026-11-23T21:00:00+01:00", "day": day})
    assert isinstance(entry, Entry)
    assert entry.day == "2026-11-23"


@pytest.mark.parametrize("found", [{}, {"v": 1}, {"id": "a"}, {"v": 1, "id": ""}, {"v": 1, "id": 3}])
def test_what_has_no_id_and_version_is_no_record(found: dict[str, Json]) -> None:
    with pytest.raises(ValueError, match="a record needs"):
        decode(found)


def test_no_words_show_in_a_repr() -> None:
    entry = decode(
        {
            "v": 1,
            "id": "a",
            "title": "canary",
            "answers": [{"step": "s", "prompt": "canary", "value": "canary"}],
        }
    )
    assert "canary" not in repr(entry)
    assert isinstance(entry, Entry)
    assert "canary" not in repr(entry.answers)


EAST = timezone(timedelta(hours=13))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 3, 59, 59, tzinfo=EAST), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 4, 0, tzinfo=EAST), date(2026, 11, 23)),
        (datetime(2024, 3, 1, 1, 0, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(1, 1, 1, 1, 0, tzinfo=UTC), date(1, 1, 1)),
    ],
)
def test_a_day_ends_at_four(moment: datetime, day: date) -> None:
    assert day_of(moment) == day
