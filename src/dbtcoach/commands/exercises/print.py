"""``dbtcoach exercises print``: an exercise on paper."""

from __future__ import annotations

import typer

from dbtcoach.cleaning import clean
from dbtcoach.commands.options import ExerciseName
from dbtcoach.journal.entry import day_of
from dbtcoach.practice.worksheet import worksheet
from dbtcoach.sitting.prepare import completed, facts_of, scenes_for
from dbtcoach.world.surroundings import Surroundings


def command(name: ExerciseName) -> None:
    """Print a blank worksheet in Markdown."""
    typer.echo(clean(paper(Surroundings(home_needed=False), name)), nl=False)


def paper(around: Surroundings, name: str) -> str:
    """Return an exercise as a blank worksheet in Markdown, with help lines and today's scenes."""
    exercise, now = around.catalogue.read(name), around.clock()
    known = facts_of(around.home, around.keyring, lambda: around.country, now)
    lines = {fact: known[fact] for fact in ("lines.crisis", "lines.abuse", "lines.stopping")}
    drawn = scenes_for(exercise, around.catalogue, around.home, day_of(now))
    return worksheet(completed(exercise, drawn, around.catalogue, around.settings), lines)
