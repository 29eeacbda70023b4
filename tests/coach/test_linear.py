"""Time grows with the length of a text and with nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from dbtcoach.coach.review import review
from dbtcoach.coach.words import quoted_spans

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

SIZE = 16_000
ORDINARY = "You came home at eight and we ate, and then I felt sad about the film we saw. "
HOSTILE = {
    "one letter": "a",
    "one letter, spaced": "a ",
    "open quotes": "“",
    "nested quotes": "“‘«",
    "straight quotes": "\"'",
    "apostrophes": "x'",
    "the start of a rule": "you are so ",
    "almost a rule": "i really really ",
    "no sentence ends": "if you never or i will, ",
    "digits": "1",
    "full stops": ". ",
    "stars": "f**",
}


def seconds(text: str, rules: Rules) -> float:
    review(text[:2000], "message", rules)  # states that the words need are made before the clock starts
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        review(text, "message", rules)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_costs_about_as_much_as_ordinary_text(rules: Rules, unit: str) -> None:
    ordinary = seconds((ORDINARY * SIZE)[:SIZE], rules)
    hostile = seconds((unit * SIZE)[:SIZE], rules)
    assert hostile < 12 * ordinary + 0.2


@pytest.mark.parametrize("unit", ["you never ", "i feel like you ", "you are so "])
def test_twice_the_text_takes_about_twice_the_time(rules: Rules, unit: str) -> None:
    small, large = (seconds((unit * size)[:size], rules) for size in (SIZE // 4, SIZE))
    assert large < 4 * 3 * small + 0.2


def test_quotes_are_found_in_one_pass() -> None:
    assert quoted_spans("“" * 200_000) == []
    assert quoted_spans("'a'" * 3) != []
