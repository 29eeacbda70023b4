"""What a locked journal costs: opening it against the passphrase alone, and saving against the clear.

    python benchmarks/sealed.py

Prints ratios of whole processes in one run: reading the trend of 5,000 sealed entries of about 1 kB over the
derivation of the key from the passphrase (promised: 3 at most), and a save that seals over one that does not.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.disk.home import Home
from dbtcoach.journal.convert import seal_home
from dbtcoach.journal.ids import next_id
from dbtcoach.journal.key import new_key, unwrap, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRIES = 5_000
PASSPHRASE = "four words of mine"  # noqa: S105 - of a journal that is gone when this has run
RUNS = 3
SAVE = '{"before": 5}'
PROGRAM = "import sys; from dbtcoach.commands.boundary import run; sys.exit(run())"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(folder)
        fill(Path(home.journal))
        clear = median(lambda: coach(folder, ("pause", "--answers", "-"), SAVE))
        key = new_key()
        wrapped = wrap(key, PASSPHRASE)
        seal_home(home, wrapped, key.recipient, datetime.now(UTC))
        derive = median(lambda: timed(lambda: unwrap(wrapped, PASSPHRASE)))
        trend = median(lambda: coach(folder, ("trends", "--all", "--json"), f"{PASSPHRASE}\n"))
        sealed = median(lambda: coach(folder, ("pause", "--answers", "-"), SAVE))
    print(f"key from the passphrase                  {derive:6.2f} s")
    print(f"trend of {ENTRIES:,} sealed entries, unlocked   {trend:6.2f} s   {trend / derive:5.2f} x")
    print(f"a save in the clear                      {clear:6.2f} s")
    print(f"a save that seals                        {sealed:6.2f} s   {sealed / clear:5.2f} x")


def fill(path: Path) -> None:
    """Write a journal of three entries a day that ends today."""
    newest: str | None = None
    begun = datetime.now(UTC) - timedelta(days=ENTRIES // 3)
    with path.open("w", encoding="utf-8") as file:
        file.write("[\n")
        for number in range(ENTRIES):
            moment = begun + timedelta(hours=8 * number)
            newest = next_id(int(moment.timestamp() * 1000), os.urandom, newest)
            entry = {
                "v": 1,
                "id": newest,
                "exercise": "pause",
                "title": "Pause",
                "started": moment.isoformat(),
                "finished": moment.isoformat(),
                "day": moment.date().isoformat(),
                "complete": True,
                "distress": {"before": 7, "after": 5},
                "answers": [{"step": "words", "prompt": "What happened?", "value": "word " * 140}],
            }
            file.write(f"{',' if number else ''}{json.dumps(entry)}\n")
        file.write("]\n")


def coach(folder: str, arguments: tuple[str, ...], typed: str) -> float:
    """Return how many seconds the program takes, whole process."""
    env = {**os.environ, "DBTCOACH_HOME": folder}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return timed(
        lambda: subprocess.run(command, input=typed.encode(), env=env, capture_output=True, check=True)
    )


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds an action takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def median(measure: Callable[[], float]) -> float:
    """Return the middle of several measurements."""
    return statistics.median(measure() for _ in range(RUNS))


if __name__ == "__main__":
    main()
