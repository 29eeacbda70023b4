"""What the shell offers after Tab: names, ids, countries. Never a word that somebody wrote.

The shell evaluates what it gets: zsh runs ``$(…)`` in a help text that a stranger's exercise file could
hold. So what comes from a file is reduced to letters and harmless marks before it leaves here.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

from dbtcoach.cleaning import clean
from dbtcoach.errors import CoachError
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dbtcoach.journal.entry import Entry
    from dbtcoach.script.catalogue import Listed

ASKED = "_DBTCOACH_COMPLETE"  # what the shells' scripts set; the name is Typer's
MOST = 30  # entries that are offered: more than that, nobody reads
LAST = "last"
# Compiled when they are needed: every command imports this module.
_ID = r"[0-9a-f-]*"
_NOT_HARMLESS = r"[^\w .,:;?!()/–…-]"
_COUNTRY = r"(?m)^  - code: (\w+)\n    name: (.+)$"
Offered = list[tuple[str, str]]  # a value and what it is, as Typer wants them


def is_asked() -> bool:
    """Say whether a shell asks what could follow, and nothing is to be run."""
    return bool(os.environ.get(ASKED))


def do_without_rich() -> None:
    """Keep Typer from reading markup in help texts: it imports Rich for it, which takes twice as long.

    Without this, a ``[/]`` in a summary would also be an error in the middle of somebody's command line.
    Where there is no Rich, Typer shows the texts as they are; None is how Python is told so.
    """
    sys.modules["rich"] = None  # type: ignore[assignment]


def harmless(items: list[Any]) -> list[Any]:
    """Return what Typer would offer, with help texts in which no shell finds anything to do."""
    for item in items:
        item.help = _harmless_text(item.help or "")
    return items


def exercises(incomplete: str) -> Offered:
    """Return the exercises whose names begin so, own ones too, with their summaries."""
    return _begin(incomplete, lambda: _named(Surroundings().catalogue.listed()))


def skills(incomplete: str) -> Offered:
    """Return the skills whose names begin so, as their files are called: a blank would need quotes."""
    from dbtcoach.script.skills import listed

    begun = "-".join(incomplete.casefold().split())
    return _begin(begun, lambda: _named(listed(Surroundings(home_needed=False).catalogue)))


def entries(incomplete: str) -> Offered:
    """Return the newest entries whose ids begin so, with exercise and day; of a locked journal none."""
    return _with_entries([(LAST, "the newest one")], incomplete)


def cards(incomplete: str) -> Offered:
    """Return what else stands in the place of an id where a card is meant, and the entries."""
    words = [("list", "all cards"), ("draft", "the card of what is unfinished"), (LAST, "the newest one")]
    return _with_entries(words, incomplete)


def _with_entries(words: Offered, incomplete: str) -> Offered:
    found = [*words, *_begin("", lambda: _entries(incomplete))]
    fits = [each for each in found if each[0].startswith(incomplete)]
    if os.environ.get(ASKED) == "complete_bash" and len(fits) > 1:
        # It shows no texts beside; but while there are several, it only takes over what they have in common.
        return [(f"{name}  ({text})", "") for name, text in fits]
    return found


def countries(incomplete: str) -> Offered:
    """Return the codes of the countries that have help lines, with their names."""
    # Typer drops what does not begin as it was typed, so the code is given in the same case.
    shown = str.lower if incomplete and incomplete.islower() else str.upper
    return [(shown(code), name) for code, name in _begin(incomplete.upper(), _countries)]


def _countries() -> list[tuple[str, str]]:
    """Return codes and names by the lines of our own file: to read it as YAML takes half as long again."""
    from dbtcoach.script.catalogue import shipped_folder

    text = (shipped_folder() / "data" / "lines.yaml").read_text("utf-8")
    return re.findall(_COUNTRY, text)


def _entries(incomplete: str) -> Offered:
    from dbtcoach.insight.entry_lines import date_of
    from dbtcoach.insight.finding import short_ids
    from dbtcoach.journal.read import entries_of
    from dbtcoach.journal.seal import is_locked

    home = Surroundings().home
    if is_locked(home) or not re.fullmatch(_ID, incomplete):
        return []
    start = incomplete.encode()
    found: list[Entry] = []
    for record in entries_of(home.journal, wanted=lambda line: start in line):
        if record.id.startswith(incomplete) and re.fullmatch(_ID, record.id):
            found.append(record)
            if len(found) == MOST:
                break
    short = short_ids(found)
    return [
        (
            short[entry.id] if short[entry.id].startswith(incomplete) else entry.id,
            f"{entry.exercise}, {date_of(entry)}",
        )
        for entry in found
    ]


def _harmless_text(text: str) -> str:
    return " ".join(re.sub(_NOT_HARMLESS, "", clean(text).replace("'", "").replace("\n", " ")).split())


def _named(found: Iterable[Listed]) -> Offered:
    return [(item.name, item.summary) for item in found]


def _begin(begun: str, look: Callable[[], Offered]) -> Offered:
    """Return what was found that begins so; where that fails, nothing: somebody is typing."""
    try:
        return [(name, _harmless_text(text)) for name, text in look() if name.startswith(begun)]
    except (CoachError, OSError):
        return []
