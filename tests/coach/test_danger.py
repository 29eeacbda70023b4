"""Danger said plainly is heard in a long text; figures of speech and tidings of others do not interrupt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dbtcoach.coach.model import GRAVE
from dbtcoach.coach.review import danger

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

BESIDE = (  # words that are shields when they stand near; here they stand far off
    "my brother and i were watching the last episode of our series and eating pizza and it was a nice "
    "evening and he laughed and i said good night and went up and lay there for hours like every night "
    "and i thought "
)


@pytest.mark.parametrize(
    "text",
    [
        "i just want to die",
        "im going to kill myself",
        "i dont want to be alive any more",
        "my husband hit me again and i have bruises on my arm",
        "he threatened to kill me if i leave",
    ],
)
def test_a_long_text_does_not_hide_what_is_said_plainly(rules: Rules, text: str) -> None:
    assert danger(text, rules) in GRAVE
    assert danger(BESIDE + text, rules) in GRAVE


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("I want to die.", "I want to die, this homework is so dull."),
        ("I'll kill myself.", "I'll kill myself if I have to hear that song again."),
        ("He beat me.", "He beat me at chess."),
        ("I cut myself again.", "I cut myself shaving again."),
        ("I tried to kill myself.", "Twelve years ago I tried to kill myself."),
    ],
)
def test_a_shield_near_by_keeps_the_page_away(rules: Rules, text: str, near: str) -> None:
    assert danger(text, rules) in GRAVE
    assert danger(near, rules) not in GRAVE


@pytest.mark.parametrize(
    "text",
    [
        "my best friend is suicidal and i dont know what to say",
        "They wrote an essay about suicide.",
        "She committed suicide in the second season.",
        "People who self-harm often hide it.",
    ],
)
def test_tidings_of_others_do_not_interrupt(rules: Rules, text: str) -> None:
    assert danger(text, rules) not in GRAVE


def test_two_unsure_signs_are_believed(rules: Rules) -> None:
    one = "He checks my phone every night."
    both = "I'm scared of what he'll do. He smashed my phone and I have nowhere to go."
    assert danger("He smashed my phone.", rules) == "soft"
    assert danger(one, rules) is not None
    assert danger(both, rules) == "abuse"


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("wanna k*ll myself", "I want to kill myself"),
        ("thinking of ctb", "thinking of killing myself"),
        ("w4nt 2 d1e", "I want to die"),
        ("my dh hit me", "my husband hit me"),
    ],
)
def test_words_as_forums_disguise_them(rules: Rules, disguised: str, plain: str) -> None:
    assert danger(disguised, rules) == danger(plain, rules)
    assert danger(disguised, rules) in GRAVE
