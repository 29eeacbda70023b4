"""Line mode over plain streams: what it prints, and what a typed line means."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field, replace

import pytest

from dbtcoach.drawing.captions import PERSON_NOW
from dbtcoach.errors import LeaveError, QuickExitError
from dbtcoach.practice.course import live_answers, pending
from dbtcoach.practice.page import BACK, ON, Given, Go, Move, Page, Progress, Remark, Typed
from dbtcoach.practice.play import play
from dbtcoach.practice.session import start
from dbtcoach.script.decode import decode
from dbtcoach.script.model import (
    Breathe,
    Card,
    Choice,
    Menu,
    Part,
    Row,
    Say,
    Scale,
    Scales,
    Select,
    Text,
    Wait,
)
from dbtcoach.terminal.line_mode import A_DAY, COMMANDS, MORE_LINES, NO_COMMAND, Lines
from dbtcoach.terminal.streams import Streams

PERSON = PERSON_NOW.format("Type :help-now")
TEXT = Text(id="t", message="m")
SELECT = Select(id="c", message="m", choices=(Choice("a", "First"), Choice("b", "Second")))


class Keyboard(io.StringIO):
    """Lines that somebody types, at a terminal or from a pipe."""

    def __init__(self, text: str, *, terminal: bool = True) -> None:
        super().__init__(text)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@dataclass
class Sitting:
    """A front end over streams that are only strings, and a clock that only notes what it waited."""

    typed: str = ""
    terminal: bool = True
    early: int = -1  # the wait that Enter ends
    waited: list[float] = field(default_factory=list)
    out: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        def wait(_stdin: object, seconds: float) -> bool:
            self.waited.append(seconds)
            return len(self.waited) - 1 == self.early

        keyboard = Keyboard(self.typed, terminal=self.terminal)
        self.lines = Lines(Streams(keyboard, self.out, io.StringIO(), wait_for_line=wait))

    @property
    def said(self) -> str:
        return self.out.getvalue()


def page(step: object = TEXT, **more: object) -> Page:
    plain = Page(step=TEXT, exercise="DEAR MAN", message="What happened?", help="", progress=Progress(2, 7))
    return replace(plain, step=step, **more)  # type: ignore[arg-type]  # a test's own words


@pytest.mark.parametrize(
    ("typed", "move"),
    [
        ("words\n", Typed("words")),
        ("  words, and more \r\n", Typed("words, and more")),
        ("\n", ON),
        (":skip\n", ON),
        (" :back \n", BACK),
        ("last line without an end", Typed("last line without an end")),
        (":Back\n", BACK),
        (":D\n", Typed(":D")),
        (":( he left\n", Typed(":( he left")),
        ("?\n:help\nwords\n", Typed("words")),
        ("? is that all\n", Typed("? is that all")),
    ],
)
def test_what_a_line_means(typed: str, move: Move) -> None:
    assert Sitting(typed).lines.present(page()) == move


@pytest.mark.parametrize("slip", [":bakc", ":q", ":Exit"])
def test_a_slip_in_a_command_is_no_answer_and_leaves_what_was_typed_before(slip: str) -> None:
    sitting = Sitting(f"{slip}\n\n")
    assert sitting.lines.present(page(offered="words of yesterday")) == Given("words of yesterday")
    assert f"{NO_COMMAND}\n{COMMANDS}" in sitting.said


def test_words_that_begin_with_a_colon_are_handed_over_as_others_are() -> None:
    sitting, stood = Sitting(":( he left\\\n"), []
    sitting.lines.stands = lambda step, line: stood.append((step, line))
    with pytest.raises(LeaveError):
        sitting.lines.present(page())
    sitting.lines.hand_over()
    assert stood == [("t", ":( he left\n")]


def test_the_end_of_input_and_quit_leave() -> None:
    with pytest.raises(LeaveError):
        Sitting("").lines.present(page())
    with pytest.raises(LeaveError):
        Sitting(":end\n").lines.present(page())
    with pytest.raises(QuickExitError):
        Sitting(":quit\n").lines.present(page())


def test_items_are_typed_in_one_line() -> None:
    assert Sitting("a; b;c\n").lines.present(page(Text(id="t", message="m", count=3))) == Typed("a\n b\nc")
    assert Sitting("a; b\n").lines.present(page()) == Typed("a; b")


@pytest.mark.parametrize(
    ("typed", "move"),
    [
        ("one\\\ntwo\n", Typed("one\ntwo")),
        (" one \\ \n two\\\r\n\\\nfour\n", Typed("one\ntwo\n\nfour")),
        ("one\\\n\n", Typed("one")),
        ("one\\two\n", Typed("one\\two")),
        ("\\\n\n", ON),
        ("one\\\n:back\n", BACK),
        ("one\\\n:skip\n", ON),
        ("one\\\n:help\ntwo\n", Typed("one\ntwo")),
        ("one\\\n:bakc\ntwo\n", Typed("one\ntwo")),
        ("one\\\n?\n", Typed("one\n?")),
    ],
)
def test_a_line_that_ends_in_a_backslash_goes_on_in_the_next(typed: str, move: Move) -> None:
    sitting = Sitting(typed)
    assert sitting.lines.present(page()) == move
    assert sitting.said.count("Next line: ") >= 1 or "\\two" in typed


@pytest.mark.parametrize(
    ("leaves", "error"), [(":quit\n", QuickExitError), (":end\n", LeaveError), ("", LeaveError)]
)
def test_one_can_leave_in_the_middle_of_several_lines(leaves: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Sitting(f"one\\\n{leaves}").lines.present(page())


def test_help_says_how_to_write_several_lines_where_that_can_be_done() -> None:
    sitting = Sitting("?\nwords\n")
    sitting.lines.present(page(help="Why."))
    assert f"Why.\n{MORE_LINES}\n2 of 7.\n{COMMANDS}\n" in sitting.said
    items = Sitting("?\na\\\n")
    assert items.lines.present(page(Text(id="t", message="m", count=3))) == Typed("a\\")
    assert MORE_LINES not in items.said


def test_the_opening_follows_whatever_had_to_be_said_before_it_and_comes_once() -> None:
    sitting = Sitting("\n\n")
    sitting.lines.present(replace(page(), step=Say(id="n", message=""), message="Nothing is kept."))
    sitting.lines.present(page(opening="Two lines\nto begin."))
    sitting.lines.present(page(opening="Two lines\nto begin."))
    said = sitting.said
    assert said.startswith(f"DEAR MAN\n{PERSON}\n{COMMANDS}\n\nNothing is kept.\n\nTwo lines\nto begin.\n\n")
    assert said.count("to begin.") == 1


def test_the_first_page_says_what_works_here_and_later_pages_do_not() -> None:
    sitting = Sitting("a\nb\n")
    sitting.lines.present(page(opening="Two lines\nto begin."))
    lines = sitting.said.split("\n")
    assert lines[:6] == ["DEAR MAN", "Two lines", "to begin.", PERSON, COMMANDS, ""]
    assert lines[6:8] == ["What happened?", "Your words (Enter skips): "]
    sitting.lines.present(page())
    assert sitting.said.count(PERSON) == 1


def test_choices_and_scales_are_numbered_lines() -> None:
    sitting = Sitting("1\n")
    assert sitting.lines.present(page(SELECT)) == Typed("1")
    assert "\n1. First\n2. Second\nNumber (Enter skips): " in sitting.said
    scale = Sitting("1\n")
    scale.lines.present(page(Scale(id="n", message="m", low_label="calm", high_label="worst")))
    assert "\n0 calm … 10 worst\nNumber (Enter skips): " in scale.said
    menu = Sitting("0\n")
    menu.lines.present(page(Menu(id="m", message="m", parts=(Part("p", "Extra"),)), done=("p",)))
    assert "\n1. Extra (done)\n0. Done\nNumber (Enter is done): " in menu.said


def test_that_enter_skips_is_said_once_and_again_after_help() -> None:
    sitting = Sitting("a\nb\n?\nc\n")
    said = []
    for _page in range(3):
        before = len(sitting.said)
        sitting.lines.present(page())
        said.append(sitting.said[before:].count("Enter skips"))
    assert said == [1, 0, 1]
    assert sitting.said.endswith("Your words (Enter skips): ")


def test_help_on_demand() -> None:
    sitting = Sitting("?\nwords\n")
    sitting.lines.present(page(help="Who, what, when."))
    assert sitting.said.count("Who, what, when.") == 1
    silent = Sitting("words\n")
    silent.lines.present(page(help="Who, what, when."))
    assert "Who" not in silent.said


def test_help_says_what_the_choices_mean() -> None:
    sitting = Sitting("?\n1\n")
    choices = (Choice("a", "First", help="The one before."), Choice("b", "Second"))
    sitting.lines.present(page(Select(id="s", message="m", choices=choices), help="Some more."))
    assert "Some more.\nFirst: The one before.\nSecond\n" in sitting.said


def test_an_answer_that_was_given_is_read_out_and_kept_by_enter() -> None:
    sitting = Sitting("\n")
    assert sitting.lines.present(page(offered="my words")) == Given("my words")
    assert "Your answer so far: my words\nEnter keeps it.\n" in sitting.said
    assert Sitting("new\n").lines.present(page(offered="my words")) == Typed("new")
    chosen = Sitting("\n")
    chosen.lines.present(page(Select(id="s", message="m", choices=(Choice("a", "First"),)), offered="a"))
    assert "Your answer so far: First\n" in chosen.said
    assert Sitting(":skip\n").lines.present(page(offered="my words")) == ON


def test_an_error_is_said_without_the_whole_page_again() -> None:
    sitting = Sitting("x\n2\n")
    sitting.lines.present(page(SELECT))
    before = len(sitting.said)
    sitting.lines.present(page(SELECT, error="Please choose one of: a, b.", offered="x"))
    again = sitting.said[before:]
    assert "Please choose one of: a, b." in again
    assert "What happened?" not in again
    assert "x" not in again.replace("expected", "")


def test_remarks_are_read_out_with_the_words_that_they_are_about() -> None:
    sitting = Sitting("\n")
    sitting.lines.present(page(SELECT, text="You always leave.", remarks=(Remark(4, 10, "Why.", "Often"),)))
    assert "You wrote: You always leave.\nThe words “always”:\nWhy.\nTry: Often\n" in sitting.said


def test_words_and_cards_go_on_by_themselves() -> None:
    sitting = Sitting("")
    assert sitting.lines.present(page(Say(id="s", message="m"))) == ON
    assert (
        sitting.lines.present(page(Card(id="k", title="t", message="m"), title="Say this", message="a\nb"))
        == ON
    )
    assert sitting.said.endswith("\nSay this\n\na\nb\n\nEnd of the card.\n")


def test_going_back_passes_over_what_was_only_said() -> None:
    sitting = Sitting(":back\nwords\n")
    assert sitting.lines.present(page()) == BACK
    said = sitting.said
    assert sitting.lines.present(page(Say(id="s", message="m"))) == BACK
    assert sitting.said == said
    assert sitting.lines.present(page()) == Typed("words")
    assert sitting.lines.present(page(Say(id="s", message="m"))) == ON


def test_breathing_is_one_line_a_phase() -> None:
    sitting = Sitting()
    step = Breathe(id="b", inhale=4, hold=2, exhale=6, rounds=2)
    assert sitting.lines.present(page(step, message="")) == ON
    assert sitting.waited == [4, 2, 6, 4, 2, 6]
    assert sitting.said.split("\n")[-10:] == [
        "Enter ends it early.",
        "Breathe in, 4 seconds.",
        "Hold, 2 seconds.",
        "Breathe out, 6 seconds.",
        "1 more.",
        "Breathe in, 4 seconds.",
        "Hold, 2 seconds.",
        "Breathe out, 6 seconds.",
        "Done.",
        "",
    ]


def test_enter_ends_a_breath_and_a_wait_early() -> None:
    sitting = Sitting(early=1)
    assert sitting.lines.present(page(Breathe(id="b", inhale=4, exhale=6, rounds=9))) == ON
    assert sitting.waited == [4, 6]
    waiting = Sitting(early=0)
    assert waiting.lines.present(page(Wait(id="w", message="m", seconds=30))) == ON
    assert waiting.waited == [30]
    assert waiting.said.endswith("30 seconds. Enter ends it early.\nTime.\n")


def test_a_break_says_when_it_is_over() -> None:
    sitting = Sitting(early=1)
    noon = time.mktime((2026, 11, 23, 12, 0, 0, 0, 0, -1))
    sitting.lines.streams = replace(sitting.lines.streams, seconds=lambda: noon)
    assert sitting.lines.present(page(Wait(id="w", message="m", seconds=1200, ready=True))) == ON
    assert "\n20 minutes, until 12:20. Enter ends it early.\n" in sitting.said


def test_what_one_walks_to_waits_before_and_after() -> None:
    sitting = Sitting(early=0)
    assert sitting.lines.present(page(Wait(id="w", message="m", seconds=30, ready=True))) == ON
    assert sitting.waited == [A_DAY, 30, A_DAY]
    assert sitting.said.endswith(
        "\nTake your time. Enter starts it.\n30 seconds. Enter ends it early.\nTime.\nEnter goes on.\n"
    )
    ended = Sitting(early=1)
    assert ended.lines.present(page(Wait(id="w", message="m", seconds=30, ready=True))) == ON
    assert ended.waited == [A_DAY, 30]


def test_a_pipe_does_not_wait() -> None:
    streams = Streams(Keyboard("a line", terminal=False), io.StringIO(), io.StringIO())
    assert Lines(streams).present(page(Wait(id="w", message="m", seconds=3600))) == ON
    assert streams.stdin.read() == "a line"


def test_a_pipe_gets_its_line_breaks() -> None:
    piped, typed = Sitting("words\n", terminal=False), Sitting("words\n")
    piped.lines.present(page())
    typed.lines.present(page())
    assert piped.said == typed.said + "\n"


def test_nothing_that_moves_or_colours_is_printed() -> None:
    evil = "a\x1b[2Jb\x07\u202e"
    sitting = Sitting("?\nx\n")
    sitting.lines.present(
        page(message=evil, help=evil, opening=evil, exercise=evil, offered=evil, footnote=evil)
    )
    sitting.lines.present(page(Card(id="k", title="t", message="m"), title=evil, message=evil))
    assert not set(sitting.said) & set("\x1b\x07\u202e\b\r")
    assert sitting.said.count("a\ufffd[2Jb\ufffd\ufffd") >= 7


def test_a_whole_exercise_by_lines() -> None:
    exercise = decode(
        """
format: 1
name: x
title: Title
summary: S
opening: Hello.
steps:
  - {id: distress, type: scale, message: How strong?}
  - {id: calm, type: breathe, rounds: 1}
  - {id: kind, type: select, message: What?,
     choices: [{value: ask, label: Ask}, {value: refuse, label: Refuse}]}
  - {id: words, type: text, message: Words?, required: true}
  - {id: card, type: card, title: Say, message: "${words}"}
  - {id: sure, type: confirm, message: Sure?}
""",
        "x.yaml",
    )
    sitting = Sitting("high\n7\n2\n\n:back\n1\nplease\n:back\n\ny\n")
    session = start(exercise, {}, "now")
    for latest in play(session, sitting.lines, dict):
        session = latest
    assert pending(session) is None
    assert live_answers(session) == {"distress": 7, "kind": "ask", "words": "please", "sure": True}
    assert "Please type a number from 0 to 10." in sitting.said
    assert "This step needs an answer." in sitting.said
    assert sitting.said.count("End of the card.") == 2


def test_where_one_is_is_said_at_every_fifth_page_and_when_asked() -> None:
    sitting = Sitting("a\n?\na\na\na\n")
    for number in (1, 4, 6, 9):
        sitting.lines.present(page(progress=Progress(number, 12)))
    assert [line for line in sitting.said.split("\n") if "of 12" in line] == ["4 of 12.", "6 of 12."]


ROWS = Scales(
    id="r",
    message="m",
    rows=(Row("a", "Anger"), Row("f", "Fear"), Row("s", "Sleep", 0, 24, unit="hours")),
    low_label="no",
)


@pytest.mark.parametrize(
    ("typed", "move"),
    [
        ("1\n2\n7\n", Typed("1 2 7")),
        ("1 2 7\n", Typed("1 2 7")),
        ("1, 2\n7\n", Typed("1 2 7")),
        ("-\n2\n\n", Typed("- 2")),
        ("\n\n8\n", Typed("- - 8")),
        ("\n-\n\n", ON),
        ("1\n:skip\n", ON),
        ("9\n1\nx\n2\n25\n24\n", Typed("1 2 24")),
        ("1 9\n2\n3\n", Typed("1 2 3")),
        ("?\n1\n:help\n2\n3\n", Typed("1 2 3")),
    ],
)
def test_rows_are_asked_one_after_another_or_all_at_once(typed: str, move: object) -> None:
    assert Sitting(typed).lines.present(page(ROWS)) == move


def test_the_scale_of_rows_is_said_once_and_an_error_names_its_row() -> None:
    sitting = Sitting("9\n2\n3\n4 4\n4\n")
    same = replace(ROWS, rows=(*ROWS.rows[:2], Row("j", "Joy")), high_label="very")
    assert sitting.lines.present(page(same)) == Typed("2 3 4")
    assert sitting.said.split("What happened?\n")[1] == (
        "0 no … 5 very\n"
        "3 rows. Enter or - leaves one out, :skip all.\n"
        "Anger: Anger: please type a number from 0 to 5.\n"
        "Anger: Fear: Joy: There are 3 rows, and more numbers than that.\n"
        "Joy: "
    )


def test_a_row_with_a_range_of_its_own_says_it() -> None:
    sitting = Sitting("1\n1\n1\n")
    sitting.lines.present(page(ROWS))
    assert "Anger: " in sitting.said
    assert "Sleep, 0 … 24 hours: " in sitting.said


def test_rows_offer_what_was_answered_or_begun() -> None:
    assert Sitting("\n4\n\n").lines.present(page(ROWS, offered={"a": 1, "s": 8})) == Typed("1 4 8")
    back = Sitting("1\n2\n:back\n").lines.present(page(ROWS))
    assert isinstance(back, Go)
    assert back.line.strip() == "1 2"
    assert Sitting("7\n").lines.present(page(ROWS, line=back.line)) == Typed("1 2 7")
