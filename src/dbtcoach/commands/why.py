"""Why the coach says what it says about a text: the rules, their phrases, and the words that they go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dbtcoach.cleaning import clean
from dbtcoach.coach.review import why
from dbtcoach.coach.rules import Danger, Rule
from dbtcoach.coach.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.coach.model import Kind
    from dbtcoach.coach.rules import Rules


def why_data(text: str, kind: Kind, rules: Rules) -> list[dict[str, Any]]:
    """Return every rule that speaks about a text, as data: what it says, about what, by which phrase."""
    found: list[dict[str, Any]] = []
    for one in why(text, kind, rules):
        rule, (start, end) = one.one, one.span
        says = rule.says if isinstance(rule, Danger) else rule.label if isinstance(rule, Rule) else "praise"
        found.append({"rule": rule.id, "says": says, "start": start, "end": end, "phrase": one.phrase.text})
    return [*found, *_second(text, rules)]


def _second(text: str, rules: Rules) -> Iterator[dict[str, Any]]:
    """Yield what the second reader says, with the words that weighed most, heaviest first."""
    if rules.second is None:
        return
    weighed = rules.second.weigh(sentences(text, rules.spelling))
    heaviest = weighed.heaviest(5)
    if heaviest:
        says = f"{weighed.score:.2f}; it asks quietly from {rules.second.cuts.brings:.2f}"
        start, end = min(token.start for token in heaviest), max(token.end for token in heaviest)
        words = ", ".join(token.word for token in heaviest)
        yield {"rule": "second-reader", "says": says, "start": start, "end": end, "phrase": words}


def why_page(text: str, why: list[dict[str, Any]]) -> str:
    """Return the same as a person reads it."""
    lines: list[str] = []
    for one in why:
        words = " ".join(clean(text[one["start"] : one["end"]]).split())
        by = "by the words" if one["rule"] == "second-reader" else "by the phrase"
        lines += [f"{one['rule']} ({one['says']}): “{words}”", f"  {by}: {clean(one['phrase'])}"]
    return "\n".join([*(lines or ["No rule speaks."]), ""])
