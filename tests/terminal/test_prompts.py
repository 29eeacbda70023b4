"""Each kind of question through Questionary itself: keys go in by a pipe, a move comes out."""

from __future__ import annotations

import asyncio
import io
import os
import time
from typing import TYPE_CHECKING, Any

import pytest
from prompt_toolkit.application import get_app
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.practice.joints import Sentence
from dbtcoach.practice.page import BACK, ON, Given, Go, Page, Remark, Typed
from dbtcoach.script.model import (
    Breathe,
    Card,
    Choice,
    Confirm,
    Menu,
    OnPage,
    Part,
    Row,
    Say,
    Scale,
    Scales,
    Select,
    Text,
    Wait,
)
from dbtcoach.terminal.prompts import Prompts
from dbtcoach.terminal.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Callable

ENTER, ALT_ENTER, CTRL_J, SHIFT_TAB = "\r", "\x1b\r", "\n", "\x1b[Z"
TAB, CTRL_RIGHT = "\t", "\x1b[1;5C"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
CTRL_B, CTRL_C, CTRL_D, CTRL_Q = "\x02", "\x03", "\x04", "\x11"
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
HOME, BACKSPACE = "\x1b[H", "\x7f"

PETS = (Choice("cat", "A cat"), Choice("dog", "A dog"), Choice("owl", "An owl"))
TEXT = Text(id="words", message="Some words?", placeholder="Rain on the roof.")
COUNTED = Text(id="items", message="Three things?", count=3)
SCALE = Scale(id="number", message="How much?", low_label="nothing", high_label="all")
SCALES = Scales(id="rows", message="How much of each?", rows=(Row("red", "Red"), Row("blue", "Blue")))
SELECT = Select(id="one", message="Which one?", choices=PETS)
SEVERAL = Select(id="several", message="Which?", choices=PETS, multiple="several")
RANKED = Select(id="ranked", message="In which order?", choices=PETS, multiple="ranked")
CONFIRM = Confirm(id="sure", message="Are you sure?")
MENU = Menu(id="menu", message="More?", parts=(Part("again", "Once more"), Part("other", "Another way")))
SAY = Say(id="told", message="Something to read.")
CARD = Card(id="card", title="Say this", message="words")
BREATHE = Breathe(id="breath", message="Breathe.", rounds=3)
WAIT = Wait(id="wait", message="Wait.", seconds=60)
TAP = Wait(id="tap", message="Go to the tap.", seconds=60, ready=True)
EVERY_KIND: list[OnPage] = [
    TEXT, COUNTED, SCALE, SCALES, SELECT, SEVERAL, RANKED, CONFIRM, MENU, SAY, CARD, BREATHE, WAIT,
]  # fmt: skip


def page(step: OnPage, **more: Any) -> Page:
    return Page(step=step, exercise="A walk", message=step.message, help="More about it.", **more)


def press(
    step: OnPage,
    *keys: str,
    monotonic: Callable[[], float] | None = None,
    **more: Any,
) -> object:
    """Return the move that comes of these keys on a page with this step."""
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO(), monotonic or time.monotonic)
    with create_pipe_input() as pipe:
        prompts = Prompts(streams, lambda: None, ends=(pipe, DummyOutput()))
        pipe.send_text("".join(keys))
        return prompts.present(page(step, **more))


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.id)
@pytest.mark.parametrize("key", [CTRL_B, SHIFT_TAB])
def test_back_goes_back_from_everywhere(step: OnPage, key: str) -> None:
    assert press(step, key) == BACK


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.id)
@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_leaves_from_everywhere(step: OnPage, key: str) -> None:
    with pytest.raises(LeaveError):
        press(step, key)


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.id)
def test_the_quick_exit_works_everywhere(step: OnPage) -> None:
    with pytest.raises(QuickExitError):
        press(step, CTRL_Q)


def wrong_after(step: OnPage, keys: str) -> str:
    """Return what the page says is wrong after these keys."""
    with create_pipe_input() as pipe:
        streams = Streams(io.StringIO(), io.StringIO(), io.StringIO(), time.monotonic)
        prompts = Prompts(streams, lambda: None, ends=(pipe, DummyOutput()))
        pipe.send_text(keys + CTRL_C)
        with pytest.raises(LeaveError):
            prompts.present(page(step))
        assert prompts.sheet is not None
        return prompts.sheet.page.error


MIXED = Scales(id="rows", message="m", rows=(Row("red", "Red"), Row("taken", "Taken", kind="yes/no")))


@pytest.mark.parametrize(
    ("step", "keys", "wrong"),
    [
        (SCALE, "x", "Please type a number from 0 to 10."),
        (SCALE, f"{PASTE}8x{PASTED}", "Please type a number from 0 to 10."),
        (SCALE, "-", "Please type a number from 0 to 10."),
        (SCALE, "x8", ""),
        (SCALE, f"x{RIGHT}", ""),
        (SCALE, f"{PASTE} 8\r\n{PASTED}", ""),
        (SCALES, f"{PASTE}8x{PASTED}", "Red: please type a number from 0 to 5."),
        (SCALES, "8", ""),
        (SCALES, "x8", ""),
        (SCALES, ":ski", ""),
        (MIXED, "4\rm", "Taken: please type y or n."),
        (MIXED, "4\rn", ""),
        (RANKED, "2 x", "Please type a number from 1 to 3."),
        (RANKED, "2 x1", ""),
        (RANKED, f"{PASTE}2, 1;\n3{PASTED}", ""),
    ],
)
def test_what_is_no_number_is_told_what_is_wanted(step: OnPage, keys: str, wrong: str) -> None:
    assert wrong_after(step, keys) == wrong


@pytest.mark.parametrize("step", [TEXT, COUNTED, SCALE, SCALES], ids=lambda step: step.id)
@pytest.mark.parametrize("key", [CTRL_B, SHIFT_TAB])
def test_back_goes_back_with_something_typed_too(step: OnPage, key: str) -> None:
    assert press(step, "12", key) == BACK


@pytest.mark.parametrize("step", [TEXT, SCALE], ids=lambda step: step.id)
def test_leaving_with_something_typed_leaves_too(step: OnPage) -> None:
    with pytest.raises(LeaveError):
        press(step, "12", CTRL_C)
    with pytest.raises(QuickExitError):
        press(step, "12", CTRL_Q)


@pytest.mark.parametrize(
    "step",
    [TEXT, COUNTED, SCALE, SELECT, SEVERAL, RANKED, CONFIRM, SAY, CARD],
    ids=lambda step: step.id,
)
def test_enter_on_nothing_goes_on(step: OnPage) -> None:
    assert press(step, ENTER) == ON


@pytest.mark.parametrize("step", EVERY_KIND, ids=lambda step: step.id)
def test_help_is_no_answer(step: OnPage) -> None:
    assert press(step, "?", "?", CTRL_B) == BACK


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["rain", ENTER], "rain"),
        (["one", ALT_ENTER, "two", ENTER], "one\ntwo"),
        (["one", CTRL_J, "two", ENTER], "one\ntwo"),
        (["why?", ENTER], "why?"),
        (["?", "why", ENTER], "why"),
        (["a", HOME, "?", ENTER], "?a"),
        (["caf\u00e9 \U0001f327", ENTER], "caf\u00e9 \U0001f327"),
        (["\x1b[200~pasted\nlines\x1b[201~", ENTER], "pasted\nlines"),
    ],
)
def test_words_are_typed(keys: list[str], text: str) -> None:
    assert press(TEXT, *keys) == Typed(text)


def test_blanks_alone_are_no_words() -> None:
    assert press(TEXT, "   ", ENTER) == ON


def test_an_offered_text_is_edited_or_kept() -> None:
    assert press(TEXT, ENTER, offered="as before") == Typed("as before")
    assert press(TEXT, ", and more", ENTER, offered="as before") == Typed("as before, and more")
    assert press(TEXT, BACKSPACE * 9, ENTER, offered="as before") == ON


def test_items_end_when_their_number_is_reached_or_with_an_empty_line() -> None:
    assert press(COUNTED, "a", ENTER, "b", ENTER, "c", ENTER) == Typed("a\nb\nc")
    assert press(COUNTED, "a", ENTER, ENTER) == Typed("a\n")
    assert press(COUNTED, ENTER) == ON


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        (["7", ENTER], "7"),
        (["10", ENTER], "10"),
        (["11", ENTER], "1"),  # a digit that does not fit behind it takes its place
        (["10", "7", ENTER], "7"),
        (["7", UP, UP, DOWN, ENTER], "8"),
        ([RIGHT, ENTER], "0"),
        ([LEFT, ENTER], "10"),
        ([RIGHT, RIGHT, UP, ENTER], "2"),
        (["5", LEFT, DOWN, ENTER], "3"),
        (["10", RIGHT, ENTER], "10"),
        (["0", LEFT, ENTER], "0"),
        ([LEFT, "7", ENTER], "7"),
        ([RIGHT, RIGHT, "0", ENTER], "0"),
        (["1", "0", ENTER], "10"),
        (["10", BACKSPACE, "0", ENTER], "10"),
        (["99", LEFT, ENTER], "8"),
        (["words", RIGHT, ENTER], "0"),
    ],
)
def test_a_number_is_typed_or_moved(keys: list[str], typed: str) -> None:
    assert press(SCALE, *keys) == Typed(typed)


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        (["2 0", ENTER], "2 0"),
        (["2", ENTER, "0", ENTER], "2 0"),
        (["2", DOWN, "0", ENTER], "2 0"),
        (["2", TAB, "0", ENTER], "2 0"),
        (["2,0", CTRL_J], "2 0"),
        (["20", ENTER, "3", ENTER], "0 3"),  # a digit takes the place of the one before
        (["7", ENTER, "3", ENTER, "1", ENTER], "3 1"),  # no number here goes beyond five
        (["2", ENTER, ENTER], "2"),
        (["2", ENTER, "-", ENTER], "2 -"),
        (["-", ENTER, "4", ENTER], "- 4"),
        ([ENTER, "4", ENTER], "- 4"),
        (["2  ", "4", ENTER], "2 4"),
        (["2x", " y0", ENTER], "2 0"),
        (["1", ENTER, "2", UP, "3", ENTER, ENTER], "3 2"),
        (["1", BACKSPACE, "2", DOWN, "3", ENTER], "2 3"),
        ([RIGHT, RIGHT, DOWN, LEFT, ENTER], "1 5"),
        (["4", CTRL_D, "3 1", ENTER], "3 1"),
        ([DOWN, DOWN, DOWN, "3", UP, UP, "1", DOWN, ENTER], "1 3"),
    ],
)
def test_rows_are_filled_one_after_another_or_all_at_once(keys: list[str], typed: str) -> None:
    assert press(SCALES, *keys) == Typed(typed)


def test_rows_offer_what_was_answered_or_begun_and_can_all_be_skipped() -> None:
    assert press(SCALES, ENTER, ENTER, offered={"red": 1, "blue": 5}) == Typed("1 5")
    assert press(SCALES, ENTER, "2", ENTER, offered={"blue": 5}) == Typed("- 2")
    assert press(SCALES, "3", ENTER, line="1") == Typed("1 3")
    assert press(SCALES, "2", CTRL_RIGHT) == ON
    assert press(SCALES, "2", ENTER, ":skip") == ON
    assert press(SCALES, ENTER, ENTER) == ON
    assert press(SCALES, "-", ENTER, "-", ENTER) == ON


def test_a_row_may_have_a_range_of_its_own() -> None:
    rows = (Row("sleep", "Sleep", 0, 24, unit="hours"), Row("mood", "Mood", -3, 3))
    step = Scales(id="r", message="m", rows=rows)
    assert press(step, "12", ENTER, "-2", ENTER) == Typed("12 -2")
    assert press(step, "72", ENTER, "3", ENTER) == Typed("2 3")
    assert press(step, "10", LEFT, "7", ENTER, "3", ENTER) == Typed("7 3")


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["2"], "dog"),
        ([DOWN, ENTER], "cat"),
        ([DOWN, DOWN, ENTER], "dog"),
        ([UP, ENTER], "owl"),
        ([DOWN, UP, ENTER], "owl"),
        (["9", "x", "3"], "owl"),
    ],
)
def test_one_is_chosen(keys: list[str], value: str) -> None:
    assert press(SELECT, *keys) == Given(value)


def test_an_offered_choice_is_pointed_at() -> None:
    assert press(SELECT, ENTER, offered="dog") == Given("dog")
    assert press(SELECT, DOWN, ENTER, offered="dog") == Given("owl")
    assert press(SELECT, ENTER, offered="gone") == ON


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["1", "3", ENTER], ["cat", "owl"]),
        (["1", "1", "2", ENTER], ["dog"]),
        ([" ", ENTER], ["cat"]),
        ([DOWN, " ", ENTER], ["dog"]),
        (["3", "1", ENTER], ["owl", "cat"]),
    ],
)
def test_several_are_ticked(keys: list[str], value: list[str]) -> None:
    move = press(SEVERAL, *keys)
    assert isinstance(move, Given)
    assert isinstance(move.value, list)
    assert sorted(move.value) == sorted(value)


def test_offered_ticks_are_there_and_can_be_taken_away() -> None:
    assert press(SEVERAL, ENTER, offered=("cat", "owl")) == Given(["cat", "owl"])
    assert press(SEVERAL, "1", ENTER, offered=("cat", "owl")) == Given(["owl"])
    assert press(SEVERAL, "1", "3", ENTER, offered=("cat", "owl")) == ON


def test_an_order_is_typed() -> None:
    assert press(RANKED, "2 1 3", ENTER) == Typed("2 1 3")
    assert press(RANKED, ENTER, offered=("owl", "cat")) == Typed("3 1")


@pytest.mark.parametrize(("key", "value"), [("y", True), ("Y", True), ("n", False), ("N", False)])
def test_yes_or_no_takes_one_key(key: str, value: bool) -> None:  # noqa: FBT001 - a value
    assert press(CONFIRM, "x", key) == Given(value)


@pytest.mark.parametrize(
    ("keys", "value"),
    [(["1"], "again"), (["2"], "other"), (["0"], "done"), ([ENTER], "done"), ([DOWN, DOWN, ENTER], "other")],
)
def test_a_part_of_a_menu_is_chosen(keys: list[str], value: str) -> None:
    assert press(MENU, *keys) == Given(value)


@pytest.mark.parametrize("key", [ENTER, " ", RIGHT])
@pytest.mark.parametrize("step", [SAY, CARD], ids=lambda step: step.id)
def test_words_are_passed_with_a_key_that_means_on(step: OnPage, key: str) -> None:
    assert press(step, "x", "1", key) == ON


@pytest.mark.parametrize("step", [BREATHE, WAIT], ids=lambda step: step.id)
def test_enter_ends_what_takes_time_and_other_keys_do_not(step: OnPage) -> None:
    assert press(step, "x", DOWN, " ", "7", CTRL_B) == BACK
    assert press(step, ENTER) == ON


@pytest.mark.parametrize("step", [BREATHE, WAIT], ids=lambda step: step.id)
def test_what_takes_time_ends_with_its_time(step: OnPage) -> None:
    now = iter([0.0, 0.0])
    assert press(step, monotonic=lambda: next(now, 1000.0)) == ON


class Clock:
    """Shows the time that a test has come to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def later(self) -> None:
        self.now += 1000.0


@pytest.mark.parametrize("step", [BREATHE, WAIT], ids=lambda step: step.id)
def test_what_is_paused_does_not_end_with_its_time(step: OnPage) -> None:
    clock = Clock()
    assert while_up(step, " ", clock.later, "", CTRL_B, monotonic=clock) == BACK
    assert while_up(step, " ", clock.later, " ", clock.later, monotonic=clock) == ON


def test_what_one_walks_to_begins_with_enter_and_waits_at_its_end() -> None:
    clock = Clock()
    assert while_up(TAP, clock.later, " ", "x", CTRL_B, monotonic=clock) == BACK
    assert while_up(TAP, ENTER, ENTER, monotonic=clock) == ON
    assert while_up(TAP, ENTER, clock.later, "", "x", CTRL_B, monotonic=clock) == BACK
    assert while_up(TAP, ENTER, clock.later, "", ENTER, monotonic=clock) == ON


@pytest.mark.parametrize("bell", [True, False])
def test_a_bell_for_closed_eyes_where_somebody_wants_it(bell: bool) -> None:  # noqa: FBT001
    clock, rung = Clock(), list[bool]()
    output = DummyOutput()
    output.bell = lambda: rung.append(True)  # type: ignore[method-assign]
    assert while_up(TAP, ENTER, clock.later, "", ENTER, monotonic=clock, output=output, bell=bell) == ON
    assert while_up(BREATHE, clock.later, monotonic=clock, output=output, bell=bell) == ON
    assert while_up(BREATHE, ENTER, monotonic=clock, output=output, bell=bell) == ON
    assert rung == [True, True] * bell


def test_the_page_says_what_was_wrong_with_an_answer_and_offers_it() -> None:
    assert press(SCALE, ENTER, line="11", error="Please type a number.") == Typed("11")


def test_no_terminal_is_asked_where_its_cursor_is() -> None:
    press(TEXT, ENTER)
    assert os.environ["PROMPT_TOOLKIT_NO_CPR"] == "1"


@pytest.mark.parametrize("step", [SCALE, SCALES], ids=lambda step: step.id)
def test_a_question_mark_in_a_number_asks_for_help_and_is_not_typed(step: OnPage) -> None:
    assert press(step, "5", "?", ENTER, ENTER) == Typed("5")
    assert press(TEXT, "5", "?", ENTER) == Typed("5?")


@pytest.mark.parametrize(
    ("step", "keys", "line"),
    [
        (TEXT, "half a", "half a"),
        (COUNTED, "a\rb", "a\nb"),
        (SCALE, "7", "7"),
        (SCALES, "2", "2"),
        (SEVERAL, "13", "1 3"),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_going_back_carries_what_stands_there(step: OnPage, keys: str, line: str) -> None:
    move = press(step, keys, CTRL_B)
    assert isinstance(move, Go)
    assert move.line == line
    again = press(step, CTRL_B, line=line)
    assert isinstance(again, Go)
    assert again.line == line


@pytest.mark.parametrize("way", [CTRL_C, CTRL_Q])
def test_leaving_hands_over_what_stands_there(way: str) -> None:
    left: list[tuple[str, str]] = []
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO(), time.monotonic)
    with create_pipe_input() as pipe:
        prompts = Prompts(streams, lambda: None, ends=(pipe, DummyOutput()))
        prompts.stands = lambda step, line: left.append((step, line))
        pipe.send_text("half a line" + way)
        with pytest.raises((LeaveError, QuickExitError)):
            prompts.present(page(TEXT))
        prompts.hand_over()
    assert left == [("words", "half a line")]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("one two\x17three\r", "one three"),
        ("one two\x15\x19!\r", "one two!"),
        ("one two\x01\x0bx\x19\r", "xone two"),
        ("one two\x1bb\x1bd\x1f!\r", "one !two"),
        ("one two\x1b\x7f\x1f\r", "one two"),
        ("abc\x1b[D\x04\r", "ab"),
        ("one\x1b[13;2utwo\r", "one\ntwo"),
        ("a\x0f\x13\x12\x1b#\x18\x05\r", "a"),
    ],
)
def test_the_habits_of_a_shell(keys: str, text: str) -> None:
    assert press(TEXT, keys) == Typed(text)


def while_up(
    step: OnPage,
    *parts: str | Callable[[], None],
    monotonic: Callable[[], float] = time.monotonic,
    output: DummyOutput | None = None,
    bell: bool = False,
) -> object:
    """Return the move that comes of text that is sent, and of what else happens, while the page is up."""
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO(), monotonic)
    with create_pipe_input() as pipe:
        prompts = Prompts(streams, lambda: None, ends=(pipe, output or DummyOutput()))
        prompts.bell = bell

        async def drive() -> None:
            for part in parts:
                if isinstance(part, str):
                    pipe.send_text(part)
                else:
                    part()
                await asyncio.sleep(0.15)

        def begin() -> None:
            get_app().create_background_task(drive())

        prompts.when_shown = begin
        return prompts.present(page(step))


def test_a_burst_is_a_paste_and_chooses_nothing() -> None:
    assert while_up(TEXT, "I said 2 things\rand then yes\r") == Typed("I said 2 things\nand then yes")
    assert while_up(SELECT, "I said 2 things\rand then yes", CTRL_B) == BACK
    assert while_up(CONFIRM, "maybe yes", CTRL_B) == BACK
    assert while_up(SELECT, "2") == Given("dog")


def test_a_wheel_sets_no_empty_scale_and_letters_are_no_numbers() -> None:
    assert press(SCALE, DOWN * 3, UP * 3, ENTER) == ON
    assert press(RANKED, "2 a1 3", ENTER) == Typed("2 1 3")


ALWAYS = "You always leave. It hurts."
OTHER = "On [day] you left at [time]. It hurts."


def taken(
    *keys: str, offered: str = ALWAYS, instead: str = "On [day] you left at [time].", **more: Any
) -> object:
    """Return the move of these keys where a note says how else the first sentence can be said."""
    return press(
        TEXT, *keys, offered=offered, remarks=(Remark(0, 10, "Why.", instead),), **{"text": ALWAYS, **more}
    )


def test_the_other_words_of_a_note_are_taken_by_a_key_and_their_gaps_filled() -> None:
    assert taken(UP, ENTER, ENTER, ENTER) == Typed(OTHER)  # said once that there are gaps, then kept
    assert taken(UP, "Tuesday", ENTER, "nine", ENTER) == Typed("On Tuesday you left at nine. It hurts.")
    assert taken(UP, ENTER, "ten", ENTER, ENTER) == Typed("On [day] you left at ten. It hurts.")
    assert taken(UP, ENTER, ENTER, "ten", ENTER, ENTER) == Typed("On [day] you left at ten. It hurts.")
    assert taken(UP, UP, ENTER) == Typed(ALWAYS)  # and the own ones again
    assert taken("\x15", UP, ENTER, ENTER, ENTER) == Typed(OTHER)
    assert taken("!", UP, ENTER) == Typed(f"{ALWAYS}!")  # who is writing keeps what is written
    assert taken(UP, ENTER, instead="") == Typed(ALWAYS)


def test_other_words_that_do_not_go_on_from_the_sentence_are_not_taken() -> None:
    felt: dict[str, Any] = {
        "offered": "you always leave",
        "text": "I felt you always leave.",
        "sentence": Sentence("I felt "),
    }
    assert taken(UP, ENTER, instead="Would you stay?", **felt) == Typed("you always leave")
    assert taken(UP, "sad", ENTER, instead="I felt [feeling].", **felt) == Typed("sad.")
    assert taken(UP, "out", ENTER, instead="When you go [where], I felt sad.", **felt) == Typed(
        "When you go out, I felt sad."
    )
