"""A draft is plain data; what was saved is taken as far as it still fits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dbtcoach.practice import draft, moves
from dbtcoach.practice.course import live_answers, pending
from dbtcoach.practice.session import Session, start
from dbtcoach.script.decode import decode

STEPS = """format: 1
name: x
title: Title
summary: S
steps:
  - {id: fear, type: confirm, message: Afraid?, keep: false}
  - {id: words, type: text, message: What?, required: true}
  - {id: kind, type: select, message: m, choices: [{value: ask, label: A}, {value: no, label: N}]}
  - {id: felt, type: scales, message: m, rows: [{id: joy, label: Joy}, {id: ire, label: Ire}]}
  - id: more
    type: menu
    message: m
    choices: [{value: extra, label: E, steps: [{id: one, type: text, message: m}]}]
"""
YES = True
EXERCISE = decode(STEPS, "x.yaml")


def session(*raws: object) -> Session:
    now = start(EXERCISE, {}, "2026-11-23T20:40:00+00:00", {"drill": ("a", "b")})
    for raw in raws:
        step = pending(now)
        assert step is not None
        now = moves.answer(now, step, raw, f"prompt of {step.id}")
    return now


FULL = session(YES, "wörds\n2", "ask", {"joy": 2}, "extra", "b")


def test_a_draft_holds_what_is_needed_and_nothing_that_may_not_be_kept() -> None:
    data = draft.dump(moves.back(FULL))
    assert json.loads(json.dumps(data)) == {
        "exercise": "x",
        "title": "Title",
        "started": "2026-11-23T20:40:00+00:00",
        "answers": [
            {"step": "words", "prompt": "prompt of words", "value": "wörds\n2"},
            {"step": "kind", "prompt": "prompt of kind", "value": "ask"},
            {"step": "felt", "prompt": "prompt of felt", "value": {"joy": 2}},
        ],
        "passed": ["words", "kind", "felt", "more:extra"],
        "aside": {"one": "b"},
        "drawn": {"drill": ["a", "b"]},
        "rounds": 1,
    }
    gone_back = moves.back(session(YES))
    assert gone_back.aside == {"fear": True}
    assert draft.dump(gone_back)["aside"] == {}


def test_a_loaded_draft_asks_what_may_not_be_kept_and_goes_on() -> None:
    loaded = draft.load(draft.dump(FULL), EXERCISE, {"today": "x"})
    step = pending(loaded)
    assert step is not None
    assert step.id == "fear"
    loaded = moves.answer(loaded, step, raw=True, prompt="m")
    assert live_answers(loaded) == live_answers(FULL)
    assert pending(loaded) == pending(FULL)
    assert loaded.drawn == FULL.drawn
    assert loaded.started == FULL.started
    assert loaded.facts == {"today": "x"}


@pytest.mark.parametrize(
    ("old", "new", "due", "answers"),
    [
        ("{value: ask, label: A}", "{value: want, label: A}", "kind", ["words", "felt", "one", "more"]),
        ("{id: words,", "{id: what,", "what", ["kind", "felt", "one", "more"]),
        ("{id: joy, label: Joy}", "{id: calm, label: C}", "felt", ["words", "kind", "one", "more"]),
        ("{value: extra,", "{value: part,", "more", ["words", "kind", "felt"]),
        ("type: scales, message: m, rows: [{id: joy, label: Joy}, {id: ire, label: Ire}]}",
 "type: text, message: m}", "felt",
         ["words", "kind", "one", "more"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_a_changed_exercise_is_asked_again(
    old: str, new: str, due: str, answers: list[str]
) -> None:
    assert old in STEPS
    changed = decode(STEPS.replace(old, new), "x.yaml")
    loaded = draft.load(draft.dump(FULL), changed, {})
    first = pending(loaded)
    assert first is not None
    assert first.id == "fear"
    loaded = moves.move_on(loaded, first)
    step = pending(loaded)
    assert step is not None
    assert step.id == due
    for _ in range(3):  # whatever else is due, what fitted still counts
        step = pending(loaded)
        if step is not None and step.id != "more":
            loaded = moves.move_on(loaded, step)
    assert sorted(live_answers(loaded)) == sorted(answers)


LOADS: dict[str, Any] = {
    "nothing": {},
    "lists in place of mappings": {
        "answers": {},
        "passed": "words",
        "aside": [],
        "drawn": [1],
        "rounds": "3",
    },
    "wrong items": {
        "answers": [1, None, {}, {"step": "words"}, {"step": ["words"], "value": 1}],
        "passed": [1, None],
    },
    "wrong values": {
        "answers": [{"step": "kind", "value": {"a": 1}}, {"step": "felt", "value": {"joy": "x"}}]
    },
    "unknown steps": {
        "passed": ["gone", "words", "more:gone", "gone:extra", "kind:ask"],
        "aside": {"gone": 1, "kind": []},
    },
    "wrong drawn": {"drawn": {"drill": [1, "a"], "x": None}},
    "negative rounds": {"rounds": -5},
}


@pytest.mark.parametrize("data", LOADS.values(), ids=LOADS)
def test_a_spoilt_draft_is_taken_as_far_as_it_goes(data: dict[str, Any]) -> None:
    loaded = draft.load(data, EXERCISE, {})
    assert loaded.answers == {}
    assert loaded.rounds == 0
    assert not set(loaded.passed) & {"words", "gone", "more:gone", "gone:extra", "kind:ask"}
    step = pending(loaded)
    assert step is not None
    assert step.id == "fear"


NAMES = ["words", "kind", "felt", "more:extra"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(NAMES),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["step", "value", "prompt", "words", "joy"]), inner, max_size=4),
)  # fmt: skip
KEYS = ("answers", "passed", "aside", "drawn", "rounds", "started")


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(st.dictionaries(st.sampled_from(KEYS), json_values))
def test_no_draft_at_all_makes_it_fail(data: dict[str, Any]) -> None:
    loaded = draft.load(data, EXERCISE, {})
    assert pending(loaded) is not None
    json.dumps(draft.dump(loaded))
