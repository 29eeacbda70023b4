"""How soon the program is there: whole processes on a pseudo-terminal, as ratios in one run.

    python benchmarks/startup.py             21 runs of each
    python benchmarks/startup.py --runs 51

It makes a virtual environment of its own, installs this checkout into it with pip, a console script that
prints one line (made by the same installer), and the peers; then it runs everything in turn, so that a
machine that is busy for a while is busy for all. Medians are compared, and nothing is asserted.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS, COLUMNS = 30, 100
READING = 0.5  # seconds that a person looks at the first page
BETWEEN = 0.2  # seconds between two keys
PEERS = ("jrnl", "copier")
ONE_LINE = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "oneline"
version = "1"
[project.scripts]
oneline = "oneline:main"
"""
BARE = """\
import questionary
questionary.text("First one?").unsafe_ask()
questionary.text("Second one?").unsafe_ask()
"""


@dataclass
class Run:
    """One thing to time: a command, what to wait for, and perhaps a key to press and what comes after."""

    command: list[str]
    until: bytes = b""
    key: bytes = b""
    then: bytes = b""
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median in milliseconds."""
        return statistics.median(self.times) * 1000


def timed(run: Run, env: dict[str, str]) -> float:
    """Return the seconds until the text is on the terminal, or from the key to what comes after it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    begun = time.perf_counter()
    process = subprocess.Popen(
        run.command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
    )
    os.close(slave)
    try:
        if not run.until:
            _read(master, None)
            process.wait()
            return time.perf_counter() - begun
        _read(master, run.until)
        if not run.key:
            return time.perf_counter() - begun
        time.sleep(READING)
        # As a hand types: what comes at once could be a paste, and waits 50 ms for more of it.
        os.write(master, run.key[:-1])
        time.sleep(BETWEEN)
        begun = time.perf_counter()
        os.write(master, run.key[-1:])
        _read(master, run.then)
        return time.perf_counter() - begun
    finally:
        process.kill()
        process.wait()
        os.close(master)


def _read(master: int, until: bytes | None) -> None:
    """Read until a text appeared, or to the end; answer the question where the cursor is, as terminals do."""
    seen = b""
    while until is None or until not in seen:
        ready, _, _ = select.select([master], [], [], 30)
        try:
            data = os.read(master, 65536) if ready else b""
        except OSError:
            data = b""
        if not data:
            if until is not None:
                raise SystemExit(f"{until!r} did not appear; the last words were {seen[-300:]!r}")
            return
        if b"\x1b[6n" in data:
            os.write(master, b"\x1b[1;1R")
        seen += data


def install(folder: Path) -> tuple[Path, list[str]]:
    """Return the folder of scripts of a new environment with everything in it, and the peers that are."""
    tiny = folder / "oneline"
    tiny.mkdir()
    (tiny / "pyproject.toml").write_text(ONE_LINE, encoding="utf-8")
    (tiny / "oneline.py").write_text("def main():\n    print('one line')\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    scripts = folder / "venv" / "bin"
    pip = [str(scripts / "python"), "-m", "pip", "install", "-q"]
    subprocess.run([*pip, str(ROOT), str(tiny)], check=True, stderr=subprocess.DEVNULL)
    found = []
    for peer in PEERS:
        own = folder / f"venv-{peer}"
        subprocess.run([sys.executable, "-m", "venv", str(own)], check=True)
        done = subprocess.run(
            [str(own / "bin" / "python"), "-m", "pip", "install", "-q", peer],
            check=False,
            capture_output=True,
        )
        if done.returncode == 0:
            found.append(str(own / "bin" / peer))
    return scripts, found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=21)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scripts, peers = install(folder)
        home = folder / "home"
        home.mkdir(mode=0o700)
        (home / "state.json").write_text('{"v":1,"first_run":"save"}', encoding="utf-8")
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        env = {
            **{key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "ACCESSIBLE")},
            "DBTCOACH_HOME": str(home),
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }
        _measure(scripts, peers, folder, env, runs)


def _measure(scripts: Path, peers: list[str], folder: Path, env: dict[str, str], runs: int) -> None:
    python, program = str(scripts / "python"), str(scripts / "dbtcoach")
    openings = _openings(python, env)
    bare = {
        "script": Run([str(scripts / "oneline")]),
        "questionary": Run([python, "-c", "import questionary"]),
        "typer": Run([python, "-c", "import typer"]),
        "next": Run([python, str(folder / "bare.py")], b"First one?", b"a\r", b"Second one?"),
        "first": Run([python, str(folder / "bare.py")], b"First one?"),
    }
    ours: list[tuple[str, Run, str, float]] = [
        (f"first words of {name}", Run([program, name], words.encode()), "script", 1.3)
        for name, words in openings.items()
    ]
    ours += [
        ("first prompt of dear-man", Run([program, "dear-man"], b"hides all"), "questionary", 1.3),
        (
            "Enter to the next prompt",
            Run([program, "dear-man"], b"hides all", b"4\r", b"afraid"),
            "next",
            1.3,
        ),
        ("--version", Run([program, "--version"]), "script", 1.3),
        ("--help", Run([program, "--help"]), "typer", 1.5),
        ("data where", Run([program, "data", "where"]), "typer", 1.5),
        ("reflect --due", Run([program, "reflect", "--due"]), "typer", 1.5),
        ("log list", Run([program, "log", "list"]), "typer", 1.5),
        ("completion", Run([program]), "typer", 1.8),
    ]
    others = [Run([peer, "--version"]) for peer in peers]
    completing = {
        **env,
        "_DBTCOACH_COMPLETE": "complete_bash",
        "COMP_WORDS": "dbtcoach pa",
        "COMP_CWORD": "1",
    }
    for number in range(runs + 1):
        for run in [*bare.values(), *(run for _name, run, _base, _limit in ours), *others]:
            shutil.rmtree(Path(env["DBTCOACH_HOME"]) / "drafts", ignore_errors=True)
            seconds = timed(run, completing if run is ours[-1][1] else env)
            if number:  # the first round warms the caches
                run.times.append(seconds)
    _print(bare, ours, others)


def _openings(python: str, env: dict[str, str]) -> dict[str, str]:
    code = "import json; from dbtcoach.shipped.openings import OPENINGS; print(json.dumps(OPENINGS))"
    done = subprocess.run([python, "-c", code], env=env, check=True, capture_output=True, text=True)
    return {name: words[1] for name, words in json.loads(done.stdout).items()}


def _print(bare: dict[str, Run], ours: list[tuple[str, Run, str, float]], others: list[Run]) -> None:
    print("what                              median   against            ratio   wanted")
    for name, run, base, limit in ours:
        ratio = run.median / bare[base].median
        against = f"{base:12} {bare[base].median:4.0f} ms"
        print(f"{name:32} {run.median:5.0f} ms  {against}  {ratio:5.2f}x  <= {limit}x")
    print()
    for run in (bare["first"], *others):
        name = Path(run.command[0]).name if run in others else "a bare Questionary script, first prompt"
        print(f"{name:42} {run.median:5.0f} ms")


if __name__ == "__main__":
    main()
