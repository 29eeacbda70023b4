"""An exercise on paper: all that is asked, with room to write, and nothing that only a screen can do."""

from __future__ import annotations

import re

import pytest

from dbtcoach.insight.sheet_page import page as sheet_page
from dbtcoach.practice.for_paper import for_paper
from dbtcoach.practice.worksheet import worksheet
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.decode import decode
from dbtcoach.script.link import deal, drills, link
from dbtcoach.script.model import Asked, Drill, Exercise, Menu, Run, Select, Step, Text, Wait

SHIPPED = Catalogue(shipped_folder())
NAMES = sorted(SHIPPED.paths())
LINES = {"lines.crisis": "Call 1.", "lines.abuse": "Call 2."}
HEAD = "format: 1\nname: paper\ntitle: Paper\nsummary: S.\nsteps:\n"


def shipped(name: str) -> Exercise:
    exercise = SHIPPED.read(name)
    return deal(exercise, {drill.id: SHIPPED.scenes(drill.scenes)[:3] for drill in drills(exercise)})


def printed(steps: str, facts: dict[str, str] | None = None) -> str:
    """The paper of an exercise with these steps."""
    return worksheet(link(decode(HEAD + steps, "paper.yaml"), SHIPPED.decode), facts or {})


def section(text: str, number: int) -> str:
    """What stands below the heading of this number."""
    found = re.search(rf"^## {number}\. (.*?)(?=^## |^---|\Z)", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def on_paper(steps: tuple[Step, ...]) -> list[Step]:
    found: list[Step] = []
    for step in steps:
        if isinstance(step, Drill):
            # A second try is a choice that comes after another one; on paper all replies stand at once.
            found += [s for s in step.steps if isinstance(s, Text) or (isinstance(s, Select) and not s.when)]
            continue
        found.append(step)
        if isinstance(step, Menu):
            found += [inner for part in step.parts for inner in on_paper(part.steps)]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_step_of_every_exercise_has_its_number(name: str) -> None:
    exercise = shipped(name)
    text = worksheet(exercise, LINES)
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. .", text, re.MULTILINE)]
    assert numbers == list(range(1, len(on_paper(exercise.steps)) + 1))
    assert text.startswith(f"# {exercise.title}\n")
    head = text.split("\n## ", 1)[0]
    assert re.search(r"^Name _{30} Date _{16}$", head, re.MULTILINE)
    assert "> Call 1." in head
    assert not re.search(r"dbtcoach [a-z]|\bEnter\b|Ctrl-|`|keyboard|\bscreen\b", text)
    assert text.endswith("\n")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_on_paper_is_a_name_that_only_the_program_knows(name: str) -> None:
    exercise = shipped(name)
    text = worksheet(exercise, LINES)
    assert "${" not in text
    assert "\n\n\n" not in text
    for step in on_paper(exercise.steps):
        if "_" in step.id:
            assert f"“{step.id}”" not in text
    for step in on_paper(exercise.steps):
        if isinstance(step, Select):
            assert all(choice.label in text for choice in step.choices)


@pytest.mark.parametrize("name", NAMES)
def test_what_must_not_be_kept_has_no_place_to_be_ticked(name: str) -> None:
    exercise = shipped(name)
    text = worksheet(exercise, LINES)
    for number, step in enumerate(on_paper(exercise.steps), 1):
        if isinstance(step, Asked):
            unwritten = "in your head" in section(text, number)
            assert unwritten is (not step.keep)
            if unwritten:
                assert "[ ]" not in section(text, number)
                assert "____" not in section(text, number).split("\n", 1)[1]


def test_the_first_line_of_a_message_is_the_heading_and_the_rest_stands_below() -> None:
    text = printed('  - {id: a, type: text, message: "What happened?\\nOnly facts."}\n')
    assert section(text, 1).startswith("What happened?\n\nOnly facts.\n")


@pytest.mark.parametrize("name", NAMES)
def test_there_is_room_for_every_text(name: str) -> None:
    exercise = shipped(name)
    text = worksheet(exercise, LINES)
    for number, step in enumerate(on_paper(exercise.steps), 1):
        if isinstance(step, Text) and step.keep:
            room = re.findall(r"^_{60}$", section(text, number), re.MULTILINE)
            assert len(room) == max(3 if step.multiline else 2, step.count)


@pytest.mark.parametrize("name", NAMES)
def test_another_exercise_is_named_and_not_copied(name: str) -> None:
    exercise = shipped(name)
    text = worksheet(exercise, LINES)
    for number, step in enumerate(on_paper(exercise.steps), 1):
        if isinstance(step, Run):
            assert f"Go through the sheet “{step.exercise}”" in section(text, number)
            assert f"\n# {step.exercise}" not in text


def test_help_lines_stand_where_they_are_needed() -> None:
    text = worksheet(shipped("ground"), LINES)
    assert "> Call 1." in text
    assert "> Call 2." in text


def test_the_reasons_of_a_drill_come_after_its_scenes() -> None:
    exercise = shipped("validate-drill")
    text = worksheet(exercise, LINES)
    scenes, reasons = text.split("## What each reply does")
    for scene in SHIPPED.scenes("scenes")[:3]:
        assert scene.says in scenes
        for reply in scene.replies:
            assert reply.label in scenes
            assert reply.why not in scenes
            assert f"“{reply.label}”: {reply.why}" in reasons


CHOICES = "choices: [{value: a, label: One}, {value: b, label: Two}]"
ASK = f"  - {{id: kind, type: select, message: What?, {CHOICES}}}\n"
TICK = ASK.replace("message", "multiple: true, message")
YES = "  - {id: kind, type: confirm, message: Well?}\n"
NUMBER = "  - {id: kind, type: scale, message: How much?}\n"
TWICE = f"{NUMBER}  - {{id: then, type: scale, message: And now?}}\n"


@pytest.mark.parametrize(
    ("above", "when", "said"),
    [
        (ASK, "{kind: a}", "your answer to 1 is “One”"),
        (ASK, "{kind: [a, b]}", "your answer to 1 is “One” or “Two”"),
        (ASK, "{kind: absent}", "1 was left out"),
        (ASK, "{kind: present}", "there is an answer to 1"),
        (TICK, "{kind: b}", "you chose “Two” at 1"),
        (TICK, "{kind: {count: {min: 1}}}", "at 1 you ticked 1 or more"),
        (TICK, "{kind: {count: {max: 1}}}", "at 1 you ticked 1 or less"),
        (YES, "{kind: true}", "your answer to 1 is “yes”"),
        (YES, "{kind: false}", "your answer to 1 is “no”"),
        (NUMBER, "{kind: {min: 7}}", "your answer to 1 is 7 or more"),
        (NUMBER, "{kind: {max: 3}}", "your answer to 1 is 3 or less"),
        (NUMBER, "{kind: {min: 0, max: 3}}", "your answer to 1 is 3 or less"),
        (NUMBER, "{kind: {min: 4, max: 6}}", "your answer to 1 is 4 to 6"),
        (NUMBER, "{kind: {min: 4, max: 4}}", "your answer to 1 is 4"),
        (NUMBER, "{kind: 5}", "your answer to 1 is “5”"),
        (TWICE, "{then: {rise: kind, min: 1}}", "2 is higher than 1"),
        (TWICE, "{then: {rise: kind, min: 2}}", "2 is at least 2 higher than 1"),
        (TWICE, "{then: {rise: kind, min: 0}}", "2 is not lower than 1"),
        (TWICE, "{then: {rise: kind, min: 0, max: 0}}", "2 is the same as 1"),
        (TWICE, "{then: {rise: kind, max: 0}}", "2 is not higher than 1"),
        (TWICE, "{then: {rise: kind, max: -1}}", "2 is lower than 1"),
        (TWICE, "{then: {rise: kind, max: -2}}", "2 is at least 2 lower than 1"),
        (TWICE, "{then: {rise: kind, max: 2}}", "2 is at most 2 higher than 1"),
        (TWICE, "{kind: 5, then: {min: 9}}", "your answer to 1 is “5” and your answer to 2 is 9 or more"),
        ("", "{last.dear-man.assert: present}", "you have done dear-man before"),
        ("", "{last.dear-man.assert: absent}", "you have not done dear-man before"),
        ("", "{follow_up: present}", "you have prepared a talk in the last days"),
    ],
)
def test_a_condition_is_said_by_numbers(above: str, when: str, said: str) -> None:
    text = printed(f"{above}  - {{id: told, type: say, message: Hello., when: {when}}}\n")
    number = above.count("\n") + 1
    assert section(text, number) == f"Hello.\n\n*Only if {said}.*\n\n"


def test_what_lies_in_a_menu_says_so() -> None:
    menu = "  - id: more\n    type: menu\n    message: More?\n    choices:\n"
    menu += "      - {value: x, label: Water, steps: [{id: drink, type: say, message: Drink.}]}\n"
    assert "*Only if you chose “Water” at 1.*" in section(printed(menu), 2)


def test_an_answer_that_comes_again_is_a_gap_with_its_number() -> None:
    steps = "  - {id: note, type: text, message: What?}\n"
    steps += '  - {id: card, type: card, title: Card, message: "${note} at ${now} for 5 $$"}\n'
    assert "> ______ (from 1) at ______ for 5 $\n" in section(printed(steps), 2)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("", "In 4, out 6 seconds. 6 rounds."),
        ("top_up: 1, ", "In 4, and 1 more, out 6 seconds. 6 rounds."),
        ("hold: 4, rest: 2, rounds: 3, ", "In 4, hold 4, out 6, rest 2 seconds. 3 rounds."),
    ],
)
def test_a_breath_is_told_in_seconds(keys: str, said: str) -> None:
    assert said in printed(f"  - {{id: b, type: breathe, {keys}message: Slowly.}}\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_refers_to_nothing_that_is_gone(name: str) -> None:
    kept = for_paper(shipped(name))
    ids = [step.id for step in kept.steps]
    for place, step in enumerate(kept.steps):
        assert {guard.key for guard in step.when} <= set(ids[:place])
    text = worksheet(kept, LINES)
    assert len(re.findall(r"^## \d+\. .", text, re.MULTILINE)) == len(on_paper(kept.steps))
    page = sheet_page(name, text)
    assert page.count("<h2>") == text.count("\n## ")
    assert page.count('<div class="line">') == len(re.findall(r"^_{60}$", text, re.MULTILINE))
    assert "**" not in page


@pytest.mark.parametrize("name", NAMES)
def test_people_to_call_stand_there_in_full_once(name: str) -> None:
    lines = {
        "lines.crisis": "Call 1.\nOr 11.",
        "lines.abuse": "Call 2.\nOr 22.",
        "lines.stopping": "Call 3.\nOr 33.",
    }
    asked = str([step for step in on_paper(shipped(name).steps) if not isinstance(step, Run)])
    text = worksheet(shipped(name), lines)
    for fact, first in (
        ("lines.crisis", "Call 1."),
        ("lines.abuse", "Call 2."),
        ("lines.stopping", "Call 3."),
    ):
        assert text.count(first) == (fact == "lines.crisis" or fact in asked)


def test_people_who_stand_there_already_are_pointed_at() -> None:
    told = '  - {id: a, type: say, message: "Go.\\n${lines.abuse}"}\n'
    text = printed(
        told + told.replace("id: a", "id: b") + '  - {id: c, type: say, message: "Go.\\n${lines.crisis}"}\n',
        LINES,
    )
    assert section(text, 1) == "Go.\n\n> Call 2.\n\n"
    assert section(text, 2) == "Go.\n\n> People to call: at 1.\n\n"
    assert section(text, 3) == "Go.\n\n> People to call: at the top.\n\n"


def test_what_several_steps_wait_for_is_said_once() -> None:
    steps = "".join(f"  - {{id: t{n}, type: say, message: Hello., when: {{kind: true}}}}\n" for n in range(3))
    text = printed(YES + steps + "  - {id: z, type: say, message: Bye.}\n")
    assert section(text, 2) == "Hello.\n\n*2 to 4 only if your answer to 1 is “yes”.*\n\n"
    assert section(text, 3) == section(text, 4) == "Hello.\n\n"
    assert section(text, 5) == "Bye.\n\n"


def test_what_is_offered_behind_a_card_and_the_words_at_the_end_are_for_the_screen() -> None:
    ids = {step.id for step in for_paper(shipped("dear-man")).steps}
    assert {"afraid", "describe", "express", "assert", "reinforce", "negotiate"} <= ids
    assert not any(isinstance(step, Menu) for step in for_paper(shipped("dear-man")).steps)
    assert any(isinstance(step, Menu) for step in for_paper(shipped("rehearse")).steps)
    assert "card" in {step.id for step in for_paper(shipped("cope-ahead")).steps}
    assert any(isinstance(step, Wait) for step in for_paper(shipped("ground")).steps)


def test_choices_stand_beside_each_other_and_rows_below() -> None:
    page = sheet_page(
        "Paper", printed(ASK + "  - {id: r, type: scales, message: Rows, rows: [{id: x, label: X}]}\n")
    )
    assert '<ul class="ticks"><li>☐ One</li><li>☐ Two</li></ul>' in page
    assert "<ul><li>X: 0&ensp;1&ensp;2" in page
