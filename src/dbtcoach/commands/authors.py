"""``dbtcoach exercises``: for those who write exercises."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dbtcoach.cleaning import clean
from dbtcoach.commands import completing
from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.world.surroundings import Surroundings

app = typer.Typer(
    help="For authors: list, check, begin, preview and print exercises.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="The name of an exercise.",
        show_default=False,
        autocompletion=completing.exercises,
    ),
]
NewName = Annotated[str, typer.Argument(metavar="NAME", help="The name it will have.", show_default=False)]


@app.callback()
def group() -> None:
    """List, check, write, preview and print exercises."""


def _commands() -> list[str]:
    from dbtcoach.commands.app import own_commands

    return own_commands()


@app.command("list")
def list_all() -> None:
    """Show every exercise and where it comes from.

    Example: dbtcoach exercises list
    """
    from dbtcoach.commands.authoring import rows

    found = rows(Surroundings(), _commands())
    width = max(len(row.name) for row in found)
    for row in found:
        typer.echo(clean(f"{row.name:{width}}  {row.summary}  [{row.where}]".rstrip()))
        for line in row.problem.split("\n") if row.problem else ():
            typer.echo(clean(f"{'':{width}}  ! {line}"))


@app.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Exercise files or names; all when none is given.",
            show_default=False,
            autocompletion=completing.exercises,
        ),
    ] = None,
    evidence: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="List phrases of the coach's rules that no sentence of this corpus needs.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check exercises; each problem is shown as file:line:col.

    Example: dbtcoach exercises check my.yaml
    """
    from dbtcoach.commands.checking import check_all, check_file

    if evidence is not None:
        from dbtcoach.commands.evidence import unneeded

        for line in unneeded(Surroundings().catalogue, evidence):
            typer.echo(clean(line))
        return
    catalogue, commands = Surroundings().catalogue, _commands()
    paths = catalogue.paths()
    named = [
        paths[str(file)][0] if str(file) in paths else _existing(file, list(paths)) for file in files or ()
    ]
    found = (
        [check_file(catalogue, file, commands) for file in named] if files else check_all(catalogue, commands)
    )
    problems = [problem for problem in found if problem]
    if problems:
        raise ScriptError("\n".join(problems))
    count = len(found)
    typer.echo(f"{count} file{'' if count == 1 else 's'} checked. No problems.")


def _existing(file: Path, names: list[str]) -> Path:
    if not file.exists():
        from dbtcoach.script.problems import nearest

        near = nearest(str(file), names)
        raise UsageError(f"There is no file and no exercise called '{file}'{near}")
    return file.absolute()


@app.command()
def new(name: NewName) -> None:
    """Begin an exercise of your own.

    Example: dbtcoach exercises new evening-walk
    """
    from dbtcoach.commands.authoring import begin

    path = begin(Surroundings(), name, _commands())
    typer.echo(clean(path))
    typer.echo(f"It is a command already: dbtcoach {name}", err=True)
    typer.echo(f"Walk it without saving: dbtcoach exercises preview {name}", err=True)


@app.command()
def preview(
    name: Name,
    plain: Annotated[bool, typer.Option("--plain", help="One thing a line.")] = False,  # noqa: FBT002
) -> int:
    """Walk an exercise without saving anything.

    Example: dbtcoach exercises preview evening-walk
    """
    from dbtcoach.sitting.live import Wishes, practise

    around = Surroundings(home_needed=False)
    return practise(around, around.catalogue.read(name), Wishes(plain=plain, save=False))


@app.command("print")
def print_paper(name: Name) -> None:
    """Print a blank worksheet in Markdown.

    Example: dbtcoach exercises print dear-man > sheet.md
    """
    from dbtcoach.commands.authoring import paper

    typer.echo(clean(paper(Surroundings(home_needed=False), name)), nl=False)
