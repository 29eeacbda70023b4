"""The course through an exercise, and what can happen to a session on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbtcoach.practice import moves
from dbtcoach.practice.answers import InvalidAnswerError
from dbtcoach.practice.course import events, live_answers, pending
from dbtcoach.practice.session import Session, start
from dbtcoach.script.decode import decode

HEAD = "format: 1\nname: x\ntitle: T\nsummary: S\nsteps:\n"
TALK = """
  - {id: hello, type: say, message: Hi}
  - {id: kind, type: select, message: m, choices: [{value: ask, label: Ask}, {value: refuse, label: No}]}
  - {id: ask, type: text, message: m, when: {kind: ask}}
  - {id: refuse, type: text, message: m, when: {kind: refuse}}
  - {id: words, type: card, title: t, message: "${ask}${refuse}"}
"""
MENU = """
  - {id: line, type: text, message: m}
  - {id: card, type: card, title: t, message: "${line}"}
  - id: more
    type: menu
    message: m
    choices:
      - value: extra
        label: Extra
        steps: [{id: one, type: text, message: m}, {id: two, type: text, message: m}]
      - {value: edit, label: Edit, change: [line, one]}
  - {id: after, type: say, message: m, when: {more: extra}}
"""


def begun(steps: str) -> Session:
    return start(decode(HEAD + steps, "x.yaml"), {}, "now")


def due(session: Session) -> str:
    step = pending(session)
    return "" if step is None else step.id


def on(session: Session, *raws: object) -> Session:
    """Return the session after an answer to each step that is due; None passes it."""
    for raw in raws:
        step = pending(session)
        assert step is not None
        session = moves.move_on(session, step) if raw is None else moves.answer(session, step, raw, "m")
    return session


def test_only_what_its_guard_allows_is_due() -> None:
    session = on(begun(TALK), None)
    assert due(session) == "kind"
    assert due(on(session, "ask")) == "ask"
    assert due(on(session, "refuse")) == "refuse"
    assert due(on(session, None)) == "words"  # skipped: no guard on it holds
    assert due(on(session, "ask", "please", None)) == ""


def test_an_answer_that_a_changed_guard_turned_off_does_not_count_and_comes_back_with_it() -> None:
    session = on(begun(TALK), None, "ask", "please")
    session = moves.back(moves.back(session))
    assert due(session) == "kind"
    assert session.aside.get(session.exercise.steps[1].id) == "ask"
    other = on(session, "refuse")
    assert live_answers(other) == {"kind": "refuse"}
    again = on(moves.back(other), "ask")
    assert due(again) == "ask"
    assert again.aside.get(session.exercise.steps[2].id) == "please"


def test_back_undoes_the_last_step_only_and_skips_what_was_guarded_off() -> None:
    session = on(begun(TALK), None, "refuse", "never")
    assert events(session) == ("hello", "kind", "refuse")
    assert due(moves.back(session)) == "refuse"
    assert due(moves.back(moves.back(session))) == "kind"
    first = moves.back(moves.back(moves.back(session)))
    assert due(first) == "hello"
    assert moves.back(first) == first
    assert first.aside == {"kind": "refuse", "refuse": "never"}


def test_nothing_is_changed_in_place() -> None:
    session = on(begun(TALK), None, "ask", "please")
    copy = replace(session, answers=dict(session.answers), aside=dict(session.aside))
    moves.back(session)
    moves.change(session, "kind")
    moves.finish(session)
    assert session == copy


def test_skipping_by_mistake_loses_nothing() -> None:
    session = moves.back(on(begun(TALK), None, "ask", "please"))
    skipped = on(session, None)
    assert "ask" not in live_answers(skipped)
    assert skipped.aside["ask"] == "please"
    assert moves.back(skipped).aside.get(session.exercise.steps[2].id) == "please"


def test_an_answer_that_does_not_fit_changes_nothing() -> None:
    session = on(begun(TALK), None)
    step = pending(session)
    assert step is not None
    with pytest.raises(InvalidAnswerError):
        moves.answer(session, step, "nothing", "m")


def test_a_menu_goes_round_until_it_is_left() -> None:
    session = on(begun(MENU), "a", None)
    assert due(session) == "more"
    session = on(session, "extra")
    assert due(session) == "one"
    session = on(session, "b", "c")
    assert due(session) == "more"
    again = on(session, "extra")
    assert due(again) == "one"
    assert again.aside == {"one": "b", "two": "c"}
    session = on(session, "done")
    assert live_answers(session)["more"] == ("extra",)
    assert due(session) == "after"
    assert due(on(begun(MENU), "a", None, "done")) == ""


def test_back_from_a_part_is_back_to_the_menu() -> None:
    session = on(begun(MENU), "a", None, "extra")
    assert due(moves.back(session)) == "more"
    assert due(moves.back(moves.back(session))) == "card"
    left = on(session, "b", "c", "done")
    changed = moves.change(left, "one")
    assert due(changed) == "one"
    assert due(moves.back(changed)) == "more"


def test_a_changed_line_is_due_again_and_so_are_the_cards_below_it() -> None:
    session = on(begun(MENU), "a", None, "extra", "b", "c")
    assert moves.lines_to_change(session, ("line", "one", "gone")) == ["line", "one"]
    changed = moves.change(session, "line")
    assert due(changed) == "line"
    assert changed.aside == {"line": "a"}
    changed = on(changed, "A")
    assert due(changed) == "card"
    assert due(on(changed, None)) == "more"
    assert due(on(moves.change(session, "one"), "B")) == "more"


def test_an_end_ends_it_and_finishing_keeps_what_there_is() -> None:
    steps = "\n  - {id: a, type: text, message: m}\n  - {id: b, type: say, message: m, end: true}\n"
    session = on(begun(steps + "  - {id: c, type: text, message: m}\n"), "a")
    ended = on(session, None)
    assert due(ended) == ""
    assert live_answers(ended) == {"a": "a"}
    assert due(moves.finish(session)) == ""
    assert live_answers(moves.finish(session)) == {"a": "a"}
    # Back on the page that follows "stop here": the words before it are due again.
    assert due(moves.reopen(moves.finish(session), session.exercise.steps[0])) == "a"


@pytest.mark.parametrize("multiple", ["false", "true", "ranked"])
def test_an_unsafe_choice_makes_the_session_private_for_good(multiple: str) -> None:
    choices = "[{value: fine, label: F}, {value: afraid, label: A, unsafe: true}]"
    session = begun(f"  - {{id: fear, type: select, multiple: {multiple}, message: m, choices: {choices}}}\n")
    assert not on(session, "fine").private
    private = on(session, "afraid")
    assert private.private
    again = on(moves.back(private), "fine")
    assert again.private


def test_what_may_be_skipped() -> None:
    steps = begun(
        "  - {id: a, type: text, message: m, required: true}\n  - {id: b, type: scale, message: m}\n"
        "  - {id: c, type: say, message: m}\n"
    ).exercise.steps
    assert [moves.may_skip(step) for step in steps] == [False, True, True]


@pytest.mark.parametrize(
    ("guard", "raws", "held"),
    [
        ("{n: 3}", (3, None, None, None), True),
        ("{n: [1, 3]}", (3, None, None, None), True),
        ("{n: {min: 3}}", (3, None, None, None), True),
        ("{n: {min: 4}}", (3, None, None, None), False),
        ("{n: {max: 3}}", (3, None, None, None), True),
        ("{n: {max: 3}}", (None, None, None, None), False),
        ("{m: {rise: n, min: 2}}", (3, 5, None, None), True),
        ("{m: {rise: n, min: 2}}", (3, 4, None, None), False),
        ("{m: {rise: n, max: -1}}", (3, 2, None, None), True),
        ("{m: {rise: n, min: -9}}", (None, 2, None, None), False),
        ("{m: {rise: n, min: -9}}", (2, None, None, None), False),
        ("{s: a}", (None, None, ["b", "a"], None), True),
        ("{s: a}", (None, None, ["b"], None), False),
        ("{s: {count: {min: 2}}}", (None, None, ["b", "a"], None), True),
        ("{s: {count: {max: 1}}}", (None, None, None, None), False),
        ("{y: true}", (None, None, None, True), True),
        ("{y: false}", (None, None, None, False), True),
        ("{y: false}", (None, None, None, None), False),
        ("{y: present}", (None, None, None, False), True),
        ("{y: absent}", (None, None, None, None), True),
        ("{n: 3, y: true}", (3, None, None, None), False),
        ("{n: 3, y: true}", (3, None, None, True), True),
        ("{today: present}", (None, None, None, None), True),
        ("{follow_up: present}", (None, None, None, None), False),
        ("{last.x.y: absent}", (None, None, None, None), True),
    ],
)
def test_conditions(guard: str, raws: tuple[object, ...], held: bool) -> None:  # noqa: FBT001 - a table
    steps = (
        "  - {id: n, type: scale, message: m}\n  - {id: m, type: scale, message: m}\n"
        "  - {id: s, type: select, multiple: true, message: m,"
        " choices: [{value: a, label: A}, {value: b, label: B}]}\n  - {id: y, type: confirm, message: m}\n"
    )
    session = replace(
        begun(f"{steps}  - {{id: last_step, type: say, message: m, when: {guard}}}\n"), facts={"today": "x"}
    )
    assert due(on(session, *raws)) == ("last_step" if held else "")
