"""A journal of some weeks with made-up numbers, written as the program itself writes one."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dbtcoach.disk.home import Home
from dbtcoach.journal.entry import Distress, Entry, Json, Saved, day_of
from dbtcoach.journal.file import append

if TYPE_CHECKING:
    from pathlib import Path

DAYS = 56
EMOTIONS = ("anger", "fear", "joy", "sadness", "shame")
SKILLS = ("pause", "ground", "express", "ask", "validate")
TITLES = {"pause": "Pause", "ground": "Ground", "dear-man": "DEAR MAN"}


def write_weeks(folder: Path, seed: int = 8) -> int:
    """Save check-ins and exercises of the last eight weeks in a home; return how many entries there are."""
    chance = random.Random(seed)  # noqa: S311 - invented numbers, the same each time
    home, today = Home(str(folder)), datetime.now().astimezone()
    count = 0
    for back in range(DAYS - 1, -1, -1):
        evening = (today - timedelta(days=back)).replace(hour=9, minute=15, second=0, microsecond=0)
        found = [_practised(name, evening, chance) for name in TITLES if chance.random() < 0.25]  # noqa: PLR2004
        if chance.random() < 0.75:  # noqa: PLR2004 - three evenings in four
            found.append(_check_in(evening + timedelta(minutes=30), back, chance))
        for entry in found:
            append(home.journal, entry, now=evening, randomness=chance.randbytes)
            count += 1
    return count


def _practised(name: str, at: datetime, chance: random.Random) -> Entry:
    before = chance.randint(4, 9)
    after = max(0, min(10, before - chance.choice((-1, 0, 1, 2, 2, 3))))
    return _entry(name, TITLES[name], at, Distress(before, after), ())


def _check_in(at: datetime, back: int, chance: random.Random) -> Entry:
    weight = abs(back - DAYS / 3) / DAYS  # a lighter time and a harder one; no success story
    emotions: dict[str, Json] = {row: _near(1 + 3 * weight, chance) for row in EMOTIONS}
    emotions["joy"] = _near(3 - 2 * weight, chance)
    strength = _near(1.5 + 2 * weight, chance)
    urges: dict[str, Json] = {"strength": strength, "acted": chance.randint(0, strength)}
    skills: dict[str, Json] = {row: chance.choice((0, 0, 1, 3, 4, 5, 5, 7)) for row in SKILLS}
    answers = (Saved("emotions", "", emotions), Saved("urges", "", urges), Saved("skills", "", skills))
    return _entry("reflect", "Reflect", at, None, answers)


def _near(middle: float, chance: random.Random) -> int:
    return max(0, min(5, round(chance.gauss(middle, 1))))


def _entry(
    name: str, title: str, at: datetime, distress: Distress | None, answers: tuple[Saved, ...]
) -> Entry:
    return Entry(
        id="",
        exercise=name,
        title=title,
        started=at.isoformat(),
        finished=(at + timedelta(minutes=3)).isoformat(),
        day=day_of(at).isoformat(),
        complete=True,
        distress=distress,
        answers=answers,
    )
