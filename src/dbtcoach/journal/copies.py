"""Copies of the journal that a sync tool left beside it when two machines had written at once."""
# ruff: noqa: PTH118, PTH208  - plain paths, as in dbtcoach.home

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbtcoach.home import Home


def conflict_copies(home: Home) -> list[str]:
    """Return the paths of files such as ``journal.sync-conflict-20261123-….json`` or ``journal (2).json``.

    Every tool has a name of its own, so any JSON file that begins like the journal counts, except what
    this program itself keeps.
    """
    try:
        names = sorted(os.listdir(home.folder))
    except OSError:
        return []
    return [
        os.path.join(home.folder, name)
        for name in names
        if name.startswith("journal")
        and name.endswith(".json")
        and name != "journal.json"
        and ".damaged-" not in name
    ]
