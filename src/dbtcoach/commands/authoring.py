"""What authors of exercises do: list, begin a new one, print one on paper."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.commands.checking import check_file
from dbtcoach.disk.home import make_private_folder, open_private, shown
from dbtcoach.errors import UsageError
from dbtcoach.script.catalogue import shipped_folder
from dbtcoach.script.facts import NAME

if TYPE_CHECKING:
    from collections.abc import Collection

    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.world.surroundings import Surroundings

_SKELETON = """\
# yaml-language-server: $schema={schema}
# An exercise of your own. It is a command at once: dbtcoach {name}
# dbtcoach exercises check {name}    says what is wrong, with line and column
# dbtcoach exercises preview {name}  walks it without saving anything
format: 1
name: {name}
title: {title}
summary: One line that says what it is for.
skill: mindfulness
minutes: 3
source: who taught you this, or a book and a year
# At most three short lines, shown at once.
opening: |
  One kind line to begin with.
steps:
  # How it is before. The same question comes again at the end.
  - id: before
    type: scale
    role: distress_before
    message: How strong is the distress right now?
    min_label: calm
    max_label: the worst ever

  # A question in their own words. The ghost text shows an example, and ? shows the help.
  - id: notice
    type: text
    message: What do you notice right now?
    placeholder: My shoulders are up at my ears.
    help: One thing is enough. Enter skips it.

  # A choice. What is chosen can decide what comes next.
  - id: next
    type: select
    message: What would help a little?
    choices:
      - {{value: breathe, label: A few slow breaths}}
      - {{value: move, label: Getting up}}

  # Shown only after that choice.
  - id: breaths
    type: breathe
    when: {{next: breathe}}
    message: In for four, out for six.
    inhale: 4
    exhale: 6
    rounds: 5

  - id: up
    type: say
    when: {{next: move}}
    message: Stand up, stretch, and drink some water. Come back when you like.

  - id: after
    type: scale
    role: distress_after
    message: And now?
    min_label: calm
    max_label: the worst ever

  # Whoever is still in a storm needs people, not praise. The numbers are those of their country.
  - id: still_high
    type: say
    when: {{after: {{min: 8}}}}
    message: |
      Still very high. That isn't failing.
      Some moments need a person, not an exercise.
      ${{lines.crisis}}

  # What they take along. An answer stands where its name is.
  - id: card
    type: card
    title: For later
    message: |
      ${{notice}}
      ${{next}}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise in the list: where it comes from, and what is wrong with it, if anything."""

    name: str
    summary: str
    where: str
    problem: str = ""


def rows(around: Surroundings, commands: Collection[str]) -> list[Row]:
    """Return every exercise, shipped ones first; only own ones are read, because only they can be broken."""
    catalogue = around.catalogue
    found: list[Row] = []
    for item in catalogue.listed():
        command = f"{item.variant_of} --{item.head.get('option', '')}" if item.variant_of else item.name
        where = shown(str(item.path.parent)) if item.own else "shipped"
        problem = check_file(catalogue, item.path, commands) if item.own else ""
        found.append(Row(command, item.summary, where, problem))
    hidden = ((path, check_file(catalogue, path, commands)) for path in catalogue.hidden())
    return [*found, *(Row(path.stem, "", shown(str(path.parent)), problem) for path, problem in hidden)]


def begin(around: Surroundings, name: str, commands: Collection[str]) -> str:
    """Write a commented skeleton into the folder of own exercises and return its path.

    Raises UsageError when the name cannot be used; nothing is overwritten.
    """
    _check_free(around.catalogue, name, commands)
    folder = around.home.exercises
    path = os.path.join(folder, f"{name}.yaml")  # noqa: PTH118 - as in dbtcoach.disk.home
    schema = (shipped_folder() / "data" / "exercise-v1.schema.json").as_uri()
    text = _SKELETON.format(
        name=name, title=name.replace("-", " ").replace("_", " ").capitalize(), schema=schema
    )
    try:
        make_private_folder(around.home.folder)
        make_private_folder(folder)
        opened = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        raise UsageError(f"{shown(path)} exists already. Nothing was changed.") from None
    except OSError as error:
        raise UsageError(f"{shown(path)} cannot be written: {error.strerror}.") from None
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def _check_free(catalogue: Catalogue, name: str, commands: Collection[str]) -> None:
    if not NAME.fullmatch(name):
        raise UsageError("A name is made of a-z, 0-9 and -, and starts with a letter. For example: calm-down")
    if name in commands:
        raise UsageError(f"'{name}' is a command of dbtcoach. Please choose another name.")
    taken = catalogue.paths().get(name)
    if taken is not None:
        what = "one of your own exercises" if taken[1] else "a shipped exercise"
        raise UsageError(f"'{name}' is {what} already. Please choose another name.")


def paper(around: Surroundings, name: str) -> str:
    """Return an exercise as a blank worksheet in Markdown, with help lines and today's scenes."""
    from dbtcoach.practice.worksheet import worksheet
    from dbtcoach.sitting.prepare import completed, facts_of, scenes_for

    exercise = around.catalogue.read(name)
    known = facts_of(around)
    lines = {fact: known[fact] for fact in ("lines.crisis", "lines.abuse")}
    return worksheet(completed(around, exercise, scenes_for(around, exercise)), lines)


def broken(around: Surroundings, commands: Collection[str]) -> dict[str, str]:
    """Return the own exercises that cannot be used, with the first line of why."""
    catalogue = around.catalogue
    own = [path for path, own in catalogue.paths().values() if own]
    problems = {path.stem: check_file(catalogue, path, commands) for path in own}
    return {name: problem.split("\n", 1)[0] for name, problem in problems.items() if problem}
