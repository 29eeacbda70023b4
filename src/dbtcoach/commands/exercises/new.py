"""``dbtcoach exercises new``: begin an exercise of one's own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.cleaning import clean
from dbtcoach.commands.table import NAMES
from dbtcoach.disk.access import make_private_folder, open_private
from dbtcoach.disk.home import shown
from dbtcoach.errors import UsageError
from dbtcoach.script.catalogue import shipped_folder
from dbtcoach.script.facts import NAME
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.disk.home import Home
    from dbtcoach.script.catalogue import Catalogue

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


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name it will have.", show_default=False)],
) -> None:
    """Write a commented skeleton and say where it is and what can be done with it."""
    around = Surroundings()
    typer.echo(clean(begin(around.home, around.catalogue, name)))
    typer.echo(f"It is a command already: dbtcoach {name}", err=True)
    typer.echo(f"Walk it without saving: dbtcoach exercises preview {name}", err=True)


def begin(home: Home, catalogue: Catalogue, name: str) -> str:
    """Write a commented skeleton into the folder of own exercises and return its path.

    Raises UsageError when the name cannot be used; nothing is overwritten.
    """
    _check_free(catalogue, name)
    folder = home.exercises
    path = os.path.join(folder, f"{name}.yaml")  # noqa: PTH118 - as in dbtcoach.disk.home
    schema = (shipped_folder() / "data" / "exercise-v1.schema.json").as_uri()
    text = _SKELETON.format(
        name=name, title=name.replace("-", " ").replace("_", " ").capitalize(), schema=schema
    )
    try:
        make_private_folder(home.folder)
        make_private_folder(folder)
        opened = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        raise UsageError(f"{shown(path)} exists already. Nothing was changed.") from None
    except OSError as error:
        raise UsageError(f"{shown(path)} cannot be written: {error.strerror}.") from None
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def _check_free(catalogue: Catalogue, name: str) -> None:
    if not NAME.fullmatch(name):
        raise UsageError("A name is made of a-z, 0-9 and -, and starts with a letter. For example: calm-down")
    if name in NAMES:
        raise UsageError(f"'{name}' is a command of dbtcoach. Please choose another name.")
    taken = catalogue.paths().get(name)
    if taken is not None:
        what = "one of your own exercises" if taken[1] else "a shipped exercise"
        raise UsageError(f"'{name}' is {what} already. Please choose another name.")
