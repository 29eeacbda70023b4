"""How soon relief, a reply or a card comes: screens counted as they are played, the shortest way."""

from __future__ import annotations

import pytest
from tests.practice.ways import shipped

from dbtcoach.practice import moves
from dbtcoach.practice.course import pending
from dbtcoach.practice.endings import ahead
from dbtcoach.practice.session import Session, start
from dbtcoach.script.model import Asked, Breathe, Menu, Scale, Wait

# What somebody answers who is in a hurry; whatever is not named gets some words, and menus are left.
BRIEF: dict[str, dict[str, object]] = {
    "mend": {"before": 3, "afraid": "not_afraid", "contact": "in_touch", "force": "none", "how": "say"},
    "cope-ahead": {"before": 3, "afraid": "not_afraid", "rises": "flood"},
    "pros-cons": {"before": 3, "harm": "no_harm", "choice": "later"},
    "accept": {"before": 3, "afraid": "not_afraid", "fight": "why", "turn": "part"},
    "dear-man": {"before": 3, "afraid": "not_afraid", "kind": "ask"},
    "dear-man-quick": {"afraid": "not_afraid", "kind": "ask"},
    "rehearse": {"before": 3, "afraid": "not_afraid", "kind": "ask", "dread": "guilt", "guilt": "validate",
                 "dread_no": "why", "why": "one"},
    "connect": {"before": 3, "afraid": "not_afraid", "facet": "support", "person_safe": "kind", "size": 3},
    "validate": {"before": 3, "afraid": "not_afraid"},
    "together": {
        "alone": "alone", "afraid": "not_afraid", "both_want": "both", "back_1": "got_it", "back_2": "got_it",
        "how_now": "lighter",
    },
    "repair": {"before": 3, "met": "gone", "afraid": "not_afraid", "boundary": "same"},
    "express": {
        "before": 3, "emotion": "angry", "afraid": "not_afraid", "path": "check", "facts_fit": "not_fit",
    },
}  # fmt: skip


def screens(name: str, until: str = "", **otherwise: object) -> list[str]:
    """Return the ids of the pages that come, up to this one, or to the end."""
    return went(name, otherwise, until)[1]


def went(name: str, otherwise: dict[str, object], until: str = "") -> tuple[Session, list[str]]:
    """Return the session that was played so, and the ids of its pages."""
    given = {**BRIEF[name], **otherwise}
    session, seen = start(shipped(name), {}, ""), list[str]()
    while (step := pending(session)) is not None and until not in seen[-1:]:
        seen.append(step.id)
        session = passed(session, given.get(step.id, 3 if isinstance(step, Scale) else "Some words"))
    return session, seen


def passed(session: Session, given: object) -> Session:
    step = pending(session)
    if isinstance(step, Menu):
        return moves.answer(session, step, moves.DONE, "")
    if isinstance(step, Asked):
        count = getattr(step, "count", 0) or getattr(step, "multiple", "")
        return moves.answer(session, step, [given] if count else given, "")
    assert step is not None
    return moves.move_on(session, step)


def test_a_verdict_is_looked_for_only_in_a_thought_that_was_given() -> None:
    session = start(shipped("pause"), {}, "")
    while (step := pending(session)) is not None and step.id != "thought":
        session = passed(session, {"pace": "whole", "emotion": "sad", "before": 3}.get(step.id, 3))
    assert step is not None
    without = pending(moves.move_on(session, step))
    said = pending(moves.answer(session, step, "I never come first.", ""))
    assert [each.id for each in (without, said) if each is not None] == ["breath", "judgement"]


@pytest.mark.parametrize(("name", "until", "most"), [
    ("connect", "", 12),
    ("mend", "", 12),
    ("cope-ahead", "", 12),
    ("pros-cons", "", 12),
    ("accept", "", 12),
    ("validate", "", 9),
    ("together", "", 11),  # the twelfth asks whether to keep what was written
    ("express", "facts_fit", 8),
    ("express", "", 12),
    ("repair", "", 12),
    ("rehearse", "", 12),
])  # fmt: skip
def test_the_short_way_is_short(name: str, until: str, most: int) -> None:
    seen = screens(name, until)
    assert not until or seen[-1] == until
    assert len(seen) <= most, seen


@pytest.mark.parametrize(("otherwise", "ends"), [
    ({"path": "say_it", "strength": 6}, ["sentence", "card"]),
    ({"facts_fit": "fits"}, ["facts_fit", "sentence", "card"]),  # it fits: what to change, said
    ({"facts_fit": "not_fit"}, ["facts_fit", "opposite", "card_opposite"]),  # it does not: done, and not said
    ({"facts_fit": "too_strong", "emotion": "afraid"}, ["facts_fit", "opposite_near", "card_near"]),
])  # fmt: skip
def test_express_comes_to_words_or_to_a_deed_within_twelve_screens(
    otherwise: dict[str, object], ends: list[str]
) -> None:
    _session, seen = went("express", otherwise)
    assert seen[-2 - len(ends) : -2] == ends
    assert len(seen) <= 12, seen


def test_whoever_goes_on_in_fear_pictures_no_hurt_and_offers_no_amends() -> None:
    afraid: dict[str, object] = {"afraid": "yes_afraid", "go_on": True}
    _session, coping = went("cope-ahead", afraid)
    assert not {"rises", "see"} & {*coping}
    assert "do" in coping
    _session, amends = went("mend", afraid)
    assert "change" in amends
    assert not {"contact", "offer", "how"} & {*amends}


@pytest.mark.parametrize(("otherwise", "times"), [
    ({"facts_fit": "not_fit", "harm": "nobody"}, 0),
    ({"facts_fit": "not_fit", "harm": "me"}, 0),
    ({"facts_fit": "fits", "harm": "them"}, 1),
    ({"path": "say_it", "strength": 6}, 1),
])  # fmt: skip
def test_where_nobody_was_harmed_nothing_is_offered_to_mend(otherwise: dict[str, object], times: int) -> None:
    session, _seen = went("express", {"emotion": "guilty", **otherwise})
    assert [each.exercise for each in ahead(session)].count("mend") == times


@pytest.mark.parametrize("otherwise", [
    {}, {"kind": "refuse"}, {"kind": "touch", "consent": "mine", "free_no": "free"},
])  # fmt: skip
def test_a_card_comes_within_nine_screens_and_in_a_minute_within_six(otherwise: dict[str, object]) -> None:
    seen = screens("dear-man", "script", **otherwise)
    assert seen[-1] == "script"
    assert len(seen) <= 9, seen
    assert screens("dear-man-quick", "script") == [
        "afraid", "kind", "describe", "express", "assert", "script",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ground", "ground-short", "pause"])
def test_the_first_screen_asks_a_number_and_the_second_is_for_the_body(name: str) -> None:
    first, second, *_ = shipped(name).steps
    assert isinstance(first, Scale)
    assert first.role == "distress_before"
    assert isinstance(second, Wait)
    assert not second.when
    assert "feet" in second.message
    assert "ook around" in second.message  # with open eyes
    for word in ("breath", "water", "cold"):
        assert word not in second.message


def test_two_minutes_for_the_body_are_two_minutes() -> None:
    spent = 0
    for step in shipped("ground-short").steps:
        if isinstance(step, Wait):
            spent += step.seconds
        elif isinstance(step, Breathe):
            spent += step.rounds * (step.inhale + step.top_up + step.hold + step.exhale + step.rest)
    assert spent == 120


@pytest.mark.parametrize(
    "name",
    [
        "accept",
        "connect",
        "cope-ahead",
        "dear-man",
        "dear-man-after",
        "mend",
        "pros-cons",
        "rehearse",
        "repair",
        "validate",
    ],
)
def test_whoever_grounds_on_the_way_is_asked_again(name: str) -> None:
    session, seen = start(shipped(name), {}, ""), list[str]()
    given: dict[str, object] = {"before": 9, "want_ground": "ground", "settled": 6}
    while (step := pending(session)) is not None and "settled" not in seen:
        seen.append(step.id)
        session = passed(session, given.get(step.id))
    assert seen == ["before", "want_ground", "settle.push", "settle.count", "settled"]
