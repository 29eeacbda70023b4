"""Entries as a list: a line for each, without a word of what was written, or with the words looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.drawing.wrapping import columns
from dbtcoach.insight.entry_lines import clock_of, distress_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dbtcoach.insight.search import Match
    from dbtcoach.journal.entry import Entry

_LONGEST_TITLE = 28


def title_of(entry: Entry) -> str:
    """Return an entry's title on one line, cut off where it is long."""
    title = " ".join(clean(entry.title or entry.exercise).split())
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def in_columns(entries: Iterable[Entry], ids: Mapping[str, str], width: int = 0) -> Iterator[str]:
    """Yield day, time, title, distress and id of each entry, one below the other; ``ids`` gives short ids.

    Where that is more than ``width`` columns, the time is left out: an entry is found by its day and its id.
    """
    titled = [(entry, title_of(entry)) for entry in entries]
    widest = max((columns(title) for _, title in titled), default=0)
    longest = max((columns(clean(ids[entry.id])) for entry, _ in titled), default=0)
    timed = not width or len("2026-11-23  21:04    10 → 10  ") + widest + longest <= width
    for entry, title in titled:
        pad = " " * (widest - columns(title))
        distress, name = distress_of(entry.distress), clean(ids[entry.id])
        clock = f"{clock_of(entry):5}  " if timed else ""
        yield f"{entry.day:10}  {clock}{title}{pad}  {distress:7}  {name}"


def spoken(entries: Iterable[Entry], ids: Mapping[str, str]) -> Iterator[str]:
    """Yield the same as a screen reader reads it well: with commas, and with what each number is."""
    for entry in entries:
        distress = distress_of(entry.distress).replace("→", "then").replace("–", "no number")
        parts = [f"{entry.day} {clock_of(entry)}".strip(), title_of(entry)]
        parts += [f"distress {distress}"] if distress else []
        yield ", ".join(filter(None, [*parts, f"id {clean(ids[entry.id])}"]))


def with_matches(found: Iterable[tuple[Entry, list[Match]]], ids: Mapping[str, str]) -> list[str]:
    """Return each entry with the words that were found in it, a blank line between two of them."""
    lines: list[str] = []
    for entry, matches in found:
        lines += [f"{entry.day}  {title_of(entry)}  {clean(ids[entry.id])}"]
        lines += [f"  {clean(match.before)}»{clean(match.words)}«{clean(match.after)}" for match in matches]
        lines.append("")
    return lines[:-1]
