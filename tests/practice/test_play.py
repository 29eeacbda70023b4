"""The round of an exercise: a page for each step that is due, and what a move on it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from dbtcoach.practice.page import ON, Given, Move, Page, Typed
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Select

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


@pytest.mark.parametrize(("given", "label"), [
    (Given("Would you text me?\nBy eight."), "Would you text me? By eight."),
    (Given("many words " * 9), "many words many words many words many words many words many…"),
    (ON, "What do you ask for? (nothing yet)"),
])  # fmt: skip
def test_a_line_to_change_is_shown_as_it_was_written_and_a_skipped_one_by_its_name(
    given: Move, label: str
) -> None:
    front = Front([given, Given("edit"), ON, ON])
    list(play(start(EXERCISE, {}, ""), front, dict))
    assert isinstance(front.pages[2].step, Select)
    assert [each.label for each in front.pages[2].step.choices] == [label]


def test_a_line_to_change_is_offered_again() -> None:
    front = Front([Given("a"), Given("edit"), Typed("1"), Given("b"), ON])
    *_, last = play(start(EXERCISE, {}, ""), front, dict)
    choice, again = front.pages[2:4]
    assert isinstance(choice.step, Select)
    assert choice.message == "Change a line"
    assert (again.step.id, again.offered) == ("line", "a")
    assert last.answers["line"].value == "b"


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
