"""A disk of a few pages that nobody else sees: a tmpfs in a mount namespace of its own.

Run as a script inside that namespace: it goes through cases, and prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

PAGE = 4096
READ_ONLY = -1  # in the place of a number of free pages
WORDS = "words that took some courage, " * 200  # 6 kB: two pages
TYPED = f"{WORDS}\n3\n" + "\n" * 8  # the other steps are skipped; of two rows, each


def namespace() -> list[str]:
    """Return the command that gives a process mounts of its own; empty where the rights do not allow it."""
    for command in (["unshare", "-m"], ["unshare", "-rm"]):
        if shutil.which("unshare") is None:
            break
        trial = [*command, "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
        if subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return command
    return []


def free_pages(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize // PAGE


def fill(folder: Path, pages: int) -> None:
    """Leave so many pages free."""
    with (folder / "filler").open("wb", buffering=0) as file:
        while free_pages(folder) > pages:
            file.write(b"x" * PAGE)


def files(home: Path) -> dict[str, str]:
    """Return the text of everything that is kept."""
    return {str(path.relative_to(home)): path.read_text("utf-8") for path in home.rglob("*.json")}


def run(folder: Path, program: str) -> dict[str, Any]:
    """Write 6 kB in an exercise in line mode."""
    home = folder / ".local" / "share" / "dbtcoach"
    before = (home / "journal.json").read_text("utf-8")
    done = subprocess.run(
        [program, "kinds", "--plain"],
        input=TYPED,
        env={"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return {
        "code": done.returncode,
        "out": done.stdout,
        "err": done.stderr,
        "before": before,
        "files": files(home),
    }


def main() -> None:
    """Copy a home to small disks with less and less room, and to one that is read-only."""
    model, folder, program = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    cases: list[dict[str, Any]] = []
    for pages in map(int, sys.argv[4:]):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", str(folder)], check=True)
        shutil.copytree(model, folder, dirs_exist_ok=True)
        if pages == READ_ONLY:
            # The view of it, not the disk: that is all that somebody without rights may change.
            subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        else:
            fill(folder, pages)
        cases.append({"pages": pages, **run(folder, program)})
        subprocess.run(["umount", str(folder)], check=True)
    json.dump(cases, sys.stdout)


if __name__ == "__main__":
    main()
