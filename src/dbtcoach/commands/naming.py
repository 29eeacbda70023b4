"""Which command was meant by a word that names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.commands.table import SECTIONS, Command
from dbtcoach.script.facts import NAME
from dbtcoach.script.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dbtcoach.commands.table import Group

# What other programs call it.
_ALSO = {
    "help": ("--help", "help-now"),
    "status": ("data where",),
    "info": ("data where",),
    "path": ("data where",),
    "config": ("data where",),
    "history": ("log list",),
    "journal": ("log list",),
    "entries": ("log list",),
    "find": ("log search",),
    "grep": ("log search",),
    "read": ("log show",),
    "view": ("log show",),
    "remove": ("log delete",),
    "rm": ("log delete",),
    "report": ("log export",),
    "stats": ("trends",),
    "encrypt": ("data lock",),
    "decrypt": ("data unlock",),
    "reset": ("data forget",),
    "uninstall": ("data forget",),
    "crisis": ("help-now",),
    "sos": ("help-now",),
    "version": ("--version",),
}


def no_such_command(word: str, here: Iterable[str], path: str) -> str:
    """Return what to say of a word that names no command of those that are ``here``, below ``path``.

    The word is only repeated where it looks like a name: anything else may be somebody's sentence.
    """
    if not NAME.fullmatch(word.lower()):
        return f"There is no such command.\nTo see them all: {path} --help"
    meant = [found for found in _paths(SECTIONS) if found.rpartition(" ")[2] == word.lower()]
    meant = meant or list(_ALSO.get(word.lower(), ()))
    if meant:
        paths = " or ".join(f"dbtcoach {path}" for path in meant)
        return f"There is no command '{word}' here. Did you mean: {paths}"
    near = nearest(word, here) or nearest(word, _paths(SECTIONS))
    return f"There is no command '{word}'{near}\nTo see them all: {path} --help"


def _paths(sections: Mapping[str, Mapping[str, Command | Group]]) -> Iterator[str]:
    """Yield every command as it is typed after the program's name, groups too."""
    for section in sections.values():
        for name, line in section.items():
            yield name
            if not isinstance(line, Command):
                yield from (f"{name} {inner}" for inner in _paths({"": line.commands}))
