"""How well the coach reads: what it catches and what it wrongly flags, per label and per set.

    python benchmarks/coach.py                 the development part of the sentences
    python benchmarks/coach.py --confusions    the same, with every sentence it got wrong
    python benchmarks/coach.py --held-out      totals on the fifth that no rule was written from

A sentence is held out when the SHA-256 of its text, as a number, is divisible by five. The split was made
before the first rule; the sentences of the held-out part are never printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dbtcoach.coach.load import load
from dbtcoach.coach.model import KINDS
from dbtcoach.coach.review import review

HERE = Path(__file__).resolve().parent
RULES = HERE.parent / "exercises" / "coach"
SENTENCES = HERE / "sentences.json"
SETS = {"drafts": "drafts", "replies": "validation_replies", "danger": "crisis"}
HARDEST = ("self_explicit", "imminent", "self_harm", "harm_other")
OTHER = ("self_veiled", "abuse")
FINE = {"clean", "valid", "innocent"}


@dataclass
class Count:
    """How often something was there, was answered, and both."""

    there: int = 0
    answered: int = 0
    both: int = 0

    def add(self, *, there: bool, answered: bool) -> None:
        """Count one sentence."""
        self.there += there
        self.answered += answered
        self.both += there and answered


@dataclass
class Result:
    """The figures of one set."""

    flawed: Count = field(default_factory=Count)
    clean: Count = field(default_factory=Count)
    labels: dict[str, Count] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def held_out(text: str) -> bool:
    """Return whether a sentence belongs to the fifth that no rule was written from."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


def rows(path: Path, *, held: bool) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each set, of the development part or of the held-out part."""
    data = json.loads(path.read_text(encoding="utf-8"))
    parts = {
        name: [row for row in data.get(key, []) if held_out(row["text"]) == held]
        for name, key in SETS.items()
    }
    if not held:
        parts["drafts"].extend(data.get("meta", {}).get("extra_drafts", {}).get("rows", []))
    return parts


def measure(path: Path = SENTENCES, *, held: bool = False) -> dict[str, Result]:
    """Return the figures of each set."""
    rules = load(
        (str(file), file.read_bytes())
        for file in sorted(RULES.rglob("*"))
        if file.is_file() and file.suffix in (".yaml", ".txt")
    )
    results = {}
    for name, part in rows(path, held=held).items():
        result = results[name] = Result()
        for row in part:
            kind = "reply" if name == "replies" else row.get("step", "message")
            answer = review(row["text"], kind if kind in KINDS else "message", rules)
            said = {note.rule for note in answer.notes}
            if name == "danger":
                said = {answer.safety} if answer.safety else set()
            elif answer.safety in ("crisis", "abuse"):
                said = {"crisis"}
            _count(result, name, row, said)
    return results


def _count(result: Result, name: str, row: dict[str, Any], said: set[str]) -> None:
    labels = set(row["labels"])
    fine = bool(labels & FINE)
    answered = bool(said - {"soft"}) if fine and name == "danger" else bool(said)
    (result.clean if fine else result.flawed).add(there=True, answered=answered)
    if answered == fine:
        said_so = f"{','.join(row['labels'])} -> {','.join(sorted(said))}"
        result.wrong.append(
            f"{'FALSE ' if fine else 'MISSED'} {said_so} | {row.get('step', '')} | {row['text']}"
        )
    if name == "danger":
        for label in sorted(labels - {"crisis", "soft"}):
            result.labels.setdefault(label, Count()).add(there=True, answered=answered)
        return
    if fine:
        labels = set()
    for label in labels | said:
        if label != "invalid":
            result.labels.setdefault(label, Count()).add(there=label in labels, answered=label in said)


def percent(part: int, whole: int) -> str:
    """Return a share in words: "81.3 % (26 of 32)", or a dash of nothing."""
    return f"{100 * part / whole:5.1f} % ({part} of {whole})" if whole else "    –"


def report(results: dict[str, Result], *, confusions: bool) -> None:
    """Print the figures, and with ``confusions`` the sentences behind the errors."""
    for name, result in results.items():
        caught = percent(result.flawed.both, result.flawed.there)
        print(f"{name}: caught {caught}, false alarms {percent(result.clean.both, result.clean.there)}")
        if name == "danger":
            for group, labels in (
                ("explicit, imminent, self-harm, others", HARDEST),
                ("veiled, abuse", OTHER),
            ):
                counts = [result.labels.get(label, Count()) for label in labels]
                both, there = sum(count.both for count in counts), sum(count.there for count in counts)
                print(f"  {group}: caught {percent(both, there)}")
        for label, count in sorted(result.labels.items()):
            line = f"  {label:16} recall {percent(count.both, count.there)}"
            print(line if name == "danger" else f"{line:46} precision {percent(count.both, count.answered)}")
        if confusions:
            for line in sorted(result.wrong):
                print("   ", line)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--held-out", action="store_true", help="totals on the part no rule was written from")
    parser.add_argument(
        "--confusions", action="store_true", help="show the development sentences it got wrong"
    )
    parser.add_argument("--sentences", type=Path, default=SENTENCES, help="another set of the same shape")
    options = parser.parse_args()
    if options.held_out and options.confusions:
        parser.error("the held-out sentences are not shown")
    report(measure(options.sentences, held=options.held_out), confusions=options.confusions)


if __name__ == "__main__":
    main()
