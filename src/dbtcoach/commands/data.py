"""``dbtcoach data``: where a person's things are, who can read them, and how to be rid of them."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.world.surroundings import Surroundings

ABOUT = "Your data: where it is, locking it, merging it, removing it."
app = typer.Typer(help=ABOUT, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def group() -> None:
    """Your data: where it is, locking it, merging it, removing it."""


@app.command()
def where(
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,  # noqa: FBT002
) -> None:
    """Show where your things are, how much there is, and whether it is locked.

    Example: dbtcoach data where
    """
    from dbtcoach.commands import looking

    around = Surroundings()
    found = looking.where(around.home)
    if as_json:
        from dbtcoach.world.console import say_json

        say_json(around, found)
    else:
        typer.echo("\n".join(looking.lines(found)))


@app.command()
def lock(
    recovery: Annotated[  # noqa: FBT002
        bool, typer.Option("--recovery", help="Show a recovery key once, to print or write down.")
    ] = False,
) -> None:
    """Seal the journal with a passphrase, or change the passphrase.

    Example: dbtcoach data lock
    """
    from dbtcoach.world import locking

    locking.lock(Surroundings(), recovery=recovery)


@app.command()
def unlock() -> None:
    """Take the lock off: everything can be read without a passphrase again.

    Example: dbtcoach data unlock
    """
    from dbtcoach.world import locking

    locking.unlock(Surroundings())


@app.command()
def merge(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Journals from elsewhere; without any, the copies a sync tool left here.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Add what other journals have. Deletions travel; nothing else is lost.

    Example: dbtcoach data merge ~/usb/journal.json
    """
    from dbtcoach.commands.merging import merge_files

    merge_files(Surroundings(), files or [])


@app.command()
def forget(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,  # noqa: FBT002
    own_exercises: Annotated[  # noqa: FBT002
        bool, typer.Option("--own-exercises", help="Remove your own exercises too.")
    ] = False,
) -> None:
    """Remove everything from this computer, after asking twice.

    Example: dbtcoach data forget
    """
    from dbtcoach.commands import forgetting

    forgetting.forget(Surroundings(), yes=yes, own_exercises=own_exercises)
