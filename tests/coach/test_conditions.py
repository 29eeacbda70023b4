"""What else a rule asks of a sentence or of the whole text, beside its phrase."""

from __future__ import annotations

import pytest

from dbtcoach.coach.load import load
from dbtcoach.coach.review import danger, review
from dbtcoach.errors import ScriptError

RULE = """format: 1
rules:
  - id: one
    label: label
    level: warning
    kinds: [message]
    reason: A name hits.
    pattern: Say what you saw.
    fails: a
    passes: b
    phrases: (walnut|pecan)
"""
DANGER = """format: 1
danger:
  - id: one
    safety: crisis
    fails: a
    passes: b
    phrases: (gone|over)
"""


def marked(condition: str, text: str) -> list[str]:
    notes = review(text, "message", load([("r.yaml", (RULE + condition).encode())])).notes
    return [text[note.start : note.end] for note in notes]


@pytest.mark.parametrize(
    ("condition", "text", "found"),
    [
        ("unless: joking", "You walnut. I was joking.", ["walnut"]),
        ("unless: joking", "You walnut, joking. You pecan.", ["pecan"]),
        ("unless_anywhere: joking", "You walnut. I was joking.", []),
        ("unless_anywhere: joking", "I was joking. You walnut, you. You pecan.", []),
        ("unless_anywhere: (joking|kidding)", "You walnut. You pecan.", ["walnut", "pecan"]),
        ("needs: you", "You rang. Walnut.", []),
        ("needs_anywhere: you", "You rang. Walnut.", ["Walnut"]),
        ("needs_anywhere: you", "Walnut. He rang. You too.", ["Walnut"]),
        ("needs_anywhere: you", "Walnut. He rang.", []),
    ],
)
def test_what_stands_elsewhere(condition: str, text: str, found: list[str]) -> None:
    assert marked(f"    {condition}\n", text) == found


def test_all_conditions_hold_together() -> None:
    both = "    needs_anywhere: you\n    unless_anywhere: joking\n    unless: he\n"
    assert marked(both, "You rang. Walnut.") == ["Walnut"]
    assert marked(both, "You rang. Walnut. Only joking.") == []
    assert marked(both, "You rang. He is a walnut. Pecan.") == ["Pecan"]


def test_a_rule_about_danger_looks_in_quotes_too() -> None:
    rules = load([("r.yaml", (DANGER + "    needs_anywhere: pills\n").encode())])
    assert danger('I said "pills". Soon it is over.', rules) == "crisis"
    assert danger("Soon it is over.", rules) is None


def test_a_text_that_is_no_phrase_is_told_with_its_place() -> None:
    with pytest.raises(ScriptError) as raised:
        load(
            [
                (
                    "r.yaml",
                    (RULE + "    unless_anywhere: |\n      only (joking\n    needs_anywhere: [a]\n").encode(),
                )
            ]
        )
    assert str(raised.value).split("\n") == [
        "r.yaml:13:12: this '(' is never closed",
        "r.yaml:14:21: expected a text",
    ]


def test_a_slip_in_the_name_is_told() -> None:
    with pytest.raises(ScriptError, match=r"r.yaml:12:5: unknown key .* did you mean 'unless_anywhere'\?"):
        load([("r.yaml", (RULE + "    unless_anywher: joking\n").encode())])
