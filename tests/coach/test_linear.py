"""Work grows with the length of a text and with nothing else: lines are counted, no clock is read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from dbtcoach.coach.review import danger, review

if TYPE_CHECKING:
    from types import FrameType

    from _typeshed import TraceFunction

    from dbtcoach.coach.rules import Rules

SIZE = 3_000
ORDINARY = "You came home at eight and we ate, and then I felt sad about the film we saw. "
HOSTILE = [
    *(
        "a",
        "a ",
        "“",
        "“‘«",
        "\"'",
        "x'",
        "you are so ",
        "i really really ",
        "if you never or i will, ",
        "1",
        ". ",
    ),
    *("f**", "end it ", '"end it" ', "i\n", "k i l l ", "i want to ", "\u200b", "e\u0301", "(", "you never "),
]


def work(text: str, rules: Rules) -> int:
    """Return how many lines of Python are run while a text is read."""
    count = 0

    def counted(_frame: FrameType, event: str, _of: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return counted

    review(text, "message", rules)  # what its words need is read before the count
    before = sys.gettrace()
    sys.settrace(counted)
    try:
        review(text, "message", rules)
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def ordinary(rules: Rules) -> int:
    return work((ORDINARY * SIZE)[:SIZE], rules)


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_as_much_work_as_ordinary_text(rules: Rules, ordinary: int, unit: str) -> None:
    hostile = work((unit * SIZE)[:SIZE], rules)
    assert hostile < 8 * ordinary


@pytest.mark.parametrize("unit", ["you never ", "end it ", "i feel like you ", '"you are so" '])
def test_four_times_the_text_is_four_times_the_work(rules: Rules, unit: str) -> None:
    small, large = (work((unit * size)[:size], rules) for size in (SIZE, 4 * SIZE))
    assert large < 5 * small


def test_a_rule_that_is_unsure_again_and_again(rules: Rules) -> None:
    for one in rules.dangers:
        unit = f"{one.fails[0].rstrip('.')}. "
        if one.unsure and danger(unit * 2, rules) == "soft":
            break
    small, large = (work(unit * times, rules) for times in (25, 400))
    assert large < 18 * small
