"""What a terminal sends, whole and torn at every byte, becomes the key that was pressed, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.terminal.sequences import ANSWERS, ESC, every

from dbtcoach.drawing.key_table import TABLE
from dbtcoach.terminal.key_parser import FAST, QUIET, RUSH, Key, Parser

NOW = 100.0
USED = {key for meaning in TABLE for key in meaning.keys}


def keys(*parts: str, gap: float = 0.2, ahead: bool = False) -> list[Key]:
    """Return the keys of data that comes in these parts, and of the quiet behind it."""
    parser = Parser()
    found: list[Key] = []
    for number, part in enumerate(parts):
        found += parser.feed(part, NOW + number * gap, ahead=ahead)
    return found + parser.flush()


def named(*names: str) -> list[Key]:
    return [Key("key", name) for name in names]


@pytest.mark.parametrize("data", every(), ids=ascii)
def test_it_is_one_key_or_none_wherever_it_is_torn(data: str) -> None:
    name = every()[data]
    for parts in [(data,), data, *((data[:at], data[at:]) for at in range(1, len(data)))]:
        found = keys(*parts)
        assert found in ([], named(name))
        assert found == named(name) or name not in USED
        assert found == [] or name


@pytest.mark.parametrize("answer", ANSWERS, ids=ascii)
def test_letters_around_an_answer_of_the_terminal_stay(answer: str) -> None:
    before, *after = keys("a", answer, "b", gap=0.3)
    assert before == Key("letter", "a")
    if answer != ESC:  # which makes an Alt-key of the b behind it
        assert after == [Key("letter", "b")]


@pytest.mark.parametrize("encoded", [f"{ESC}[13;2u", f"{ESC}[27;2;13~", f"{ESC}[13;2:1u"])
def test_shift_enter_is_told_from_enter(encoded: str) -> None:
    assert keys(encoded) == named("Shift-Enter")


def test_half_a_sequence_is_given_up_and_what_follows_is_typed() -> None:
    parser = Parser()
    assert parser.feed(f"{ESC}[1;", NOW) == []
    assert parser.waits == QUIET
    assert parser.flush() == []
    assert parser.feed("a", NOW + 1) == [Key("letter", "a")]


def test_a_key_that_leaves_breaks_into_anything() -> None:
    for begun in (ESC, f"{ESC}[1;", f"{ESC}]11;rgb", f"{ESC}P1", f"{ESC}[200~words"):
        assert named("Ctrl-C")[0] in keys(begun, "\x03"), ascii(begun)


def test_after_a_paste_whose_end_was_lost_enter_sends_again() -> None:
    parser = Parser()
    assert parser.feed(f"{ESC}[200~words", NOW) == []
    assert parser.flush() == [Key("paste", "words")]
    assert [*parser.feed("\r", NOW + 1), *parser.flush()] == named("Enter")


def test_a_burst_with_text_behind_a_break_is_a_paste_and_its_last_enter_sends() -> None:
    assert keys("one\rtwo") == [Key("paste", "one\ntwo")]
    assert keys("\x1b[200~one\ttwo\r\n\tthree\x1b[201~") == [
        Key("paste", "one two\n three")
    ]  # no ^I is shown
    assert keys("one\rtwo\r") == [Key("paste", "one\ntwo"), *named("Enter")]
    assert keys("one\r", "two\r", gap=RUSH / 2) == [
        Key("paste", "one"),
        Key("paste", "\ntwo"),
        *named("Enter"),
    ]
    assert keys(*"one\rtwo", gap=FAST / 2) == [*(Key("letter", x) for x in "one"), Key("paste", "\nt"), *(
        Key("letter", x) for x in "wo")]  # fmt: skip


def test_what_is_typed_by_hand_or_ahead_is_no_paste() -> None:
    assert keys("a", "\r", "b", gap=0.05) == [Key("letter", "a"), *named("Enter"), Key("letter", "b")]
    assert keys("7\rab\r", ahead=True) == [
        Key("letter", "7"), *named("Enter"), Key("letter", "a"), Key("letter", "b"), *named("Enter"),
    ]  # fmt: skip


def test_letters_that_came_together_were_not_pressed_alone() -> None:
    assert keys("2 things") == [Key("paste", "2 things")]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.data())
def test_a_bracketed_paste_arrives_whole_however_it_is_torn(words: str, data: st.DataObject) -> None:
    words = words.replace(ESC, "").replace("\x03", "").replace("\x11", "")
    sent = f"{ESC}[200~{words}{ESC}[201~\r"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=8)))
    parts = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    *pasted, last = keys(*parts)
    assert last == Key("key", "Enter")
    typed = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")  # no Tab that goes on
    assert "".join(key.text for key in pasted) == typed


@given(st.text(max_size=40))
def test_it_takes_anything(data: str) -> None:
    for key in keys(*data):
        assert key.text
