"""``dbtcoach exercises``: for those who write exercises."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dbtcoach.errors import ScriptError
from dbtcoach.sitting.surroundings import Surroundings

app = typer.Typer(help="For authors of exercises.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def group() -> None:
    """For authors of exercises."""


@app.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Exercise files; without any, all of them.", show_default=False),
    ] = None,
) -> None:
    """Check exercise files; each problem is shown as file:line:col."""
    from dbtcoach.sitting.checking import check_all, check_file

    around = Surroundings()
    catalogue = around.catalogue
    found = [check_file(catalogue, file) for file in files] if files else check_all(catalogue)
    problems = [problem for problem in found if problem]
    if problems:
        raise ScriptError("\n".join(problems))
    count = len(found)
    typer.echo(f"{count} file{'' if count == 1 else 's'} checked. No problems.")
