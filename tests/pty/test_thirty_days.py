"""Thirty evenings of one person, on a terminal: what is asked, what comes back, and the page in docs/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import share
from tests.pty.thirty_days import DOCUMENT, FIX, LEFT_OUT, SHOWN, Evening, document, evenings

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.pty, pytest.mark.slow]
LEAST = 9
MOST = share(LEAST, 30)  # evenings
MOST_SCREENS = 8  # with what was planned, and the choice at the end; a week that is looked at has its own


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Evening]:
    folder: Path = tmp_path_factory.mktemp("thirty")
    return {evening.number: evening for evening in evenings(folder, MOST)}


def test_thirty_evenings(met: dict[int, Evening]) -> None:
    assert sorted(met) == [number for number in range(1, MOST + 1) if number not in LEFT_OUT]
    page = document([met[number] for number in SHOWN if number in met])
    assert DOCUMENT.read_text("utf-8").startswith(page), f"To renew it: {FIX}"
    for evening in met.values():
        assert evening.text.count("You planned:") <= 1
        weeks = "The week to" in evening.text
        assert weeks or len(evening.screens) <= MOST_SCREENS + ("y or n" in evening.text)
    assert "You planned:" not in met[1].text
    assert "You planned: Tell Ana one thing that was hard today." in met[5].text
    assert "You planned: to come back to the talk, after a break." in met[9].text
    looked_back = [number for number, evening in met.items() if "The week to" in evening.text]
    assert looked_back == [number for number in (8, 15, 22, 29) if number in met]
    if MOST > LEAST:
        assert "For this week you planned: A walk before I go home on Wednesday." in met[15].text
