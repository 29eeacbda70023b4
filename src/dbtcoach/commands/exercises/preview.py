"""``dbtcoach exercises preview``: walk an exercise without saving anything."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.commands.options import ExerciseName
from dbtcoach.sitting.live import Wishes, practise
from dbtcoach.world.surroundings import Surroundings


def command(
    name: ExerciseName,
    plain: Annotated[bool, typer.Option("--plain", help="One thing a line.")] = False,  # noqa: FBT002
) -> None:
    """Lead through the exercise as a person would be led, and keep nothing."""
    around = Surroundings(home_needed=False)
    practise(around, around.catalogue.read(name), Wishes(plain=plain, save=False))
