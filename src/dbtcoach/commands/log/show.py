"""``dbtcoach log show``: one entry, as it was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dbtcoach.commands.options import AsJson, EntryId, Plain
from dbtcoach.insight.entry_lines import as_lines
from dbtcoach.insight.finding import entry_labels, find
from dbtcoach.journal.entry import encode
from dbtcoach.terminal.glyphs import for_encoding
from dbtcoach.world import console, paging
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.terminal.streams import Streams


def command(name: EntryId, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """Show the entry whose id begins like this, or the newest one for ``last``."""
    around = Surroundings()
    entry = find(around.entries, name)
    if as_json:
        console.say_json(around.streams.stdout, json.loads(encode(entry)))
        return
    lines = as_lines(entry, entry_labels(around.catalogue.read, entry))
    show_lines(around.streams, around.env, lines, on_screen=around.on_screen(plain=plain))


def show_lines(streams: Streams, env: Mapping[str, str], lines: list[str], *, on_screen: bool) -> None:
    """Show clean lines on a screen of their own, or write them to standard output."""
    out = streams.stdout
    if not on_screen:
        console.say(out, lines)
        return
    glyphs = for_encoding(out.encoding)
    width, _ = paging.window_size(out, env)
    paging.show(streams, env, paging.fit([glyphs.say(line) for line in lines], width))
