"""How well the coach reads: what it catches and what it wrongly interrupts, on sentences with labels.

    python benchmarks/coach.py                       the corpus of the project, tests/coach/corpus
    python benchmarks/coach.py --everyday FOLDER     and of plain lines, one a line, in its .txt files
    python benchmarks/coach.py --corpus FOLDER       another corpus of the same shape
    python benchmarks/coach.py --labels              and how often each label is found, and is right
    python benchmarks/coach.py --confusions          and the development sentences it got wrong

Totals stand side by side for the development part and the sealed part; sealed sentences are never printed.
What a line holds stands in the README of the corpus. "Any" is any answer about danger, "grave" the page of
numbers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dbtcoach.coach.load import load
from dbtcoach.coach.model import DRAFT_LABELS, GRAVE, KINDS, REPLY_LABELS, Kind, Review
from dbtcoach.coach.review import review
from dbtcoach.coach.second_reader import FILE
from dbtcoach.sitting.rule_loading import rule_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dbtcoach.coach.rules import Rules

PROJECT = Path(__file__).resolve().parents[1]
RULES = PROJECT / "exercises" / "coach"
CORPUS = PROJECT / "tests" / "coach" / "corpus"
SPOKEN = {  # which labels of danger are counted together
    "plain": ("clear", "self_explicit", "self_harm", "imminent"),
    "veiled": ("veiled", "self_veiled"),
    "at home": ("abuse",),
    "harm to others": ("harm_other",),
    "worth a quiet line": ("soft", "ambiguous", "grief", "third_party"),
    "innocent": ("innocent",),
    "hyperbole": ("hyperbole",),
}
NAMES = {label: name for name, labels in SPOKEN.items() for label in labels}
FINE = {"clean", "valid", "innocent"}
REFLECTIONS = {"reflect", "L2_reflect"}
DEVELOPMENT = ("development", "even half")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of a corpus: what it is about, by whose hand, and which part it belongs to."""

    text: str
    kind: Kind
    labels: frozenset[str]
    about: str
    hand: str
    part: str


@dataclass(slots=True)
class Count:
    """How many sentences there were, and of how many a thing was true."""

    there: int = 0
    true: int = 0

    def __str__(self) -> str:
        return f"{100 * self.true / self.there:5.1f} % ({self.true} of {self.there})" if self.there else "–"


@dataclass(slots=True)
class Figures:
    """Counts by what the sentences are, and by part; and the development sentences that were read wrongly."""

    counts: dict[tuple[str, str, str], dict[str, Count]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Count))
    )
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    read: int = 0

    def add(self, row: Row, name: str, *, true: bool, wanted: bool | None) -> None:
        """Count one thing that is true of a sentence or not; ``wanted`` is what it should be."""
        count = self.counts[row.about, row.hand, name][row.part]
        count.there += 1
        count.true += true
        if row.part in DEVELOPMENT and wanted not in (true, None):
            said = f"{row.about}, {row.hand}, {name}: {'no' if wanted else 'yes'}"
            self.wrong.append(f"{said} | {row.kind} {','.join(sorted(row.labels))} | {row.text}")


def digest(text: str) -> str:
    """Return what decides to which part a sentence belongs."""
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(text: str) -> bool:
    """Return whether a sentence belongs to the fifth that no rule is written from."""
    return int(digest(text), 16) % 5 == 0


def corpus(folder: Path, complaints: list[str]) -> Iterator[Row]:
    """Return the sentences of every .jsonl file of a folder; what cannot be read is told, and left out."""
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = _row(json.loads(line), file.stem)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                complaints.append(f"{file.name}:{number}: left out, {type(error).__name__}: {error}")
                continue
            if row is not None:
                yield row


def _row(data: dict[str, Any], file: str) -> Row | None:
    """Return a line of a corpus, or None of a sentence that nobody can label without what came before it."""
    given = data.get("labels") or data["label"]
    labels = frozenset[str]([given] if isinstance(given, str) else given)
    text, kind = str(data["text"]), data.get("as", "message")
    if not labels or kind not in KINDS:
        raise ValueError(f"no label, or no such kind: {kind}")
    if data.get("thin"):
        return None
    about = next((name for name in ("drafts", "replies", "danger") if file.startswith(name)), None)
    if about is None:
        dangerous = labels <= {*NAMES, "crisis"}
        about = "danger" if dangerous else "replies" if kind == "reply" else "drafts"
    part = data.get("part", "sealed" if sealed(text) else "development")
    return Row(text, cast("Kind", kind), labels, about, str(data.get("hand", file)), str(part))


def everyday(folder: Path) -> Iterator[Row]:
    """Return the lines of every .txt file of a folder, in halves by their hash."""
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            if text := line.strip():
                part = "even half" if int(digest(text)[0], 16) % 2 == 0 else "odd half"
                yield Row(text, "message", frozenset(), "everyday", file.stem, part)


def shipped(*, second: bool = True) -> Rules:
    """Return the rules of the project, with the second reader or without."""
    return load(rule_files(RULES), second=(RULES / FILE).read_bytes() if second else None)


def measure(
    rows: Iterable[Row], rules: Rules, *, labels: bool = False, into: Figures | None = None
) -> Figures:
    """Return what is true of the coach's answers to some sentences, beside what is counted already."""
    figures = Figures() if into is None else into
    for row in rows:
        begun = time.perf_counter()
        answer = review(row.text, row.kind, rules)
        figures.seconds += time.perf_counter() - begun
        figures.read += 1
        if row.about == "everyday":
            _everyday(figures, row, answer, review(row.text, "describe", rules))
        elif row.about == "danger":
            _danger(figures, row, answer)
        else:
            _words(figures, row, answer, labels=labels)
    return figures


def _everyday(figures: Figures, row: Row, answer: Review, told: Review) -> None:
    figures.add(row, "grave", true=answer.safety in GRAVE, wanted=False)
    figures.add(row, "any", true=answer.safety is not None, wanted=False)
    figures.add(row, "noted as message", true=bool(answer.notes), wanted=False)
    figures.add(row, "noted as describe", true=bool(told.notes), wanted=False)


def _danger(figures: Figures, row: Row, answer: Review) -> None:
    names = {NAMES.get(label, label) for label in row.labels - {"crisis"}} or {"plain"}
    for name in sorted(names):
        innocent = name in ("innocent", "hyperbole")
        gentle = name in ("veiled", "worth a quiet line")
        figures.add(
            row, f"{name}, grave", true=answer.safety in GRAVE, wanted=None if gentle else not innocent
        )
        figures.add(row, f"{name}, any", true=answer.safety is not None, wanted=not innocent)


def _words(figures: Figures, row: Row, answer: Review, *, labels: bool) -> None:
    said = {note.rule for note in answer.notes} or ({"crisis"} if answer.safety in GRAVE else set())
    if "crisis" not in row.labels:
        figures.add(row, "any answer about danger", true=answer.safety is not None, wanted=None)
    if row.labels & FINE:
        figures.add(row, "fine, noted", true=bool(said), wanted=False)
        if row.labels & REFLECTIONS:
            warned = any(note.level == "warning" for note in answer.notes)
            figures.add(row, "fine reflection, noted", true=bool(said), wanted=None)
            figures.add(row, "fine reflection, warned", true=warned, wanted=None)
    else:
        figures.add(row, "flawed, caught", true=bool(said), wanted=True)
        figures.add(row, "flawed, right label", true=bool(said & row.labels), wanted=None)
        if row.about == "replies" and "fix" in row.labels:
            figures.add(row, "suggestion, told as fix", true="fix" in said, wanted=None)
    if labels:
        for label in sorted(
            row.labels & {*DRAFT_LABELS, *REPLY_LABELS} if row.labels.isdisjoint(FINE) else ()
        ):
            figures.add(row, f"{label}, found", true=label in said, wanted=None)
        for label in sorted(said):
            figures.add(row, f"{label}, right when said", true=label in row.labels, wanted=None)


def report(figures: Figures) -> None:
    """Print a table for each kind of sentence: a line for each figure, a column for each part."""
    for about in sorted({key[0] for key in figures.counts}):
        lines = {key: parts for key, parts in figures.counts.items() if key[0] == about}
        parts = sorted({part for counts in lines.values() for part in counts})
        print(f"\n{about:48}" + "".join(f"{part:24}" for part in parts).rstrip())
        for (_about, hand, name), counts in sorted(lines.items()):
            cells = "".join(f"{counts.get(part, Count())!s:24}" for part in parts)
            print(f"  {hand:16} {name:28} {cells}".rstrip())


def size() -> str:
    """Return how much there is to read and to keep right, in words."""
    rules = [file.read_bytes() for file in RULES.rglob("*") if file.suffix in (".yaml", ".txt")]
    code = [file.read_bytes() for file in (PROJECT / "src" / "dbtcoach" / "coach").glob("*.py")]
    lines, coded = (sum(len(file.splitlines()) for file in files) for files in (rules, code))
    kilobytes = sum(map(len, rules)) / 1000
    return f"rules and lists: {lines:,} lines, {kilobytes:,.0f} kB; Python: {coded:,} lines"


def asked_for(parser: argparse.ArgumentParser) -> tuple[argparse.Namespace, list[Row], list[str]]:
    """Return all options, the sentences that they name, and what could not be read; there are sentences."""
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder of .jsonl files")
    parser.add_argument("--everyday", type=Path, help="a folder of .txt files, a line each of everyday words")
    options = parser.parse_args()
    complaints: list[str] = []
    rows = [*corpus(options.corpus, complaints), *(everyday(options.everyday) if options.everyday else ())]
    if not rows:
        parser.error(f"no sentences found in {options.corpus}")
    return options, rows, complaints


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--labels", action="store_true", help="count each label of drafts and replies too")
    parser.add_argument("--confusions", action="store_true", help="show development sentences it got wrong")
    options, rows, complaints = asked_for(parser)
    begun = time.perf_counter()
    rules = shipped()
    loaded = time.perf_counter() - begun
    figures = measure(rows, rules, labels=options.labels)
    report(figures)
    print(f"\n{size()}")
    print(
        f"rules checked and loaded in {loaded:.2f} s; "
        f"{10_000 * figures.seconds / figures.read:.1f} s for 10,000 sentences"
    )
    for line in complaints:
        print(line)
    if options.confusions:
        print(*sorted(figures.wrong), sep="\n")


if __name__ == "__main__":
    main()
