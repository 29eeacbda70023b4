"""Whether each rule keeps its own promise: it speaks about its failing samples, not its passing ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.coach.review import danger, review

if TYPE_CHECKING:
    from dbtcoach.coach.rules import Rules


def broken(rules: Rules) -> tuple[str, ...]:
    """Return a line for each sample that a rule does not answer as it says; the label counts."""
    lines: list[str] = []
    for rule in rules.rules:
        kind = rule.kinds[0]
        lines.extend(
            f"{rule.id}: nothing was said about: {text}"
            for text in rule.samples.fails
            if rule.label not in {note.rule for note in review(text, kind, rules).notes}
        )
        lines.extend(
            f"{rule.id}: should leave alone: {text}"
            for text in rule.samples.passes
            if rule.label in {note.rule for note in review(text, kind, rules).notes}
        )
    for one in rules.dangers:
        lines.extend(
            f"{one.id}: missed: {text}"
            for text in one.samples.fails
            if danger(text, rules) not in {one.safety, "soft" if one.unsure else one.safety}
        )
        lines.extend(
            f"{one.id}: should leave alone: {text}"
            for text in one.samples.passes
            if danger(text, rules) == one.safety
        )
    for praise in rules.praises:
        kind = praise.kinds[0]
        lines.extend(
            f"{praise.id}: not praised: {text}"
            for text in praise.samples.fails
            if review(text, kind, rules).strength != praise.says
        )
        lines.extend(
            f"{praise.id}: should not be praised: {text}"
            for text in praise.samples.passes
            if review(text, kind, rules).strength == praise.says
        )
    return tuple(lines)
