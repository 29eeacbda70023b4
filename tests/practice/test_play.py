"""The round of an exercise: a page for each step that is due, and what a move on it leads to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from dbtcoach.drawing.captions import keys_of, numbers_of, options
from dbtcoach.practice.page import BACK, MORE, ON, Given, Move, Page, Typed
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


PARTS = "\n".join(
    f"      - {{value: p{n}, label: Part {n}, steps: [{{id: s{n}, type: say, message: m}}]}}"
    for n in range(1, 10)
)
LONG = decode(
    f"format: 1\nname: x\ntitle: T\nsummary: S\nsteps:\n  - id: more\n    type: menu\n    message: More?\n"
    f"    choices:\n{PARTS}\n",
    "x.yaml",
)


def shown(page: Page) -> list[tuple[str, str, str]]:
    return [
        (number, key, label)
        for number, key, (_value, label) in zip(numbers_of(page), keys_of(page), options(page), strict=True)
    ]


def test_a_long_menu_shows_seven_at_once_and_each_part_has_one_key_wherever_it_stands() -> None:
    front = Front([Typed(MORE), BACK, Typed(MORE), Typed("9"), ON, Typed("8"), ON, Given("done")])
    *_, last = play(start(LONG, {}, ""), front, dict)
    first, rest, again = front.pages[:3]
    assert shown(first) == [
        *((str(n), str(n), f"Part {n}") for n in range(1, 7)),
        (MORE, MORE, "More …"),
        ("0", "0", "Done"),
    ]
    assert shown(rest) == [*((str(n), str(n), f"Part {n}") for n in range(7, 10)), ("0", "0", "Done")]
    assert shown(again) == shown(first)  # back from the rest
    # A number is taken wherever it is typed: the ninth behind "More", the eighth on the first page.
    assert last.passed == ("more:p9", "s9", "more:p8", "s8", "more")


def test_a_short_menu_has_nothing_behind_it() -> None:
    front = Front([ON, Typed(MORE), ON])
    list(play(start(EXERCISE, {}, ""), front, dict))
    assert [number for number, _key, _label in shown(front.pages[1])] == ["1", "2", "0"]
    assert front.pages[2].error
