"""Which phrases of the coach's rules no sentence needs: for whoever keeps the rules few."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.coach.model import GRAVE, KINDS, Kind, Review
from dbtcoach.coach.review import own_places, places_of, reviewed
from dbtcoach.coach.rules import ROLES, Danger, Index, Praise, Rules
from dbtcoach.errors import UsageError
from dbtcoach.sitting.rule_loading import load_rules, rule_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from dbtcoach.coach.phrases import Phrase
    from dbtcoach.coach.places import Places
    from dbtcoach.script.catalogue import Catalogue

FINE = frozenset({"clean", "valid", "innocent", "everyday"})
NOWHERE, IDLE, WRONG = "stands in no sentence", "changes no answer", "only ever makes an answer worse"


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that answers are judged by."""

    text: str
    kind: Kind
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spare:
    """A phrase that could go, by its rule and text, and why."""

    rule: str
    phrase: str
    why: str


def unneeded(catalogue: Catalogue, corpus: Path) -> Iterator[str]:
    """Yield a line for each phrase of all rules, own ones included, that no sentence of a corpus needs."""
    folders = [folder / "coach" for folder in (catalogue.shipped, catalogue.own) if folder is not None]
    return report(rule_files(*folders), load_rules(catalogue.own), corpus)


def report(files: Iterable[tuple[str, bytes]], rules: Rules, folder: Path) -> Iterator[str]:
    """Yield a line for each phrase that no sentence of a corpus and no stated reason needs."""
    rows = rows_of(folder)
    places, stated = _places(files)
    texts = [phrase.text for one in rules.all for role in ROLES for phrase in one.when.phrases(role)]
    reasons = frozenset(text for text in texts if _beginning(text, places) in stated)
    found = spare_phrases(rules, rows, reasons)
    for one in sorted(found, key=lambda one: one.why):
        yield f"{places.get(_beginning(one.phrase, places), '?')}: {one.rule}: {one.why}: {one.phrase}"
    yield f"{len(rows)} sentences do without {len(found)} of {len(texts)} phrases; these could all go."


def _places(files: Iterable[tuple[str, bytes]]) -> tuple[dict[str, str], set[str]]:
    """Return where each line of a rule file stands, and which of them a comment states a reason for.

    ``# because …`` counts for its own line; above others, up to an empty line or the next remark.
    """
    places: dict[str, str] = {}
    stated: set[str] = set()
    for name, content in files:
        because = False
        for number, line in enumerate(content.decode().splitlines(), 1):
            text, _sign, remark = (part.strip() for part in line.partition("#"))
            reason = remark.lower().startswith("because")
            if not text or text.endswith("|"):
                because = reason
            elif places.setdefault(text, f"{name}:{number}") and (because or reason):
                stated.add(text)
    return places, stated


def _beginning(text: str, places: Collection[str]) -> str:
    """Return the line that a phrase begins with."""
    words = text.split(" ")
    lines = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((line for line in lines if line in places), "")


def rows_of(folder: Path) -> list[Row]:
    """Return the development sentences of a corpus; raise UsageError where there are none.

    ``*.jsonl`` hold a sentence a line as an object; ``*.txt`` hold everyday lines, of which half are read.
    """
    rows: list[Row] = []
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                if row["part"] == "development" and not row.get("thin"):
                    rows.append(Row(row["text"], _kind(row["as"]), frozenset(row["labels"])))
            except (ValueError, TypeError, KeyError) as error:
                raise UsageError(f"{file}:{number}: not a sentence of a corpus: {error}.") from None
    for file in sorted(folder.glob("*.txt")):
        for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
            if int(hashlib.sha256(line.encode()).hexdigest()[0], 16) % 2 == 0:
                rows += [
                    Row(line, "message", frozenset({"everyday"})),
                    Row(line, "describe", frozenset({"everyday"})),
                ]
    if not rows:
        raise UsageError(f"{folder} holds no sentences: looked for *.jsonl there, one JSON object a line.")
    return rows


def _kind(word: str) -> Kind:
    return next((kind for kind in KINDS if kind == word), "message")


def spare_phrases(rules: Rules, rows: Iterable[Row], stated: frozenset[str] = frozenset()) -> list[Spare]:
    """Return phrases that could all go together: no sentence would be answered otherwise, or none worse.

    The samples of the rules count as sentences. ``stated`` are texts of phrases that are there for a reason.
    """
    given = [(row, places_of(row.text, rules)) for row in (*rows, *_samples(rules))]
    answers = [_answer(row, read, rules) for row, read in given]
    stands: dict[Phrase, list[int]] = {}
    index = Index(rules.all, ROLES)
    for at, (_row, read) in enumerate(given):
        for places in (*read, *own_places(read, rules)):
            for _one, phrase in index.standing(places):
                stands.setdefault(phrase, []).append(at)
    every = [(one, phrase) for one in index.ruled for role in ROLES for phrase in one.when.phrases(role)]
    whys: dict[Phrase, str] = {}
    for phrase in sorted(
        (phrase for _one, phrase in every if phrase.text not in stated),
        key=lambda phrase: (len(stands.get(phrase, ())), -len(phrase.text)),  # the narrowest go first
    ):
        phrase.off = True
        whys[phrase] = _why(
            [(*given[at], answers[at]) for at in dict.fromkeys(stands.get(phrase, ()))], rules
        )
        phrase.off = whys[phrase] in (NOWHERE, IDLE)
    for _one, phrase in every:
        phrase.off = False
    return [Spare(one.id, phrase.text, whys[phrase]) for one, phrase in every if whys.get(phrase)]


def _why(where: list[tuple[Row, list[Places], Review]], rules: Rules) -> str:
    """Return why a phrase that is off could go, or nothing when an answer is the worse for it."""
    if not where:
        return NOWHERE
    better = False
    for row, read, before in where:
        after = _answer(row, read, rules)
        if _shown(after) != _shown(before):
            change = _right(row, after) - _right(row, before)
            if change <= 0:
                return ""
            better = True
    return WRONG if better else IDLE


def _answer(row: Row, read: list[Places], rules: Rules) -> Review:
    return reviewed(read, row.text, row.kind, rules)


def _shown(answer: Review) -> tuple[object, ...]:
    return answer.safety, answer.strength, {note.rule for note in answer.notes}


def _right(row: Row, answer: Review) -> int:
    """Return how right an answer is: 2 for what should be said, 1 for something where something should."""
    grave = answer.safety in GRAVE
    labels = {note.rule for note in answer.notes}
    if row.labels & FINE:
        return 2 * (not grave and not labels and not ("everyday" in row.labels and answer.safety))
    if answer.safety or labels & row.labels:
        return 2
    return 1 if labels else 0


def _samples(rules: Rules) -> Iterator[Row]:
    for one in rules.all:
        flaw = {"clear"} if isinstance(one, Danger) else {"clean"} if isinstance(one, Praise) else {one.label}
        kind: Kind = "message" if isinstance(one, Danger) and "message" in one.kinds else one.kinds[0]
        for texts, labels in ((one.fails, flaw), (one.passes, {"clean"})):
            yield from (Row(text, kind, frozenset(labels)) for text in texts)
