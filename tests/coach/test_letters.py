"""However a sentence is typed, pasted or disguised, it is read like the plain one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbtcoach.coach.letters import plain_letters
from dbtcoach.coach.review import danger, review

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.coach.model import Kind, Review
    from dbtcoach.coach.rules import Rules

SENTENCES: list[tuple[str, Kind]] = [
    ("I want to die", "message"),
    ("I'm going to kill myself tonight.", "message"),
    ("I don't want to live any more", "express"),
    ("I cut myself again last night", "message"),
    ("he hit me and I can't breathe", "describe"),
    ("My husband strangled me", "message"),
    ("He said \"I'll kill you\" and he's got my phone", "message"),
    ("I've been thinking about suicide", "message"),
    ("You never listen to me", "message"),
    ("You're always late, and it's your fault", "message"),
    ("You're so selfish", "describe"),
    ("I feel like you don't care", "express"),
    ("You should've told me on Monday", "message"),
    ("I need you to be more supportive", "assert"),
    ("You make me so angry", "express"),
    ("At least you've still got your job", "reply"),
    ("Calm down. It isn't a big deal", "reply"),
    ("I'm sorry you feel that way", "reply"),
    ("Why don't you just block him?", "reply"),
    ('You said "I never help" at seven', "describe"),
    ("That way we'd both get home by 6pm.", "reinforce"),
]

BREAKS = ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\t", " \n", "\xa0", "\u2003"]
APOSTROPHES = "’‘‛ʼʹ´`′՚ꞌ＇"  # noqa: RUF001 - the marks themselves
QUOTATIONS = ["“”", "„“", "»«", "«»", "‟”", "＂＂", "〝〞", "「」", "″″"]  # noqa: RUF001 - the same
UNSEEN = "\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202e\u2066\u2069"
UNSEEN += "\u3164\ufe0f\ufeff\uffa0\U000e0001\x00\x1b"


def quoted_as(marks: str, text: str) -> str:
    first, *rest = text.split('"')
    return first + "".join(f"{marks[at % 2]}{part}" for at, part in enumerate(rest))


def circled(text: str) -> str:
    return "".join(
        chr(0x1F150 + ord(one.upper()) - 65) if one.isascii() and one.isalpha() else one for one in text
    )


def each(change: Callable[[str], str], letters: str) -> Callable[[str], str]:
    return lambda text: "".join(change(one) if one in letters else one for one in text)


LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
FORMS: dict[str, Callable[[str], str]] = {
    **{f"break {mark!r}": lambda text, mark=mark: text.replace(" ", mark) for mark in BREAKS},  # type: ignore[misc]
    **{f"apostrophe {mark}": lambda text, mark=mark: text.replace("'", mark) for mark in APOSTROPHES},  # type: ignore[misc]
    **{f"quotation {marks}": lambda text, marks=marks: quoted_as(marks, text) for marks in QUOTATIONS},  # type: ignore[misc]
    **{f"unseen {mark!r}": lambda text, mark=mark: mark.join(text) for mark in UNSEEN},  # type: ignore[misc]
    "no apostrophes": lambda text: text.replace("'", ""),
    "apostrophes as spaces": lambda text: text.replace("'", " "),
    "full width": each(lambda one: chr(ord(one) + 0xFEE0), LATIN + "'\"?.,"),
    "bold": each(lambda one: chr(ord(one) + (0x1D41A - 97 if one.islower() else 0x1D400 - 65)), LATIN),
    "circled": circled,
    "struck out": each(lambda one: one + "\u0336", LATIN),
    "accents apart": each(lambda one: one + "\u0301\u0323", "aeiou"),
    "accents": each(lambda one: unicodedata.normalize("NFC", one + "\u0301"), "aeiou"),
    "dotless": lambda text: text.replace("i", "ı"),  # noqa: RUF001
    "Cyrillic": lambda text: text.translate(str.maketrans("aeopcyxis", "аеорсухіѕ")),  # noqa: RUF001
    "spaces doubled": lambda text: text.replace(" ", "  "),
}


def answer(text: str, kind: Kind, rules: Rules) -> tuple[object, ...]:
    """Return what is said, with the marked words instead of the places."""
    found: Review = review(text, kind, rules)
    marked = [plain_letters(text[note.start : note.end]).text for note in found.notes]
    return found.safety, found.strength, [note.rule for note in found.notes], list(map(bare, marked))


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_like_the_plain_one(rules: Rules, form: str) -> None:
    for plain, kind in SENTENCES:
        assert answer(FORMS[form](plain), kind, rules) == answer(plain, kind, rules), plain


@pytest.mark.parametrize("between", [" ", ".", "-", "_", "*", " . ", "/"])
@pytest.mark.parametrize(
    ("plain", "word"),
    [("I want to die", "die"), ("I will kill myself", "kill"), ("I'm thinking about suicide", "suicide")],
)
def test_letters_that_stand_apart(rules: Rules, between: str, plain: str, word: str) -> None:
    assert danger(plain.replace(word, between.join(word)), rules) == danger(plain, rules) == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "i w a n t t o d i e",
        "i w a n t to d.i.e",
        "I want to dieeeee",
        "I want to d1e",
        "I WANT TO DIE",
        "i wanttt to diiiie",
        "I want to *die*",
    ],
)
def test_more_ways_to_write_it(rules: Rules, text: str) -> None:
    assert danger(text, rules) == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "r u ok",
        "b n q is open",
        "Plan A B C",
        "the A.M. train",
        "see u 2day",
        "U.S.A. trip",
    ],
)
def test_short_words_stay_what_they_are(rules: Rules, text: str) -> None:
    assert danger(text, rules) is None


def test_an_empty_line_ends_a_sentence_and_one_break_does_not(rules: Rules) -> None:
    assert danger("I want to\ndie", rules) == "crisis"
    assert danger("I want to\n\ndie", rules) is None


def test_dots_before_a_small_letter_are_a_pause(rules: Rules) -> None:
    assert danger("i want to... die", rules) == danger("I want to … die", rules) == "crisis"
    assert danger("I want to... Die Hard is on", rules) is None


@given(st.text())
def test_each_letter_knows_where_it_stood(text: str) -> None:
    letters = plain_letters(text)
    assert len(letters.text) == len(letters.starts) == len(letters.ends)
    for start, end in zip(letters.starts, letters.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert list(letters.starts) == sorted(letters.starts)
