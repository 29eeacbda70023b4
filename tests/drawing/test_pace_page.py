"""What breathing and waiting look like at a moment: in any window, with and without colours and letters."""

from __future__ import annotations

import time

import pytest
from docs.colours import GROUNDS, SEEN, contrast
from rich.color import Color

from dbtcoach.drawing.figure import Disc, large, shades
from dbtcoach.drawing.glyphs import Glyphs
from dbtcoach.drawing.pace_page import LARGEST, SMALLEST, drawn, moment
from dbtcoach.drawing.pacer import Pace, Stopwatch
from dbtcoach.drawing.theme import STYLES, Ground, Look
from dbtcoach.script.model import Breathe, Wait

BREATH = Breathe(id="b", inhale=4, exhale=6, rounds=3)
TRUE = Look("dark", "truecolor")
DISC = set("█▀▄#")


def at(step: Breathe | Wait, seconds: float, *, paused: bool = False) -> Pace:
    """Return a step that has run so long."""
    pace = Pace(step, Stopwatch(lambda: 0.0))
    pace.begin()
    pace.watch.since = -seconds
    if paused:
        pace.pause()
    return pace


def lines(
    pace: Pace, look: Look = TRUE, width: int = 72, rows: int = 18, *, animated: bool = True
) -> list[str]:
    picture = drawn(pace, look, width, rows, animated=animated)
    return ["".join(segment.text for segment in line) for line in look.lines(picture, width)]


def lit(shown: list[str]) -> int:
    return sum(letter in DISC for line in shown for letter in line)


def test_it_grows_and_shrinks_between_a_lead_in_and_a_word_for_each_half() -> None:
    seen = [lines(at(BREATH, seconds)) for seconds in (0.5, 3.5, 5, 6.9, 7.5, 10, 12.5)]
    assert [shown[0].split() for shown in seen] == [
        ["Settle", "3"], ["Breathe", "in", "4"], ["Breathe", "in", "2"], ["Breathe", "in", "1"],
        ["Breathe", "out", "6"], ["Breathe", "out", "3"], ["Breathe", "out", "1"],
    ]  # fmt: skip
    sizes = [lit(shown) for shown in seen]
    assert sizes[0] <= sizes[1] < sizes[2] < sizes[3]
    assert sizes[4] > sizes[5] > sizes[6]
    assert seen[0][-1].strip() == "30 seconds left"
    assert seen[6][-1].strip() == "21 seconds left"


def test_in_and_out_differ_in_more_than_colour() -> None:
    """Dots show how large a breath in will be; there are none on the way out."""
    half_in, half_out = lines(at(BREATH, 5)), lines(at(BREATH, 10))
    assert lit(half_in) == lit(half_out)
    assert any("·" in line for line in half_in)
    assert not any("·" in line for line in half_out)


def test_it_says_that_it_is_paused_and_moves_nothing() -> None:
    going, paused = lines(at(BREATH, 5)), lines(at(BREATH, 5, paused=True))
    assert paused[0].split() == ["Paused", "2"]
    assert lit(going) == lit(paused)
    wait = Wait(id="w", message="m", seconds=30)
    assert lines(at(wait, 3, paused=True))[0] == "27 seconds left. Paused."


@pytest.mark.parametrize("width", [1, 20, 40, 60, 72])
@pytest.mark.parametrize("rows", [0, 5, 10, 14, 60])
@pytest.mark.parametrize("unicode", [True, False])
def test_it_fits_any_window(width: int, rows: int, unicode: bool) -> None:  # noqa: FBT001
    look = Look(glyphs=Glyphs(unicode=unicode))
    shown = lines(at(BREATH, 6.9), look, width, rows)
    assert all(len(line) <= width for line in shown)
    if not unicode:
        assert all(line.isascii() for line in shown)
    if rows >= SMALLEST + 5 and width >= 40:
        assert SMALLEST + 4 <= len(shown) <= min(rows, LARGEST + 4)
        assert max(map(len, map(str.strip, shown))) > lit(shown) ** 0.5  # as round as letters allow
    if width >= 20 and rows <= 5:
        assert len(shown) == 3  # a bar does


def test_without_animation_a_phase_is_one_picture_without_a_figure() -> None:
    pictures = {tuple(lines(at(BREATH, 3 + tenth / 10), animated=False)) for tenth in range(1, 40)}
    assert pictures == {("Breathe in  4", "", "3 rounds left")}
    assert moment(at(BREATH, 4), animated=False) == moment(at(BREATH, 6), animated=False)


def test_few_colours_are_one_tone_and_many_are_shades() -> None:
    def tones(look: Look, seconds: float) -> set[str]:
        picture = drawn(at(BREATH, seconds), look, 72, 18, animated=True)
        return {s.style.color.name for line in look.lines(picture, 72) for s in line
                if s.style and s.style.color and s.text[0] in DISC}  # fmt: skip

    assert tones(Look("dark", "none"), 6.9) == set()
    assert len(tones(Look("dark", "256"), 6.9)) == 1
    assert len(tones(TRUE, 6.9)) > 3
    assert tones(TRUE, 6.9).isdisjoint(tones(TRUE, 10))


@pytest.mark.parametrize("tone", ["inhale", "exhale"])
@pytest.mark.parametrize("ground", ["dark", "light", "unknown"])
def test_every_shade_is_seen_on_its_ground(tone: str, ground: Ground) -> None:
    for shade in shades(getattr(STYLES[tone], ground), ground):
        for behind in GROUNDS[ground]:
            assert contrast(Color.parse(shade), Color.parse(behind)) >= SEEN


def test_what_is_looked_at_from_the_tap_is_large_and_waits() -> None:
    cold = Wait(id="c", message="m", seconds=30, ready=True)
    assert lines(Pace(cold, Stopwatch(lambda: 0.0))) == ["Take your time. Enter starts the 30 seconds."]
    going = lines(at(cold, 3))
    assert going[:5] == [line.rstrip() for line in large("27")]
    assert going[6] == "seconds left"
    assert going[7].startswith("━━━━─")
    assert lines(at(cold, 31)) == ["Done. Enter goes on."]
    assert lines(at(cold, 3), rows=6)[0] == "27 seconds left"


def test_a_break_says_when_it_is_over_from_the_moment_on_that_it_runs() -> None:
    now, noon = [0.0], time.mktime((2026, 11, 23, 12, 0, 30, 0, 0, -1))
    rest = Wait(id="r", message="m", seconds=1200, ready=True)
    pace = Pace(rest, Stopwatch(lambda: now[0]), lambda: noon + now[0])
    now[0] = 600.0  # it was not begun for ten minutes
    assert lines(pace) == ["Take your time. Enter starts the 20 minutes."]
    pace.begin()
    now[0] += 60
    assert "minutes left, until 12:30" in lines(pace)
    assert lines(pace, rows=6)[0] == "19 minutes left, until 12:30"
    pace.pause()
    assert "minutes left. Paused." in lines(pace)
    now[0] += 300
    pace.pause()
    assert "minutes left, until 12:35" in lines(pace)


def test_a_wait_at_the_desk_is_a_line_of_words_and_a_quiet_bar() -> None:
    wait = Wait(id="w", message="m", seconds=40)
    assert lines(at(wait, 10)) == ["30 seconds left", "━" * 10 + "─" * 30]
    assert lines(at(wait, 10), Look(glyphs=Glyphs(unicode=False)))[1] == "#" * 10 + "." * 30


@pytest.mark.parametrize("rows", range(SMALLEST, LARGEST + 1))
def test_the_disc_is_the_same_on_all_sides(rows: int) -> None:
    picture = TRUE.lines(Disc(0.3, rows, ("#123456",), "track"), 2 * rows)
    shown = ["".join(segment.text for segment in line).ljust(2 * rows) for line in picture]
    flipped = str.maketrans("▀▄", "▄▀")
    assert shown == [line[::-1] for line in shown]
    assert shown == [line.translate(flipped) for line in reversed(shown)]
    assert sum(line.count("·") for line in shown) >= 6
