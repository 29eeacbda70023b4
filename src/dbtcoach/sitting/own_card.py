"""The rows of the daily check-in as a person sees and keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import UsageError
from dbtcoach.script.catalogue import read_bytes, shipped_folder
from dbtcoach.script.day_rows import TITLES, OwnRow, grouped
from dbtcoach.script.fields import decoded
from dbtcoach.script.problems import nearest
from dbtcoach.sitting.country import keep_setting, keep_settings, may_keep
from dbtcoach.sitting.rows import SELDOM, is_risky, own_rows, rows_of_card
from dbtcoach.world.own_rows import MOST, rows_in
from dbtcoach.world.written_rows import with_own_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.script.day_rows import RowSpec
    from dbtcoach.script.fields import Fields
    from dbtcoach.world.surroundings import Surroundings

TITLE = "The rows of your check-in"
KEPT = "Kept. dbtcoach reflect asks for these rows from now on."
NOT_KEPT = "It could not be kept: nothing is kept here, or config.yaml cannot be changed."


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A card to begin with."""

    name: str
    title: str
    summary: str
    rows: tuple[OwnRow, ...]


def ready_made() -> tuple[ReadyMade, ...]:
    """Return the cards that come with the program."""
    path = shipped_folder() / "data" / "rows.yaml"
    return decoded(read_bytes(path), path.name, _cards, whole=True)


def _cards(fields: Fields) -> tuple[ReadyMade, ...]:
    return tuple(
        ReadyMade(each.text("name"), each.text("title"), each.text("summary"), rows_in(each))
        for each in fields.tables("cards")
    )


def named(name: str) -> ReadyMade:
    """Return the ready-made card of this name; raise UsageError with the nearest otherwise."""
    cards = {card.name: card for card in ready_made()}
    if name not in cards:
        near = nearest(name, list(cards))
        raise UsageError(f"There is no card of that name{near or '; they are: ' + ', '.join(cards)}")
    return cards[name]


def whole_card(around: Surroundings) -> tuple[OwnRow, ...]:
    """Return every row of the card, the shipped ones too, as they would stand in the settings."""
    own = own_rows(around.settings)
    if not around.settings.shipped_rows:
        return own
    names = {row.name.casefold() for row in own}
    shipped = [
        OwnRow(spec.label, spec.group)
        for spec in rows_of_card(around)
        if spec.group in ("emotions", "urges") and spec.label.casefold() not in names
    ]
    urges = any(row.group == "urges" for row in own)
    return (*(row for row in shipped if row.group != "urges" or not urges), *own)


def keep_rows(around: Surroundings, rows: Sequence[OwnRow], *, shipped: bool = False) -> bool:
    """Keep these rows as the whole card, or beside the shipped ones; return whether they are kept."""
    wanted = tuple(rows)

    def change(source: bytes) -> bytes | None:
        return with_own_rows(source, wanted, shipped=shipped)

    if len(wanted) > MOST or not may_keep(around) or not keep_settings(around.home, around.settings, change):
        return False
    around.__dict__["settings"] = replace(
        around.settings, emotions=(), urges=(), rows=wanted, shipped_rows=shipped
    )
    return True


def keep_skills(around: Surroundings, names: Sequence[str]) -> bool:
    """Keep these skills as the person's own, by the names of their files; return whether they are kept."""
    value = f"[{', '.join(names)}]"
    if not may_keep(around) or not keep_setting(around.home, around.settings, "skills", value):
        return False
    around.__dict__["settings"] = replace(around.settings, skills=tuple(names))
    return True


def card_lines(around: Surroundings) -> list[str]:
    """Return the card as lines: each group with its rows, and what each takes."""
    lines: list[str] = []
    for group, rows in grouped(rows_of_card(around)).items():
        width = max(len(clean(row.label)) for row in rows)
        lines += [TITLES[group], *(f"  {clean(row.label):{width}}  {takes(row)}".rstrip() for row in rows)]
    if any(is_risky(row.label) for row in rows_of_card(around)):
        lines += ["People to call stand beside a row about self-harm or dying."]
    return lines


def in_short(around: Surroundings) -> list[str]:
    """Return the card in a line for each group."""
    groups = grouped(rows_of_card(around)).items()
    return [f"{TITLES[group]}: {', '.join(clean(row.label) for row in rows)}" for group, rows in groups]


def takes(row: RowSpec | OwnRow) -> str:
    """Return in a few words what a row takes."""
    seldom = (row.step == SELDOM) if not isinstance(row, OwnRow) else not row.daily
    said = {"yes/no": "yes or no", "text": "a few words", "count": f"how many {row.unit}".strip()}.get(
        row.kind, "0 to 7" if row.group == "skills" else f"{row.low} to {row.high} {row.unit}".strip()
    )
    return f"{said}{', and acted on it' if row.group == 'urges' else ''}{', not every day' if seldom else ''}"
