"""The second reader brings the quiet line or takes it away, settles what a rule is unsure of, and no more."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from benchmarks import coach as benchmark
from benchmarks import second_reader as making
from hypothesis import given, settings
from hypothesis import strategies as st

from dbtcoach.coach.load import load
from dbtcoach.coach.model import KINDS
from dbtcoach.coach.review import danger, review
from dbtcoach.coach.second_reader import FILE, MOST_BYTES, WINDOW, Cuts, read, windows
from dbtcoach.coach.words import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.coach.rules import Rules

CONTENT = (benchmark.RULES / FILE).read_bytes()
ALWAYS, SILENT = -99.0, 99.0
RULE = b"""format: 1
danger:
  - {id: unsure, safety: abuse, unsure: true, fails: a, passes: b, phrases: walnut}
  - {id: gentle, safety: soft, fails: a, passes: b, phrases: acorn}
  - {id: sure, safety: crisis, fails: a, passes: b, phrases: hazel}
"""


@pytest.fixture(scope="module")
def shipped(rules: Rules) -> Rules:
    return replace(rules, second=read(CONTENT))


def small(*, brings: float = SILENT, believes: float = SILENT, doubts: float = ALWAYS) -> Rules:
    """Return three rules and a second reader that weighs nothing: every score is 0."""
    rules = load([("r.yaml", RULE)], second=CONTENT)
    assert rules.second is not None
    cuts = Cuts(brings, believes, doubts)
    return replace(rules, second=replace(rules.second, weights=array("b", bytes(4)), bias=0, cuts=cuts))


def test_what_it_may_settle() -> None:
    for text, rules, answer in (
        ("Nothing.", small(), None),
        ("Nothing.", small(brings=0), "soft"),
        ("A walnut.", small(), "soft"),
        ("A walnut.", small(believes=0), "abuse"),
        ("A walnut.", small(doubts=1), None),
        ("An acorn.", small(believes=0), "soft"),
        ("An acorn.", small(doubts=1), "soft"),
        ("A hazel.", small(doubts=1), "crisis"),
    ):
        assert danger(text, rules) == answer, (text, answer)


@settings(max_examples=50, deadline=None)
@given(text=st.one_of(st.text(max_size=300), st.just("You never listen, and I cannot go on like this.")))
def test_it_writes_no_note(shipped: Rules, text: str) -> None:
    alone = replace(shipped, second=None)
    for kind in KINDS:
        found, without = review(text, kind, shipped), review(text, kind, alone)
        if found.safety not in ("crisis", "abuse"):
            assert (found.notes, found.strength) == (without.notes, without.strength)


def test_one_line_does_not_drown_in_a_long_letter(shipped: Rules) -> None:
    assert shipped.second is not None
    line = "I cannot go on and nobody would notice if I was gone."
    letter = "We went to the market and bought bread and the weather was fine. " * 40
    whole = shipped.second.weigh(sentences(letter + line + " " + letter, shipped.spelling))
    assert whole.score > shipped.second.weigh(sentences(letter, shipped.spelling)).score + 0.3


@pytest.mark.parametrize("words", [1, WINDOW - 1, WINDOW, WINDOW + 1, 100])
def test_windows_cover_every_word(words: int) -> None:
    covered = {at for first, end in windows(words) for at in range(first, end)}
    assert covered == set(range(words))
    assert all(0 < end - first <= WINDOW for first, end in windows(words))


def test_it_names_the_words_that_weigh_most(shipped: Rules) -> None:
    assert shipped.second is not None
    text = "We had soup, and then I wanted to die."
    weighed = shipped.second.weigh(sentences(text, shipped.spelling))
    heaviest = weighed.heaviest()
    assert 0 < len(heaviest) <= 3
    assert all(text[token.start : token.end].lower() == token.word for token in heaviest)
    assert {"die", "wanted", "i"} & {token.word for token in heaviest}
    by_weight = dict(weighed.words)
    assert by_weight[heaviest[0]] == max(by_weight.values())


def test_the_file_is_small_and_says_what_it_was_made_from() -> None:
    assert len(CONTENT) <= MOST_BYTES
    told = json.loads(CONTENT.partition(b"\n")[0])["made_from"]
    assert told.keys() > making.made_from(benchmark.CORPUS).keys()
    assert all(len(digest) == 64 for digest in told.values())
    assert read(making.written(read(CONTENT), told)) == read(CONTENT)


def test_the_same_lines_make_the_same_bytes(rules: Rules, tmp_path: Path) -> None:
    corpus, everyday, exercises = (tmp_path / name for name in ("corpus", "everyday", "exercises"))
    for folder in (corpus, everyday, exercises):
        folder.mkdir()
    (exercises / "one.yaml").write_text("steps: [{prompt: Read it aloud.}]")
    lines = [
        f'{{"text": "{text} {number}", "as": "message", "labels": ["{label}"], "part": "development"}}'
        for number in "abcdefghij"
        for text, label in (("i want to die", "clear"), ("this film is to die for", "innocent"))
    ]
    plain = [
        f"see you at the {place} at {hour}"
        for place in ("station", "shop", "pub", "park", "school")
        for hour in ("one", "two", "three", "four", "five")
    ]
    made = []
    for turn in (1, -1):
        (corpus / "danger.jsonl").write_text("\n".join(lines))
        (everyday / "sms.txt").write_text("\n".join(plain[::turn]))
        rows = making.everything(corpus, everyday, exercises)
        content = making.make(rows, rules.spelling, {})
        made.append(content.partition(b"\n")[2])
        reader = read(content)
        wish, film = (
            reader.weigh(sentences(text, rules.spelling)).score
            for text in ("i want to die", "a film to die for")
        )
        assert wish > film
    assert made[0] == made[1]


def test_a_sealed_sentence_teaches_it_nothing(rules: Rules) -> None:
    rows = list(benchmark.corpus(benchmark.CORPUS, []))
    learnt = {one.text for one in making.examples(rows, rules.spelling)}
    assert learnt
    assert not learnt & {row.text for row in rows if row.part == "sealed"}


def test_it_is_calm_about_what_somebody_is_sorry_for(shipped: Rules) -> None:
    """When a line brings the quiet line: python -m benchmarks.second_reader --calm."""
    lines = making.CALM.read_text("utf-8").splitlines()
    assert {"I scared the kids", "I yelled at my kids last night"} <= set(lines)
    assert [line for line in lines if danger(line, shipped)] == []


def test_what_it_is_told_to_be_calm_about_changes_a_few_numbers(shipped: Rules) -> None:
    text, danger_text = "I shouted at the plumber about the bill", "The soup was good."
    assert shipped.second is not None
    weigh = [sentences(one, shipped.spelling) for one in (text, danger_text)]
    level = shipped.second.weigh(weigh[0]).score
    loud = replace(shipped.second, cuts=shipped.second.cuts._replace(brings=level))
    calm = making.calmed(loud, [text], [danger_text], shipped.spelling)
    assert calm.weigh(weigh[0]).score < level
    assert calm.weigh(weigh[1]).score == loud.weigh(weigh[1]).score
    changed = [one for one, two in zip(loud.weights, calm.weights, strict=True) if one != two]
    assert 0 < len(changed) <= making.FEWEST
    assert making.calmed(calm, [text], [danger_text], shipped.spelling) == calm
