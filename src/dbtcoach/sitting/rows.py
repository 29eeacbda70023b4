"""Rows of one's own in the daily check-in: emotions, urges, and anything else with a number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import CoachError
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.script.day_rows import rows_of_day
from dbtcoach.script.model import Exercise, Row, Scales, Step

if TYPE_CHECKING:
    from dbtcoach.script.day_rows import RowSpec
    from dbtcoach.world.settings import Settings
    from dbtcoach.world.surroundings import Surroundings


# From the start of a word: "skills", "diet" and "studied" are rows like any other.
_RISKY = re.compile(r"\b(?:suicid|self[- ]?harm|(?:harm|hurt|cut|burn) myself|kill|cutting|die\b|dying\b)")


def with_rows(exercise: Exercise, settings: Settings) -> Exercise:
    """Return the exercise with the person's own rows in the scales that take them.

    Own emotions and other rows come after the shipped ones; an own urge takes the place of the general
    one, with a row for its strength and one for whether it was acted on.
    """
    if not (settings.emotions or settings.urges or settings.rows):
        return exercise
    return replace(exercise, steps=tuple(_with(step, settings) for step in exercise.steps))


def _with(step: Step, settings: Settings) -> Step:
    if not isinstance(step, Scales):
        return step
    step = _rows(step, settings)
    if any(_RISKY.search(row.label.casefold()) for row in step.rows):
        # Nobody reviews these numbers, so people to call stand beside them.
        return replace(step, message=f"{step.message}\n${{lines.crisis}}")
    return step


def _rows(step: Scales, settings: Settings) -> Scales:
    match step.own:
        case "emotions":
            own = [Row(clean(name), clean(name)) for name in (*settings.emotions, *settings.rows)]
            return replace(step, rows=_each_once([*step.rows, *own]))
        case "urges" if settings.urges:
            return replace(step, rows=_each_once([row for name in settings.urges for row in _urge(name)]))
        case _:
            return step


def _each_once(rows: list[Row]) -> tuple[Row, ...]:
    """Return the rows without those whose id or label is there already: an answer goes by the id."""
    found: list[Row] = []
    taken: set[str] = set()
    for row in rows:
        names = {row.id.casefold(), row.label.casefold()}
        if not names & taken:
            found.append(row)
        taken |= names
    return tuple(found)


def _urge(name: str) -> tuple[Row, Row]:
    name = clean(name)
    return Row(name, f"{name}: how strong"), Row(f"{name} acted", f"{name}: how far I acted on it")


def rows_of_card(around: Surroundings) -> tuple[RowSpec, ...]:
    """Return every row of the person's daily check-in; none where it cannot be read."""
    try:
        return rows_of_day(with_rows(around.catalogue.read(CHECK_IN), around.settings))
    except (CoachError, OSError):
        return ()
