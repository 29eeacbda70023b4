"""Exercise files of somebody's own, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sitting.world import world

from dbtcoach.commands.exercises.list import rows

if TYPE_CHECKING:
    from pathlib import Path


SOUND = "format: 1\nname: {name}\ntitle: T\nsummary: S.\n{more}steps:\n"
SOUND += "  - {{id: a, type: say, message: Hello.}}\n"


def own(home: Path, name: str, more: str = "", text: str = SOUND) -> Path:
    """Put a file into the folder of own exercises."""
    folder = home / "exercises"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text.format(name=name, more=more), "utf-8")
    return path


def problems(home: Path) -> dict[str, str]:
    """What is wrong with which own exercise."""
    return {row.name: row.problem for row in rows(world(home).catalogue) if row.problem}
