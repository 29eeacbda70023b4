"""Where a phrase stands: all places are tried at once, and that finds what `re` finds one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbtcoach.coach.grammar import wrong_in
from dbtcoach.coach.load import load
from dbtcoach.coach.phrases import Phrase
from dbtcoach.coach.places import Places
from dbtcoach.coach.speech import own_words
from dbtcoach.coach.words import LONGEST_SENTENCE, sentences

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules
    from dbtcoach.coach.words import Sentence

# A small language of its own, in which random sentences often meet random phrases.
KIN = ["mum", "dad", "step dad", "great big aunt"]
PARTS = {"someone": "(he|she|my (dad|big aunt))", "kind": "(<someone> c|b|[a] ,...2 <kin>)"}
RULE = f"""format: 1
lists:
  kin: {", ".join(KIN)}
parts:
  someone: {PARTS["someone"]}
  kind: |
    <someone> c
    b   # or this
    [a] ,...2 <kin>
danger:
  - {{id: one, safety: soft, phrases: a, fails: a, passes: b}}
"""
SPELLING = b"dont = do not\n"
WORDS = "a b c do not dont you mum step dad great big aunt he my she 8 GO".split()  # noqa: SIM905 - read at a glance
ITEMS = [
    *WORDS,
    *("(a|b)", "(a b|c|a b c)", "[c]", "[(a|b) c]", "...2", ",...1", ",...12", "<kin>", "<someone>"),
    *(
        "<kind>",
        "[...1 b]",
        "(he|[my] <kin>|step ...1)",
        "(dont|you)",
        "((a|b) c|big (aunt|dad))",
        "(a 8|he)",
    ),
]
FIRST = [item for item in ITEMS if item[0] not in "[.," and item != "<kind>"]
phrases = st.builds(
    lambda start, items, leads, closes: leads + " ".join([start, *items]) + closes,
    st.sampled_from(FIRST),
    st.lists(st.sampled_from(ITEMS), max_size=4),
    st.sampled_from(["", "", "^", ", "]),
    st.sampled_from(["", "", "$", " | b c"]),
)
texts = st.lists(st.sampled_from([*WORDS, ","]), max_size=9).map(" ".join)


@pytest.fixture(scope="module")
def small() -> Rules:
    return load([("spelling.txt", SPELLING), ("r.yaml", RULE.encode())])


def compiled(text: str) -> str:
    """Return a phrase as a regular expression over words: a space behind each, a comma before a clause."""

    def word(found: re.Match[str]) -> str:
        item = found[0].strip()
        if item in "()|":
            return item.replace("(", "(?:")
        if item in "[]":
            return {"[": "(?:", "]": ")?"}[item]
        if "..." in item:
            return rf"(?:{',?' if item[0] == ',' else ''}[^ ,]+ ){{0,{item.rpartition('.')[2]}}}"
        name = item[1:-1]
        if item[0] == "<":
            options = "|".join(map(compiled, KIN)) if name == "kin" else compiled(PARTS[name])
            return f"(?:{options})"
        return "".join(f",?{plain} " for plain in {"dont": "do not"}.get(item.lower(), item.lower()).split())

    return re.sub(r"\s*(,?\.\.\.\d+|<\w+>|\w+|[()|\[\]])\s*", word, text)


def one_by_one(text: str, tokens: Sentence) -> set[tuple[int, int]]:
    """Return the longest hit at each start, by trying every stretch of the sentence."""
    leads = text[0] if text[0] in "^," else ""
    pattern = re.compile(compiled(text.strip("^,$ ")))
    words = [f"{',' if token.opens else ''}{token.word} " for token in tokens]
    lasts = range(len(words))
    found = {
        first: last
        for first in lasts
        for last in (lasts[-1:] if text[-1] == "$" else lasts)
        if last >= first and pattern.fullmatch("".join(words[first : last + 1]))
    }
    allowed = {"": lasts, "^": [0], ",": [at for at in lasts if tokens[at].opens]}[leads]
    return {(first, last) for first, last in found.items() if first in allowed}


def at_once(text: str, tokens: Sentence, rules: Rules) -> list[tuple[int, int]]:
    phrase = Phrase(text, rules.dangers[0].when.vocabulary)
    places = Places(tokens, rules.lexicon)
    hits = [(first, last) for first, last, _phrase in phrase.hits(places)]
    assert phrase.stands(places) == bool(hits)
    return hits


@settings(max_examples=500, deadline=None)
@given(text=phrases, read=texts)
def test_all_at_once_finds_what_one_by_one_finds(small: Rules, text: str, read: str) -> None:
    for sentence in sentences(read, small.spelling):
        hits = at_once(text, sentence, small)
        assert hits == sorted(one_by_one(text, sentence))


@settings(max_examples=300, deadline=None)
@given(text=phrases, read=texts)
def test_no_phrase_can_do_without_its_keys(small: Rules, text: str, read: str) -> None:
    phrase = Phrase(text, small.dangers[0].when.vocabulary)
    for sentence in sentences(read, small.spelling):
        places = Places(sentence, small.lexicon)
        assert (
            not phrase.stands(places) or not phrase.body.keys or not phrase.body.keys.isdisjoint(places.words)
        )


def tokens_of(text: str, rules: Rules) -> Sentence:
    (sentence,) = sentences(text, rules.spelling)
    return sentence


@pytest.mark.parametrize("text", ["[b] ...2 a c", "(,...2 a|b) c", "[b [...1 c]] ,...2 a c"])
def test_a_phrase_never_begins_in_a_gap(small: Rules, text: str) -> None:
    assert at_once(text, tokens_of("he he a c", small), small) == [(2, 3)]


def test_what_spelling_shows_is_a_name(small: Rules) -> None:
    assert at_once("<caps> <number>", tokens_of("a GO 8 c", small), small) == [(1, 2)]


def test_a_quotation_is_one_word(small: Rules) -> None:
    own = own_words(tokens_of("he said “a b, c” and", small), small.lexicon)
    assert at_once("said <quote> and", own, small) == [(1, 3)]
    assert at_once("a b", own, small) == []


def test_a_sentence_without_an_end_is_cut_where_a_clause_begins(small: Rules) -> None:
    text = "he he he he he he he he he and " * 200
    found = sentences(text, small.spelling)
    assert max(len(sentence) for sentence in found) <= LONGEST_SENTENCE
    assert {sentence[0].word for sentence in found[1:]} == {"and"}
    assert sum(len(sentence) for sentence in found) == 2000


def test_few_shipped_phrases_are_tried_for_every_text(rules: Rules) -> None:
    keyless = [
        phrase.text for one in rules.all for phrase in one.when.phrases("phrases") if not phrase.body.keys
    ]
    assert len(keyless) < 12, keyless


@settings(max_examples=400, deadline=None)
@given(
    text=st.lists(st.sampled_from([*"()[]|^$,", "a", "b", "...2", ",...1", "<kin>", "~go", " "]), max_size=9)
)
def test_what_passes_the_check_can_be_looked_for(small: Rules, text: list[str]) -> None:
    phrase = "".join(text)
    wrong = wrong_in(phrase, lambda _name: "")
    if wrong is None:
        assert all(last >= first for first, last in at_once(phrase, tokens_of("a b mum a", small), small))
    else:
        assert 0 <= wrong[0] <= len(phrase)
