"""What was kept, looked at again: a list, one entry, words that are searched for, trends."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.errors import JournalError, NoTerminalError, UsageError
from dbtcoach.insight.days import Span
from dbtcoach.insight.finding import TO_THE_MILLISECOND, described, find, find_record, labels_of, short_ids
from dbtcoach.insight.plain_data import summary
from dbtcoach.insight.reading_aloud import as_lines, clock_of, distress_of
from dbtcoach.insight.select import Wanted, picked, within
from dbtcoach.journal.entry import Entry, Sealed, Tombstone, day_of
from dbtcoach.terminal.wrapping import columns
from dbtcoach.world import console as output
from dbtcoach.world import paging
from dbtcoach.world.console import asked_line
from dbtcoach.world.entries import LOST, newest_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.insight.search import Match
    from dbtcoach.insight.trends import Trends
    from dbtcoach.journal.entry import Record
    from dbtcoach.world.surroundings import Surroundings

_LONGEST_TITLE = 28
_LONGEST_WORDS = 1000


def list_entries(around: Surroundings, wanted: Wanted, limit: int, *, as_json: bool, plain: bool) -> None:
    """Write the newest entries that are meant, one a line, without a word of what was written."""
    passed: list[str] = []
    every = _noted(newest_first(around), passed)
    found = picked(every, wanted, limit)
    if as_json:
        output.say_json_array(around, (summary(entry) for entry in found))
        return
    entries = list(found)
    if not entries:
        around.tell("There is nothing to list.")
    next(every, None)  # ids grow, so those on both sides are all that an id has to be told apart from
    names = short_ids(entries, passed)
    titles = {entry.id: _title(entry) for entry in entries}
    room = max((columns(title) for title in titles.values()), default=0)
    for entry in entries:
        day, clock, title, name = entry.day, clock_of(entry), titles[entry.id], clean(names[entry.id])
        if around.plain(asked=plain):
            told = distress_of(entry.distress).replace("→", "then")
            parts = [f"{day} {clock}".strip(), title, f"distress {told}" if told else "", f"id {name}"]
            output.say(around, [", ".join(filter(None, parts))])
        else:
            pad = " " * (room - columns(title))
            line = f"{day:10}  {clock:5}  {title}{pad}  {distress_of(entry.distress):7}  {name}"
            output.say(around, [line])


def _noted(entries: Iterator[Entry], passed: list[str]) -> Iterator[Entry]:
    """Yield entries, and note the id of each."""
    for entry in entries:
        passed.append(entry.id)
        yield entry


def _title(entry: Entry) -> str:
    title = " ".join(clean(entry.title or entry.exercise).split())
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def show_entry(around: Surroundings, name: str, *, as_json: bool, plain: bool) -> None:
    """Show one entry, by the start of its id or ``last``: on a screen of its own at a terminal."""
    entry = find(around, name)
    if as_json:
        import json

        from dbtcoach.journal.entry import encode

        output.say_json(around, json.loads(encode(entry)))
        return
    _show(around, as_lines(entry, labels_of(around, entry)), plain=plain)


def _show(around: Surroundings, lines: list[str], *, plain: bool) -> None:
    if not paging.on_screen(around, plain=plain):
        output.say(around, lines)
        return
    from dbtcoach.terminal.glyphs import for_encoding

    glyphs = for_encoding(around.streams.stdout.encoding)
    width, _ = paging.size_of(around)
    paging.show(around, paging.fit([glyphs.say(line) for line in lines], width))


def search(around: Surroundings, wanted: Wanted, limit: int, *, as_json: bool, plain: bool) -> None:
    """Ask for words, or read them from standard input, and show where they stand."""
    from dbtcoach.insight.search import match_data

    hits = itertools.islice(_hits(around, wanted, _words(around, plain=plain)), limit)
    if as_json:
        output.say_json_array(around, (match_data(summary(entry), found) for entry, found in hits))
        return
    kept = list(hits)
    if not kept:
        around.tell("Nothing was found.")
        return
    names = short_ids((entry for entry, _ in kept), least=TO_THE_MILLISECOND)  # most others were not read
    lines: list[str] = []
    for entry, found in kept:
        lines += [f"{entry.day}  {_title(entry)}  {clean(names[entry.id])}"]
        lines += [f"  {clean(match.before)}»{clean(match.words)}«{clean(match.after)}" for match in found]
        lines.append("")
    _show(around, lines[:-1], plain=plain)


def _words(around: Surroundings, *, plain: bool) -> str:
    """Return the folded words; never from the command line, where the shell would keep them."""
    from dbtcoach.insight.search import fold

    streams = around.streams
    if streams.stdin.isatty():
        line = asked_line(around, "Search for: ", aside=not around.plain(asked=plain))[:_LONGEST_WORDS]
    else:
        line = streams.stdin.readline(_LONGEST_WORDS)
    folded = fold(line.strip())
    if not folded:
        raise UsageError("There are no words to look for. Type some at the prompt, or send them in a pipe.")
    return folded


def _hits(around: Surroundings, wanted: Wanted, folded: str) -> Iterator[tuple[Entry, list[Match]]]:
    from dbtcoach.insight.search import matches

    for entry in within(_candidates(around, folded), wanted.span):
        if wanted.fits(entry):
            found = matches(entry, folded)
            if found:
                yield entry, found


def _candidates(around: Surroundings, folded: str) -> Iterator[Entry]:
    """Yield every entry that could hold the words, the newest first; few others."""
    from dbtcoach.insight.search import may_hold
    from dbtcoach.journal.read import read_newest
    from dbtcoach.journal.scan import Lost

    seen: set[str] = set()
    lost = False
    for record in read_newest(around.home.journal, may_hold(folded)):
        if isinstance(record, Sealed):  # only the slow way opens them
            yield from (entry for entry in newest_first(around) if entry.id not in seen)
            return
        if isinstance(record, Entry):
            seen.add(record.id)
            yield record
        lost = lost or isinstance(record, Lost)
    if lost:
        around.tell(LOST)


def delete(around: Surroundings, name: str, *, sure: bool) -> None:
    """Delete one entry after asking; a mark without words stays in its place, so that a merge knows."""
    found = find_record(around, name)
    full = found.id
    if not sure and not _agreed(around, described(found)):
        around.tell("Nothing was deleted.")
        return
    from dbtcoach.journal.file import rewrite

    now = around.clock()

    def change(record: Record) -> Record | None:
        if record.id != full or isinstance(record, Tombstone):
            return record
        return Tombstone(id=full, deleted=now.isoformat("T", "seconds"))

    repair = rewrite(around.home.journal, change, now=now)
    if repair is not None and repair.kept:
        around.tell(f"A part of the journal could not be read. It was kept as {repair.kept}")
    _forget_follow_up(around, full)
    around.tell("Deleted. Copies elsewhere, such as backups, are not changed by this.")


def _agreed(around: Surroundings, entry: str) -> bool:
    streams = around.streams
    if not streams.stdin.isatty():
        raise NoTerminalError("There is nobody to ask whether to delete it. If you are sure: --yes")
    question = f"{entry}\nDelete this entry? It cannot be undone. Type yes or no: "
    return asked_line(around, question).strip().lower() in ("y", "yes")


def _forget_follow_up(around: Surroundings, full: str) -> None:
    """Ask no more about a talk whose entry is gone."""
    from dataclasses import replace

    from dbtcoach.journal.state import read_state, update_state

    waiting = read_state(around.home).follow_up
    if waiting is not None and waiting.entry == full:
        try:
            update_state(around.home, lambda state: replace(state, follow_up=None))
        except JournalError as error:
            around.tell(str(error))


def trends(around: Surroundings, span: Span, *, as_json: bool, plain: bool) -> None:
    """Show the trends of a span; an open span is everything there is."""
    found = trends_of(around, span)
    if as_json:
        from dbtcoach.insight.plain_data import trends_data

        output.say_json(around, trends_data(found))
        return
    from dbtcoach.insight.trend_page import page
    from dbtcoach.terminal.glyphs import for_encoding

    glyphs = for_encoding(around.streams.stdout.encoding)
    width, _ = paging.size_of(around)
    lines = page(found, width, unicode=glyphs.unicode, pictures=not around.plain(asked=plain))
    if paging.on_screen(around, plain=plain):
        paging.show(around, [glyphs.say(line) for line in lines])
    else:
        output.say(around, lines)


def trends_of(around: Surroundings, span: Span) -> Trends:
    """Return the trends of a span that ends today at the latest."""
    from dbtcoach.insight.counting import count_all
    from dbtcoach.insight.noted import of_entry
    from dbtcoach.insight.trends import tally

    today = day_of(around.clock())
    if span.first is None:
        return count_all(around, today).trends(None, today.toordinal())
    last = min(span.last or today, today)
    entries = within(newest_first(around), Span(span.first, last))
    noted = (found for entry in entries if (found := of_entry(entry)) is not None)
    return tally(noted).trends(min(span.first, last).toordinal(), last.toordinal())


def last_days(around: Surroundings, days: int) -> Span:
    """Return the span of so many days that ends today."""
    today = day_of(around.clock())
    try:
        return Span(today - timedelta(days=days - 1), today)
    except OverflowError:
        return Span()
