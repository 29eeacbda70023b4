"""What an exercise may know when it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import NOW, entry, put
from tests.sitting.world import EVENING, facts_now, world

from dbtcoach.journal.state import FollowUp, update_state

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("days", "stopped", "told"),
    [
        (0, False, "a talk today"),
        (1, False, "a talk yesterday"),
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


@pytest.mark.parametrize(("older", "newer"), [("dear-man", "dear-man-quick"), ("dear-man-quick", "dear-man")])
def test_the_last_talk_is_the_newest_however_it_was_prepared(tmp_path: Path, older: str, newer: str) -> None:
    asks = {older: "Would you text me?", newer: "Would you lend me a hand?"}
    put(
        tmp_path,
        [
            entry(name, NOW + timedelta(hours=at), answers={"assert": asks[name]})
            for at, name in enumerate((older, newer))
        ],
    )
    assert facts_now(world(tmp_path)).get("last.dear-man.assert") == asks[newer]
