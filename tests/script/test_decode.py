"""What a good script becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbtcoach.drawing.captions import keys_of, options, picked_by
from dbtcoach.errors import ScriptError
from dbtcoach.practice.page import Page
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.conditions import Between, Count, Guard, OneOf, Present, Rise
from dbtcoach.script.decode import decode
from dbtcoach.script.inside import MOST_CHOICES
from dbtcoach.script.model import (
    Breathe,
    Card,
    Choice,
    Confirm,
    Drill,
    Exercise,
    Menu,
    Part,
    Row,
    Run,
    Say,
    Scale,
    Scales,
    Select,
    Step,
    Text,
    Wait,
    walk,
)

HEAD = "format: 1\nname: mine\ntitle: Mine\nsummary: One line.\nsteps:\n"


def steps(text: str) -> tuple[Step, ...]:
    return decode(HEAD + text, "mine.yaml").steps


def only(text: str) -> Step:
    (step,) = steps(f"- {text}\n")
    return step


def test_every_key_of_an_exercise() -> None:
    assert decode(
        """
format: 1
name: mine-after
title: Mine
summary: One line.
skill: a skill
minutes: 12
source: a book
opening: |
  Two lines
  of opening at ${now}.
variant_of: mine
option: after
daily: true
follow_up: true
author: somebody
steps:
  - {id: a, type: say, message: Hello}
""",
        "folder/mine-after.yaml",
    ) == Exercise(
        name="mine-after",
        title="Mine",
        summary="One line.",
        steps=(Say(id="a", message="Hello"),),
        skill="a skill",
        minutes=12,
        source="a book",
        opening="Two lines\nof opening at ${now}.",
        variant_of="mine",
        option="after",
        daily=True,
        follow_up=True,
        author="somebody",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{id: a, type: say, message: Hi}", Say(id="a", message="Hi")),
        (
            "{id: a, type: say, message: Hi, end: true, help: ' h ', role: closing}",
            Say(id="a", message="Hi", end=True, help="h", role="closing"),
        ),
        (
            "{id: a, type: say, message: [x, y, z], rotate: daily}",
            Say(id="a", message="x", others=("y", "z")),
        ),
        ("{id: a, type: text, message: Hi}", Text(id="a", message="Hi")),
        (
            (
                "{id: a, type: text, message: [x, y], rotate: daily, required: true, keep: false, "
                " placeholder: p, multiline: true, count: 3, coach: describe}"
            ),
            Text(
                id="a",
                message="x",
                others=("y",),
                required=True,
                keep=False,
                placeholder="p",
                multiline=True,
                count=3,
                coach="describe",
            ),
        ),
        (
            "{id: a, type: select, message: Hi, choices: [{value: x, label: X, help: h, unsafe: true}]}",
            Select(id="a", message="Hi", choices=(Choice("x", "X", "h", unsafe=True),)),
        ),
        (
            "{id: a, type: select, message: Hi, multiple: true, choices: [{value: x, label: X}]}",
            Select(id="a", message="Hi", choices=(Choice("x", "X"),), multiple="several"),
        ),
        (
            "{id: a, type: select, message: Hi, multiple: ranked, choices: [{value: x, label: X}]}",
            Select(id="a", message="Hi", choices=(Choice("x", "X"),), multiple="ranked"),
        ),
        (
            "{id: a, type: select, message: Hi, multiple: false, choices: [{value: no, label: No}]}",
            Select(id="a", message="Hi", choices=(Choice("no", "No"),)),
        ),
        ("{id: a, type: confirm, message: no}", Confirm(id="a", message="no")),
        ("{id: a, type: scale, message: 5}", Scale(id="a", message="5")),
        (
            (
                "{id: a, type: scale, message: Hi, min: -2, max: +7, min_label: low, max_label: high,"
                " role: distress_before}"
            ),
            Scale(
                id="a",
                message="Hi",
                low=-2,
                high=7,
                low_label="low",
                high_label="high",
                role="distress_before",
            ),
        ),
        (
            (
                "{id: a, type: scales, message: Hi, max: 7, min_label: l, max_label: h, own: urges,"
                " rows: [{id: r, label: R}, {id: s, label: S}]}"
            ),
            Scales(
                id="a",
                message="Hi",
                rows=(Row("r", "R"), Row("s", "S")),
                high=7,
                low_label="l",
                high_label="h",
                own="urges",
            ),
        ),
        ("{id: a, type: breathe}", Breathe(id="a")),
        (
            "{id: a, type: breathe, message: m, inhale: 1,top_up: 2, hold: 3, exhale: 4, rest: 5, rounds: 6}",
            Breathe(id="a", message="m", inhale=1, top_up=2, hold=3, exhale=4, rest=5, rounds=6),
        ),
        ("{id: a, type: wait, message: m, seconds: 5}", Wait(id="a", message="m", seconds=5)),
        ("{id: a, type: wait, message: m, ready: true}", Wait(id="a", message="m", ready=True)),
        ("{id: a, type: card, title: t, message: m}", Card(id="a", title="t", message="m")),
        ("{id: a, type: run, exercise: ground}", Run(id="a", exercise="ground")),
        ("{id: a, type: drill, scenes: s, count: 2}", Drill(id="a", scenes="s", count=2)),
        (
            "{id: a, type: menu, message: m, done: Enough, choices: [{value: x, label: X,"
            " steps: [{id: b, type: say, message: B}]}, {value: y, label: Y, change: a}]}".replace(
                "[b_, b_]", "a"
            ),
            Menu(
                id="a",
                message="m",
                done="Enough",
                parts=(Part("x", "X", steps=(Say(id="b", message="B"),)), Part("y", "Y", change=("a",))),
            ),
        ),
    ],
)
def test_every_key_of_every_step(text: str, expected: Step) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{kind: ask}", Guard("kind", OneOf(("ask",)))),
        ("{kind: [ask, refuse]}", Guard("kind", OneOf(("ask", "refuse")))),
        ("{sure: true}", Guard("sure", OneOf((True,)))),
        ("{much: 7}", Guard("much", OneOf((7,)))),
        ("{words: 'true'}", Guard("words", OneOf(("true",)))),
        ("{much: {min: 7}}", Guard("much", Between(7, 1000))),
        ("{much: {max: 3}}", Guard("much", Between(-1000, 3))),
        ("{several: {count: {min: 5}}}", Guard("several", Count(5, 1000))),
        ("{more: {rise: much, min: 2}}", Guard("more", Rise("much", 2, 1000))),
        ("{more: {rise: much, max: -1}}", Guard("more", Rise("much", -1000, -1))),
        ("{words: present}", Guard("words", Present(wanted=True))),
        ("{last.dear-man.assert_ask: absent}", Guard("last.dear-man.assert_ask", Present(wanted=False))),
        ("{follow_up: present}", Guard("follow_up", Present(wanted=True))),
        ("{rows.anger: {min: 3}}", Guard("rows.anger", Between(3, 1000))),
        ("{settle.words: present}", Guard("settle.words", Present(wanted=True))),
    ],
)
def test_every_condition(text: str, expected: Guard) -> None:
    before = """
- {id: kind, type: select, message: m, choices: [{value: ask, label: A}, {value: refuse, label: R}]}
- {id: several, type: select, multiple: true, message: m, choices: [{value: ask, label: A}]}
- {id: sure, type: confirm, message: m}
- {id: much, type: scale, message: m}
- {id: more, type: scale, message: m}
- {id: words, type: text, message: m}
- {id: rows, type: scales, message: m, rows: [{id: anger, label: A}]}
- {id: settle, type: run, exercise: ground}
"""
    assert steps(f"{before}- {{id: last_step, type: say, message: m, when: {text}}}")[-1].when == (expected,)


def test_several_keys_mean_and() -> None:
    found = steps(
        "- {id: a, type: scale, message: m}\n- {id: b, type: say, message: m, when: {a: 1, today: present}}"
    )
    assert found[1].when == (Guard("a", OneOf((1,))), Guard("today", Present(wanted=True)))


@pytest.mark.parametrize("kind", ["select", "menu"])
def test_there_are_no_more_choices_than_keys(kind: str) -> None:
    def listed(count: int) -> str:
        inner = ", steps: [{id: s%d, type: say, message: m}]" if kind == "menu" else ""
        parts = [f"{{value: v{n}, label: l{inner % n if inner else ''}}}" for n in range(count)]
        return f"- {{id: a, type: {kind}, message: m, choices: [{', '.join(parts)}]}}\n"

    [step] = steps(listed(MOST_CHOICES))
    assert isinstance(step, Select | Menu)
    page = Page(step=step, exercise="", message="", help="")
    shown = [page, replace(page, more=True)] if kind == "menu" else [page]
    keys = [key for each in shown for key, (value, _label) in zip(keys_of(each), options(each), strict=True)]
    assert len(set(keys) - {"0", "+"}) == MOST_CHOICES
    assert set(picked_by(page)) == set(keys)
    [short] = steps(listed(3))
    assert isinstance(short, Select | Menu)
    few = replace(page, step=short)
    assert list(picked_by(few)) == keys_of(few)  # no other key picks anything
    with pytest.raises(ScriptError, match="at most 30 choices"):
        steps(listed(MOST_CHOICES + 1))


def test_text_and_bytes_with_a_mark_read_the_same() -> None:
    text = HEAD + "- {id: a, type: say, message: Ça va — ☂ 日本}\n"
    plain = decode(text, "mine.yaml")
    assert decode(text.encode(), "mine.yaml") == plain
    assert decode(b"\xef\xbb\xbf" + text.encode(), "mine.yaml") == plain
    assert decode(text.replace("\n", "\r\n").encode(), "mine.yaml") == plain


def test_a_name_is_held_to_the_file_name_only_where_there_is_one() -> None:
    text = HEAD + "- {id: a, type: say, message: m}\n"
    assert decode(text, "<stdin>").name == "mine"
    assert decode(text, r"C:\folder\mine.yaml").name == "mine"
    with pytest.raises(ScriptError, match="must be 'other'"):
        decode(text, "folder/other.yaml")


@pytest.mark.parametrize("name", sorted(Catalogue(shipped_folder()).paths()))
def test_every_shipped_exercise_is_read(name: str) -> None:
    exercise = Catalogue(shipped_folder()).read(name)
    ids = [step.id for step in walk(exercise.steps)]
    assert exercise.name == name
    assert len(ids) == len(set(ids)) >= 3
