"""A page as styled text: what is on it, and that it fits."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbtcoach.drawing.glyphs import Glyphs
from dbtcoach.drawing.pacer import pace_of
from dbtcoach.drawing.sheet import Sheet, above, below
from dbtcoach.drawing.theme import Look
from dbtcoach.drawing.window_size import column_in
from dbtcoach.drawing.wrapping import columns
from dbtcoach.practice.page import CardPart, Page, Progress, Remark
from dbtcoach.script.model import (
    Breathe,
    Card,
    Choice,
    Confirm,
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

SAY = Say(id="s", message="m")
SCALE = Scale(id="n", message="m", low_label="calm", high_label="the worst ever")
ROWS = Scales(
    id="r", message="m", rows=(Row("anger", "Anger"), Row("joy", "A long name for joy")), low_label="no"
)
CHOICES = (Choice("a", "First"), Choice("b", "Second"))
MENU = Menu(id="m", message="m", parts=(Part("p", "P"),))
STEPS = [
    SAY,
    SCALE,
    ROWS,
    MENU,
    Text(id="t", message="m"),
    Text(id="t", message="m", required=True),
    Select(id="c", message="m", choices=CHOICES),
    Select(id="c", message="m", choices=CHOICES, multiple="ranked"),
    Confirm(id="y", message="m"),
    Breathe(id="b"),
    Wait(id="w", message="m"),
    Card(id="k", title="t", message="m"),
]


def page(step: object = SAY, **more: object) -> Page:
    plain = Page(step=SAY, exercise="DEAR MAN", message="What happened?", help="", progress=Progress(2, 7))
    return replace(plain, step=step, **more)  # type: ignore[arg-type]  # a test's own words


def top(sheet: Sheet, width: int = 76) -> str:
    return "".join(words for _style, words in above(sheet, width))


def keys(sheet: Sheet, width: int = 76) -> str:
    return "".join(words for _style, words in below(sheet, width))


def typed(words: str) -> Sheet:
    return Sheet(page(SCALE), typed=lambda: words)


def test_the_first_line_says_which_exercise_and_where_it_stands() -> None:
    first, _, rest = top(Sheet(page())).partition("\n")
    assert first.startswith("DEAR MAN ")
    assert first.endswith(" 2 of 7")
    assert columns(first) == 76
    assert "What happened?" in rest
    assert top(Sheet(page(progress=None))).split("\n")[0] == "DEAR MAN"
    assert top(Sheet(page(progress=Progress(9, 9)))).split("\n")[0].endswith(" ━━━━━━━━━━━━━━━━━━  9 of 9")
    assert top(Sheet(page()), 40).split("\n")[0] == f"DEAR MAN{'2 of 7':>32}"
    assert top(Sheet(page(exercise="A long title")), 16).startswith("A long title\n\n")


def test_what_is_listed_hangs_under_its_first_line() -> None:
    lines = top(Sheet(page(message="For:\n- tense a muscle as you breathe in\n\nNot: no")), 24).split("\n")
    assert lines[2:7] == ["For:", "- tense a muscle as you", "  breathe in", "", "Not: no"]


def test_scrolling_stops_at_both_ends_and_follows_the_size_of_the_window() -> None:
    sheet = Sheet(page(), most=7)
    seen = []
    for lines in (5, 5, -5, -5, -5, 5):
        sheet.scroll_by(lines)
        seen.append(sheet.top)
    assert seen == [5, 7, 2, 0, 0, 5]
    sheet.scroll_by(5)
    for most, top_line in ((20, 7), (3, 3)):  # the window becomes smaller, and then larger
        sheet.most = most
        assert sheet.top == top_line


def test_help_and_errors_come_when_they_are_asked_for() -> None:
    sheet = Sheet(page(help="Who, what, when."))
    assert "Who" not in top(sheet)
    sheet.show_help = True
    assert "Who, what, when." in top(sheet)
    assert "Ctrl-B or Shift-Tab goes back." in top(Sheet(page(), show_help=True))
    assert "! Please choose." in top(Sheet(page(error="Please choose.")))


@pytest.mark.parametrize(
    "step", [Text(id="t", message="m"), Say(id="t", message="m"), Card(id="t", title="T", message="m")]
)
def test_help_begins_with_the_step_and_is_seen_from_its_first_line_on(step: Text | Say | Card) -> None:
    sheet = Sheet(page(step, help="Who, what, when."), show_help=True, most=99)
    lines = top(sheet).split("\n")
    assert lines[sheet.top] == "Who, what, when."
    assert lines.index("Who, what, when.") < lines.index(
        "Ctrl-G shows people to talk to, and comes back here."
    )
    sheet.complain("Please write a few words.")
    assert top(sheet).split("\n")[sheet.top] == "! Please write a few words."
    sheet.most = 1  # there is room for all but a line: then the end of the page is in sight
    assert sheet.top == 1


def test_a_scale_shows_its_numbers_and_the_one_that_is_typed() -> None:
    assert " 0  1  2 " in top(typed(""))
    assert "[7]" in top(typed("7"))
    assert "[" not in top(typed("77"))
    assert "0 calm … 10 the worst ever" in top(typed(""))
    look = Look("dark", "truecolor")
    assert (look.style("chosen"), "[7]") in above(Sheet(page(SCALE), look, typed=lambda: "7"), 76)
    assert " 0  1  2  3  4  5  …\n" in top(typed(""), 20)


@pytest.mark.parametrize("words", ["-", "--1", "²", "٣", "1_0", "9" * 5000, "1e3", "\x1b[2J", " ", "words"])
def test_a_scale_takes_whatever_is_typed_calmly(words: str) -> None:
    assert "\x1b" not in top(typed(words))
    assert "calm" in top(typed(words))


def test_a_line_of_a_card_that_is_wrapped_is_told_from_the_next_one() -> None:
    parts = (CardPart("Say", "You came at nine, and we had said eight.\nI felt hurt."),)
    sheet = Sheet(page(Card(id="k", title="t", message="m"), title="Your card", parts=parts))
    lines = [line.rstrip() for line in top(sheet, 30).split("\n")]
    said = lines[lines.index("Say") + 1 :]
    assert said[:3] == ["  You came at nine, and we", "    had said eight.", "  I felt hurt."]


def test_a_card_has_nothing_beside_its_words() -> None:
    step = Card(id="k", title="t", message="m")
    text = top(Sheet(page(step, title="Say this", message="one two three\nfour\n")), 12)
    assert text.split("\n")[2:] == ["Say this", "", "  one two", "    three", "  four"]


def test_a_card_names_its_parts_and_sets_apart_what_is_for_oneself() -> None:
    look = Look("light", "truecolor")
    parts = (CardPart("Say", "one two three"), CardPart("Remember", "four", for_me=True))
    sheet = Sheet(page(Card(id="k", title="t", message="m"), title="Your card", parts=parts), look)
    assert top(sheet, 12).split("\n")[2:] == [
        "Your card", "", "Say", "  one two", "    three", "", "Remember", "  four",
    ]  # fmt: skip
    drawn = {words: style for style, words in above(sheet, 12)}
    assert drawn["three"] == look.style("mine")
    assert drawn["four"] == look.style("plain")
    assert drawn["Remember"] == look.style("hint")


def test_the_question_is_strong_and_the_rest_of_it_is_not() -> None:
    def strong(step: object, message: str) -> list[str]:
        look = Look("dark", "truecolor")
        style = look.style("question")
        sheet = Sheet(page(step, message=message), look)
        return [words.strip() for found, words in above(sheet, 76) if found == style]

    asked = Text(id="t", message="m")
    assert strong(asked, "Describe: what happened? Only what a camera saw.") == ["Describe: what happened?"]
    assert strong(asked, "They say: “Why?” And you wait.\nWhat do you do?") == ["What do you do?"]
    assert strong(asked, "Your reply. One or two sentences.") == ["Your reply."]
    assert strong(SAY, "Is it so? It is.") == []


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Samaritans: call 116 123 (24/7).", ["116 123"]),
        ("Hotline: call 1-800-799-7233 (TTY 1-800-787-3224), text START to 88788.", ["1-800-799-7233"]),
        ("988 Lifeline: call or text 988, or chat at 988lifeline.org.", ["988", "988"]),
        ("Lifeline: call 13 11 14, or text 0477 13 11 14 (24/7).", ["13 11 14", "0477 13 11 14"]),
        ("In danger right now: 112 or 911 (most mobile phones take both).", ["112", "911"]),
        ("Call me at 18:30 on the 24th.", []),
        ("It was 8, now it is 10. Linehan 2015.", []),
    ],
)
def test_a_number_to_call_is_strong_wherever_it_is_read(line: str, numbers: list[str]) -> None:
    for glyphs in (Glyphs(), Glyphs(unicode=False)):
        look = Look("dark", "truecolor", glyphs)
        sheet = Sheet(page(SAY, message=f"These come first…\n{line}"), look)
        style = look.style("question")
        assert [words for found, words in above(sheet, 90) if found == style] == numbers


def test_a_persons_words_are_cleaned_wherever_they_stand() -> None:
    evil = "a\x1b[2Jb\u202e"
    for more in ({"message": evil}, {"help": evil}, {"error": evil}, {"opening": evil}, {"exercise": evil}):
        text = top(Sheet(page(**more), show_help=True))
        assert "a\ufffd[2Jb\ufffd" in text, more
    card = Sheet(page(Card(id="k", title="t", message="m"), title=evil, message=evil))
    assert not set(top(card)) & set("\x1b\u202e")
    remark = Sheet(page(text=evil, remarks=(Remark(0, 3, evil, evil),)))
    assert not set(top(remark)) & set("\x1b\u202e")
    assert not set(keys(Sheet(page(footnote=evil)))) & set("\x1b\u202e")


def test_notes_stand_under_the_line_and_say_which_words_they_mean_where_there_are_two() -> None:
    step = Text(id="t", message="m")
    notes = (Remark(4, 10, "Why.", "Often"), Remark(11, 16, "Why not.", ""))
    one = Sheet(page(step, text="You always\nleave.", remarks=notes[:1], strength="Clear."))
    assert "Clear.\n\n   Why.\n   Try  Often\n\n" in keys(one)
    assert "always" not in keys(one)
    two = Sheet(page(step, text="You always\nleave.", remarks=notes))
    assert "“always”  Why.\n   Try  Often\n\n   “leave”  Why not.\n\n" in keys(two)
    one.page = replace(one.page, offered="always leave")  # behind the beginning of a sentence
    for words, enter in (("", "keeps it"), ("always leave", "keeps it"), ("Other.", "goes on")):
        assert f"Enter {enter}" in keys(replace(one, typed=lambda words=words: words))  # type: ignore[misc]


def test_the_keys_that_work_here() -> None:
    asked = Text(id="t", message="m")
    assert "Enter skips" in keys(Sheet(page(asked)))
    typing = keys(Sheet(page(asked, help="h"), typed=lambda: "w"))
    assert "Enter goes on  Ctrl-J new line  " in typing
    assert "Ctrl-J line" in keys(Sheet(page(asked), typed=lambda: "w"), 72)
    assert "? help" not in typing  # it is a letter there
    assert "Enter" not in keys(Sheet(page(Text(id="t", message="m", required=True))))
    breath = Sheet(page(Breathe(id="b")), pace=pace_of(Breathe(id="b"), lambda: 0.0))
    assert "Enter starts" in keys(breath)
    assert breath.pace is not None
    breath.pace.come()
    for width in (72, 56, 40):  # help and the way back go first
        assert "Enter ends it" in keys(breath, width)
    assert "Enter goes on" in keys(Sheet(page()))
    assert "? help" in keys(Sheet(page(help="h")))
    assert "? help" not in keys(Sheet(page()))
    assert "Ctrl-B back" in keys(Sheet(page()))
    first = keys(Sheet(page(first=True)))
    assert "Ctrl-B" not in first
    assert "Press Ctrl-G." in first


@pytest.mark.parametrize("width", [72, 56])
def test_what_takes_time_says_how_it_is_ended_also_where_the_line_is_short(width: int) -> None:
    pace = pace_of(Wait(id="w", message="m"), lambda: 0.0)
    assert pace is not None
    pace.begin()
    shown = keys(Sheet(page(Wait(id="w", message="m"), help="h"), pace=pace), width)
    for key in ("Space pauses", "Enter ends it", "Ctrl-C leaves", "Ctrl-Q hides"):
        assert key in shown
    assert len(shown.strip().split("\n")) == 1


def test_enter_is_said_to_take_what_is_pointed_at_or_ticked() -> None:
    one = Select(id="c", message="m", choices=CHOICES)
    assert "Enter skips" in keys(Sheet(page(one)))
    assert "Enter takes it" in keys(Sheet(page(one), chosen=lambda: True))
    assert "Enter is done" in keys(Sheet(page(MENU)))
    assert "Enter takes 0" in keys(Sheet(page(replace(MENU, done="Write my reply"))))
    assert "Enter takes it" in keys(Sheet(page(MENU), chosen=lambda: True))
    several = Select(id="c", message="m", choices=CHOICES, multiple="several")
    assert "Enter skips" in keys(Sheet(page(several)))
    assert "Enter goes on" in keys(Sheet(page(several), chosen=lambda: True))


@pytest.mark.parametrize(
    ("typed", "enter"),
    [("one", "Enter adds another"), ("one\n", "Enter goes on"), ("one\ntwo", "Enter goes on")],
)
def test_several_items_say_how_many_and_what_enter_does_next(typed: str, enter: str) -> None:
    sheet = Sheet(page(Text(id="t", message="m", count=2)), typed=lambda: typed)
    assert "Up to 2, one a line." in top(sheet)
    assert enter in keys(sheet)
    assert "Alt-Enter" not in keys(sheet)


def test_what_a_choice_means_is_help_too() -> None:
    told = Select(
        id="c", message="m", choices=(Choice("a", "First", help="The one before."),), multiple="ranked"
    )
    assert "? help" in keys(Sheet(page(told)))
    assert "The one before" not in top(Sheet(page(told)))
    shown = top(Sheet(page(told), show_help=True))
    assert "First: The one before." in shown


@pytest.mark.parametrize("words", ["", "w"])
@pytest.mark.parametrize("enter", ["", "Enter means no", "Enter keeps nothing yet"])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: type(step).__name__)
def test_the_keys_stand_in_one_line_on_80_columns_and_on_60(step: object, enter: str, words: str) -> None:
    sheet = Sheet(page(step, help="h", enter=enter, first=bool(enter)), typed=lambda: words)
    for width in (60, 80):
        room = column_in(width)[1]
        lines = [line for line in keys(sheet, room).split("\n") if "leaves" in line or "hides" in line]
        assert len(lines) == 1, lines
        assert "Ctrl-C leaves" in lines[0]
        assert "Ctrl-Q hides" in lines[0]
        assert columns(lines[0]) <= room


def test_in_rows_what_answers_stays_before_the_way_back() -> None:
    rows = Sheet(page(SCALE, help="h"), back="Shift-Tab")
    rows.keys = lambda: ["Enter goes on", "- leaves out", "↑ back"]
    assert keys(rows, 72) == "\nEnter goes on  - leaves out  ↑ back  ? help  Ctrl-C leaves  Ctrl-Q hides"
    rows.keys = lambda: ["Enter next", "- leaves out"]
    assert keys(rows, 70) == "\nEnter next   - leaves out   ? help   Ctrl-C leaves   Ctrl-Q hides all"
    assert keys(rows, 56) == "\nEnter next   ? help   Ctrl-C leaves   Ctrl-Q hides all"


def test_what_help_tells_is_left_out_before_anything_is_shortened() -> None:
    sheet = Sheet(page(Text(id="t", message="m")), back="Shift-Tab", typed=lambda: "w")
    assert keys(sheet, 72) == "\nEnter goes on   Shift-Tab back   Ctrl-C leaves   Ctrl-Q hides all"


def test_in_a_narrow_window_the_keys_are_said_in_full() -> None:
    text = keys(Sheet(page(Text(id="t", message="m"), help="h")), 40)
    assert text == "\nEnter skips   ? help   Ctrl-B back\nCtrl-C leaves   Ctrl-Q hides all"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: type(step).__name__)
def test_leaving_and_hiding_are_on_every_page(step: object) -> None:
    for typed, width in product(("", "w"), range(24, 101, 3)):
        text = keys(Sheet(page(step, help="h"), typed=lambda typed=typed: typed), width)  # type: ignore[misc]
        assert "Ctrl-C leaves" in text
        assert "Ctrl-Q hides" in text


@given(
    st.sampled_from(STEPS),
    st.integers(24, 100),
    st.text(max_size=60),
    st.sampled_from([Glyphs(), Glyphs(unicode=False)]),
)
def test_a_page_fits_its_width_whatever_stands_on_it(
    step: object, width: int, words: str, glyphs: Glyphs
) -> None:
    more = {
        "message": words,
        "help": words,
        "error": words,
        "opening": words,
        "title": words,
        "footnote": words,
    }
    sheet = Sheet(page(step, **more), Look(glyphs=glyphs), show_help=True, typed=lambda: words)
    drawn = [*sheet.above(width), *sheet.below(width)]
    if not glyphs.unicode:  # what stands for a mark may be wider: three full stops for an ellipsis
        assert all(part.isascii() for _style, part in drawn)
        return
    for line in "".join(part for _style, part in drawn).split("\n"):
        assert columns(line) <= width or "\t" in line, line
