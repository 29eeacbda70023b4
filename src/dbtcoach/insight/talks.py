"""Talks that were prepared, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.insight.entry_lines import value_lines
from dbtcoach.insight.noted import number, rows_of
from dbtcoach.journal.versions import CHECK_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dbtcoach.insight.entry_lines import Labels
    from dbtcoach.journal.entry import Entry, Saved

TALKS, LOOK_BACK = ("dear-man", "dear-man-quick"), "dear-man-after"
RUN = "looking_back."  # how the look back is called inside a check-in
_FOLLOW_UP = "follow_up_question"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a talk: whether it happened, how much was got (0 to 10), what was in the way."""

    day: str
    happened: str
    got: tuple[tuple[str, float], ...] = ()
    in_the_way: tuple[str, ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Talk:
    """A prepared talk; ``words`` are prompts and what was written, empty unless they were asked for."""

    day: str
    before: int | None
    after: int | None
    words: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)
    outcomes: tuple[Outcome, ...] = ()


def talks_in(entries: Iterable[Entry], labels: Callable[[Entry], Labels], *, with_words: bool) -> list[Talk]:
    """Return the talks that were prepared, each with what became of it; words where they are asked for."""
    talks: list[Talk] = []
    for entry in entries:
        if entry.exercise in TALKS:
            distress = entry.distress
            talks.append(
                Talk(
                    entry.day,
                    number(distress.before) if distress else None,
                    number(distress.after) if distress else None,
                    answered(entry.answers, labels(entry)) if with_words else (),
                )
            )
            continue
        outcome = _outcome(entry, labels, with_words=with_words)
        if outcome is None:
            continue
        if not talks:  # it was prepared before this span
            talks.append(Talk("", None, None))
        talk = talks[-1]
        talks[-1] = Talk(talk.day, talk.before, talk.after, talk.words, (*talk.outcomes, outcome))
    return talks


def _outcome(entry: Entry, labels: Callable[[Entry], Labels], *, with_words: bool) -> Outcome | None:
    prefix = "" if entry.exercise == LOOK_BACK else RUN
    if prefix and entry.exercise != CHECK_IN:
        return None
    answers = {saved.step: saved for saved in entry.answers}
    followed = answers.get(_FOLLOW_UP)
    inside = [saved for saved in entry.answers if saved.step.startswith(prefix)]
    if prefix and followed is None and not inside:
        return None
    names = labels(entry)
    got, way = answers.get(f"{prefix}got"), answers.get(f"{prefix}in_the_way")
    happened = "It took place."
    if followed is not None and followed.value == "not_happened":
        happened = "It did not happen."
    elif followed is not None and followed.value == "stop_asking":
        happened = "Asked not to be asked about it."
    rows = rows_of(got.value) if got is not None and isinstance(got.value, dict) else ()
    called = names.get(f"{prefix}got", {})
    known = names.get(f"{prefix}in_the_way", {})
    chosen = way.value if way is not None and isinstance(way.value, list) else []
    return Outcome(
        entry.day,
        happened,
        tuple((called.get(name, name), value) for name, value in rows),
        tuple(known[item] for item in chosen if isinstance(item, str) and item in known),
        answered(inside, names) if with_words else (),
    )


def answered(answers: Iterable[Saved], labels: Labels) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return prompts and answers, choices by their names; a row of numbers takes one line."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for saved in answers:
        lines = value_lines(saved.value, labels.get(saved.step, {}))
        told = (", ".join(lines),) if isinstance(saved.value, dict) else tuple(lines)
        found.append((saved.prompt or saved.step, told))
    return tuple(found)
