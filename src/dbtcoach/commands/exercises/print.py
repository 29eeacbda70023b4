"""``dbtcoach exercises print``: an exercise on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands.options import ExerciseName
from dbtcoach.errors import UsageError
from dbtcoach.insight import sheet_page, week_sheet
from dbtcoach.insight.week_card import week_card
from dbtcoach.journal.entry import day_of
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.practice.for_paper import for_paper
from dbtcoach.practice.worksheet import worksheet
from dbtcoach.sitting.prepare import completed, facts_of, scenes_for
from dbtcoach.sitting.rows import rows_of_card
from dbtcoach.world.console import say_page
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from datetime import date

TO_FILE = "dbtcoach exercises print reflect --week"


def command(
    name: ExerciseName,
    *,
    week: Annotated[
        bool, typer.Option("--week", help="Of reflect: a sheet of A4 for seven days, as HTML.")
    ] = False,
) -> None:
    """Print a blank worksheet for paper, as HTML."""
    around = Surroundings(home_needed=False)
    if not week:
        made = sheet_page.page(name, paper(around, name))
        say_page(around.streams.stdout, made, f"dbtcoach exercises print {name} > sheet.html")
        return
    if name != CHECK_IN:
        raise UsageError(f"A sheet for a week: dbtcoach exercises print {CHECK_IN} --week > week.html")
    card = week_card([], _any_sunday(day_of(around.clock())), rows_of_card(around), blank=True)
    known = facts_of(around, around.clock())
    say_page(around.streams.stdout, week_sheet.blank(card, known["lines.crisis"]), f"{TO_FILE} > week.html")


def _any_sunday(day: date) -> date:
    """Return the end of the week of a day: a blank sheet begins with a Monday."""
    return day + timedelta(days=6 - day.weekday())


def paper(around: Surroundings, name: str) -> str:
    """Return an exercise as a blank worksheet in Markdown, with help lines and today's scenes."""
    exercise, now = around.catalogue.read(name), around.clock()
    known = facts_of(around, now)
    told = ("lines.crisis", "lines.abuse", "lines.stopping", "that_day", "next_day")
    drawn = scenes_for(exercise, around.catalogue, around.home, day_of(now))
    whole = completed(exercise, drawn, around.catalogue, around.settings)
    return worksheet(for_paper(whole), {fact: known[fact] for fact in told})
