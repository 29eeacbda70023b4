"""The rows of the day's check-in: what each is called, what it takes, and which rows belong together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dbtcoach.frozen import Frozen
from dbtcoach.script.model import Scales

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dbtcoach.script.model import Exercise, Group, Kind, Row

GROUPS: tuple[Group, ...] = ("emotions", "urges", "acts", "body", "skills", "own")
TITLES: dict[Group, str] = {
    "emotions": "Emotions",
    "urges": "Urges",
    "acts": "Acts",
    "body": "Body",
    "skills": "Skills",
    "own": "My own",
}
ACTED = "acted"  # the row, or the end of a row's id, for how far an urge was acted on
STRENGTH = "strength"
GENERAL = "Urge"  # what the row is called that is asked where nobody named one of theirs


class OwnRow(Frozen):
    """A row that a person put on their card; one of urges stands for how strong it was, and for the act."""

    name: str
    group: Group = "own"
    kind: Kind = "number"
    low: int = 0
    high: int = 5
    unit: str = ""
    daily: bool = True


class RowSpec(Frozen, kw_only=True):
    """One row as a page, a report or a trend shows it; an urge and how far it was acted on are one.

    In an entry its answer lies under ``step`` and ``id``, and that of the act under ``step`` and ``act``:
    a whole number, for yes/no true or false, for text a text.
    """

    step: str
    id: str
    label: str
    group: Group
    kind: Kind = "number"
    low: int = 0
    high: int = 5
    unit: str = ""
    act: str = ""  # the id of the row for the act, where this is an urge
    act_kind: Kind = "number"


def rows_of_day(exercise: Exercise) -> tuple[RowSpec, ...]:
    """Return the rows that a check-in asks for, in the order of the page."""
    return tuple(
        spec for step in exercise.steps if isinstance(step, Scales) for spec in _paired(step, step.rows)
    )


def grouped(rows: Iterable[RowSpec]) -> dict[Group, tuple[RowSpec, ...]]:
    """Return rows by their group, in the order of the groups; a group without any is left out."""
    listed = tuple(rows)
    found = {group: tuple(row for row in listed if row.group == group) for group in GROUPS}
    return {group: members for group, members in found.items() if members}


def spec_of(step: str, row: str, known: Iterable[RowSpec] = ()) -> RowSpec:
    """Return the row that an answer belongs to: one that is asked today, or what its name still says."""
    group, label = group_of(step, row)
    for spec in known:
        if spec.step == step and row in (spec.id, spec.act):
            return spec
        if spec.label.casefold() == label.casefold() and spec.step == step:  # as the first release named it
            return replace(spec, id=row)
    if group == "urges" and (row == ACTED or row.endswith(f" {ACTED}")):
        strength = STRENGTH if row == ACTED else row.removesuffix(f" {ACTED}")
        return RowSpec(step=step, id=strength, label=group_of(step, strength)[1], group=group, act=row)
    kind: Kind = (
        "number" if group in ("emotions", "urges", "skills") else "count"
    )  # of others no range is known
    return RowSpec(step=step, id=row, label=label, group=group, kind=kind, high=7 if group == "skills" else 5)


def group_of(step: str, row: str) -> tuple[Group, str]:
    """Return the group and the plain name of a row by its id: ``body: Sleep`` is a row of the body."""
    first, colon, name = row.partition(": ")
    for group in GROUPS:
        if colon and first == group:
            return group, name
    for group in GROUPS:
        if step == group:
            return group, row
    return "own", row


def plain_name(row: str) -> str:
    """Return the name of a row without the group that its id may begin with."""
    group, colon, name = row.partition(": ")
    return name if colon and group in GROUPS else row


def id_in(step: str, group: Group, name: str) -> str:
    """Return the id of a row on a page: its name, with its group before it where that is not the page's."""
    return name if step == group else f"{group}: {name}"


def _paired(step: Scales, rows: tuple[Row, ...]) -> Iterable[RowSpec]:
    known = {row.id: row for row in rows}
    for row in rows:
        if row.id == ACTED or row.id.removesuffix(f" {ACTED}") in known.keys() - {row.id}:
            continue
        act = known.get(ACTED if row.id == STRENGTH else f"{row.id} {ACTED}")
        scale = step.scale(row)
        group, name = group_of(step.id, row.id)
        yield RowSpec(
            step=step.id,
            id=row.id,
            label=GENERAL if row.id == STRENGTH else name if act is not None else row.label,
            group=group,
            kind=row.kind,
            low=scale.low,
            high=scale.high,
            unit=row.unit,
            act=act.id if act is not None else "",
            act_kind=act.kind if act is not None else "number",
        )
