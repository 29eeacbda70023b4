"""Somebody's words in a sentence: every joint of every exercise reads right, whatever is typed into it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from tests.practice.test_moves import begun, on

from dbtcoach.practice.joints import inside, join, sentence_of, whole
from dbtcoach.practice.messages import fill
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.contents import texts_of
from dbtcoach.script.facts import REFERENCE
from dbtcoach.script.model import Text, walk

THOUGHT = "I'm having the thought that ${}"
FELT, MAKES, BECAUSE = "I felt ${}", "It makes sense that I feel ${}", "because ${}"
TYPED = [
    "hurt", "Hurt.", "I felt hurt", "i feel like im always the bad guy!", "I'm hurt", "im so tired of this",
    "was really hurt", "that you dont care", "That you don't care.", "Like I don't matter…",
    "because you left", "when you left I cried", "he was mean to me", "feeling sad,", "Anna didn't care",
    "Because I work late.", "really hurt. i just want it to stop", "“hurt”", "NOTHING", "sad :(",
    "You're never here; I'm tired",
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "typed", "said"),
    [
        (THOUGHT, "im stupid", "I'm having the thought that im stupid."),
        (THOUGHT, "That I never come first", "I'm having the thought that I never come first."),
        (FELT, "hurt", "I felt hurt."),
        (FELT, "Hurt.", "I felt hurt."),
        (FELT, "HURT!", "I felt HURT!"),
        (FELT, "I felt hurt, and a bit foolish.", "I felt hurt, and a bit foolish."),
        (FELT, "i feel like im always the bad guy!", "I felt like im always the bad guy!"),
        (FELT, "I'm hurt", "I'm hurt."),
        (FELT, "was really hurt", "I was really hurt."),
        (FELT, "that you dont care", "I felt that you dont care."),
        (FELT, "because you left", "Because you left."),
        (FELT, "feeling sad", "I felt sad."),
        (FELT, "he was mean to me", "I felt he was mean to me."),
        (FELT, "Anna didn't care", "I felt Anna didn't care."),
        (FELT, "Like I don’t matter…", "I felt like I don’t matter…"),
        (FELT, "sad :(", "I felt sad :("),
        (FELT, "Sad.\nAnd tired.", "I felt sad.\nAnd tired."),
        (MAKES, "I feel like im the bad guy!", "It makes sense that I feel like im the bad guy!"),
        (MAKES, "I'm hurt", "It makes sense that I'm hurt."),
        (BECAUSE, "Because I work late", "because I work late"),
        (BECAUSE, "bc i work", "because I work"),
        (FELT, "because He works late", "Because he works late."),
        (FELT, "bc he left", "Because he left."),
        (FELT, "cause of the rain", "Because of the rain."),
        (FELT, "because that he left", "Because he left."),
        (FELT, "Because.", "Because."),
        (FELT, "that i feel hurt", "I felt hurt."),
        (FELT, "well, I felt hurt", "I felt hurt."),
        (FELT, "so sad", "I felt so sad."),
        (FELT, "and sad", "I felt sad."),
        (FELT, "- hurt", "I felt hurt."),
        (FELT, "...", "I felt ..."),
        (FELT, "“hurt”", "I felt “hurt”."),
        (FELT, "were you even there", "Were you even there."),
        (THOUGHT, "Because He left", "I'm having the thought that he left."),
        (THOUGHT, "because of him", "I'm having the thought that because of him."),
        (THOUGHT, "like I don't matter", "I'm having the thought that I don't matter."),
        (THOUGHT, "i lost", "I'm having the thought that I lost."),
        (THOUGHT, "and nobody called", "I'm having the thought that nobody called."),
        (MAKES, "cos I was alone", "Because I was alone."),
        (BECAUSE, "Feeling alone is hard", "because feeling alone is hard"),
        (BECAUSE, "cause you left…", "because you left…"),
        (BECAUSE, "That you don't care", "because you don't care"),
        (BECAUSE, "That hurt me", "because that hurt me"),
        (BECAUSE, "You're never here", "because you're never here"),
        (BECAUSE, "Anna works too", "because Anna works too"),
        (BECAUSE, "of my dad", "because of my dad"),
        ("I can see that you are ${}, right?", "you are tired.", "I can see that you are tired, right?"),
    ],
)  # fmt: skip
def test_what_is_typed_is_said_in_the_sentence(sentence: str, typed: str, said: str) -> None:
    found = sentence_of(sentence)
    assert found is not None
    assert whole(found, typed) == said
    assert whole(found, said) == said
    assert whole(found, inside(found, said)) == said


def reads(text: str, typed: str) -> None:
    """Assert that a text with somebody's words in it reads like one."""
    assert not re.search(r"[.,;:] ?[.,;]|  | [.,;]|,,", text.replace("…", "")), text
    words = [word.casefold() for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)]
    assert not [one for one, other in pairwise(words) if one == other], text
    assert not re.search(r"[Bb]ecause (Because|You're|He|That)", text), text
    core = re.sub(r"\W", "", typed.casefold())[-3:]
    assert core in re.sub(r"\W", "", text.casefold()), text


SENTENCES = [
    (name, step.id, step.sentence)
    for name in sorted(Catalogue(shipped_folder()).paths())
    for step in walk(Catalogue(shipped_folder()).read(name).steps)
    if isinstance(step, Text) and step.sentence
]


@pytest.mark.parametrize("typed", TYPED)
def test_every_sentence_that_is_built_reads_right(typed: str) -> None:
    assert SENTENCES
    for _name, _step, text in SENTENCES:
        sentence = sentence_of(text)
        assert sentence is not None
        reads(whole(sentence, typed), typed)


def joints() -> list[tuple[str, str]]:
    """Return each line of each exercise that has somebody's words in the middle of others, and whose."""
    found = []
    for name in sorted(Catalogue(shipped_folder()).paths()):
        steps = {step.id: step for step in walk(Catalogue(shipped_folder()).read(name).steps)}
        for line in (line for step in steps.values() for text in texts_of(step) for line in text.split("\n")):
            names = [at.group(2) for at in REFERENCE.finditer(line)]
            lines = [steps[name] for name in names if name in steps and REFERENCE.sub("", line).strip()]
            found += [(line, step.id) for step in lines if isinstance(step, Text) and not step.count]
    return found


@pytest.mark.parametrize("typed", TYPED)
def test_every_line_with_somebody_s_words_in_it_reads_right(typed: str) -> None:
    assert joints()
    for line, name in joints():
        only = REFERENCE.sub("some words", line.replace(f"${{{name}}}", "\0")).replace("\0", "${x}")
        session = on(begun("  - {id: x, type: text, message: m}"), typed)
        reads(fill(session, only), typed)


@pytest.mark.parametrize(
    ("text", "typed", "said"),
    [
        ("That I feel ${x}, because I care.", "I feel sad.", "That I feel sad, because I care."),
        ("Let's talk tomorrow: ${x}", "Tomorrow at 7", "Let's talk tomorrow: at 7"),
        ("You said: “${x}” Is that it?", "I need a break.", "You said: “I need a break.” Is that it?"),
        ("${x}", "Hurt, ", "Hurt,"),
        ("Mine: ${x} and", "Tea:", "Mine: Tea and"),
        ("Mine: ${x} and", "Tea :warning:", "Mine: Tea :warning: and"),
    ],
)  # fmt: skip
def test_words_in_the_middle_of_a_line_go_on_from_it(text: str, typed: str, said: str) -> None:
    session = on(begun("  - {id: x, type: text, message: m}"), typed)
    assert fill(session, text) == said


def test_what_completes_a_sentence_of_its_own_completes_another() -> None:
    session = on(begun('  - {id: x, type: text, message: m, sentence: "I felt ${}"}'), "Hurt.")
    assert fill(session, "${x}") == "I felt hurt."
    assert fill(session, "You saw me ${x}, now.") == "You saw me hurt, now."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("because He works late", "He works late"),
        ("bc that he is tired.", "he is tired."),
        ("because of the children", "because of the children"),
        ("That she works late", "she works late"),
        ("That meal was cold", "That meal was cold"),
        ("Anna is tired", "Anna is tired"),
        ("because", "because"),
        ("😢 because", "😢 because"),
    ],
)
def test_behind_a_name_and_its_colon_words_stand_on_their_own(typed: str, said: str) -> None:
    assert join("Their side: ", typed) == ("Their side: ", said)
