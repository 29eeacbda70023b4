"""``dbtcoach log show``: one entry, as it was written."""

from __future__ import annotations

import json

from dbtcoach.commands.options import AsJson, EntryId, Plain
from dbtcoach.insight.finding import find, labels_of
from dbtcoach.insight.reading_aloud import as_lines
from dbtcoach.journal.entry import encode
from dbtcoach.terminal.glyphs import for_encoding
from dbtcoach.world import console, paging
from dbtcoach.world.surroundings import Surroundings


def command(name: EntryId, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """Show the entry whose id begins like this, or the newest one for ``last``."""
    around = Surroundings()
    entry = find(around, name)
    if as_json:
        console.say_json(around, json.loads(encode(entry)))
    else:
        show_lines(around, as_lines(entry, labels_of(around, entry)), plain=plain)


def show_lines(around: Surroundings, lines: list[str], *, plain: bool) -> None:
    """Show clean lines on a screen of their own at a terminal, else write them to standard output."""
    if not paging.on_screen(around, plain=plain):
        console.say(around, lines)
        return
    glyphs = for_encoding(around.streams.stdout.encoding)
    width, _ = paging.size_of(around)
    paging.show(around, paging.fit([glyphs.say(line) for line in lines], width))
