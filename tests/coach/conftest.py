"""The rule files that the project ships, read once for all tests of the coach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dbtcoach.coach.load import load

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

FOLDER = Path(__file__).parents[2] / "exercises" / "coach"


@pytest.fixture(scope="session")
def rule_files() -> list[tuple[str, bytes]]:
    found = sorted(file for file in FOLDER.rglob("*") if file.suffix in (".yaml", ".txt"))
    return [(file.relative_to(FOLDER).as_posix(), file.read_bytes()) for file in found]


@pytest.fixture(scope="session")
def rules(rule_files: list[tuple[str, bytes]]) -> Rules:
    return load(rule_files)
