"""What a review promises of any text, and what it says of some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbtcoach.coach.load import load
from dbtcoach.coach.model import GRAVE, KINDS, LABELS, Kind
from dbtcoach.coach.review import danger, review

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

WORDS = [
    *(
        "you",
        "never",
        "always",
        "i",
        "feel",
        "like",
        "said",
        "'",
        '"',
        "“",
        "”",
        "‘",
        "’",
        "but",
        ",",
        ".",
        "!",
        "?",
    ),
    *(
        "idiot",
        "should",
        "at",
        "least",
        "if",
        "or",
        "else",
        "dont",
        "ur",
        "sooo",
        "kill",
        "myself",
        "he",
        "hit",
        "me",
    ),
    *("\n", "🙄", "8:40", "£5", "the", "to", "want", "sorry", "(", ")", "—", "\u0000", "\ud800", "ﬁ", "İ"),
]
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
kinds = st.sampled_from(KINDS)


@settings(max_examples=300)
@given(text=texts, kind=kinds)
def test_offsets_lie_inside_and_the_text_survives_marking(rules: Rules, text: str, kind: Kind) -> None:
    found = review(text, kind, rules)
    for note in found.notes:
        assert 0 <= note.start < note.end <= len(text)
        marked = text[: note.start] + "\x02" + text[note.start : note.end] + "\x03" + text[note.end :]
        assert marked.replace("\x02", "").replace("\x03", "") == text.replace("\x02", "").replace("\x03", "")
        assert note.rule in LABELS
        assert note.message
        assert note.pattern
    assert found.safety == danger(text, rules, kind)


@settings(max_examples=200)
@given(text=texts, kind=kinds)
def test_the_coach_is_silent_beside_danger(rules: Rules, text: str, kind: Kind) -> None:
    found = review(text, kind, rules)
    if found.safety in GRAVE:
        assert found.notes == ()
        assert found.strength is None


FLAWED = [
    "you never listen to me",
    "you're such an idiot",
    "you should be ashamed",
    "you did it on purpose to hurt me",
    "it's all your fault",
]
QUOTES = ['"{}"', "“{}”", "‘{}’", "'{}'", "«{}»", "„{}“"]


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("words", FLAWED)
def test_quoted_speech_is_exempt(rules: Rules, quote: str, words: str) -> None:
    text = f"On Monday at 8 you said {quote.format(words)}."
    assert review(text, "describe", rules).notes == ()
    assert review(words, "describe", rules).notes


def test_reported_speech_is_exempt(rules: Rules) -> None:
    assert review("On Friday you told me I never do anything right.", "describe", rules).notes == ()


def test_first_person_is_exempt(rules: Rules) -> None:
    for text in ("I never told you about it.", "I should have rung you.", "I've been lazy about the bins."):
        assert review(text, "describe", rules).notes == (), text


@pytest.mark.parametrize(
    "text",
    ["You NEVER help.", "u never help", "you nevr help", "You neverrrr help", "Honestly, you never help!!"],
)
def test_spelling_does_not_matter(rules: Rules, text: str) -> None:
    assert "always_never" in {note.rule for note in review(text, "describe", rules).notes}


def test_a_pattern_takes_up_the_own_words(rules: Rules) -> None:
    note = review("You always forget my birthday", "describe", rules).notes[0]
    assert note.pattern == "[Last night] you forgot my birthday for the [second] time."


def test_a_pattern_takes_up_one_clause(rules: Rules) -> None:
    note = review("You never listen to me and I'm sick of it.", "describe", rules).notes[0]
    assert note.pattern == "On [day] you did not listen to me."


def test_the_strongest_note_comes_first(rules: Rules) -> None:
    notes = review("You should try. You're such an idiot.", "message", rules).notes
    assert [note.level for note in notes] == sorted((note.level for note in notes), reverse=True)
    assert notes[0].rule == "label"


def test_offsets_count_in_the_whole_text(rules: Rules) -> None:
    text = "Hello 🙂. I was sad. You never ring."
    note = next(note for note in review(text, "message", rules).notes if note.rule == "always_never")
    assert text[note.start : note.end].startswith("You never")


def test_danger_in_a_draft_beats_coaching(rules: Rules) -> None:
    found = review("You never listen and I want to die.", "describe", rules)
    assert (found.safety, found.notes) == ("crisis", ())


def test_somebody_elses_words_are_heard_gently(rules: Rules) -> None:
    assert danger('My brother texted "I want to die" yesterday.', rules) == "soft"
    assert danger('"I want to die."', rules) == "crisis"


def test_one_true_thing_is_acknowledged(rules: Rules) -> None:
    assert review("You came in at 11:40 on Saturday.", "describe", rules).strength
    assert review("zzz", "describe", rules).strength is None


def test_what_a_note_speaks_about_is_not_praised(rules: Rules) -> None:
    for text in ("You always come in at 11:40.", "You never asked on Monday at 8."):
        found = review(text, "describe", rules)
        assert (bool(found.notes), found.strength) == (True, None)
    apart = review("You came in at 11:40 on Saturday. You never listen.", "describe", rules)
    assert apart.notes
    assert apart.strength


def test_nothing_to_say_about_nothing(rules: Rules) -> None:
    for kind in KINDS:
        assert review("", kind, rules).notes == ()
        assert review(" \n…!?", kind, rules).notes == ()


def test_a_note_about_something_missing_marks_the_whole_sentence(rules: Rules) -> None:
    text = "I wish it were otherwise"
    (note,) = review(f"{text}.", "assert", rules).notes
    assert (note.start, note.end) == (0, len(text))
    assert note.message == "I can't find an act or a time here. One act they could do is easier."


def test_an_unsure_rule_alone_asks_gently_and_two_are_believed() -> None:
    files = """format: 1
danger:
  - {id: one, safety: abuse, unsure: true, fails: a, passes: b, phrases: walnut}
  - {id: two, safety: abuse, unsure: true, fails: a, passes: b, phrases: pecan}
  - {id: sure, safety: crisis, fails: a, passes: b, phrases: hazel}
  - {id: heavy, safety: soft, fails: a, passes: b, phrases: acorn}
"""
    found = load([("r.yaml", files.encode())])
    assert danger("A walnut.", found) == "soft"
    assert danger("A walnut and an acorn.", found) == "soft"
    assert danger("A walnut. And a pecan.", found) == "abuse"
    assert danger("A walnut and a hazel.", found) == "crisis"
    assert danger("A hazel.", found) == "crisis"
