"""Work grows with the length of a text and with nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.work import steps

from dbtcoach.coach.quotes import quoted_spans
from dbtcoach.coach.review import review

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

SIZE = 8_000
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


def work(text: str, rules: Rules) -> int:
    review(text[:2000], "message", rules)  # states that the words need are made before anything is counted
    return steps(lambda: review(text, "message", rules))


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_costs_at_most_about_as_much_as_ordinary_text(rules: Rules, unit: str) -> None:
    ordinary = work((ORDINARY * SIZE)[:SIZE], rules)
    hostile = work((unit * SIZE)[:SIZE], rules)
    assert hostile < 2 * ordinary


@pytest.mark.parametrize("unit", ["you never ", "i feel like you ", "you are so "])
def test_four_times_the_text_is_about_four_times_the_work(rules: Rules, unit: str) -> None:
    small, large = (work((unit * size)[:size], rules) for size in (SIZE // 4, SIZE))
    assert large < 5 * small


def test_quotes_are_found_in_one_pass() -> None:
    assert quoted_spans("“" * 200_000) == []
    assert quoted_spans("'a'" * 3) != []
