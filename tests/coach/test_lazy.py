"""Phrases are read only when a text holds a word that they need: nothing may be missed by that."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbtcoach.coach.automaton import Automaton, Hit
from dbtcoach.coach.keys import all_keys_of, keys_of
from dbtcoach.coach.load import load
from dbtcoach.coach.phrasebook import Phrases
from dbtcoach.coach.trees import Chain, Choice, Gap, Maybe, Member, Tree, Word
from dbtcoach.coach.window import Reading
from dbtcoach.coach.words import Sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dbtcoach.coach.phrases import Vocabulary
    from dbtcoach.coach.rules import Ruled, Rules

# A small language of its own, in which random sentences often meet random phrases.
LISTS = [
    ("spelling.txt", b"dont = do not\nu = you\n~ cold\n"),
    ("kin.txt", b"mum, dad, step dad, aunt may\n"),
    ("irregular.txt", b"go went gone going\n"),
]
RULE = """format: 1
parts:
  someone: (he|she|my (dad|big aunt))
danger:
  - {id: one, safety: soft, phrases: a, fails: a, passes: b}
"""
WORDS = "a b c go went you dont do not mum step dad cold codl colld my big aunt he 8pm I'm it's".split()  # noqa: SIM905 - read at a glance
ITEMS = [
    *WORDS,
    *("(a|b)", "(a b|c)", "(dont|you)", "[c]", "[(a|b) c]", "...2", ",...1", "<kin>", "<someone>", "~go"),
    *(
        "(he|[my] <kin>|step)",
        "((a|b) c|big (aunt|dad))",
        "(I'm|it's cold)",
        "<number>",
        "<ing>",
        "(8pm|a 8)",
    ),
]
phrases = st.builds(
    lambda start, items, leads, ends: leads + " ".join([start, *items]) + ends,
    st.sampled_from([item for item in ITEMS if item[0] not in "[.,"]),
    st.lists(st.sampled_from(ITEMS), max_size=4),
    st.sampled_from(["", "", "^", ", "]),
    st.sampled_from(["", "", "$", " | b c"]),
)
texts = st.lists(st.sampled_from([*WORDS, ",", "cooold", "going"]), max_size=9).map(" ".join)


@pytest.fixture(scope="module")
def small() -> Rules:
    return load([*LISTS, ("r.yaml", RULE.encode())])


def vocabulary(rules: Rules) -> Vocabulary:
    return rules.dangers[0].when.by_role["phrases"].vocabulary


class Unkeyed(Phrases):
    """Phrases that are all read at once."""

    @property
    def keys(self) -> tuple[frozenset[str], ...]:
        return (frozenset(),) * len(self.texts)

    def needed(self, at: int) -> tuple[frozenset[str], ...]:
        return (frozenset(self.texts[at]),)[:0]


def automaton(books: Sequence[Phrases], rules: Rules) -> Automaton:
    made = Automaton(rules.lexicon)
    for book in books:
        made.add(book)
    return made


def pairs(row: Sequence[str]) -> list[str]:
    return [" ".join(pair) for pair in pairwise(row)]


def spare(tree: Tree, keys: frozenset[str]) -> bool:
    """Return whether a tree can be there without any of these words and names."""
    match tree:
        case Word(words, rows):
            return bool(words - keys) or any(keys.isdisjoint((*row, *pairs(row))) for row in rows)
        case Member(name):
            return f"<{name}>" not in keys
        case Chain(parts):
            return all(spare(part, keys) for part in parts)
        case Choice(options):
            return any(spare(option, keys) for option in options)
        case Gap() | Maybe():
            return True


def books_of(rules: Rules) -> list[Phrases]:
    ruled: tuple[Ruled, ...] = (*rules.dangers, *rules.rules, *rules.praises)
    return [book for one in ruled for book in one.when.by_role.values()]


def hits_of(found: Sequence[Sentence], made: Automaton) -> list[list[Hit]]:
    return [
        made.hits(Reading(tokens, made.lexicon))
        for sentence in found
        for tokens in (sentence.tokens, sentence.plain)
    ]


def test_no_shipped_phrase_can_do_without_its_keys(rules: Rules) -> None:
    keyless: set[str] = set()
    for book in books_of(rules):
        for at, keys in enumerate(book.keys):
            tree = book.phrase(at).tree
            keyless.update(() if keys else (book.texts[at],))
            assert not keys or not spare(tree, keys), book.texts[at]
            for needed in all_keys_of(book.texts[at], book.vocabulary):
                assert not spare(tree, needed), book.texts[at]
    assert len(keyless) < 12  # each of these is read for every text


@settings(max_examples=400, deadline=None)
@given(text=phrases)
def test_no_phrase_can_do_without_its_keys(small: Rules, text: str) -> None:
    words = vocabulary(small)
    tree = Phrases([text], words).phrase(0).tree
    for keys in (keys_of(text, words), *all_keys_of(text, words)):
        assert not keys or not spare(tree, keys)


@settings(max_examples=300, deadline=None)
@given(written=st.lists(phrases, min_size=1, max_size=5), read=st.lists(texts, min_size=1, max_size=4))
def test_reading_later_finds_the_same(small: Rules, written: list[str], read: list[str]) -> None:
    words = vocabulary(small)
    later = automaton([Phrases(written, words)], small)
    at_once = automaton([Unkeyed(written, words)], small)
    for text in read:
        found = sentences(text, small.spelling)
        assert hits_of(found, later) == hits_of(found, at_once), text


def shipped_texts(rules: Rules) -> list[str]:
    """Return samples, samples with slips, halves of two joined, and lines that mean no good."""
    ruled: tuple[Ruled, ...] = (*rules.rules, *rules.dangers, *rules.praises)
    samples = [text for one in ruled for text in (*one.samples.fails, *one.samples.passes)]
    halves = [
        f"{one[: len(one) // 2]}{two[len(two) // 2 :]}"
        for one, two in zip(samples, samples[7:], strict=False)
    ]
    slipped = [text[:at] + text[at + 1 : at + 2] + text[at:] for text in samples for at in (len(text) // 3,)]
    quoted = [f"He said “{one}” and '{two}" for one, two in zip(samples[::5], samples[3::5], strict=False)]
    hostile = [
        "a" * 3000,
        "a " * 300,
        "“‘«" * 200,
        "you never " * 60,
        " ".join(sorted(rules.lexicon.words)[::9]),
    ]
    lists_only = [
        " ".join(entry) for entries in [*rules.lexicon.longer.values()][::40] for entry, _names in entries
    ]
    return [*samples[::2], *halves[::2], *slipped[::3], *quoted, *hostile, *lists_only[::3]]


def test_the_shipped_phrases_find_the_same_when_read_later(rules: Rules) -> None:
    books = books_of(rules)
    later = automaton(books, rules)
    at_once = automaton([Unkeyed(book.texts, book.vocabulary) for book in books], rules)
    hits = 0
    for text in shipped_texts(rules):
        found = sentences(text, rules.spelling)
        expected = hits_of(found, at_once)
        assert hits_of(found, later) == expected, text
        hits += sum(map(len, expected))
    assert hits > 1000


def test_most_phrases_are_never_read_for_one_sentence(rules: Rules) -> None:
    made = automaton(books_of(rules), rules)
    hits_of(sentences("You never ask how my day was.", rules.spelling), made)
    read = sum(entry.piece is not None for entry in made.entries.values())
    assert 0 < read < made.count / 10


def test_shipped_files_are_read_the_same_without_the_check(
    rule_files: list[tuple[str, bytes]], rules: Rules
) -> None:
    quick = load(rule_files, own=())
    assert [book.texts for book in books_of(quick)] == [book.texts for book in books_of(rules)]
    shown = [
        [(one.id, one.kinds, one.samples, [*one.when.by_role]) for one in read.rules]
        for read in (quick, rules)
    ]
    assert shown[0] == shown[1]
    assert [(one.id, one.safety, one.samples) for one in quick.dangers] == [
        (one.id, one.safety, one.samples) for one in rules.dangers
    ]
    assert (quick.spelling.plain, quick.lexicon.words) == (rules.spelling.plain, rules.lexicon.words)
