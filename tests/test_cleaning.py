"""How a text stands on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shell import entries, run

from dbtcoach.cleaning import apart, quoted

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"Always" and "never" sting.', "“Always” and “never” sting."),
        ("It's plain.", "It's plain."),
        ('5" wide', '5" wide'),
        ("“Done” already", "“Done” already"),
        ('""', "“”"),
    ],
)
def test_quotation_marks_are_of_one_kind(text: str, shown: str) -> None:
    assert quoted(text) == shown


def test_a_review_shows_one_kind_and_its_json_says_what_the_rule_says(tmp_path: Path) -> None:
    told = run(tmp_path, "review", typed="You always come late.\n").stdout
    assert "“You always”" in told
    assert "“Always”" in told
    assert '"' not in told


def test_a_scripted_run_does_not_look_for_danger_as_the_readme_says(tmp_path: Path) -> None:
    done = run(tmp_path, "pause", "--answers", "-", typed='before: 3\nurge: "I want to die."\n')
    assert done.returncode == 0
    assert "A person can be with you" not in done.stdout + done.stderr
    assert len(entries(tmp_path)) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200c\U0001f467"),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200c\U0001f525"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),  # a letter of Hindi is left as it is
        ("no emoji", "no emoji"),
    ],
)
def test_joined_emoji_stand_apart_letter_for_letter(text: str, shown: str) -> None:
    assert apart(text) == shown
