"""The questions that belong to no exercise: what may be answered, and what is taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dbtcoach.journal.drafts import Waiting
from dbtcoach.practice.aside import asked
from dbtcoach.practice.page import BACK, ON, Given, Move, Page, Typed
from dbtcoach.script.decode import decode
from dbtcoach.script.model import Choice, Confirm, Exercise, Say, Scale, Select
from dbtcoach.sitting import questions

if TYPE_CHECKING:
    from collections.abc import Iterator

EXERCISE = Exercise(name="calm", title="Calm", summary="S.", steps=(), opening="Here we are.")
WAITING = Waiting("calm", "Calm", "2026-11-23T10:00:00+00:00")


class Answers:
    """A front end that gives these moves, and keeps the pages it was shown."""

    def __init__(self, *moves: Move) -> None:
        self.moves: Iterator[Move] = iter(moves)
        self.pages: list[Page] = []

    def present(self, page: Page) -> Move:
        self.pages.append(page)
        return next(self.moves)


@pytest.mark.parametrize(
    ("move", "answer"),
    [
        (Typed("1"), questions.KEEP),
        (Typed("2"), questions.LOCK),
        (Typed("3"), questions.NOTHING),
        (Given("nothing"), questions.NOTHING),
        (ON, None),
        (BACK, None),
    ],
)
def test_the_first_run_asks_what_to_keep_and_takes_no_answer_for_none(move: Move, answer: str | None) -> None:
    terminal = Answers(move)
    assert questions.first_run(terminal, EXERCISE) == answer
    (page,) = terminal.pages
    assert "Who uses this computer?" in page.message
    assert isinstance(page.step, Select)
    who = [choice.label.split(":")[0] for choice in page.step.choices]
    assert who == ["Just me", "Others too", "Others too"]
    assert "not therapy" in page.help
    assert "made for adults" in page.help


def test_nothing_is_chosen_beforehand() -> None:
    terminal = Answers(ON)
    questions.first_run(terminal, EXERCISE)
    assert terminal.pages[0].offered is None


def test_what_does_not_fit_is_asked_again_with_a_reason() -> None:
    terminal = Answers(Typed("7"), Typed("what?"), Given(3), Typed("3"))
    assert questions.first_run(terminal, EXERCISE) == questions.NOTHING
    assert terminal.pages[0].error == ""
    assert all(page.error for page in terminal.pages[1:])


@pytest.mark.parametrize(("typed", "goes_on"), [("1", True), ("2", False)])
def test_a_draft_is_offered_by_title_and_time_and_needs_an_answer(typed: str, goes_on: bool) -> None:  # noqa: FBT001
    terminal = Answers(ON, ON, Typed(typed))
    assert questions.continue_draft(terminal, EXERCISE, WAITING, "today, 10:00") is goes_on
    assert len(terminal.pages) == 3
    assert terminal.pages[0].message == "You were in the middle of Calm (today, 10:00)."


def test_whoever_goes_on_is_told_that_what_is_kept_nowhere_comes_once_more() -> None:
    steps = "steps: [{id: a, type: confirm, message: m, keep: false}]\n"
    terminal = Answers(Typed("1"))
    asks = decode(f"format: 1\nname: x\ntitle: T\nsummary: S\n{steps}", "x.yaml")
    assert questions.continue_draft(terminal, asks, WAITING, "today, 10:00")
    assert terminal.pages[0].message.split("\n")[1:] == [questions.ONCE_MORE]


def test_where_others_look_on_a_draft_is_offered_without_its_title_and_time() -> None:
    terminal = Answers(Typed("1"))
    assert questions.continue_draft(terminal, EXERCISE, WAITING, "")
    assert terminal.pages[0].message == questions.UNFINISHED
    assert "Calm" not in questions.UNFINISHED


@pytest.mark.parametrize(
    ("move", "stays"), [(Typed("y"), True), (Typed("n"), False), (ON, False), (BACK, False)]
)
def test_the_card_goes_unless_the_person_says_that_it_should_stay(move: Move, stays: bool) -> None:  # noqa: FBT001
    terminal = Answers(move)
    assert questions.card_stays(terminal, EXERCISE.title, saved=True) is stays
    assert isinstance(terminal.pages[0].step, Confirm)


@pytest.mark.parametrize(
    ("move", "kept"), [(Typed("y"), "save"), (Typed("n"), "nothing"), (ON, "nothing"), (BACK, "nothing")]
)
def test_after_fear_an_entry_is_kept_only_when_the_person_says_so(move: Move, kept: str) -> None:
    assert questions.keeps_entry(Answers(move), EXERCISE, words=False) == kept


def test_what_must_be_seen_is_shown_once() -> None:
    terminal = Answers(ON)
    questions.tell(terminal, EXERCISE, "Something to know.")
    (page,) = terminal.pages
    assert isinstance(page.step, Say)
    assert page.message == "Something to know."


def test_asking_gives_values_and_says_where_somebody_went_instead() -> None:
    page = Page(step=Scale(id="s", message=""), exercise="X", message="How strong?", help="")
    assert asked(Answers(Typed("11"), Typed(" 7 ")), page) == 7
    assert asked(Answers(BACK), page) == BACK
    with pytest.raises(TypeError):
        asked(Answers(), Page(Say(id="x", message=""), "X", "", ""))


def test_choosing_gives_a_value_or_nothing() -> None:
    step = Select(id="s", message="", choices=(Choice("a", "One"), Choice("b", "Two")))
    page = Page(step=step, exercise="X", message="Which?", help="")
    assert questions.chosen(Answers(Typed("2")), page) == "b"
    assert questions.chosen(Answers(BACK), page) is None
