"""A wrong rule file: every problem at its place, all at once."""

from __future__ import annotations

import pytest

from dbtcoach.coach.load import load
from dbtcoach.errors import ScriptError

HEAD = """format: 1
rules:
  - id: one
    label: label
    level: warning
    kinds: [describe]
    reason: A name hits.
    pattern: Say what you saw.
    fails: a
    passes: b
    phrases: |
"""

PHRASES = {
    "you (are": "r.yaml:12:11: this '(' is never closed",
    "you are)": "r.yaml:12:14: ')' cannot stand here",
    "you ...99 are": "r.yaml:12:11: a gap holds 1 to 12 words",
    "...2 are": "r.yaml:12:7: a phrase cannot start with a gap",
    "[you] [are]": "r.yaml:12:7: a phrase needs at least one word that must be there",
    "you <wrods>": "r.yaml:12:11: no list or part is called 'wrods'; did you mean 'words'?",
    "you (a||b)": "r.yaml:12:14: a word is missing here",
    "you are % bad": "r.yaml:12:15: '%' has no meaning in a phrase",
    "((((((((a))))))))": "r.yaml:12:13: brackets nested deeper than 6",
}


@pytest.mark.parametrize(("phrase", "message"), PHRASES.items(), ids=PHRASES.keys())
def test_a_wrong_phrase(phrase: str, message: str) -> None:
    with pytest.raises(ScriptError) as raised:
        load([("words.txt", b"a, b"), ("r.yaml", (HEAD + "      " + phrase + "\n").encode())])
    assert str(raised.value) == message


def test_a_wrong_phrase_that_is_carried_on() -> None:
    with pytest.raises(ScriptError) as raised:
        load([("r.yaml", (HEAD + "      you (are|is\n        |was) <wrods>\n").encode())])
    assert str(raised.value) == "r.yaml:13:15: no list or part is called 'wrods'"


def test_all_problems_at_once() -> None:
    text = """format: 1
colour: red
rules:
  - id: one
    label: lable
    level: loud
    kinds: [describ]
    phrases: you are
    reason: a b c d e f g h i j k l m n o p q r s t u
    pattern: "{nothing}"
    fails: a
    passes: b
  - id: one
    label: label
    kinds: [reply]
    phrases: |
      # only a remark
    reason: x
    pattern: y
    fails: a
danger:
  - id: two
    safety: criss
    phrases: die
    fails: a
    passes: b
"""
    with pytest.raises(ScriptError) as raised:
        load([("r.yaml", text.encode())])
    assert str(raised.value).split("\n") == [
        "r.yaml:2:1: unknown key 'colour'",
        "r.yaml:5:12: unknown label 'lable'; did you mean 'label'?",
        "r.yaml:6:12: unknown level 'loud'",
        "r.yaml:7:13: unknown kind 'describ'; did you mean 'describe'?",
        "r.yaml:9:13: 'reason' is longer than 20 words",
        "r.yaml:10:14: no slot is called 'nothing'",
        "r.yaml:13:5: 'passes' is missing",
        "r.yaml:13:9: 'one' is the id of another rule",
        "r.yaml:16:14: a rule needs a phrase",
        "r.yaml:23:13: unknown safety 'criss'; did you mean 'crisis'?",
    ]


def test_wrong_lists() -> None:
    files = [
        ("spelling.txt", b"# ok\ndont do not\n"),
        ("irregular.txt", b"hit\n"),
        ("bad.txt", b"\xff"),
        ("number.txt", b"one"),
        ("big.txt", b"a" * 300_000),
    ]
    with pytest.raises(ScriptError) as raised:
        load(files)
    assert str(raised.value).split("\n") == [
        "bad.txt:1:1: this is not UTF-8 text",
        "big.txt:1:1: the file is larger than 256 kB",
        "irregular.txt:1:1: expected 'base past participle' and perhaps the -ing form",
        "number.txt:1:1: the name 'number' is taken",
        "spelling.txt:2:1: expected 'spelling = plain words'",
    ]


def test_wrong_parts() -> None:
    text = """format: 1
parts:
  number: a
  empty: |
    # nothing yet
  tied: |
    a b
    ^ c
  ends: a $
  odd: "%"
  fine: |
    <fine>
    a|b
"""
    with pytest.raises(ScriptError) as raised:
        load([("r.yaml", text.encode())])
    assert str(raised.value).split("\n") == [
        "r.yaml:3:3: the name 'number' is taken",
        "r.yaml:4:10: a part needs a phrase",
        "r.yaml:6:9: a part cannot be tied to the start or end of a sentence",
        "r.yaml:9:9: a part cannot be tied to the start or end of a sentence",
        "r.yaml:10:9: '%' has no meaning in a phrase",
        "r.yaml:12:5: no list or part is called 'fine'",
    ]
