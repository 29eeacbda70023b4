"""``dbtcoach data``: where a person's things are."""

from __future__ import annotations

import typer

from dbtcoach.sitting.surroundings import Surroundings

app = typer.Typer(help="Your data: where it is.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def group() -> None:
    """Your data: where it is."""


@app.command()
def where() -> None:
    """Show the folder that holds your journal, drafts and settings."""
    home = Surroundings().home
    typer.echo(home.folder)
    typer.echo(f"journal   {home.journal}")
    typer.echo(f"drafts    {home.drafts}")
    typer.echo(f"own       {home.exercises}")
    typer.echo(f"settings  {home.config}")
