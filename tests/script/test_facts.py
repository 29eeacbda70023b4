"""The closed set of facts, and how names are written in a text."""

from __future__ import annotations

import pytest

from dbtcoach.script.facts import is_fact, last_answer, minutes_later, references


@pytest.mark.parametrize(
    ("name", "minutes"),
    [("now+1min", 1), ("now+20min", 20), ("now+1440min", 1440)],
)
def test_minutes_later(name: str, minutes: int) -> None:
    assert minutes_later(name) == minutes
    assert is_fact(name)


@pytest.mark.parametrize(
    "name",
    [
        "now+0min",
        "now+1441min",
        "now+9999min",
        "now+020min",
        "now-20min",
        "now+20",
        "now+20 min",
        "now+٢min",
        "xnow+20min",
    ],
)
def test_no_minutes_later(name: str) -> None:
    assert minutes_later(name) is None
    assert not is_fact(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("last.dear-man.assert_ask", ("dear-man", "assert_ask")),
        ("last.reflect.looking_back.said", ("reflect", "looking_back.said")),
        ("last.dear-man", None),
        ("last.Dear.x", None),
        ("last..x", None),
        ("last.a.b.", None),
        ("last.a.b\n", None),
    ],
)
def test_last_answers(name: str, expected: tuple[str, str] | None) -> None:
    assert last_answer(name) == expected
    assert is_fact(name) == (expected is not None)


def test_the_other_facts() -> None:
    for name in ("now", "today", "lines.crisis", "lines.abuse", "follow_up"):
        assert is_fact(name)
    for name in ("", "home", "env.HOME", "lines", "lines.other", "Now", "now ", "day_number"):
        assert not is_fact(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("$", []),
        ("${a}", ["a"]),
        ("${a}${b.c}", ["a", "b.c"]),
        ("$${a}", []),
        ("$$${a}", ["a"]),
        ("${}", [""]),
        ("${a b!}", ["a b!"]),
        ("${a", []),
        ("${a\n}", []),
        ("${{a}}", []),
        ("$a {b}", []),
    ],
)
def test_references(text: str, names: list[str]) -> None:
    assert references(text) == names
