"""The shipped rules: each keeps its samples, speaks plainly, and is found again in the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dbtcoach.coach.load import MOST_WORDS, load
from dbtcoach.coach.model import DRAFT_LABELS, REPLY_LABELS
from dbtcoach.coach.review import danger, review
from dbtcoach.coach.samples import broken

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules

DOCS = Path(__file__).parents[2] / "docs" / "coach.md"


def test_every_rule_keeps_its_samples(rules: Rules) -> None:
    assert list(broken(rules)) == []


def test_every_rule_has_samples(rules: Rules) -> None:
    every = [(rule.id, rule.samples) for rule in rules.rules]
    every += [(one.id, one.samples) for one in rules.dangers]
    every += [(praise.id, praise.samples) for praise in rules.praises]
    for identity, samples in every:
        assert samples.fails, identity
        assert samples.passes, identity


def test_every_label_has_a_rule(rules: Rules) -> None:
    drafts = {rule.label for rule in rules.rules if "message" in rule.kinds}
    replies = {rule.label for rule in rules.rules if "reply" in rule.kinds}
    assert drafts == set(DRAFT_LABELS)
    assert replies == set(REPLY_LABELS)


def test_messages_are_short_and_never_about_anger(rules: Rules) -> None:
    for rule in rules.rules:
        sentences = [part for part in rule.reason.replace("?", ".").split(".") if part.strip()]
        assert all(len(sentence.split()) <= MOST_WORDS for sentence in sentences), rule.id
        assert "angry" not in rule.reason.lower(), rule.id


def test_the_documentation_tells_of_every_rule(rules: Rules) -> None:
    """Each rule has a row in docs/coach.md with its own samples: mend the row when this fails."""
    text = DOCS.read_text(encoding="utf-8")
    for rule in rules.rules:
        samples = rule.samples
        row = f"| `{rule.id}` | {rule.label} | {rule.level} | {samples.fails[0]} | {samples.passes[0]} |"
        assert row in text, row
    for one in rules.dangers:
        assert f"| `{one.id}` | {one.safety} |" in text, one.id


def test_trusted_files_read_the_same(rule_files: list[tuple[str, bytes]], rules: Rules) -> None:
    quick = load(rule_files, own=())
    for text in ("You never listen to me.", "I want to die.", "At least you have a job."):
        assert review(text, "message", quick) == review(text, "message", rules)
        assert danger(text, quick) == danger(text, rules)


def test_an_own_rule_is_added(rule_files: list[tuple[str, bytes]]) -> None:
    own = b"""format: 1
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
    rules = load(rule_files, own=[("own.yaml", own)])
    assert [note.rule for note in review("You absolute tea cosy.", "describe", rules).notes] == ["label"]
    assert list(broken(rules)) == []
