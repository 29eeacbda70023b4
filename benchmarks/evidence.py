"""Which phrases of the coach's rules no sentence needs: for whoever keeps the rules few.

    python -m benchmarks.evidence                       by the corpus of the project, tests/coach/corpus
    python -m benchmarks.evidence --everyday FOLDER     and by plain lines, one a line, in its .txt files
    python -m benchmarks.evidence --corpus FOLDER       by another corpus of the same shape

The samples of the rules count as sentences; sealed ones are left out. All that it lists could go together.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.coach import DEVELOPMENT, FINE, RULES, Row, asked_for, shipped

from dbtcoach.coach.model import GRAVE, Kind, Review
from dbtcoach.coach.parts import Words
from dbtcoach.coach.review import own_places, places_of, reviewed
from dbtcoach.coach.rules import ROLES, Danger, Index, Praise, Rules
from dbtcoach.sitting.rule_loading import rule_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dbtcoach.coach.phrases import Phrase
    from dbtcoach.coach.places import Places

NOWHERE, IDLE, WRONG = "stands in no sentence", "changes no answer", "only ever makes an answer worse"
NOTHING = Words(())  # what a phrase is made of while it is taken away


@dataclass(frozen=True, slots=True)
class Spare:
    """A phrase that could go, by its rule and text, and why."""

    rule: str
    phrase: str
    why: str


def report(files: Iterable[tuple[str, bytes]], rules: Rules, given: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each phrase that no development sentence and no stated reason needs."""
    rows = read_as(given)
    places, stated = _places(files)
    texts = [phrase.text for one in rules.all for role in ROLES for phrase in one.when.phrases(role)]
    reasons = frozenset(text for text in texts if _beginning(text, places) in stated)
    found = spare_phrases(rules, rows, reasons)
    for one in sorted(found, key=lambda one: one.why):
        yield f"{places.get(_beginning(one.phrase, places), '?')}: {one.rule}: {one.why}: {one.phrase}"
    yield f"{len(rows)} sentences do without {len(found)} of {len(texts)} phrases; these could all go."


def read_as(given: Iterable[Row]) -> list[Row]:
    """Return the development sentences; an everyday line is read as a message, and as what happened."""
    rows = [row for row in given if row.part in DEVELOPMENT]
    return [*rows, *(replace(row, kind="describe") for row in rows if row.about == "everyday")]


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
    bodies = {phrase: phrase.body for _one, phrase in every}
    for phrase in sorted(
        (phrase for _one, phrase in every if phrase.text not in stated),
        key=lambda phrase: (len(stands.get(phrase, ())), -len(phrase.text)),  # the narrowest go first
    ):
        phrase.body = NOTHING
        whys[phrase] = _why(
            [(*given[at], answers[at]) for at in dict.fromkeys(stands.get(phrase, ()))], rules
        )
        if whys[phrase] not in (NOWHERE, IDLE):
            phrase.body = bodies[phrase]
    for phrase, body in bodies.items():
        phrase.body = body
    return [Spare(one.id, phrase.text, whys[phrase]) for one, phrase in every if whys.get(phrase)]


def _why(where: list[tuple[Row, list[Places], Review]], rules: Rules) -> str:
    """Return why a phrase that was taken away could go, or nothing when an answer is the worse for it."""
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
    everyday = row.about == "everyday"
    if everyday or row.labels & FINE:
        return 2 * (not grave and not labels and not (everyday and answer.safety))
    if answer.safety or labels & row.labels:
        return 2
    return 1 if labels else 0


def _samples(rules: Rules) -> Iterator[Row]:
    for one in rules.all:
        clear = "innocent" if isinstance(one, Danger) and one.calms else "clear"
        flaw = {clear} if isinstance(one, Danger) else {"clean"} if isinstance(one, Praise) else {one.label}
        kind: Kind = "message" if isinstance(one, Danger) and "message" in one.kinds else one.kinds[0]
        for texts, labels in ((one.fails, flaw), (one.passes, {"clean"})):
            yield from (Row(text, kind, frozenset(labels), "samples", one.id, "") for text in texts)


def main() -> None:
    """List them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    _options, rows, complaints = asked_for(parser)
    print(*report(rule_files(RULES), shipped(), rows), *complaints, sep="\n")


if __name__ == "__main__":
    main()
