"""The shipped rules: each keeps its samples, speaks plainly, and is found again in the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docs import rule_tables
from docs.rule_tables import with_tables

from dbtcoach.coach.load import MOST_WORDS, load
from dbtcoach.coach.model import DRAFT_LABELS, REPLY_LABELS
from dbtcoach.coach.review import danger, review
from dbtcoach.commands.samples import broken

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

PAGE = Path(__file__).parents[2] / "docs" / "coach.md"
FIX = "python -m docs.rule_tables docs/coach.md"


def test_every_rule_keeps_its_samples(rules: Rules) -> None:
    assert list(broken(rules)) == []


def test_every_rule_has_samples(rules: Rules) -> None:
    for one in rules.all:
        assert one.fails, one.id
        assert one.passes, one.id


def test_every_label_has_a_rule(rules: Rules) -> None:
    drafts = {rule.label for rule in rules.rules if "message" in rule.kinds}
    replies = {rule.label for rule in rules.rules if "reply" in rule.kinds}
    assert drafts == {*DRAFT_LABELS, "faux_apology"}  # what a message says, too: "sorry you feel that way"
    assert replies == set(REPLY_LABELS)


def test_messages_are_short_and_never_about_anger(rules: Rules) -> None:
    for rule in rules.rules:
        sentences = [part for part in rule.reason.replace("?", ".").split(".") if part.strip()]
        assert all(len(sentence.split()) <= MOST_WORDS for sentence in sentences), rule.id
        assert "angry" not in rule.reason.lower(), rule.id


def test_the_tables_of_the_page_are_those_of_the_rules() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("<!-- rules: ") == 5
    assert with_tables(text) == text, f"A rule has changed. To renew the tables: {FIX}"
    assert FIX in (rule_tables.__doc__ or "")


def test_trusted_files_read_the_same(rule_files: list[tuple[str, bytes]], rules: Rules) -> None:
    quick = load(rule_files, own=())
    for text in ("You never listen to me.", "I want to die.", "At least you have a job."):
        assert review(text, "message", quick) == review(text, "message", rules)
        assert danger(text, quick) == danger(text, rules)


OWN = b"""format: 1
rules:
  - id: my-own
    label: label
    level: warning
    kinds: [describe]
    phrases: you [absolute] (walnut|tea cosy)
    reason: A name hits the person.
    pattern: "When you [what you saw], I felt [feeling]."
    fails: You walnut.
    passes: I ate a walnut.
"""


def test_an_own_rule_is_added(rule_files: list[tuple[str, bytes]]) -> None:
    rules = load(rule_files, own=[("own.yaml", OWN)])
    assert [note.rule for note in review("You absolute tea cosy.", "describe", rules).notes] == ["label"]


def test_a_sample_that_is_not_kept_is_told() -> None:
    wrong = OWN.replace(b"fails: You walnut.", b"fails: You acorn.")
    wrong = wrong.replace(b"I ate a walnut", b"You tea cosy")
    assert list(broken(load([("own.yaml", wrong)]))) == [
        "my-own: says nothing about: You acorn.",
        "my-own: should leave alone: You tea cosy.",
    ]
