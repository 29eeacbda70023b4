"""Commands that are imported when they are run; to list one, its line in the table is enough."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from dbtcoach.commands.table import Command, Group


class LazyCommand(TyperCommand):
    """What is known of a command before its module is imported: its name and its help."""

    def __init__(self, path: tuple[str, ...], line: Command) -> None:
        example = " ".join(filter(None, ("dbtcoach", *path, line.example)))
        super().__init__(path[-1], help=f"{line.summary}\n\nExample: {example}", rich_markup_mode=None)
        self.module = ".".join((__package__, *path)).replace("-", "_")
        self.settings = {"allow_extra_args": line.any_arguments}

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Import the command and let it read its arguments; the context that comes back is its own."""
        found = typer.Typer(add_completion=False, rich_markup_mode=None)
        decorate = found.command(self.name, help=self.help, context_settings=self.settings)
        decorate(import_module(self.module).command)
        return typer.main.get_command(found).make_context(info_name, args, parent, **extra)


def commands(lines: dict[str, Command | Group], above: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the commands and groups of a table, by their names; nothing is imported."""
    found: dict[str, Any] = {}
    for name, line in lines.items():
        path = (*above, name)
        if isinstance(line, Command):
            found[name] = LazyCommand(path, line)
        else:
            found[name] = TyperGroup(
                name=name,
                help=line.summary,
                commands=commands(line.commands, path),
                no_args_is_help=True,
                rich_markup_mode=None,
            )
    return found
