"""The command ``dbtcoach``: its own commands, and one for every exercise file, named as the file is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dbtcoach import __version__
from dbtcoach.cleaning import clean
from dbtcoach.commands import completing
from dbtcoach.commands.lazy import Section, commands, plain
from dbtcoach.commands.practise import exercise_command
from dbtcoach.commands.table import EXERCISES, FIRST, MORE, PRACTISE, SECTIONS
from dbtcoach.errors import CoachError, UsageError
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.script.catalogue import Catalogue, Listed


class Root(Section):
    """All commands; of the exercises, only the one that is asked for is read."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.params.append(plain())
        for section in SECTIONS.values():
            self.commands.update(commands(section))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of this name; an exercise is not read before it is run."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        around = Surroundings(home_needed=False)
        return exercise_command(around, cmd_name) if cmd_name in around.catalogue.paths() else None

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return [*(item.name for item in _listed(Surroundings().catalogue)), *super().list_commands(ctx)]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return what can follow; a summary comes from a file, so no shell may find a command in it."""
        return completing.harmless(super().shell_complete(ctx, incomplete))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Click's signature
        """Write the commands in sections; an own exercise that is broken says so."""
        practices: list[tuple[str, str]] = []
        for title, section in SECTIONS.items():
            rows = [(name, self.commands[name].get_short_help_str(60)) for name in section]
            if title in (PRACTISE, MORE):
                practices = practices or _practices(Surroundings().catalogue)
                rows = [row for row in practices if (row[0] in FIRST) == (title == PRACTISE)]
            if rows:
                with formatter.section(title):
                    formatter.write_dl([(clean(name), clean(summary)) for name, summary in rows])


def _listed(catalogue: Catalogue) -> list[Listed]:
    """Return the exercises that are commands, the shipped ones in the order of the table."""
    order = {name: place for place, name in enumerate(EXERCISES)}
    found = [item for item in catalogue.listed() if not item.variant_of]
    return sorted(found, key=lambda item: (item.own, order.get(item.name, len(order)), item.name))


def _practices(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return name and summary of every exercise; one's own that is broken says that in place of it."""
    listed, wrong = _listed(catalogue), dict[str, str]()
    if any(own for _path, own in catalogue.paths().values()):
        from dbtcoach.commands.exercises.check import broken

        wrong = broken(catalogue)
    hint = "Broken. See: dbtcoach exercises check"
    return [(item.name, hint if item.name in wrong else item.summary) for item in listed]


INSTALL = "--install-completion"
NOT_INSTALLED = (
    "A letter in your shell's own file (.bashrc, .zshrc) is not UTF-8, so nothing was changed in it.\n"
    "Save that file as UTF-8; or put in place yourself what this prints: dbtcoach --show-completion"
)
app = typer.Typer(
    cls=Root,
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


@app.callback()
def root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,  # noqa: FBT002
) -> None:
    """Ask what is going on where no command is given; without a terminal, show the help."""
    if version:
        typer.echo(f"dbtcoach {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from dbtcoach.sitting.door import open_door

            raise typer.Exit(open_door(Surroundings(home_needed=False)))
        typer.echo(ctx.get_help())


def application(arguments: list[str]) -> int:
    """Run the program with these arguments and return its exit code."""
    if completing.is_asked():
        completing.do_without_rich()
    try:
        typer.main.get_command(app).main(args=arguments, prog_name="dbtcoach")
    except SystemExit as ended:  # how Typer ends, whatever the end is
        return ended.code if isinstance(ended.code, int) else 0
    except UnicodeDecodeError as error:
        if INSTALL in arguments:  # Typer reads the shell's own file, and takes it for UTF-8
            raise UsageError(NOT_INSTALLED) from error
        raise
    except CoachError:
        if not completing.is_asked():  # a message would land in the middle of what somebody types
            raise
        return 1
    return 0
