"""Breathing and waiting: where they stand depends on the seconds alone that were not paused."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbtcoach.drawing.captions import breaths
from dbtcoach.drawing.pacer import SETTLE, Beat, Stopwatch, beat, in_words, lasts, pace_of
from dbtcoach.script.model import Breathe, Wait

SIGH = Breathe(id="b", inhale=4, top_up=2, hold=1, exhale=8, rest=1, rounds=2)
PLAIN = Breathe(id="b", inhale=4, exhale=6, rounds=3)


def patterns(most_rounds: int) -> st.SearchStrategy[Breathe]:
    return st.builds(
        Breathe,
        id=st.just("b"),
        inhale=st.integers(1, 30),
        top_up=st.integers(0, 30),
        hold=st.integers(0, 30),
        exhale=st.integers(1, 30),
        rest=st.integers(0, 30),
        rounds=st.integers(1, most_rounds),
    )


@pytest.mark.parametrize(
    ("step", "elapsed", "expected"),
    [
        (PLAIN, 0, Beat("Settle", 0.0, 3, 3, 30)),
        (PLAIN, 2.5, Beat("Settle", 0.0, 1, 3, 30)),
        (PLAIN, 3, Beat("Breathe in", 0.0, 4, 3, 30)),
        (PLAIN, 4, Beat("Breathe in", (1 - 0.5**0.5) / 2, 3, 3, 29)),
        (PLAIN, 5, Beat("Breathe in", 0.5, 2, 3, 28)),
        (PLAIN, 7, Beat("Breathe out", 1.0, 6, 3, 26)),
        (PLAIN, 10, Beat("Breathe out", 0.5, 3, 3, 23, out=1.0)),
        (PLAIN, 13, Beat("Breathe in", 0.0, 4, 2, 20, out=1.0)),
        (PLAIN, 13.3, Beat("Breathe in", 0.0138, 4, 2, 20, out=0.5)),
        (PLAIN, 15, Beat("Breathe in", 0.5, 2, 2, 18)),
        (PLAIN, 33, Beat("Done", 0.0, 0, 0, 0, out=1.0, over=True)),
        (PLAIN, 3000, Beat("Done", 0.0, 0, 0, 0, out=1.0, over=True)),
        (SIGH, 7, Beat("A little more in", 4 / 6, 2, 2, 28)),
        (SIGH, 8, Beat("A little more in", 5 / 6, 1, 2, 27)),
        (SIGH, 9, Beat("Hold", 1.0, 1, 2, 26)),
        (SIGH, 10, Beat("Breathe out", 1.0, 8, 2, 25)),
        (SIGH, 18.5, Beat("Rest", 0.0, 1, 2, 17, out=1.0)),
        (SIGH, 19, Beat("Breathe in", 0.0, 4, 1, 16, out=1.0)),
    ],
)
def test_a_moment(step: Breathe, elapsed: float, expected: Beat) -> None:
    now = beat(step, elapsed)
    assert now.fill == pytest.approx(expected.fill, abs=1e-4)
    assert now.out == pytest.approx(expected.out)
    assert replace(now, fill=0.0, out=0.0) == replace(expected, fill=0.0, out=0.0)


@given(patterns(200), st.floats(0, 1))
def test_any_moment_of_any_pattern(step: Breathe, share: float) -> None:
    elapsed = share * lasts(step) * 1.1
    now = beat(step, elapsed)
    assert now.over == (elapsed >= lasts(step))
    assert 0.0 <= now.fill <= 1.0
    assert 0.0 <= now.out <= 1.0
    if not now.over:
        assert 1 <= now.rounds <= step.rounds
        assert 1 <= now.seconds <= {**dict(breaths(step)), "Settle": SETTLE}[now.words]
        assert now.left - 1 < lasts(step) - max(elapsed, SETTLE) <= now.left


@pytest.mark.slow
@given(patterns(3))
def test_the_seconds_add_up(step: Breathe) -> None:
    cycle = sum(seconds for _words, seconds in breaths(step))
    shown = [beat(step, SETTLE + second + 0.5) for second in range(cycle * step.rounds)]
    for name, seconds in breaths(step):
        counted = [now.seconds for now in shown if now.words == name]
        assert counted == list(range(seconds, 0, -1)) * step.rounds
    assert [now.rounds for now in shown] == [r for r in range(step.rounds, 0, -1) for _ in range(cycle)]


@given(patterns(200), st.integers(0, 100))
def test_the_figure_does_not_jump_within_a_breath(step: Breathe, at: int) -> None:
    """Lungs fill until the out-breath, then empty, slowly where they turn."""
    cycle = sum(seconds for _words, seconds in breaths(step))
    moment, later = SETTLE + cycle * at / 100.0, SETTLE + cycle * at / 100.0 + 0.1
    if later < SETTLE + cycle:
        steepest = pi / 2 * 0.1 / min(s for name, s in breaths(step) if name not in ("Hold", "Rest"))
        assert abs(beat(step, later).fill - beat(step, moment).fill) <= steepest + 1e-9
    turn = SETTLE + step.inhale + step.top_up + step.hold
    assert abs(beat(step, turn + 0.01).fill - 1.0) < 1e-3


def test_a_stopwatch_counts_what_was_not_paused() -> None:
    now = iter([10.0, 14.0, 20.0, 20.5]).__next__
    watch = Stopwatch(now)
    assert watch.elapsed == 0.0
    watch.start()
    watch.stop()
    assert (watch.runs, watch.elapsed) == (False, 4.0)
    watch.start()
    assert (watch.runs, watch.elapsed) == (True, 4.5)


def test_a_wait_that_waits_begins_and_ends_when_somebody_says_so() -> None:
    now = [0.0]
    pace = pace_of(Wait(id="w", message="m", seconds=30, ready=True), lambda: now[0])
    assert pace is not None
    pace.come()
    pace.pause()
    now[0] = 60.0
    assert (pace.left, pace.over, pace.keys()) == (30, False, ["Enter starts"])
    pace.begin()
    now[0] = 70.0
    assert (pace.left, pace.keys()) == (20, ["Space pauses", "Enter ends it"])
    pace.pause()
    now[0] = 500.0
    assert (pace.left, pace.keys()) == (20, ["Space goes on", "Enter ends it"])
    pace.leave()
    pace.come()
    assert not pace.watch.runs  # whoever looked at something else meanwhile finds it paused still
    pace.pause()
    now[0] = 520.0
    assert (pace.left, pace.over, pace.keys()) == (0, True, ["Enter goes on"])


def test_what_waits_for_nobody_begins_and_goes_on_where_it_was_left() -> None:
    now = [0.0]
    pace = pace_of(Wait(id="w", message="m", seconds=30), lambda: now[0])
    assert pace is not None
    pace.come()
    now[0] = 10.0
    pace.leave()
    now[0] = 100.0
    assert pace.left == 20
    pace.come()
    now[0] = 101.0
    assert pace.left == 19


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (1, "1 second"), (59, "59 seconds"), (60, "a minute"), (61, "1:01 minutes"),
     (90, "1:30 minutes"), (1200, "20 minutes"), (3600, "60 minutes")],
)  # fmt: skip
def test_a_time_in_words(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
