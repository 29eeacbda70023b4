"""``dbtcoach exercises list``: every exercise, where it comes from, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.commands.exercises.check import check_file
from dbtcoach.disk.home import shown
from dbtcoach.world import showing
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.script.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise in the list: where an own one lies, and what is wrong with it, if anything."""

    name: str
    summary: str
    where: str
    problem: str = ""


def command() -> None:
    """Print a line for every exercise, and below it a line for each of its problems."""
    around = Surroundings()
    found = rows(around.catalogue)
    width = max(len(row.name) for row in found)
    lines: list[str] = []
    for row in found:
        where = f"  [{row.where}]" if row.where else ""
        lines.append(clean(f"{row.name:{width}}  {row.summary}{where}".rstrip()))
        lines += [clean(f"{'':{width}}  ! {line}") for line in row.problem.split("\n") if line]
    showing.say(around, "exercises", lines)


def rows(catalogue: Catalogue) -> list[Row]:
    """Return every exercise, shipped ones first; only own ones are read, because only they can be broken."""
    found: list[Row] = []
    for item in catalogue.listed():
        name = f"{item.variant_of} --{item.head.get('option', '')}" if item.variant_of else item.name
        where = shown(str(item.path.parent)) if item.own else ""
        problem = check_file(catalogue, item.path) if item.own else ""
        found.append(Row(name, item.summary, where, problem))
    hidden = ((path, check_file(catalogue, path)) for path in catalogue.hidden())
    # An exercise before its variants.
    found.sort(key=lambda row: (row.where != "", row.name))
    return [*found, *(Row(path.stem, "", shown(str(path.parent)), problem) for path, problem in hidden)]
