"""Commands that are imported when they are run; to list one, its line in the table is enough."""

from __future__ import annotations

import os
from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from dbtcoach.commands.table import Command, Group

TOO_MANY = "There is a word too many."


def _want_plain(_ctx: Any, _option: Any, asked: bool) -> None:  # noqa: FBT001 - Click's signature
    if asked:
        os.environ["DBTCOACH_PLAIN"] = "1"  # which is read where it matters, in any command


def plain() -> TyperOption:
    """Return the option that every command and group has."""
    return TyperOption(
        param_decls=["--plain"],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=_want_plain,
        help="One thing a line: for screen readers and simple terminals.",
    )


class LazyCommand(TyperCommand):
    """What is known of a command before its module is imported: its name and its help."""

    def __init__(self, path: tuple[str, ...], line: Command) -> None:
        example = " ".join(filter(None, ("dbtcoach", *path, line.example)))
        super().__init__(
            path[-1],
            help=f"{line.summary}\n\nExample: {example}",
            short_help=line.summary,  # in full: Click would cut it at the edge of the window
            rich_markup_mode=None,
        )
        names = (f"{name}_" if iskeyword(name) else name for name in path)
        self.module = ".".join((__package__, *names)).replace("-", "_")
        self.speaks = line.any_arguments

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Import the command and let it read its arguments; the context that comes back is its own."""
        found = typer.Typer(add_completion=False, rich_markup_mode=None)
        # What is too much is not repeated, as Click would: it may be a sentence that was meant as a text.
        decorate = found.command(self.name, help=self.help, context_settings={"allow_extra_args": True})
        decorate(import_module(self.module).command)
        command: Any = typer.main.get_command(found)
        command.params.append(plain())
        context = command.make_context(info_name, args, parent, **extra)
        if context.args and not self.speaks and not context.resilient_parsing:
            context.fail(TOO_MANY)
        return context


class Section(TyperGroup):
    """Commands under a common name; a wrong one is told with the one that was meant, wherever it is."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first word names."""
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            from dbtcoach.commands.naming import no_such_command

            ctx.fail(no_such_command(args[0], self.list_commands(ctx), ctx.command_path))
        return super().resolve_command(ctx, args)


def commands(lines: dict[str, Command | Group], above: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the commands and groups of a table, by their names; nothing is imported."""
    found: dict[str, Any] = {}
    for name, line in lines.items():
        path = (*above, name)
        if isinstance(line, Command):
            found[name] = LazyCommand(path, line)
        else:
            found[name] = Section(
                name=name,
                help=line.summary,
                short_help=line.summary,
                commands=commands(line.commands, path),
                params=[plain()],
                no_args_is_help=True,
                rich_markup_mode=None,
            )
    return found
