"""Rows of one's own in the daily check-in: emotions, urges, acts, the body, skills, and anything else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import CoachError
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.script.conditions import Guard, OneOf
from dbtcoach.script.day_rows import GENERAL, OwnRow, RowSpec, id_in, rows_of_day
from dbtcoach.script.model import Confirm, Exercise, Row, Scales, Step
from dbtcoach.script.skills import by_any_name, listed, my_skills, plain, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.world.settings import Settings
    from dbtcoach.world.surroundings import Surroundings

MOST_SKILLS = 12  # of those that are marked, on the card: one screen
SELDOM = "seldom"  # the step with the rows that are not for every day
_MORE = "more"  # the step that asks whether there is time for more
_SELDOM = "Now the rows that are not for every day. Leave out what you like."
_THEN = "Then rows of your own. What each takes stands beside it."

# From the start of a word: "skills", "diet" and "studied" are rows like any other.
_RISKY = re.compile(r"\b(?:suicid|self[- ]?harm|(?:harm|hurt|cut|burn) myself|kill|cutting|die\b|dying\b)")


def with_rows(exercise: Exercise, settings: Settings, catalogue: Catalogue | None = None) -> Exercise:
    """Return the exercise with the person's own rows in the scales that take them.

    Own rows come after the shipped ones, or take their place where the settings say so. An own urge takes
    the place of the general one, with a row for its strength and one for whether it was acted on. Without a
    catalogue the skills stay as the exercise has them.
    """
    own = tuple(replace(row, name=clean(row.name), unit=clean(row.unit)) for row in own_rows(settings))
    if not (own or settings.skills) and settings.shipped_rows:
        return exercise
    steps: list[Step] = []
    for step in exercise.steps:
        changed = _with(step, own, settings, catalogue)
        if not isinstance(changed, Scales) or changed.rows:
            steps.append(changed)
        if isinstance(step, Confirm) and step.id == _MORE and exercise.name == CHECK_IN:
            seldom = [made for row in own if not row.daily for made in _made(SELDOM, row)]
            steps += [_beside_lines(_seldom(seldom))] if seldom else []
    return replace(exercise, steps=tuple(steps))


def own_rows(settings: Settings) -> tuple[OwnRow, ...]:
    """Return every row of one's own, those under ``emotions`` and ``urges`` first."""
    emotions = (OwnRow(name, "emotions") for name in settings.emotions)
    return (*emotions, *(OwnRow(name, "urges") for name in settings.urges), *settings.rows)


def rows_of_card(around: Surroundings) -> tuple[RowSpec, ...]:
    """Return every row of the person's daily check-in; none where it cannot be read."""
    try:
        read = around.catalogue.read(CHECK_IN)
        return rows_of_day(with_rows(read, around.settings, around.catalogue))
    except (CoachError, OSError):
        return ()


def known_rows(around: Surroundings, *, in_order: bool = True) -> tuple[RowSpec, ...]:
    """Return the rows that say more than their names: those of the check-in, and every skill there is.

    Where their order is no matter, the exercise is read for rows of one's own alone: a parser takes its time.
    """
    skills = (
        RowSpec(step="skills", id=item.name, label=title_of(item), group="skills", high=7)
        for item in listed(around.catalogue)
    )
    asked = rows_of_card(around) if in_order or own_rows(around.settings) else ()
    return (*asked, *skills)


def read_with_rows(around: Surroundings, name: str) -> Exercise:
    """Return the exercise of this name as the person is asked it."""
    return with_rows(around.catalogue.read(name), around.settings, around.catalogue)


def is_risky(name: str) -> bool:
    """Tell whether people to call stand beside a row of this name: nobody else reads its numbers."""
    return _RISKY.search(name.casefold()) is not None


def _seldom(rows: list[Row]) -> Scales:
    when = (Guard(_MORE, OneOf((True,))),)
    return Scales(id=SELDOM, message=_SELDOM, when=when, rows=_each_once(rows))


def _with(step: Step, own: tuple[OwnRow, ...], settings: Settings, catalogue: Catalogue | None) -> Step:
    if not isinstance(step, Scales) or not step.own:
        return step
    shipped = step.rows if settings.shipped_rows else ()
    match step.own:
        case "emotions":
            added = [row for row in own if row.daily and row.group in ("emotions", "body", "own")]
        case "urges":
            added = [row for row in own if row.daily and row.group in ("urges", "acts")]
            shipped = () if any(row.group == "urges" for row in added) else shipped
        case "skills" if catalogue is not None:
            skills = _skills(own, settings, catalogue)
            return replace(step, rows=skills or step.rows, former=(*step.former, *step.rows))
        case _:
            return step
    named = {row.label.casefold(): row for row in step.rows}
    made = [each for row in added for each in _made(step.id, row, named)]
    rows = _each_once([*shipped, *made])
    if rows == step.rows:
        return step
    others = any(row.group not in ("emotions", "urges") for row in added) and len(rows) > len(made)
    return _beside_lines(
        replace(
            step,
            message=f"{step.message}\n{_THEN}" if others else step.message,
            rows=rows,
            former=(*step.former, *(row for row in step.rows if row not in rows)),
        )
    )


def _beside_lines(step: Scales) -> Scales:
    if any(is_risky(row.label) for row in step.rows):
        # Nobody reviews these numbers, so people to call stand beside them.
        return replace(step, message=f"{step.message}\n${{lines.crisis}}")
    return step


def _skills(own: Iterable[OwnRow], settings: Settings, catalogue: Catalogue) -> tuple[Row, ...]:
    """Return the skills on the card: those among the rows, else those that are marked as mine."""
    wanted = [row.name for row in own if row.group == "skills" and row.daily]
    cards = by_any_name(listed(catalogue)) if wanted else {}
    known = [(name, cards.get(plain(name))) for name in wanted]
    rows = [(item.name, title_of(item)) if item is not None else (name, name) for name, item in known]
    found = rows or my_skills(catalogue, settings.skills)[:MOST_SKILLS]
    return _each_once([Row(name, clean(title)) for name, title in found])


def _made(step: str, row: OwnRow, shipped: dict[str, Row] | None = None) -> tuple[Row, ...]:
    """Return what is asked for a row: two for an urge; a shipped one of that name keeps its id."""
    same = (shipped or {}).get(row.name.casefold())
    if same is not None and row.group == "emotions" and (row.kind, row.low, row.high) == ("number", 0, 5):
        return (same,)
    name = id_in(step, row.group, row.name)
    if row.group == "urges" and row.name.casefold() == GENERAL.casefold() and shipped:
        return tuple(shipped.values())
    if row.group == "urges":
        return Row(name, f"{row.name}: how strong"), Row(
            f"{name} acted", f"{row.name}: how far I acted on it"
        )
    match row.kind:
        case "number" if (row.low, row.high, row.unit) == (0, 5, ""):
            return (Row(name, row.name),)
        case "number":
            return (Row(name, row.name, row.low, row.high, unit=row.unit),)
        case _:
            return (Row(name, row.name, unit=row.unit, kind=row.kind),)


def _each_once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows without those whose id or label is there already: an answer goes by the id."""
    found: list[Row] = []
    taken: set[str] = set()
    for row in rows:
        names = {row.id.casefold(), row.label.casefold()}
        if not names & taken:
            found.append(row)
        taken |= names
    return tuple(found)
