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

# What a new exercise begins with; what stands in capitals in it is filled in.
_SKELETON = shipped_folder() / "data" / "new.yaml"


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
    schema = _SKELETON.with_name("exercise-v1.schema.json").as_uri()
    title = name.replace("-", " ").replace("_", " ").capitalize()
    text = _SKELETON.read_text("utf-8")
    for mark, words in (("SCHEMA", schema), ("THE-NAME", name), ("THE TITLE", title)):
        text = text.replace(mark, words)
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
