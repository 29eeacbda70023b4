"""The installed program run from a shell: no terminal, streams that are pipes, a home of its own."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from tests.pty.person import PROGRAM, environment, settle

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TRACES = ("Traceback", "Exception ignored", "Something went wrong inside")


def home_of(folder: Path) -> Path:
    """Return where the program keeps things for somebody whose home folder this is."""
    return folder / ".local" / "share" / "dbtcoach"


def run(
    folder: Path,
    *arguments: str,
    typed: str = "",
    env: Mapping[str, str] | None = None,
    known: bool = True,
    where: Path | None = None,
    largest: int | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end with this on standard input; ``largest`` is as much as a file may hold."""

    def limit() -> None:
        import resource  # which Windows has not

        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    if known:
        settle(home_of(folder))
    done = subprocess.run(
        [PROGRAM, *arguments],
        input=typed,
        env=environment(folder, PYTHONDONTWRITEBYTECODE="1" if largest else "", **(env or {})),
        cwd=where or folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        preexec_fn=limit if largest is not None else None,
    )
    for trace in TRACES:
        assert trace not in done.stderr
    return done


def entries(folder: Path) -> list[dict[str, Any]]:
    """Return what is in the journal."""
    path = home_of(folder) / "journal.json"
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return found


def values(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of an entry by step."""
    return {answer["step"]: answer["value"] for answer in entry["answers"]}


def drafted(folder: Path, exercise: str) -> dict[str, Any]:
    """Return the answers in the draft of an exercise by step."""
    draft = json.loads((home_of(folder) / "drafts" / f"{exercise}.json").read_text("utf-8"))
    return values(draft["session"])
