"""An exercise on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sitting.world import world

from dbtcoach.commands.exercises.print import paper
from dbtcoach.practice.worksheet import worksheet

if TYPE_CHECKING:
    from pathlib import Path


def test_paper_has_the_persons_rows_and_todays_scenes(tmp_path: Path) -> None:
    around = world(tmp_path)
    (tmp_path / "config.yaml").write_text("urges: [Run away]\n", "utf-8")
    assert "- Run away: how strong: 0  1" in paper(around, "reflect")
    text = paper(around, "validate-drill")
    assert text == paper(world(tmp_path), "validate-drill")
    assert text.count("What would you say?") == 3
    assert text != worksheet(around.catalogue.read("validate-drill"), {})
