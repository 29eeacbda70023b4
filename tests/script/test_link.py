"""Runs and drills, filled with the steps of what they name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dbtcoach.errors import ScriptError
from dbtcoach.script.conditions import Between, Guard, Present, Rise
from dbtcoach.script.decode import decode
from dbtcoach.script.link import MOST_STEPS, deal, draw, drills, link
from dbtcoach.script.model import Menu, Run, Say, Text, walk
from dbtcoach.script.scenes import Reply, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.script.model import Exercise, Step


def exercise(name: str, steps: str) -> Exercise:
    return decode(f"format: 1\nname: {name}\ntitle: T\nsummary: S\nsteps:\n{steps}", f"{name}.yaml")


def linked(steps: str, others: Mapping[str, str] | None = None) -> tuple[Step, ...]:
    known = {name: exercise(name, text) for name, text in (others or {}).items()}
    return link(exercise("main", steps), known.get).steps


def problems(steps: str, others: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(ScriptError) as raised:
        linked(steps, others)
    return str(raised.value).splitlines()


RUN = "  - {id: go, type: run, exercise: inner}\n"
INNER = """
  - {id: hello, type: say, message: Hi, role: opening}
  - {id: before, type: scale, message: How?, role: distress_before}
  - {id: what, type: text, message: "At ${now}: what?", placeholder: "$${what}", help: "${last.inner.what}"}
  - {id: told, type: say, message: "${what} ${today} $$", help: "${what}",
     when: {what: present, follow_up: absent}}
  - {id: high, type: say, message: m, when: {before: {min: 7}}}
  - {id: more, type: scale, message: m}
  - {id: risen, type: say, message: m, when: {more: {rise: before, min: 1}}}
  - {id: rows, type: scales, message: m, rows: [{id: a, label: A}]}
  - {id: row, type: card, title: "${what}", message: "${rows.a}", when: {rows.a: {min: 2}}}
  - id: which
    type: menu
    message: m
    choices:
      - {value: x, label: X, steps: [{id: deep, type: text, message: "${what}", when: {what: present}}]}
      - {value: y, label: Y, change: [what, deep]}
  - {id: after, type: scale, message: How?, role: distress_after}
  - {id: bye, type: say, message: Bye, role: closing}
"""


def test_what_a_run_brings_in_from_the_last_time_of_its_exercise_is_what_stands_there_now() -> None:
    ask = "  - {id: ask, type: text, message: m}\n"
    inner = """
  - {id: line, type: text, message: "${last.main.ask} ${last.main.old}", offer: "${last.main.ask}"}
  - {id: more, type: say, message: m, when: {last.main.ask: present}}
"""
    _ask, run = linked(ask + RUN, {"inner": inner})
    assert isinstance(run, Run)
    line, more = run.steps
    assert isinstance(line, Text)
    assert (line.message, line.offer) == ("${ask} ${last.main.old}", "${ask}")
    assert [guard.key for guard in more.when] == ["ask"]


def test_inside_a_run_every_name_stands_behind_it_and_facts_stay() -> None:
    (go,) = linked(RUN, {"inner": INNER})
    assert isinstance(go, Run)
    inner = {step.id: step for step in walk(go.steps)}
    assert list(inner) == [
        "go.what", "go.told", "go.high", "go.more", "go.risen", "go.rows", "go.row", "go.which", "go.deep",
    ]  # fmt: skip
    what, told, row, menu = (inner[f"go.{name}"] for name in ("what", "told", "row", "which"))
    assert isinstance(what, Text)
    assert (what.message, what.placeholder, what.help) == (
        "At ${now}: what?",
        "$${what}",
        "${last.inner.what}",
    )
    assert isinstance(told, Say)
    assert told.message == "${go.what} ${today} $$"
    assert told.help == "${go.what}"
    assert told.when == (Guard("go.what", Present(wanted=True)), Guard("follow_up", Present(wanted=False)))
    assert inner["go.risen"].when == (Guard("go.more", Rise("go.before", 1, 1000)),)
    assert row.when == (Guard("go.rows.a", Between(2, 1000)),)
    assert (getattr(row, "title", ""), getattr(row, "message", "")) == ("${go.what}", "${go.rows.a}")
    assert isinstance(menu, Menu)
    assert menu.parts[1].change == ("go.what", "go.deep")
    assert inner["go.deep"].when == (Guard("go.what", Present(wanted=True)),)


def test_a_run_inside_a_run_and_inside_a_menu() -> None:
    middle = "  - {id: in, type: run, exercise: inner}\n  - {id: s, type: say, message: '${in.what}'}\n"
    menu = (
        "  - {id: m, type: menu, message: m, choices: [{value: a, label: A, steps: "
        "[{id: go, type: run, exercise: middle}]}]}\n  - {id: e, type: say, message: '${go.in.what}'}\n"
    )
    steps = {step.id: step for step in walk(linked(menu, {"inner": INNER, "middle": middle}))}
    assert "go.in.what" in steps
    assert steps["go.in.told"].when[0].key == "go.in.what"
    assert getattr(steps["go.s"], "message", "") == "${go.in.what}"


def test_messages_of_the_day_are_renamed_too() -> None:
    inner = (
        "  - {id: a, type: text, message: m}\n  - {id: b, type: say, rotate: daily, message: [x, '${a}']}\n"
    )
    steps = {step.id: step for step in walk(linked(RUN, {"inner": inner}))}
    assert getattr(steps["go.b"], "others", None) == ("${go.a}",)


def test_a_circle_is_refused_with_its_whole_way() -> None:
    back = "  - {id: b, type: run, exercise: main}\n"
    assert problems("  - {id: a, type: run, exercise: main}\n") == [
        "main.yaml:6:34: runs in a circle: main > main"
    ]
    assert problems(RUN, {"inner": back}) == ["inner.yaml:6:34: runs in a circle: main > inner > main"]


def test_a_circle_further_in_is_refused_too() -> None:
    others = {
        "inner": "  - {id: b, type: run, exercise: two}\n",
        "two": "  - {id: c, type: run, exercise: inner}\n",
    }
    assert problems(RUN, others) == ["two.yaml:6:34: runs in a circle: main > inner > two > inner"]


def test_every_unknown_exercise_is_named_at_once() -> None:
    steps = "  - {id: a, type: run, exercise: nothing}\n  - {id: b, type: run, exercise: ../x}\n"
    assert problems(steps) == [
        "main.yaml:6:34: there is no exercise called 'nothing'",
        "main.yaml:7:34: there is no exercise called '../x'",
    ]


def test_a_name_that_the_exercise_inside_does_not_have_is_refused() -> None:
    wrong = "  - {id: s, type: say, message: '${go.where}', when: {go.wat: present, go.what: present}}\n"
    assert problems(RUN + wrong, {"inner": INNER}) == [
        "main.yaml:6:35: 'inner' has no step for 'go.wat', which 's' uses",
        "main.yaml:6:35: 'inner' has no step for 'go.where', which 's' uses",
    ]
    left_out = "  - {id: s, type: say, message: m, when: {go.before: {min: 1}}}\n"
    assert problems(RUN + left_out, {"inner": INNER}) == [
        "main.yaml:6:35: 'inner' has no step for 'go.before', which 's' uses"
    ]


def test_each_exercise_is_loaded_once() -> None:
    asked: list[str] = []

    def load(name: str) -> Exercise:
        asked.append(name)
        return exercise("inner", "  - {id: s, type: say, message: m}\n")

    runs = "".join(f"  - {{id: r{n}, type: run, exercise: inner}}\n" for n in range(5))
    assert len(link(exercise("main", runs), load).steps) == 5
    assert asked == ["inner"]


def test_files_that_double_each_other_are_refused() -> None:
    doubling = {
        f"x{n}": "".join(f"  - {{id: {run}, type: run, exercise: x{n + 1}}}\n" for run in "ab")
        for n in range(40)
    }
    found = problems(
        "  - {id: a, type: run, exercise: x0}\n", {**doubling, "x40": "  - {id: s, type: wait, message: m}"}
    )
    assert f"more than {MOST_STEPS} steps" in found[0]


def scene(name: str) -> Scene:
    return Scene(
        name,
        "At the door.",
        "You are late.",
        (Reply("r1", "So?", "No.", valid=False), Reply("r2", "Yes.", "It sees.", valid=True)),
    )


SCENES = tuple(scene(f"s{n}") for n in range(6))


def test_scenes_are_drawn_by_seed_and_seen_ones_last() -> None:
    assert draw(SCENES, 3, (), "a") == draw(SCENES, 3, (), "a")
    assert len({draw(SCENES, 3, (), str(seed)) for seed in range(50)}) > 10
    assert len(set(draw(SCENES, 6, (), "a"))) == 6
    for seed in range(20):
        drawn = draw(SCENES, 3, ("s0", "s1", "s2", "s3"), str(seed))
        assert set(drawn[:2]) == {"s4", "s5"}
        assert drawn[2] in ("s0", "s1", "s2", "s3")
    assert draw(SCENES, 9, ("gone",), "a") == draw(SCENES, 6, ("gone",), "a")
    assert draw((), 3, (), "a") == ()


def test_dealt_scenes_become_steps_wherever_the_drill_stands() -> None:
    inner = "  - {id: d, type: drill, scenes: scenes, count: 1}\n"
    part = "{value: a, label: A, steps: [{id: e, type: drill, scenes: scenes}]}"
    menu = f"  - {{id: m, type: menu, message: m, choices: [{part}]}}\n"
    whole = link(exercise("main", RUN + menu), {"inner": exercise("inner", inner)}.get)
    assert [drill.id for drill in drills(whole)] == ["go.d", "e"]
    dealt = deal(whole, {"go.d": SCENES[:1], "e": SCENES[1:3]})
    ids = [step.id for step in walk(dealt.steps)]
    assert ids[:3] == ["go", "go.d", "go.d.s0"]
    assert [name for name in ids if name.startswith("e.") and "_" not in name] == ["e.s1", "e.s2"]
    assert deal(dealt, {}) == whole
    assert all(replace(drill, steps=()) in drills(whole) for drill in drills(dealt))
    assert all(drill.steps for drill in drills(dealt))


def test_help_lines_stay_where_a_step_is_called_lines() -> None:
    inner = decode(
        "format: 1\nname: inner\ntitle: I\nsummary: s\nsteps:\n"
        "  - {id: lines, type: text, message: Lines?}\n"
        '  - {id: told, type: say, message: "${lines.crisis} ${lines}"}\n',
        "inner.yaml",
    )
    outer = decode(
        "format: 1\nname: outer\ntitle: O\nsummary: s\nsteps:\n  - {id: go, type: run, exercise: inner}\n",
        "outer.yaml",
    )
    linked = link(outer, {"inner": inner}.get)
    told = walk(linked.steps)[-1]
    assert isinstance(told, Say)
    assert told.message == "${lines.crisis} ${go.lines}"
