"""What the journal costs at 1,000 and at 100,000 entries of about a kilobyte, beside jrnl on the same texts.

    python benchmarks/journal.py                 everything; takes some minutes
    python benchmarks/journal.py --runs 3        fewer runs of each: faster, and less steady
    python benchmarks/journal.py --without-jrnl  leave the peer out; it is installed from PyPI otherwise

Times are those of whole processes, the shortest of several runs, taken in turn. Every figure is a ratio of
two of them in this one run, beside what it may be at most.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.disk.home import Home
from dbtcoach.journal.convert import seal_home
from dbtcoach.journal.entry import Distress, Entry, Json, Saved, day_of, encode
from dbtcoach.journal.ids import next_id
from dbtcoach.journal.key import new_key, unwrap, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FEW, MANY, SEALED = 1_000, 100_000, 5_000
A_DAY = 3
PROGRAM = Path(sys.executable).parent / "dbtcoach"
ABSENT = "qqqzzzxxx"
PASSPHRASE = "a passphrase for a benchmark\n"  # noqa: S105 - it guards made-up entries
WORDS = (
    "the a and I said felt quiet morning talk again rain kitchen walk late home tired small warm told him "
    "her asked slept better work call friend evening light bread tea window door slow breath"
)
JRNL = """\
version: v4.2
journals: {{default: {{journal: {path}}}}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%Y-%m-%d %H:%M'
colors: {{body: none, date: none, tags: none, title: none}}
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """A command to be timed: what it is called, its arguments, environment and standard input."""

    name: str
    arguments: tuple[str, ...]
    env: dict[str, str]
    typed: str = ""


@dataclass(slots=True)
class Figures:
    """The lines of the outcome, and whether all of them hold."""

    lines: list[str] = field(default_factory=list)
    hold: bool = True

    def add(self, name: str, value: float, most: float, unit: str = "×") -> None:
        """Add a figure and what it may be at most."""
        kept = value <= most
        self.hold = self.hold and kept
        self.lines.append(f"{'ok ' if kept else 'NOT'}  {name:66} {value:7.2f}{unit}  at most {most:g}{unit}")

    def tell(self, line: str) -> None:
        """Add a line that asks for nothing."""
        self.lines.append(f"--   {line}")


def entries(count: int, now: datetime) -> Iterator[Entry]:
    """Yield made-up entries up to now, oldest first; the newest ones are the same for every count."""
    newest: str | None = None
    for back in range(count - 1, -1, -1):
        chance = random.Random(back)  # noqa: S311 - made-up entries
        at = now - timedelta(days=back // A_DAY, hours=4 * (back % A_DAY))
        moment = max(0, int(at.timestamp() * 1000))
        newest = next_id(moment, chance.randbytes, newest)
        yield _entry(newest, back % A_DAY, at, chance)


def _entry(name: str, kind: int, at: datetime, chance: random.Random) -> Entry:
    known = WORDS.split()

    def words(count: int) -> str:
        return " ".join(chance.choice(known) for _ in range(count)).capitalize() + "."

    answers: dict[str, Json]
    if kind == 0:
        exercise, title, distress = "reflect", "Reflect", None
        answers = {
            "emotions": {row: chance.randint(0, 5) for row in ("anger", "fear", "joy", "sadness", "shame")},
            "urges": {"strength": chance.randint(0, 5), "acted": chance.randint(0, 2)},
            "skills": {
                row: chance.randint(0, 7) for row in ("pause", "ground", "express", "ask", "validate")
            },
            "good": words(40),
            "step": words(35),
        }
    else:
        exercise, title = (("ground", "Ground"), ("dear-man", "DEAR MAN"))[kind - 1]
        distress = Distress(chance.randint(3, 10), chance.randint(0, 9))
        answers = {step: words(20) for step in ("describe", "express", "assert", "reinforce", "negotiate")}
    told = at.isoformat("T", "seconds")
    saved = tuple(Saved(step, "What is there to say about it?", value) for step, value in answers.items())
    return Entry(name, exercise, title, told, told, day_of(at).isoformat(), True, distress, saved)  # noqa: FBT003


def make_home(folder: Path, count: int, now: datetime) -> dict[str, str]:
    """Write a home with so many entries and return the environment that names it."""
    folder.mkdir(mode=0o700)
    with (folder / "journal.json").open("w", encoding="utf-8") as file:
        file.write("[\n")
        for number, entry in enumerate(entries(count, now)):
            file.write(f"{',' if number else ''}{encode(entry)}\n")
        file.write("]\n")
    env = {key: value for key, value in os.environ.items() if not key.startswith("DBTCOACH")}
    return {**env, "DBTCOACH_HOME": str(folder)}


def run(timed: Timed) -> float:
    """Return the seconds that a command takes; raise where it fails."""
    began = time.perf_counter()
    subprocess.run(
        timed.arguments,
        input=timed.typed,
        env=timed.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return time.perf_counter() - began


def shortest(runs: int, *several: Timed) -> list[float]:
    """Return the shortest time of each, run in turn so that a busy moment meets all of them."""
    best = [float("inf")] * len(several)
    for _ in range(runs):
        best = [min(known, run(timed)) for known, timed in zip(best, several, strict=True)]
    return best


def coach(env: dict[str, str], *arguments: str, typed: str = "") -> Timed:
    """Return a call of this program."""
    return Timed(" ".join(arguments), (str(PROGRAM), *arguments), env, typed)


def growth(figures: Figures, few: dict[str, str], many: dict[str, str], runs: int) -> None:
    """Compare the commands that must not notice how long the journal is."""
    answers = "before: 6\n"
    for arguments, typed in (
        (("pause", "--answers", "-"), answers),
        (("log", "list"), ""),
        (("log", "show", "last"), ""),
        (("trends", "--days", "30"), ""),
    ):
        small, large = shortest(
            runs, coach(few, *arguments, typed=typed), coach(many, *arguments, typed=typed)
        )
        figures.add(f"{' '.join(arguments)}: {MANY:,} entries to {FEW:,}", large / small, 1.3)


def written(figures: Figures, env: dict[str, str]) -> None:
    """Measure by how much a save makes the file longer than its entry."""
    path = Path(env["DBTCOACH_HOME"]) / "journal.json"
    before = path.stat().st_size
    done = subprocess.run(
        [PROGRAM, "pause", "--answers", "-", "--json"],
        input="before: 6\n",
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    longer = path.stat().st_size - before - len(done.stdout.strip().encode())
    figures.add("bytes that a save adds beyond its entry", longer, 16, " ")


def beside_jrnl(figures: Figures, folder: Path, env: dict[str, str], runs: int) -> None:
    """Compare all-time trends with jrnl's listing, and a search with its search, on the same texts."""
    program = install_jrnl(folder / "jrnl")
    if program is None:
        figures.tell("jrnl could not be installed from PyPI here, so it was left out")
        return
    journal, config = folder / "jrnl.txt", folder / "jrnl.yaml"
    config.write_text(JRNL.format(path=journal), "utf-8")
    with journal.open("w", encoding="utf-8") as file:
        for entry in entries(MANY, datetime.now(tz=UTC)):
            text = " ".join(str(saved.value) for saved in entry.answers)
            file.write(f"[{entry.started[:16].replace('T', ' ')}] {entry.title}\n{text}\n\n")
    base = (str(program), "--config-file", str(config))
    whole = Timed("jrnl", (*base, "-n", str(MANY)), env)
    short = Timed("jrnl", (*base, "--short"), env)
    looking = Timed("jrnl", (*base, "-contains", ABSENT, "--short"), env)
    trends, brief = shortest(runs, coach(env, "trends", "--all"), short)
    figures.add(f"trends --all to jrnl's listing, {MANY:,} entries", trends / run(whole), 0.25)
    figures.tell(f"the same to jrnl --short, which prints a line an entry: {trends / brief:.2f}×")
    search, looked = shortest(runs, coach(env, "log", "search", typed=ABSENT), looking)
    figures.add(f"log search to jrnl -contains, an absent word, {MANY:,} entries", search / looked, 0.25)


def install_jrnl(folder: Path) -> Path | None:
    """Install jrnl into an environment of its own; None where that is not possible."""
    try:
        venv.create(folder, with_pip=True)
        subprocess.run(
            [folder / "bin" / "pip", "install", "--quiet", "jrnl"],
            check=True,
            capture_output=True,
            timeout=300,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return folder / "bin" / "jrnl"


def sealed(figures: Figures, folder: Path, now: datetime, runs: int) -> None:
    """Compare the trend of sealed entries with the derivation of their key from the passphrase alone."""
    env = make_home(folder, SEALED, now)
    key = new_key()
    wrapped = wrap(key, PASSPHRASE.strip())
    seal_home(Home(str(folder)), wrapped, key.recipient, now)
    derivation = min(taken(lambda: unwrap(wrapped, PASSPHRASE.strip())) for _ in range(runs))
    (trend,) = shortest(runs, coach(env, "trends", "--all", typed=PASSPHRASE))
    figures.add(f"trends --all of {SEALED:,} sealed entries to the derivation alone", trend / derivation, 3)


def taken(action: Callable[[], object]) -> float:
    """Return the seconds that an action takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def memory(figures: Figures, few: dict[str, str], many: dict[str, str]) -> None:
    """Compare the most memory that all-time trends take."""
    script = (
        "import resource, subprocess as s, sys; s.run(sys.argv[1:], stdout=s.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )

    def peak(env: dict[str, str]) -> int:
        arguments = [sys.executable, "-c", script, str(PROGRAM), "trends", "--all"]
        done = subprocess.run(arguments, env=env, capture_output=True, text=True, check=True)
        return int(done.stdout)

    figures.add("memory of trends --all, 100,000 entries to 1,000", peak(many) / peak(few), 1.3)


def main() -> int:
    """Print every figure; return 1 where one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--without-jrnl", action="store_true")
    wishes = parser.parse_args()
    figures = Figures()
    now = datetime.now(tz=UTC)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = make_home(folder / "few", FEW, now), make_home(folder / "many", MANY, now)
        growth(figures, few, many, wishes.runs)
        written(figures, many)
        memory(figures, few, many)
        sealed(figures, folder / "sealed", now, min(3, wishes.runs))
        if not wishes.without_jrnl:
            beside_jrnl(figures, folder, many, min(3, wishes.runs))
    print("\n".join(figures.lines))
    return 0 if figures.hold else 1


if __name__ == "__main__":
    raise SystemExit(main())
