"""``dbtcoach exercises preview``: walk an exercise without saving anything."""

from __future__ import annotations

from dbtcoach.commands.options import ExerciseName
from dbtcoach.sitting.live import Wishes, practise
from dbtcoach.sitting.stage import open_stage
from dbtcoach.world.surroundings import Surroundings


def command(name: ExerciseName) -> None:
    """Lead through the exercise as a person would be led, and keep nothing."""
    around = Surroundings(home_needed=False)
    exercise = around.catalogue.read(name)
    practise(around, exercise, Wishes(save=False), open_stage(around))
