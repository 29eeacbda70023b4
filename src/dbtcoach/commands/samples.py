"""Whether each rule keeps its own promise: it speaks about its failing samples, not its passing ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.coach.review import danger, review, why
from dbtcoach.coach.rules import Danger, Rule, Ruled, Rules

if TYPE_CHECKING:
    from collections.abc import Iterator


def broken(rules: Rules) -> Iterator[str]:
    """Yield a line for each sample that a rule does not answer as it says; the label counts."""
    for one in rules.all:
        for text in one.fails:
            unsure = isinstance(one, Danger) and one.unsure and danger(text, rules, one.kinds[0]) == "soft"
            if not unsure and not _speaks(one, text, rules):
                yield f"{one.id}: says nothing about: {text}"
        for text in one.passes:
            if _speaks(one, text, rules):
                yield f"{one.id}: should leave alone: {text}"


def _speaks(one: Ruled, text: str, rules: Rules) -> bool:
    if isinstance(one, Danger) and one.calms:
        return any(heard.one is one for heard in why(text, one.kinds[0], rules))
    if isinstance(one, Danger):
        return danger(text, rules, one.kinds[0]) == one.safety
    found = review(text, one.kinds[0], rules)
    if isinstance(one, Rule):
        return one.label in {note.rule for note in found.notes}
    return found.strength == one.says
