"""The Typer tree. Exercises are commands too: resolved by file name, and only the one asked for is read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dbtcoach import __version__
from dbtcoach.cleaning import clean
from dbtcoach.commands import authors, completing, data, log
from dbtcoach.commands.practise import exercise_command
from dbtcoach.commands.remind import remind
from dbtcoach.commands.review import review
from dbtcoach.commands.trends import trends
from dbtcoach.errors import CoachError, UsageError
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.script.catalogue import Listed

ORDER = ("pause", "ground", "express", "dear-man", "rehearse", "validate", "connect", "repair", "reflect")
GROUPS = (
    ("Practise", ()),  # every exercise, then:
    ("Right now", ("help-now",)),
    ("Look back", ("log", "trends")),
    ("Your data", ("data", "remind")),
    ("A draft you wrote", ("review",)),
    ("For authors", ("exercises",)),
)


class Practices(TyperGroup):
    """The root: its own commands, and one for every exercise file."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of this name; an exercise is not read before it is run."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        around = Surroundings(home_needed=False)
        paths = around.catalogue.paths()
        return exercise_command(around, cmd_name) if cmd_name in paths else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first word names; a slip in an exercise's name is told as such, too."""
        from typer._click.exceptions import UsageError as WrongUse

        try:
            return super().resolve_command(ctx, args)
        except WrongUse as error:
            from dbtcoach.script.problems import nearest

            near = nearest(args[0], self.list_commands(ctx)) if args else ""
            if near and "Did you mean" not in error.message:
                error.message = f"{error.message.rstrip('.')}{near}"
            raise

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return [*_exercises(Surroundings()), *super().list_commands(ctx)]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return what can follow; a summary comes from a file, so no shell may find a command in it."""
        return completing.harmless(super().shell_complete(ctx, incomplete))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Click's signature
        """Write the commands in groups; an own exercise that is broken says so."""
        around = Surroundings()
        practices = [(item.name, item.summary) for item in _listed(around)]
        wrong = _broken(around)
        rows = [
            (name, "Broken. See: dbtcoach exercises check" if name in wrong else said)
            for name, said in practices
        ]
        for title, names in GROUPS:
            known = [
                (name, self.commands[name].get_short_help_str(60)) for name in names if name in self.commands
            ]
            listed = rows if title == "Practise" else known
            if listed:
                with formatter.section(title):
                    formatter.write_dl([(clean(name), clean(said)) for name, said in listed])


def _listed(around: Surroundings) -> list[Listed]:
    """Return the exercises that are commands, the shipped ones in the order of the door."""
    order = {name: place for place, name in enumerate(ORDER)}
    found = [item for item in around.catalogue.listed() if not item.variant_of]
    return sorted(found, key=lambda item: (item.own, order.get(item.name, len(order)), item.name))


def _broken(around: Surroundings) -> dict[str, str]:
    if not any(own for _path, own in around.catalogue.paths().values()):
        return {}
    from dbtcoach.commands.authoring import broken

    return broken(around, own_commands())


def own_commands() -> list[str]:
    """Return the names of the commands that are no exercises."""
    return [name for _title, names in GROUPS for name in names]


def _exercises(around: Surroundings) -> list[str]:
    return [item.name for item in _listed(around)]


app = typer.Typer(
    cls=Practices,
    name="dbtcoach",
    help="Practise DBT skills: offline, private, and here when you need it.",
    epilog="Not safe, or need a person now? dbtcoach help-now",
    no_args_is_help=False,
    invoke_without_command=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.command()(review)
app.command()(trends)
app.command()(remind)
app.add_typer(authors.app, name="exercises")
app.add_typer(data.app, name="data")
app.add_typer(log.app, name="log")


@app.callback()
def root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,  # noqa: FBT002
) -> None:
    """Practise DBT skills: offline, private, and here when you need it."""
    if version:
        typer.echo(f"dbtcoach {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from dbtcoach.sitting.door import open_door

            raise typer.Exit(open_door(Surroundings(home_needed=False)))
        typer.echo(ctx.get_help())


@app.command("help-now")
def help_now(
    country: Annotated[
        str,
        typer.Option(
            "--country",
            metavar="CODE",
            help="A country: GB, US, IE …",
            show_default=False,
            autocompletion=completing.countries,
        ),
    ] = "",
) -> None:
    """People to call or text right now, by country.

    Example: dbtcoach help-now --country IE
    """
    from dbtcoach.world.help_lines import show
    from dbtcoach.world.paging import window_of

    around = Surroundings()
    today = around.clock().date()
    configured = around.settings.country
    try:
        shown = show(around.env, configured, country, today, window_of(around))
    except UsageError:
        # A slip in the country leaves nobody without a number: the lines as if none had been named.
        typer.echo(show(around.env, configured, "", today, window_of(around)))
        raise
    typer.echo(shown)


def application(arguments: list[str]) -> int:
    """Run the program with these arguments and return its exit code."""
    from typer._click.exceptions import ClickException  # Typer carries its own Click

    command = typer.main.get_command(app)
    if completing.is_asked():
        completing.lighten()
    try:
        result = command.main(args=arguments, prog_name="dbtcoach", standalone_mode=False)
    except ClickException as error:
        error.show(sys.stderr)
        return 2
    except typer.Abort:
        return 130
    except CoachError:
        if not completing.is_asked():  # a message would land in the middle of what somebody types
            raise
        return 1
    return result if isinstance(result, int) else 0
