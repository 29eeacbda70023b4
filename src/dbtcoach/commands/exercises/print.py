"""``dbtcoach exercises print``: an exercise on paper."""

from __future__ import annotations

import typer

from dbtcoach.cleaning import clean
from dbtcoach.commands.options import ExerciseName
from dbtcoach.practice.worksheet import worksheet
from dbtcoach.sitting.prepare import completed, facts_of, scenes_for
from dbtcoach.world.surroundings import Surroundings


def command(name: ExerciseName) -> None:
    """Print a blank worksheet in Markdown."""
    typer.echo(clean(paper(Surroundings(home_needed=False), name)), nl=False)


def paper(around: Surroundings, name: str) -> str:
    """Return an exercise as a blank worksheet in Markdown, with help lines and today's scenes."""
    exercise = around.catalogue.read(name)
    known = facts_of(around)
    lines = {fact: known[fact] for fact in ("lines.crisis", "lines.abuse")}
    return worksheet(completed(around, exercise, scenes_for(around, exercise)), lines)
