"""Make the table of the second reader, and measure it on sentences that it was not made from.

    python -m benchmarks.second_reader EVERYDAY              write exercises/coach/second_reader.bin
    python -m benchmarks.second_reader EVERYDAY --measure    leave the file as it is
    python -m benchmarks.second_reader --calm                quiet the file that is there about calm.txt

Each but the last prints what the coach hears with a reader that never saw the sentence (five folds), and
without. What is in calm.txt, and what the exercises say, never brings the quiet line.

EVERYDAY is a folder of .txt files with everyday lines, one a line; docs/coach.md says which we used. The rest
comes from the development part of the corpus (the sealed part is left for the benchmark) and from the texts
of the exercises. The same lines give the same bytes, in whichever order they come. It takes some minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from benchmarks import coach as benchmark

from dbtcoach.coach.second_reader import FILE, Cuts, SecondReader, features, read, stream, windows
from dbtcoach.coach.words import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from dbtcoach.coach.rules import Rules
    from dbtcoach.coach.spelling import Spelling

PLACES = 1 << 14
COST = 0.3  # how much a sentence on the wrong side costs; a third to three times as much changes little
TRICKY = 4  # times that, of an innocent sentence with words of danger in it
BESIDE_RULES = 0.3  # times that, of words about danger that rules hear anyway
AT_WORK = 3  # times that, of what is typed into an exercise
SAID = 10  # times that, of what an exercise says itself
ROUNDS = 12
FOLDS = 5
SHARES = Cuts(brings=0.0125, believes=0.01, doubts=0.2)  # of unseen everyday lines that reach a score
NEVER = Cuts(brings=9.0, believes=9.0, doubts=-9.0)
MARGIN = 0.01  # how far below that a text lies which it was told to be calm about
FEWEST = 6  # numbers that are lowered for a text
TOO_MANY = 254  # steps from one end of a number to the other
CALM = Path(__file__).with_name("calm.txt")
SAID_BY = "exercises"
DANGEROUS = {"plain", "veiled", "at home", "harm to others", "worth a quiet line"}


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch of a text as numbers: the places of its marks (some more than once), and what it teaches."""

    text: str
    file: str  # of an everyday line; empty of a sentence of the corpus
    dangerous: bool
    cost: float
    places: array[int]

    @property
    def fold(self) -> int:
        """In which fold it is left out."""
        return fold_of(self.text)

    def length(self) -> float:
        """Return the square of how long it is as a vector: more than one where marks come twice."""
        return sum(count * count for count in Counter(self.places).values()) / len(self.places)


def fold_of(text: str) -> int:
    """Return in which fold a text is left out."""
    return int(benchmark.digest(f"fold {text}"), 16) % FOLDS


def said(exercises: Path) -> Iterator[benchmark.Row]:
    """Return what the program says itself, and the examples in it: every text of every exercise."""
    found: list[Any] = [yaml.safe_load(file.read_bytes()) for file in sorted(exercises.glob("*.yaml"))]
    while found:
        match found.pop():
            case dict() as table:
                found.extend(table.values())
            case list() as items:
                found.extend(items)
            case str() as text if " " in text:
                for piece in (text, *re.findall("“([^”]+)”", text)):
                    yield benchmark.Row(
                        piece, "message", frozenset({"clean"}), SAID_BY, SAID_BY, "development"
                    )


def examples(rows: Iterable[benchmark.Row], spelling: Spelling) -> list[Example]:
    """Return what there is to learn from, each text once, in an order that is the same everywhere.

    Danger is somewhere in a text; of a text without danger every stretch is an example by itself.
    """
    rows = {row.text: row for row in rows if row.part != "sealed"}.values()
    found: list[Example] = []
    for row in sorted(rows, key=lambda one: benchmark.digest(one.text)):
        if row.about != "danger" and "crisis" in row.labels:
            continue
        named = {benchmark.NAMES.get(label, label) for label in row.labels}
        dangerous = row.about == "danger" and bool(named & DANGEROUS)
        if dangerous:
            worth = BESIDE_RULES if row.hand == "plain forms" else 1
        else:
            worth = {"danger": TRICKY, "everyday": 1, SAID_BY: SAID}.get(row.about, AT_WORK)
        file = row.hand if row.about == "everyday" else ""
        marks = features([word for word, _token in stream(sentences(row.text, spelling))], PLACES - 1)
        for first, end in [(0, len(marks))] if dangerous else windows(len(marks)):
            places = array("H", [place for group in marks[first:end] for place in group])
            if places:
                found.append(Example(row.text, file, dangerous, COST * worth, places))
    return found


def fit(learnt: Sequence[Example]) -> SecondReader:
    """Return the reader that these examples make: a support vector machine with squared hinge loss.

    Dual coordinate descent (Hsieh and others 2008, doi 10.1145/1390156.1390208): one example after the other
    is given as much weight as puts it on its side of the line.
    """
    weights, bias = [0.0] * PLACES, 0.0
    given = [0.0] * len(learnt)
    lengths = [one.length() for one in learnt]
    for _round in range(ROUNDS):
        for at, one in enumerate(learnt):
            slack = 1 / (2 * one.cost)
            unit, side = 1 / sqrt(len(one.places)), 1 if one.dangerous else -1
            value = sum(map(weights.__getitem__, one.places)) * unit + bias
            gradient = side * value - 1 + given[at] * slack
            if given[at] == 0 and gradient >= 0:
                continue  # on its side, and not needed
            wanted = max(given[at] - gradient / (lengths[at] + 1 + slack), 0.0)
            change, given[at] = side * (wanted - given[at]), wanted
            bias += change
            for place in one.places:
                weights[place] += change * unit
    return rounded(weights, bias)


def rounded(weights: Sequence[float], bias: float) -> SecondReader:
    """Return a reader whose weights are whole numbers from -127 to 127, and which has nothing to say yet."""
    scale = max(map(abs, weights)) / 127
    small = array("b", [round(weight / scale) for weight in weights])
    return SecondReader(small, scale, bias, NEVER)


def fitted(learnt: Sequence[Example], left_out: Collection[str], spelling: Spelling) -> SecondReader:
    """Return the reader that all but some texts make, cut at the scores of the everyday lines among these."""
    reader = fit([one for one in learnt if one.text not in left_out])
    unseen = {one.text: one.file for one in learnt if one.file and one.text in left_out}
    return replace(reader, cuts=cut(reader, unseen, spelling))


def cut(reader: SecondReader, unseen: Mapping[str, str], spelling: Spelling) -> Cuts:
    """Return the scores that shares of unseen lines reach; each file of lines counts the same."""
    scores: dict[str, list[float]] = defaultdict(list)
    for text, file in unseen.items():
        scores[file].append(reader.weigh(sentences(text, spelling)).score)
    ranked = sorted(
        ((score, 1 / len(found) / len(scores)) for found in scores.values() for score in found), reverse=True
    )
    shares = list(accumulate(share for _score, share in ranked))
    return Cuts(*(round(ranked[bisect_left(shares, share)][0], 3) for share in SHARES))


def written(reader: SecondReader, made_from: dict[str, str]) -> bytes:
    """Return the content of a file from which ``read`` makes this reader; it tells what it was made from."""
    head = {"cuts": reader.cuts._asdict(), "scale": reader.scale, "bias": reader.bias, "made_from": made_from}
    return json.dumps(head).encode() + b"\n" + reader.weights.tobytes()


def made_from(*folders: Path) -> dict[str, str]:
    """Return the digest of each file that a reader is made from."""
    files = [file for folder in folders for file in sorted(folder.iterdir())]
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.suffix in (".jsonl", ".txt")
    }


def everything(corpus: Path, everyday: Path, exercises: Path) -> list[benchmark.Row]:
    """Return every sentence there is."""
    return [*benchmark.corpus(corpus, []), *benchmark.everyday(everyday), *said(exercises)]


def make(rows: Sequence[benchmark.Row], spelling: Spelling, told: dict[str, str]) -> bytes:
    """Return the content of the file; everyday lines of the first fold are left out, and cut at."""
    learnt = examples(rows, spelling)
    left_out = {one.text for one in learnt if one.file and one.fold == 0}
    return written(fitted(learnt, left_out, spelling), told)


def calmed(
    reader: SecondReader, texts: Iterable[str], dangers: Iterable[str], spelling: Spelling
) -> SecondReader:
    """Return the reader with these texts just below where it speaks, as it was about everything else.

    Only those few numbers of a text are lowered that the fewest dangerous texts have in common with it.
    """

    def places(text: str) -> list[int]:
        words = [word for word, _token in stream(sentences(text, spelling))]
        return [place for group in features(words, PLACES - 1) for place in group]

    used = Counter(place for text in dangers for place in set(places(text)))
    weights = array("b", reader.weights)
    for text in texts:
        free = sorted(set(places(text)), key=lambda place: (used[place], place))[:FEWEST]
        for _round in range(TOO_MANY):
            score = replace(reader, weights=weights).weigh(sentences(text, spelling)).score
            if score < reader.cuts.brings - MARGIN:
                break
            for place in free:
                weights[place] = max(weights[place] - 1, -127)
    return replace(reader, weights=weights)


def quieted(content: bytes, corpus: Path, spelling: Spelling) -> bytes:
    """Return a file that is calm about the lines of calm.txt and about all that the exercises say."""
    rows = [row for row in benchmark.corpus(corpus, []) if row.part != "sealed" and row.about == "danger"]
    dangers = [row.text for row in rows if {benchmark.NAMES.get(one, one) for one in row.labels} & DANGEROUS]
    texts = [*CALM.read_text("utf-8").splitlines(), *(row.text for row in said(benchmark.RULES.parent))]
    told = json.loads(content.partition(b"\n")[0])["made_from"]
    return written(calmed(read(content), texts, dangers, spelling), told)


def measure(rows: Sequence[benchmark.Row], rules: Rules) -> None:
    """Print what rules answer alone, and what they do with a reader that never saw the sentence."""
    learnt = examples(rows, rules.spelling)
    alone, both = benchmark.Figures(), benchmark.Figures()
    benchmark.measure(rows, rules, into=alone)
    for fold in range(FOLDS):
        folded = [row for row in rows if fold_of(row.text) == fold]
        second = fitted(learnt, {row.text for row in folded}, rules.spelling)
        benchmark.measure(folded, replace(rules, second=second), into=both)
    for name, figures in (("rules alone", alone), ("with the second reader", both)):
        print(f"\n{name}")
        benchmark.report(figures)


def main() -> None:
    """Make, write and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("everyday", type=Path, nargs="?", help="a folder of .txt files, a line each")
    parser.add_argument("--corpus", type=Path, default=benchmark.CORPUS, help="a folder of .jsonl files")
    parser.add_argument("--measure", action="store_true", help="do not write the file")
    parser.add_argument("--calm", action="store_true", help="only quiet the file that is there")
    options = parser.parse_args()
    rules = benchmark.shipped(second=False)
    table = benchmark.RULES / FILE
    if options.calm:
        table.write_bytes(quieted(table.read_bytes(), options.corpus, rules.spelling))
        return
    rows = everything(options.corpus, options.everyday, benchmark.RULES.parent)
    if not options.measure:
        told = made_from(options.corpus, options.everyday)
        table.write_bytes(quieted(make(rows, rules.spelling, told), options.corpus, rules.spelling))
    measure(rows, rules)


if __name__ == "__main__":
    main()
