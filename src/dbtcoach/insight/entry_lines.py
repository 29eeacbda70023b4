"""An entry as lines that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.insight.days import full

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dbtcoach.journal.entry import Distress, Entry, Json

Labels = dict[str, dict[str, str]]  # step id -> what a stored value was called on the screen


def date_of(entry: Entry) -> str:
    """Return the day an entry is about, such as ``3 Nov 2026``."""
    from datetime import date

    return full(date.fromisoformat(entry.day)) if entry.day else "no date"


def clock_of(entry: Entry) -> str:
    """Return the time at which an entry was begun, such as ``21:04``; empty where that was another day."""
    started = entry.started
    return started[11:16] if started[:10] == entry.day and len(started) > len("2026-11-23T21") else ""


def distress_of(distress: Distress | None) -> str:
    """Return ``8 → 5``, with a dash where a number was not given; empty where none was asked."""
    if distress is None:
        return ""
    return " → ".join("–" if value is None else str(value) for value in (distress.before, distress.after))


def as_lines(entry: Entry, labels: Labels | None = None) -> list[str]:
    """Return the whole entry, its words cleaned; ``labels`` give choices the names they had."""
    lines = [clean(entry.title or entry.exercise), " ".join(filter(None, (date_of(entry), clock_of(entry))))]
    if entry.distress is not None:
        lines.append(f"Distress {distress_of(entry.distress)}")
    if not entry.complete:
        lines.append("Ended early.")
    for saved in entry.answers:
        lines += ["", clean(saved.prompt or saved.step)]
        said = value_lines(saved.value, (labels or {}).get(saved.step, {}))
        lines += [f"  {line}" for line in (["(taken away)"] if saved.value is None else said)]
    return [part for line in lines for part in line.split("\n")]


def value_lines(value: Json, labels: Mapping[str, str] | None = None, *, codes: bool = False) -> list[str]:
    """Return an answer as lines, cleaned; ``codes`` puts what is stored behind its label."""
    known = labels or {}
    if codes:
        known = {code: label if label == code else f"{label} ({code})" for code, label in known.items()}
    return [line for text in _texts(value, known) for line in clean(text).split("\n")]


def _texts(value: Json, labels: Mapping[str, str]) -> Iterator[str]:
    match value:
        case None:
            return
        case bool():
            yield "yes" if value else "no"
        case int() | float():
            yield str(value)
        case str():
            yield labels.get(value, value)
        case list() | tuple():
            for item in value:
                yield from (f"- {text}" for text in _texts(item, labels))
        case dict():
            from dbtcoach.insight.sentences import shown_name  # a list without rows needs none of it

            for name, inner in value.items():
                yield f"{labels.get(name, shown_name(name))}: {', '.join(_texts(inner, {}))}"
        case _:
            yield ""
