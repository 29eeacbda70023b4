"""What an exercise may know when it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.sitting.world import EVENING, facts_now, world

from dbtcoach.journal.state import FollowUp, update_state

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("days", "stopped", "told"),
    [
        (0, False, "a talk on Monday 23 November"),
        (3, False, "a talk on Friday 20 November"),
        (4, False, ""),
        (-1, False, ""),  # the clock was put back
        (3, True, ""),
    ],
)
def test_a_talk_is_asked_about_for_three_days(tmp_path: Path, days: int, told: str, *, stopped: bool) -> None:
    around = world(tmp_path)
    due = (EVENING - timedelta(days=days)).date().isoformat()
    update_state(around.home, lambda state: replace(state, follow_up=FollowUp("an-id", due, stopped=stopped)))
    assert facts_now(around).get("follow_up", "") == told
