from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.insight.samples import NOW, entry

from dbtcoach.insight.search import fold, matches, may_hold
from dbtcoach.journal.entry import Json, encode


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("Über die Brücke", "uber die brucke"),
        ("u\u0308ber", "ÜBER"),
        ("STRASSE und Straße", "straße"),
        ("naïve café", "NAIVE CAFE"),
        ("one\ntwo", "one two"),
        ("İstanbul", "istanbul"),
        ("ﬁne", "fine"),
    ],
)
def test_case_accents_and_line_breaks_make_no_difference(written: str, looked_for: str) -> None:
    found = matches(entry("pause", NOW, answers={"a": f"before {written} after"}), fold(looked_for))
    assert len(found) == 1
    assert found[0].before.endswith("before ")
    assert "after" in found[0].after + found[0].words


def test_lists_and_names_of_rows_are_searched_and_prompts_are_not() -> None:
    answers: dict[str, Json] = {"a": ["first", "second"], "b": {"to shout": 3}}
    each = entry("pause", NOW, answers=answers)
    assert [match.step for match in matches(each, "second")] == ["a"]
    assert [match.step for match in matches(each, "to shout")] == ["b"]
    assert matches(each, "about") == []


def test_the_context_is_short_and_says_where_it_was_cut() -> None:
    (match,) = matches(entry("pause", NOW, answers={"a": "x" * 100 + " needle " + "y" * 100}), "needle")
    assert match.before.startswith("…")
    assert match.after.endswith("…")
    assert match.words == "needle"
    assert len(match.before) < 45


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@given(TEXT, TEXT, TEXT)
def test_a_quick_look_never_rules_out_what_is_there(before: str, words: str, after: str) -> None:
    each = entry("pause", NOW, answers={"a": before + words + after})
    folded = fold(words.strip())
    look = may_hold(folded)
    if look is None or folded not in fold(before + words + after):
        return
    assert look(encode(each).encode())
    assert look(json.dumps(json.loads(encode(each))).encode())  # another program's way of writing it


def test_a_quick_look_rules_out_what_is_not_there() -> None:
    look = may_hold("needle")
    assert look is not None
    assert not look(encode(entry("pause", NOW, answers={"a": "hay"})).encode())
    assert not look(encode(entry("pause", NOW, answers={"a": "Häy"})).encode())
    assert may_hold("?!") is None


def test_a_sealed_line_is_never_ruled_out() -> None:
    look = may_hold("needle")
    assert look is not None
    assert look(b',{"v":1,"id":"x","age":"aGF5"}\n')
