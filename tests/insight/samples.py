"""Journals for tests: made up, the same every time."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dbtcoach.journal.entry import Distress, Entry, Json, Saved, day_of, encode
from dbtcoach.journal.ids import next_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NOW = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
EMOTIONS = ("anger", "fear", "joy", "sadness", "shame")
SKILLS = ("pause", "ground", "express", "ask", "validate")
HOSTILE = "\x1b[31mred\x1b[0m \u202egnp.exe [/bold] :smile: <script>alert(1)</script> =1+1 \x9b31m"


def entry(
    exercise: str,
    when: datetime,
    *,
    answers: Mapping[str, Json] | None = None,
    distress: tuple[int | None, int | None] | None = None,
    title: str = "",
) -> Entry:
    """Return a finished entry that was begun at ``when``, without an id."""
    return Entry(
        id="",
        exercise=exercise,
        title=title or exercise.capitalize(),
        started=when.isoformat("T", "seconds"),
        finished=(when + timedelta(minutes=4)).isoformat("T", "seconds"),
        day=day_of(when).isoformat(),
        complete=True,
        distress=Distress(*distress) if distress else None,
        answers=tuple(Saved(step, f"About {step}?", value) for step, value in (answers or {}).items()),
    )


def check_in(when: datetime, chance: random.Random, **words: str) -> Entry:
    """Return a check-in with every row filled in."""
    numbers: dict[str, Json] = {
        "emotions": {name: chance.randint(0, 5) for name in EMOTIONS},
        "urges": {"strength": chance.randint(0, 5), "acted": chance.choice((0, 0, 1, 3))},
        "skills": {name: chance.choice((0, 0, 3, 4, 5, 7)) for name in SKILLS},
    }
    return entry("reflect", when, answers={**numbers, **words}, title="Reflect")


def month(days: int = 30) -> list[Entry]:
    """Return ``days`` days up to NOW, oldest first: check-ins, grounding, talks and what became of them."""
    chance = random.Random(5)  # noqa: S311 - test data
    found: list[Entry] = []
    for back in range(days - 1, -1, -1):
        day = NOW - timedelta(days=back)
        if back % 3 == 0:
            before = chance.randint(4, 9)
            after = max(0, before - chance.randint(-1, 4))
            found.append(entry("ground", day - timedelta(hours=5), distress=(before, after), title="Ground"))
        if back % 10 == 8:
            words: dict[str, Json] = {"describe": "You came at 8:40.", "assert": "Please text me."}
            found.append(
                entry("dear-man", day - timedelta(hours=3), answers=words, distress=(7, 5), title="DEAR MAN")
            )
        if back % 10 == 6:
            got: Json = {"objective": 6, "relationship": 7, "self_respect": 9}
            after_words: dict[str, Json] = {"happened": "He nodded.", "got": got, "in_the_way": ["emotions"]}
            found.append(
                entry("dear-man-after", day - timedelta(hours=2), answers=after_words, title="After the talk")
            )
        if chance.random() < 0.8:
            found.append(check_in(day, chance, good="The light in the kitchen at five."))
    return found


def named(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with the ids that saving them at their times would give."""
    from dataclasses import replace

    chance = random.Random(6)  # noqa: S311 - test data
    found: list[Entry] = []
    for each in entries:
        moment = int(datetime.fromisoformat(each.finished).timestamp() * 1000)
        found.append(replace(each, id=next_id(moment, chance.randbytes, found[-1].id if found else None)))
    return found


def our_layout(entries: Iterable[Entry]) -> bytes:
    """Return a journal that holds these entries."""
    lines = [encode(each) for each in entries]
    return ("[\n" + "\n,".join(lines) + ("\n" if lines else "") + "]\n").encode()


def put(home: Path, entries: Iterable[Entry]) -> list[Entry]:
    """Write a journal into a home folder and return its entries with their ids."""
    home.mkdir(mode=0o700, exist_ok=True)
    kept = named(entries)
    (home / "journal.json").write_bytes(our_layout(kept))
    (home / "journal.json").chmod(0o600)
    return kept
