"""The round of an exercise: a page for each step that is due, and what a move on it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from dbtcoach.practice.page import ON, Given, Move, Page, Typed
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Select, Text

EXERCISE = decode(
    """
format: 1
name: x
title: T
summary: S
steps:
  - {id: line, type: text, message: "What do you ask for?\\nOne thing."}
  - id: more
    type: menu
    message: More?
    choices:
      - {value: edit, label: Change a line, change: [line]}
      - {value: extra, label: Extra, steps: [{id: one, type: text, message: One?}]}
""",
    "x.yaml",
)


@dataclass
class Front:
    """A front end that answers with these moves, and keeps the pages that it was given."""

    moves: list[Move]
    pages: list[Page] = field(default_factory=list)

    def present(self, page: Page) -> Move:
        self.pages.append(page)
        return self.moves.pop(0)


@pytest.mark.parametrize(
    ("question", "label"),
    [("What do you ask for?", "a, b"), ("Assert: what do you ask for?", "Assert: a, b")],
)
def test_a_line_to_change_is_shown_with_its_words_and_offered_again(question: str, label: str) -> None:
    line, *rest = EXERCISE.steps
    assert isinstance(line, Text)
    exercise = replace(EXERCISE, steps=(replace(line, message=question), *rest))
    front = Front([Given("a,\nb"), Given("edit"), Typed("1"), Given("b"), ON])
    *_, last = play(start(exercise, {}, ""), front, dict)
    choice, again = front.pages[2:4]
    assert isinstance(choice.step, Select)
    assert choice.message == "Change a line"
    assert [each.label for each in choice.step.choices] == [label]
    assert (again.step.id, again.offered) == ("line", "a,\nb")
    assert last.answers["line"].value == "b"


def test_a_line_that_was_left_out_can_be_changed_too_and_is_known_by_its_question() -> None:
    front = Front([ON, Given("edit"), ON, ON])
    list(play(start(EXERCISE, {}, ""), front, dict))
    (choice,) = [page for page in front.pages if page.message == "Change a line"]
    assert isinstance(choice.step, Select)
    assert [each.label for each in choice.step.choices] == ["What do you ask for? (nothing yet)"]


def test_a_move_that_does_not_fit_is_told_on_the_same_page_with_what_was_typed() -> None:
    front = Front([ON, Typed("what?"), ON])
    sessions = list(play(start(EXERCISE, {}, ""), front, dict))
    assert front.pages[2].error
    assert front.pages[2].line == "what?"
    assert [session.passed for session in sessions] == [("line",), ("line",), ("line", "more")]
    assert [dict(session.lines) for session in sessions] == [{}, {"more": "what?"}, {}]


def test_what_was_emptied_is_not_offered_again_when_it_is_refused() -> None:
    required = decode(
        "format: 1\nname: x\ntitle: T\nsummary: S\n"
        "steps:\n  - {id: line, type: text, message: What?, required: true}\n",
        "x.yaml",
    )
    front = Front([ON, Given("a")])
    begun = replace(start(required, {}, ""), lines={"line": "begun"})
    *_, last = play(begun, front, dict)
    assert [page.line for page in front.pages] == ["begun", ""]
    assert last.answers["line"].value == "a"


def test_a_menu_takes_one_part_that_is_typed_and_says_what_was_taken() -> None:
    front = Front([ON, Typed("2"), Given("b"), ON])
    *_, last = play(start(EXERCISE, {}, ""), front, dict)
    assert [page.step.id for page in front.pages] == ["line", "more", "one", "more"]
    assert [page.done for page in front.pages] == [(), (), (), ("extra",)]
    assert last.answers["one"].value == "b"
