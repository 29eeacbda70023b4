"""Answers: what a value means for each kind of step, and what somebody typed."""

from __future__ import annotations

import pytest

from dbtcoach.practice.answers import InvalidAnswerError, check, parse
from dbtcoach.script.model import Choice, Confirm, Menu, Part, Row, Scale, Scales, Select, Text

CHOICES = (Choice("ask", "Ask for something"), Choice("refuse", "Say no"), Choice("other", "Refuse"))
TEXT = Text(id="t", message="m")
ITEMS = Text(id="t", message="m", count=3)
ONE = Select(id="s", message="m", choices=CHOICES)
SEVERAL = Select(id="s", message="m", choices=CHOICES, multiple="several")
RANKED = Select(id="s", message="m", choices=CHOICES, multiple="ranked")
LONG = Select(id="s", message="m", choices=tuple(Choice(f"c{n}", f"C {n}") for n in range(1, 13)))
CONFIRM = Confirm(id="c", message="m")
SCALE = Scale(id="n", message="m", low=-2, high=10)
ROWS = Scales(id="r", message="m", rows=(Row("anger", "Anger"), Row("fear", "Fear"), Row("joy", "Joy")))
OWN = Scales(
    id="r",
    message="m",
    rows=(Row("sleep", "Sleep", 0, 24, unit="hours"), Row("calm", "Calm")),
    low_label="no",
)
ROW = Scales(id="r", message="m", rows=(Row("anger", "Anger"),), low=0, high=100)
MENU = Menu(id="m", message="m", parts=(Part("more", "More"), Part("change", "Change")))
Step = Text | Select | Confirm | Scale | Scales | Menu


@pytest.mark.parametrize(
    ("step", "raw", "value"),
    [
        (TEXT, "words", "words"),
        (TEXT, "  two\r\nlines \n", "two\nlines"),
        (TEXT, "a\x1b[31mb\u202e", "a\ufffd[31mb\u202e"),
        (TEXT, 7, "7"),
        (ITEMS, ["a", " b ", ""], ("a", "b")),
        (ITEMS, "a", ("a",)),
        (ITEMS, ("a", 2), ("a", "2")),
        (ONE, "ask", "ask"),
        (ONE, " ASK ", "ask"),
        (ONE, "say no", "refuse"),
        (ONE, "refuse", "refuse"),  # a value before another one's label
        (SEVERAL, ["refuse", "ask"], ("ask", "refuse")),
        (SEVERAL, "ask", ("ask",)),
        (RANKED, ["refuse", "ask"], ("refuse", "ask")),
        (CONFIRM, True, True),
        (CONFIRM, "no", False),
        (CONFIRM, " Y ", True),
        (CONFIRM, "FALSE", False),
        (SCALE, 0, 0),
        (SCALE, "7", 7),
        (SCALE, " +10 ", 10),
        (SCALE, "-2", -2),
        (SCALE, "\u22122", -2),
        (SCALE, "٣", 3),
        (ROWS, {"joy": 3, "anger": "2"}, {"anger": 2, "joy": 3}),
        (ROWS, {"joy": 3, "anger": None}, {"joy": 3}),
        (ROWS, {"joy": 3, "fear": "-"}, {"joy": 3}),
        (ROWS, [1, None, "-"], {"anger": 1}),
        (OWN, {"sleep": 24, "calm": 5}, {"sleep": 24, "calm": 5}),
        (ROWS, [1, 0, 5], {"anger": 1, "fear": 0, "joy": 5}),
        (ROWS, "105", {"anger": 1, "fear": 0, "joy": 5}),
        (ROWS, "1, 0 ;5", {"anger": 1, "fear": 0, "joy": 5}),
        (ROW, "100", {"anger": 100}),
        (MENU, "more", ("more",)),
        (MENU, ["change", "more", "done"], ("change", "more")),
        (MENU, "done", ()),
    ],
)
def test_a_value_that_fits(step: Step, raw: object, value: object) -> None:
    found = check(step, raw)
    assert found == value
    assert type(found) is type(value)
    assert check(step, found) == value  # so a saved answer means the same when it is read again


@pytest.mark.parametrize(
    ("step", "raws"),
    [
        (TEXT, ["", " \n\t", None, True, [], {}, 1.5, ["a"]]),
        (ITEMS, [[], [""], ["a", "b", "c", "d"], [["a"]], None, [True], {"a": 1}]),
        (ONE, ["", "nothing", None, [], ["ask"], {}, 1, True, 1.0]),
        (SEVERAL, [[], ["ask", "ask"], ["ask", "nothing"], [["ask"]], None, {}]),
        (RANKED, [[], ["ask", "Ask for something"], "nothing"]),
        (CONFIRM, ["", "maybe", None, 1, [], "yes no"]),
        (SCALE, ["", "11", "-3", "7.5", 7.0, True, None, [], "1_0", "1e1", "²", "9" * 5000, "٣٣"]),
        (ROWS, [{}, {"anger": None}, {"rage": 1}, {"anger": 6}, [1, 2], "1 2 3 4", "12", "", None]),
        (ROWS, [{"anger": "x"}, {"anger": True}, {1: 1}, "²²²", [[1], [2], [3]]]),
        (MENU, ["", "nothing", None, ["more", "x"], {}, [[]]]),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_plain_words(step: Step, raws: list[object]) -> None:
    for raw in raws:
        with pytest.raises(InvalidAnswerError) as raised:
            check(step, raw)
        words = str(raised.value)
        assert words.endswith(".")
        assert len(words) < 100
        assert "9999" not in words  # nothing that was typed comes back in a message


@pytest.mark.parametrize(
    ("step", "typed", "value"),
    [
        (TEXT, "first\nsecond", "first\nsecond"),
        (ITEMS, "a\n\n b \n", ("a", "b")),
        (ONE, "1", "ask"),
        (ONE, " 3 ", "other"),
        (ONE, "Ask for something", "ask"),
        (LONG, "12", "c12"),
        (SEVERAL, "2 1", ("ask", "refuse")),
        (SEVERAL, "3,1;", ("ask", "other")),
        (RANKED, "3, 1", ("other", "ask")),
        (RANKED, "31", ("other", "ask")),
        (CONFIRM, "y", True),
        (CONFIRM, "N", False),
        (SCALE, "8", 8),
        (ROWS, "2 0 3", {"anger": 2, "fear": 0, "joy": 3}),
        (ROWS, "203", {"anger": 2, "fear": 0, "joy": 3}),
        (ROWS, " 2,0,3 ", {"anger": 2, "fear": 0, "joy": 3}),
        (ROWS, "5", {"anger": 5}),
        (ROWS, "2 - 3", {"anger": 2, "joy": 3}),
        (ROWS, "- 4", {"fear": 4}),
        (OWN, "7 2", {"sleep": 7, "calm": 2}),
        (MENU, "1", ("more",)),
        (MENU, "0", ("done",)),
        (MENU, "done", ("done",)),
        (MENU, "change", ("change",)),
    ],
)
def test_what_was_typed(step: Step, typed: str, value: object) -> None:
    assert parse(step, typed) == value


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        (ONE, "0"),
        (ONE, "4"),
        (ONE, "-1"),
        (ONE, "1 2"),
        (ONE, "\u0661"),
        (ONE, "0001"),
        (SEVERAL, ""),
        (SEVERAL, "1 1"),
        (SEVERAL, "1 4"),
        (CONFIRM, "1"),
        (SCALE, ""),
        (ROWS, "- - -"),
        (ROWS, "2 0 3 1"),
        (ROWS, "2 0 9"),
        (MENU, "4"),
        (MENU, "00"),
        (MENU, ""),
        (ITEMS, "a\nb\nc\nd"),
        (TEXT, " "),
    ],
)
def test_what_was_typed_and_means_nothing(step: Step, typed: str) -> None:
    with pytest.raises(InvalidAnswerError):
        parse(step, typed)


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        (ONE, "9", "Please type a number from 1 to 3."),
        (SEVERAL, "1 9", "Please type a number from 1 to 3."),
        (RANKED, "19", "Please type a number from 1 to 3."),
        (ROWS, "2 9", "Fear: please type a number from 0 to 5."),
        (OWN, "25", "Sleep: please type a number from 0 to 24 hours."),
        (OWN, "7 x", "Calm: please type a number from 0 to 5."),
    ],
)
def test_who_types_hears_of_numbers_not_of_names_in_a_file(step: Step, typed: str, said: str) -> None:
    with pytest.raises(InvalidAnswerError) as caught:
        parse(step, typed)
    assert str(caught.value) == said


def test_a_long_list_is_not_read_out() -> None:
    with pytest.raises(InvalidAnswerError, match=r"^Please choose one of the list\.$"):
        check(LONG, "nothing")
    with pytest.raises(InvalidAnswerError, match=r"one of: ask, refuse, other\.$"):
        check(ONE, "nothing")
