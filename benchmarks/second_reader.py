"""Make the table of the second reader, or measure it on sentences that it was not made from.

    python benchmarks/second_reader.py make EVERYDAY       write exercises/coach/second_reader.bin
    python benchmarks/second_reader.py measure EVERYDAY    print what it hears of sentences it never saw

EVERYDAY is a folder of .txt files with everyday lines, one a line; docs/coach.md says which we used. The rest comes
from the development part of the corpus: the sealed part is left for the benchmark. The same lines give the
same bytes, in whichever order they come.
"""

from __future__ import annotations

import argparse
import hashlib
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import coach as benchmark

from dbtcoach.coach.review import danger
from dbtcoach.coach.second_reader import FILE, SecondReader, features, stream, written
from dbtcoach.coach.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dbtcoach.coach.rules import Rules
    from dbtcoach.coach.spelling import Spelling

PLACES = 1 << 14
COST = 0.3  # how much a sentence on the wrong side costs; a third to three times as much changes little
TRICKY = 4  # times that, of an innocent sentence with words of danger in it
BESIDE_RULES = 0.3  # times that, of words about danger that rules hear anyway
ROUNDS = 12
FOLDS = 5
SHARES = {"brings": 0.0125, "believes": 0.01, "doubts": 0.2}  # of unseen everyday lines that reach a score
DANGEROUS = {"plain", "veiled", "at home", "harm to others", "worth a quiet line"}


@dataclass(frozen=True, slots=True)
class Example:
    """A text as numbers: the places of its marks (some more than once), and whether it is about danger."""

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


def examples(rows: Iterable[benchmark.Row], spelling: Spelling) -> list[Example]:
    """Return what there is to learn from, each text once, in an order that is the same everywhere."""
    found: dict[str, Example] = {}
    for row in rows:
        if row.part == "sealed" or (row.about != "danger" and "crisis" in row.labels):
            continue
        words = [word for word, _token in stream(sentences(row.text, spelling))]
        places = array("H", [place for group in features(words, PLACES - 1) for place in group])
        named = {benchmark.NAMES.get(label, label) for label in row.labels}
        dangerous = row.about == "danger" and bool(named & DANGEROUS)
        cost = COST
        if row.about == "danger":
            cost *= TRICKY if not dangerous else BESIDE_RULES if row.hand == "plain forms" else 1
        file = row.hand if row.about == "everyday" else ""
        if places:
            found[row.text] = Example(row.text, file, dangerous, cost, places)
    return sorted(found.values(), key=lambda one: benchmark.digest(one.text))


def fit(learnt: Sequence[Example]) -> SecondReader:
    """Return the reader that these examples make: a support vector machine with squared hinge loss.

    Dual coordinate descent (Hsieh and others 2008, A Dual Coordinate Descent Method for Large-scale Linear SVM):
    one example after the other is given as much weight as puts it on its side of the line.
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
    return SecondReader(small, scale, bias, brings=9.0, believes=9.0, doubts=-9.0)



def unseen(learnt: Sequence[Example]) -> list[SecondReader]:
    """Return a reader for each fold, made from everything but that fold."""
    return [fit([one for one in learnt if one.fold != fold]) for fold in range(FOLDS)]


def cut(readers: Sequence[SecondReader], learnt: Sequence[Example], spelling: Spelling) -> dict[str, float]:
    """Return the scores that shares of unseen everyday lines reach; each file of lines counts the same."""
    scores: dict[str, list[float]] = defaultdict(list)
    for one in learnt:
        if one.file:
            scores[one.file].append(readers[one.fold].score(sentences(one.text, spelling)))
    weighed = sorted(
        ((score, 1 / len(found) / len(scores)) for found in scores.values() for score in found), reverse=True
    )
    shares = list(accumulate(weight for _score, weight in weighed))
    return {
        name: round(next(score for (score, _weight), upto in zip(weighed, shares, strict=True) if upto >= share), 3)
        for name, share in SHARES.items()
    }


def made_from(corpus: Path, everyday: Path) -> dict[str, str]:
    """Return the digest of each file that a reader is made from."""
    files = [*sorted(corpus.glob("*.jsonl")), *sorted(everyday.glob("*.txt"))]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def make(corpus: Path, everyday: Path, rules: Rules) -> bytes:
    """Return the content of the file: the reader that everything makes, and the scores it speaks at."""
    learnt = examples([*benchmark.corpus(corpus, []), *benchmark.everyday(everyday)], rules.spelling)
    scores = cut(unseen(learnt), learnt, rules.spelling)
    return written(replace(fit(learnt), **scores), made_from(corpus, everyday))


def measure(corpus: Path, everyday: Path, rules: Rules) -> None:
    """Print what rules answer alone, and with a reader that never saw the sentence."""
    rows = [*benchmark.corpus(corpus, []), *benchmark.everyday(everyday)]
    learnt = examples(rows, rules.spelling)
    readers = unseen(learnt)
    scores = cut(readers, learnt, rules.spelling)
    print(*(f"{name} {score}" for name, score in scores.items()), sep=", ")
    with_readers = [replace(rules, second=replace(reader, **scores)) for reader in readers]
    alone = replace(rules, second=None)
    figures = benchmark.Figures()
    for row in rows:
        if row.about in ("danger", "everyday"):
            named = {benchmark.NAMES.get(label, label) for label in row.labels - {"crisis"}} or {"plain"}
            for name in sorted(named) if row.about == "danger" else [""]:
                for who, read in (("rules", alone), ("both", with_readers[fold_of(row.text)])):
                    answer = danger(row.text, read)
                    what = f"{name} {who}".strip()
                    figures.add(row, f"{what}, any", true=answer is not None, wanted=None)
                    figures.add(row, f"{what}, grave", true=answer in benchmark.GRAVE, wanted=None)
    benchmark.report(figures)


def main() -> None:
    """Make or measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("make", "measure"))
    parser.add_argument("everyday", type=Path, help="a folder of .txt files, a line each of everyday words")
    parser.add_argument("--corpus", type=Path, default=benchmark.CORPUS, help="a folder of .jsonl files")
    options = parser.parse_args()
    rules = benchmark.shipped()
    if options.what == "measure":
        measure(options.corpus, options.everyday, rules)
    else:
        (benchmark.RULES / FILE).write_bytes(make(options.corpus, options.everyday, rules))


if __name__ == "__main__":
    main()
