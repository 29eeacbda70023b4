"""``dbtcoach log search``: where words stand in what was written."""

from __future__ import annotations

import itertools
import json
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import typer

from dbtcoach.commands.options import AsJson, Every, Limit, Practised, Since, Until, wanted
from dbtcoach.errors import UsageError
from dbtcoach.insight.finding import TO_THE_MILLISECOND, short_ids
from dbtcoach.insight.listing import with_matches
from dbtcoach.insight.noted import placed
from dbtcoach.insight.plain_data import summary
from dbtcoach.insight.search import BEGINNING, fold, match_data, matches, may_hold
from dbtcoach.insight.wanted import Wanted, within
from dbtcoach.journal.entry import Entry, Sealed, decode
from dbtcoach.journal.read import read_newest
from dbtcoach.journal.scan import Lost
from dbtcoach.journal.versions import CHECK_IN, EDITS, by_day, place_of, unite
from dbtcoach.world import console, showing
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dbtcoach.insight.search import Match
    from dbtcoach.journal.entries import Entries
    from dbtcoach.journal.versions import Place

_LONGEST_WORDS = 1000
_MOST_DAYS = 100  # whose check-ins are kept for one that may hold the words: those of a month, and late ones
_MONTH = len("2026-11")
_UP_TO_ID = 6  # quotation marks up to the end of a line's id
_CHECK_IN, _EDITS = f'"{CHECK_IN}"'.encode(), f'"{EDITS}":'.encode()


class _SealedError(Exception):
    """An entry that only the passphrase opens: the quick way ends here."""


class _Part(NamedTuple):
    """A record that was decoded because it may hold the words, or the line of one that may belong to it."""

    place: Place
    record: Entry | None = None
    line: bytes = b""

    @property
    def holds(self) -> bool:
        return self.record is not None


def command(  # noqa: PLR0913 - its options
    ctx: typer.Context,
    *,
    since: Since = "",
    until: Until = "",
    exercise: Practised = "",
    limit: Limit = 20,
    everything: Every = False,
    as_json: AsJson = False,
) -> None:
    """Ask for words, or read them from standard input, and show where they stand."""
    if ctx.args:
        raise UsageError(
            "The words are not given here: the shell would keep them in its history, and others on this\n"
            "computer could see them. Run this alone, and type them when you are asked: dbtcoach log search"
        )
    around = Surroundings()
    meant = wanted(around, since, until, exercise)
    found_in = _hits(around.entries, meant, _folded_words(around))
    hits = itertools.islice(found_in, None if everything else limit)
    if as_json:
        out = around.streams.stdout
        console.say_json_array(out, (match_data(summary(entry), found) for entry, found in hits))
        return
    kept = list(hits)
    if not kept:
        around.tell("Nothing was found.")
        return
    ids = short_ids((entry for entry, _ in kept), least=TO_THE_MILLISECOND)  # most others were not read
    showing.page(around, "found", with_matches(kept, ids))
    if not everything and len(kept) == limit and next(found_in, None) is not None:
        around.tell(f"These are the newest {limit}. To see the rest: --all")


def _folded_words(around: Surroundings) -> str:
    """Return the words without case and accents; never from the command line, where the shell keeps them."""
    stdin = around.streams.stdin
    if stdin.isatty():
        line = around.ask_line("Search for: ", aside=not around.plain)
        line = line[:_LONGEST_WORDS]
    else:
        line = stdin.readline(_LONGEST_WORDS)
    folded = fold(line.strip())
    if not folded:
        raise UsageError("There are no words to look for. Type some at the prompt, or send them in a pipe.")
    return folded


def _hits(entries: Entries, meant: Wanted, folded: str) -> Iterator[tuple[Entry, list[Match]]]:
    for entry in within(_candidates(entries, folded), meant.span):
        if meant.fits(entry):
            found = matches(entry, folded)
            if found:
                yield entry, found


def _candidates(entries: Entries, folded: str) -> Iterator[Entry]:
    """Yield every entry that could hold the words, by their days, the newest first; few others."""
    seen: set[str] = set()
    try:
        for parts in by_day(_parts(entries, may_hold(folded)), attrgetter("place")):
            if any(part.holds for part in parts):
                records = [part.record or decode(json.loads(part.line.lstrip(b","))) for part in parts]
                entry = unite([record for record in records if isinstance(record, Entry)])
                seen.add(entry.id)
                yield entry
    except _SealedError:
        yield from (entry for entry in entries.newest_first() if entry.id not in seen)


def _parts(entries: Entries, holds: Callable[[bytes], bool] | None) -> Iterator[_Part]:
    """Yield the records that may hold the words, and those that may belong to the same entry as one."""
    chosen, lost = _Chosen(holds), False
    for record in read_newest(entries.path, chosen.wants):
        if isinstance(record, Sealed):  # only the slow way opens them
            raise _SealedError
        if isinstance(record, Entry):
            yield from chosen.parts(record)
        lost = lost or isinstance(record, Lost)
    if lost:
        entries.tell_lost()


class _Chosen:
    """Which lines are looked into: to decode them all takes most of the time.

    The other check-ins of a day stand near it, where they are kept as they lie in the file, or were filled in
    later. What changes another entry is always looked into, and comes before it.
    """

    def __init__(self, holds: Callable[[bytes], bool] | None) -> None:
        self._holds = holds
        self._beside: dict[str, list[_Part]] = {}  # check-ins without the words, by what they are part of
        self._days: set[str] = set()  # what check-ins that may hold them are part of
        self._changed: set[bytes] = set()  # ids

    def wants(self, line: bytes) -> bool:
        """Tell whether a line has to be decoded."""
        if self._holds is None or self._holds(line):
            return True
        begin = line[:BEGINNING]
        if _CHECK_IN not in begin:
            if self._changed and not self._changed.isdisjoint(begin.split(b'"', _UP_TO_ID)):
                return True
            return not line.endswith(b"]}\n") and _EDITS in line  # it stands at the end
        place = placed(line)
        if place is None or place[2] in self._days or place[0][:_MONTH] != place[1][:_MONTH]:
            return True
        self._beside.setdefault(place[2], []).append(_Part(place, line=line))
        if len(self._beside) > _MOST_DAYS:
            del self._beside[next(iter(self._beside))]
        return False

    def parts(self, record: Entry) -> Iterator[_Part]:
        """Yield a record that was decoded, after what was saved later and may belong to the same entry."""
        place = place_of(record)
        if record.exercise == CHECK_IN:
            self._days.add(place[2])
        elif EDITS in record.unknown:
            self._changed.add(place[2].encode("utf-8", "replace"))
        yield from self._beside.pop(place[2], ())
        yield _Part(place, record)
