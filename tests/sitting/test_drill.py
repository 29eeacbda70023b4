"""The drill: three scenes a day, none again until all were seen, however many are skipped."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.sitting.world import EVENING, world

from dbtcoach.journal.entry import day_of
from dbtcoach.journal.state import read_state, update_state
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.link import drills
from dbtcoach.sitting.from_file import play_script
from dbtcoach.sitting.prepare import scenes_for

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = Catalogue(shipped_folder())
DRILL = SHIPPED.read("validate-drill")
SCENES = SHIPPED.scenes("scenes")
DAYS = 40


def drawn_on(home: Path, day: int) -> tuple[str, ...]:
    around = world(home, now=EVENING + timedelta(days=day))
    (found,) = scenes_for(DRILL, around.catalogue, around.home, day_of(around.clock())).values()
    return found


def practise(home: Path, day: int, answered: list[str]) -> None:
    (drill,) = drills(DRILL)
    lines = [f"{drill.id}.{scene}: r1" for scene in answered] or ["take_along: Nothing today."]
    around = world(home, *lines, now=EVENING + timedelta(days=day))
    assert play_script(around, DRILL, "-", as_json=True) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "skipped"), [(1, 0.0), (2, 0.4)])
def test_none_comes_again_until_all_were_seen(tmp_path: Path, seed: int, skipped: float) -> None:
    chance = random.Random(seed)  # noqa: S311 - which scenes somebody skips, not a secret
    seen: set[str] = set()
    for day in range(DAYS):
        drawn = drawn_on(tmp_path, day)
        assert len(set(drawn)) == len(drawn) == 3
        fresh = {scene.id for scene in SCENES} - seen
        again = set(drawn) & seen
        assert not again or fresh <= set(drawn), f"day {day}: {again} came again before {fresh}"
        answered = [scene for scene in drawn if chance.random() >= skipped]
        practise(tmp_path, day, answered)
        if again & set(answered) and fresh <= set(answered):
            seen = set()
        seen |= set(answered)


def test_all_of_them_come_within_ten_days(tmp_path: Path) -> None:
    counted: Counter[str] = Counter()
    for day in range(-(-len(SCENES) // 3)):
        drawn = drawn_on(tmp_path, day)
        counted.update(drawn)
        practise(tmp_path, day, list(drawn))
    assert set(counted) == {scene.id for scene in SCENES}
    assert max(counted.values()) == 1 + bool(len(SCENES) % 3)


def test_the_same_day_draws_the_same_and_another_day_others(tmp_path: Path) -> None:
    assert drawn_on(tmp_path, 0) == drawn_on(tmp_path, 0)
    assert len({drawn_on(tmp_path, day) for day in range(DAYS)}) > DAYS // 2


def test_there_are_scenes_from_couples_family_and_work_with_a_reason_for_every_reply() -> None:
    assert len(SCENES) >= 24
    source = (shipped_folder() / "data" / "scenes.yaml").read_text("utf-8")
    for part in ("  # Couples\n", "  # Family\n", "  # Work"):
        assert part in source
    assert len({scene.id for scene in SCENES}) == len(SCENES)
    assert len({scene.says for scene in SCENES}) == len(SCENES)
    for scene in SCENES:
        assert len(scene.replies) >= 3
        assert any(reply.valid for reply in scene.replies)
        assert not all(reply.valid for reply in scene.replies)
        for reply in scene.replies:
            assert reply.why.startswith(("Level ", "By action")) or not reply.valid, (
                f"{scene.id}: no level named"
            )


def test_the_reply_that_validates_is_not_always_in_the_same_place() -> None:
    first = Counter(next(n for n, reply in enumerate(scene.replies) if reply.valid) for scene in SCENES)
    assert len(first) >= 3
    assert max(first.values()) < len(SCENES) * 0.6


def test_a_new_scene_that_was_skipped_comes_before_any_old_one(tmp_path: Path) -> None:
    old, new = [scene.id for scene in SCENES[:-2]], {scene.id for scene in SCENES[-2:]}
    around = world(tmp_path)
    update_state(around.home, lambda state: replace(state, scenes=tuple(old)))
    drawn = drawn_on(tmp_path, 0)
    assert new <= set(drawn)
    practise(tmp_path, 0, [scene for scene in drawn if scene not in new])
    assert new <= set(drawn_on(tmp_path, 1))
    assert len(read_state(around.home).scenes) == len(old)
