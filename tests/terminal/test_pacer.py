"""The breathing pacer: what it shows at a moment depends on the moment alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbtcoach.script.model import Breathe, Wait
from dbtcoach.terminal.captions import breaths
from dbtcoach.terminal.glyphs import Glyphs
from dbtcoach.terminal.pacer import Beat, beat, draw, draw_wait, over

SIGH = Breathe(id="b", inhale=4, top_up=2, hold=1, exhale=8, rest=1, rounds=2)
PLAIN = Breathe(id="b", inhale=4, exhale=6, rounds=3)

patterns = st.builds(
    Breathe,
    id=st.just("b"),
    inhale=st.integers(1, 30),
    top_up=st.integers(0, 30),
    hold=st.integers(0, 30),
    exhale=st.integers(1, 30),
    rest=st.integers(0, 30),
    rounds=st.integers(1, 200),
)


def words(text: list[tuple[str, str]]) -> str:
    return "".join(part for _style, part in text)


@pytest.mark.parametrize(
    ("step", "elapsed", "expected"),
    [
        (PLAIN, 0, Beat("Breathe in", 0.0, 4, 3)),
        (PLAIN, 2, Beat("Breathe in", 0.5, 2, 3)),
        (PLAIN, 3.99, Beat("Breathe in", 0.9975, 1, 3)),
        (PLAIN, 4, Beat("Breathe out", 1.0, 6, 3)),
        (PLAIN, 7, Beat("Breathe out", 0.5, 3, 3)),
        (PLAIN, 10, Beat("Breathe in", 0.0, 4, 2)),
        (PLAIN, 29.9, Beat("Breathe out", 0.1 / 6, 1, 1)),
        (PLAIN, 30, Beat("Done", 0.0, 0, 0, over=True)),
        (PLAIN, 3000, Beat("Done", 0.0, 0, 0, over=True)),
        (SIGH, 4, Beat("A little more in", 4 / 6, 2, 2)),
        (SIGH, 5, Beat("A little more in", 5 / 6, 1, 2)),
        (SIGH, 6, Beat("Hold", 1.0, 1, 2)),
        (SIGH, 7, Beat("Breathe out", 1.0, 8, 2)),
        (SIGH, 15.5, Beat("Rest", 0.0, 1, 2)),
        (SIGH, 16, Beat("Breathe in", 0.0, 4, 1)),
    ],
)
def test_a_moment(step: Breathe, elapsed: float, expected: Beat) -> None:
    now = beat(step, elapsed)
    assert now.fill == pytest.approx(expected.fill)
    assert replace(now, fill=0.0) == replace(expected, fill=0.0)


@given(patterns, st.floats(0, 1))
def test_any_moment_of_any_pattern(step: Breathe, share: float) -> None:
    cycle = sum(seconds for _words, seconds in breaths(step))
    elapsed = share * cycle * step.rounds * 1.1
    now = beat(step, elapsed)
    assert now.over == (elapsed >= cycle * step.rounds)
    assert 0.0 <= now.fill <= 1.0
    if not now.over:
        assert 1 <= now.rounds <= step.rounds
        assert 1 <= now.seconds <= dict(breaths(step))[now.words]
    assert over(step, elapsed) == now.over


@pytest.mark.slow
@given(patterns.filter(lambda step: step.rounds < 4))
def test_the_seconds_add_up(step: Breathe) -> None:
    cycle = sum(seconds for _words, seconds in breaths(step))
    shown = [beat(step, second + 0.5) for second in range(cycle * step.rounds)]
    for name, seconds in breaths(step):
        counted = [now.seconds for now in shown if now.words == name]
        assert counted == list(range(seconds, 0, -1)) * step.rounds
    assert [now.rounds for now in shown] == [r for r in range(step.rounds, 0, -1) for _ in range(cycle)]


@given(patterns, st.integers(0, 100))
def test_the_bar_does_not_jump_within_a_breath(step: Breathe, at: int) -> None:
    """Lungs fill until the out-breath, then empty; only a rest of no time lets the next one start."""
    cycle = sum(seconds for _words, seconds in breaths(step))
    moment, later = cycle * at / 100.0, cycle * at / 100.0 + 0.1
    if later < cycle:
        most = 0.1 / min(seconds for name, seconds in breaths(step) if name not in ("Hold", "Rest"))
        assert abs(beat(step, later).fill - beat(step, moment).fill) <= most + 1e-9


@pytest.mark.parametrize("width", [1, 10, 40, 60, 80, 300])
@pytest.mark.parametrize("unicode", [True, False])
def test_the_bar_fits_and_is_full_when_the_lungs_are(width: int, unicode: bool) -> None:  # noqa: FBT001
    glyphs = Glyphs(unicode=unicode)
    full, empty = ("█", "░") if unicode else ("#", ".")
    start, top, half = (words(draw(PLAIN, at, width, glyphs, animated=True)) for at in (0, 4, 2))
    size = start.count(empty)
    assert 4 <= size <= max(4, min(width, 76) - 4)
    assert full not in start
    assert top.count(full) == size
    assert empty not in top
    assert half.count(full) == pytest.approx(size / 2, abs=1)
    assert "3 rounds left" in start
    assert "last round" in words(draw(PLAIN, 20, width, glyphs, animated=True))


def test_without_animation_a_phase_is_one_picture() -> None:
    pictures = {words(draw(PLAIN, tenth / 10, 80, Glyphs(), animated=False)) for tenth in range(40)}
    assert len(pictures) == 1
    assert "Breathe in  4" in pictures.pop()
    assert words(draw(PLAIN, 30, 80, Glyphs(), animated=False)) == "Done.\n"


@pytest.mark.parametrize(
    ("seconds", "elapsed", "text"),
    [
        (30, 0, "30 seconds\n"),
        (30, 0.5, "30 seconds\n"),
        (30, 29.5, "1 second\n"),
        (30, 30, "Time.\n"),
        (30, 99, "Time.\n"),
        (90, 0, "1:30\n"),
        (90, 30.5, "1:00\n"),
        (90, 31, "59 seconds\n"),
        (3600, 0, "60:00\n"),
    ],
)
def test_a_wait_counts_down(seconds: int, elapsed: float, text: str) -> None:
    step = Wait(id="w", message="m", seconds=seconds)
    assert words(draw_wait(step, elapsed)) == text
    assert over(step, elapsed) == (elapsed >= seconds)
