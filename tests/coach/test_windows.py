"""All places of a window are tried at once: what that finds is what trying one after the other finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbtcoach.coach.automaton import Automaton
from dbtcoach.coach.load import load
from dbtcoach.coach.phrasebook import Phrases
from dbtcoach.coach.trees import Chain, Choice, Gap, Maybe, Member, Tree, Word
from dbtcoach.coach.window import SHORT, Reading
from dbtcoach.coach.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dbtcoach.coach.lexicon import Lexicon
    from dbtcoach.coach.rules import Rules
    from dbtcoach.coach.words import Token

RULE = b"""format: 1
parts:
  someone: (he|she|my (dad|big aunt))
  kind: (<someone> c|b|[a] ,...2 <kin>)
danger:
  - {id: one, safety: soft, phrases: a, fails: a, passes: b}
"""
LISTS = [("spelling.txt", b"dont = do not\n"), ("kin.txt", b"mum, dad, step dad, great big aunt\n")]
WORDS = "a b c do not you mum step dad great big aunt he my it's 8pm GO".split()  # noqa: SIM905 - read at a glance
ITEMS = [
    *WORDS,
    *("(a|b)", "(a b|c|a b c)", "[c]", "[(a|b) c]", "...2", ",...1", ",...12", "<kin>", "<someone>"),
    *("<kind>", "[...1 b]", "(,...2 a|b)", "(he|[my] <kin>|step ...1)", "<caps>", "<question>"),
]
phrases = st.builds(
    lambda start, items, leads, ends: leads + " ".join([start, *items]) + ends,
    st.sampled_from([item for item in ITEMS if item[:2] not in ("..", ",.")]),
    st.lists(st.sampled_from(ITEMS), max_size=4),
    st.sampled_from(["", "", "^", ", "]),
    st.sampled_from(["", "", "$", " | b c"]),
)
texts = st.lists(st.sampled_from([*WORDS, ",", "“b c” a", "?"]), max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def small() -> Rules:
    return load([*LISTS, ("r.yaml", RULE)])


def after(tree: Tree, starts: Iterable[int], tokens: Sequence[Token], lexicon: Lexicon) -> set[int]:
    """Return where a tree may end that begins at one of these places, word by word."""
    starts = set(starts)
    words = tuple(token.word for token in tokens)
    match tree:
        case Word(singles, rows):
            options = [*((word,) for word in singles), *rows]
            return {at + len(row) for at in starts for row in options if words[at : at + len(row)] == row}
        case Member(name):
            one = {at for at in starts if at < len(tokens)}
            found = {at + 1 for at in one if name in tokens[at].marks | lexicon.of(tokens[at])}
            spans = lexicon.spans(tokens)
            return found | {last + 1 for at in one for last, names in spans.get(at, ()) if name in names}
        case Gap(wide):
            return {at + 1 for at in starts if at < len(tokens) and (wide or not tokens[at].opens)}
        case Chain(parts):
            for part in parts:
                starts = after(part, starts, tokens, lexicon)
            return starts
        case Choice(parts):
            return set().union(*(after(part, starts, tokens, lexicon) for part in parts))
        case Maybe(part):
            return starts | after(part, starts, tokens, lexicon)


def slowly(texts: Sequence[str], tokens: Sequence[Token], rules: Rules) -> set[tuple[int, int, int]]:
    """Return the longest hits of each phrase, by trying one place after the other."""
    found = set()
    book = book_of(texts, rules)
    for number in range(len(texts)):
        phrase = book.phrase(number)
        for first, token in enumerate(tokens):
            if phrase.leads and first and (phrase.leads == "^" or not token.opens):
                continue
            ends = after(phrase.tree, [first], tokens, rules.lexicon)
            if phrase.ends:
                ends &= {len(tokens)}
            if ends:
                found.add((number, first, max(ends) - 1))
    return found


def book_of(texts: Sequence[str], rules: Rules) -> Phrases:
    return Phrases(texts, rules.dangers[0].when.by_role["phrases"].vocabulary)


def at_once(texts: Sequence[str], tokens: Sequence[Token], rules: Rules) -> set[tuple[int, int, int]]:
    automaton = Automaton(rules.lexicon)
    automaton.add(book_of(texts, rules))
    hits = automaton.hits(Reading(tokens, rules.lexicon))
    found = {(hit.phrase, hit.first, hit.last) for hit in hits}
    assert len(found) == len(hits)
    return found


@pytest.mark.slow
@settings(max_examples=600)
@given(written=st.lists(phrases, min_size=1, max_size=4), read=texts)
def test_all_at_once_finds_what_one_by_one_finds(small: Rules, written: list[str], read: str) -> None:
    plain = [text for text in written if not text.lstrip("^, ").startswith(("[", "<kind>", "(,"))]  # gaps
    for sentence in sentences(read, small.spelling):
        for tokens in (sentence.tokens, sentence.plain):
            assert at_once(plain, tokens, small) == slowly(plain, tokens, small)


def tokens_of(text: str, rules: Rules) -> Sequence[Token]:
    (sentence,) = sentences(text, rules.spelling)
    return sentence.tokens


@pytest.mark.parametrize("text", ["[b] ...2 a c", "(,...2 a|b) c", "[b [...1 c]] ,...2 a c"])
def test_a_phrase_never_begins_in_a_gap(small: Rules, text: str) -> None:
    assert at_once([text], tokens_of("he he a c", small), small) == {(0, 2, 3)}


def test_a_phrase_may_begin_with_what_may_be_left_out(small: Rules) -> None:
    tokens = tokens_of("b he a c", small)
    assert at_once(["[b] ...2 a c"], tokens, small) == {(0, 0, 3), (0, 2, 3)}


@pytest.mark.parametrize("shift", [-14, -13, -7, -1, 0, 1])
def test_a_long_sentence_is_read_whole(small: Rules, shift: int) -> None:
    places = [at + shift for at in (64, SHORT, 2 * SHORT, 3 * SHORT)]
    words = ["he"] * (3 * SHORT + 20)
    for at in places:
        words[at], words[at + 13] = "a", "c"
    written = ["a ,...12 c", "a ,...12 c he", "^he", "he $", ", he he"]
    found = at_once(written, tokens_of(" ".join(words), small), small)
    assert {(0, at, at + 13) for at in places} == {one for one in found if one[0] == 0}
    assert {(1, at, at + 14) for at in places} == {one for one in found if one[0] == 1}
    assert {one for one in found if one[0] > 1} == {(2, 0, 0), (3, len(words) - 1, len(words) - 1), (4, 0, 1)}


def test_a_phrase_longer_than_windows_share_is_found(small: Rules) -> None:
    text = " ".join(["a ,...12"] * 60 + ["c"])
    words = ["he"] * (SHORT - 5) + (["a"] + ["he"] * 12) * 60 + ["c"] + ["he"] * SHORT
    tokens = tokens_of(" ".join(words), small)
    assert (0, SHORT - 5, SHORT - 5 + 60 * 13) in at_once([text], tokens, small)
