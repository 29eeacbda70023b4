"""Checking exercise files for their authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import ScriptError
from dbtcoach.script.catalogue import Catalogue, read_bytes, shown_path
from dbtcoach.script.decode import decode
from dbtcoach.script.link import link

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.script.model import Exercise


def check_all(catalogue: Catalogue) -> list[str]:
    """Return, for every exercise there is, its problems as lines, or an empty text."""
    return [check_file(catalogue, path) for path, _own in catalogue.paths().values()]


def check_file(catalogue: Catalogue, path: Path) -> str:
    """Return the problems of one file as lines, or an empty text; what it runs may lie beside it."""
    beside = Catalogue(catalogue.shipped, path.parent)

    def load(name: str) -> Exercise | None:
        try:
            return beside.decode(name) or catalogue.decode(name)
        except ScriptError:
            return None  # its own problems are told when it is checked itself

    try:
        link(decode(read_bytes(path), shown_path(path)), load)
    except ScriptError as error:
        return str(error)
    return ""
