"""The quick way of a search finds what reading everything finds, however an entry was changed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.insight.samples import NOW, entry, named, our_layout

from dbtcoach.commands.log.search import _hits
from dbtcoach.insight.search import matches
from dbtcoach.insight.wanted import Wanted
from dbtcoach.journal.entries import Entries
from dbtcoach.journal.versions import EDITS

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.journal.entry import Entry

WORDS = ("tea", "rain", "needle", "walk", "window")
MOST_LATE = 250  # days


def journal(seed: int) -> list[Entry]:
    """Return what a year of evenings leaves, with days looked at again, at once or much later."""
    chance = random.Random(seed)  # noqa: S311 - made-up entries
    kept: list[Entry] = []
    changes: dict[int, int] = {}  # which one changes which
    for back in range(365, -1, -1):
        at = NOW - timedelta(days=back)
        answers = {step: chance.choice(WORDS) for step in ("good", "step") if chance.random() < 0.7}
        about = at - timedelta(days=chance.choice([0] * 8 + [1, 3, 30, MOST_LATE]))
        kept.append(replace(entry("reflect", at, answers=answers), day=about.date().isoformat()))
        kept.append(entry("ground", at, answers={"urge": chance.choice(WORDS)}))
        if chance.random() < 0.1:
            before = chance.randrange(len(kept) // 2) * 2
            while kept[before].exercise != "ground":
                before += 1
            changes[len(kept)] = changes.get(before, before)
            again = entry("ground", at, answers={"urge": chance.choice(WORDS)})
            kept.append(replace(again, day=kept[before].day))
    kept = named(kept)
    for later, first in changes.items():
        kept[later] = replace(kept[later], unknown={EDITS: kept[first].id})
    return kept


@pytest.mark.parametrize("seed", range(3))
def test_it_finds_the_same_as_reading_everything(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(our_layout(journal(seed)))
    path.chmod(0o600)
    told: list[str] = []
    entries = Entries(str(path), lambda: pytest.fail("nothing is sealed"), told.append)
    for word in ("needle", "absent"):
        meant = [(each, found) for each in entries.newest_first() if (found := matches(each, word))]
        assert list(_hits(entries, Wanted(), word)) == meant
    assert told == []
