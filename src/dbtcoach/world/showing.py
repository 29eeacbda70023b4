"""What a command shows: drawn by Rich to a person at a terminal; the same words, plain, to all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.drawing.glyphs import for_encoding
from dbtcoach.world import console, paging

if TYPE_CHECKING:
    from dbtcoach.drawing.listed import Kind
    from dbtcoach.world.surroundings import Surroundings


def say(around: Surroundings, kind: Kind, lines: list[str]) -> None:
    """Write clean lines to standard output."""
    out = around.streams.stdout
    if not is_drawn(around):
        console.say(out, lines)
        return
    from dbtcoach.drawing.listed import in_line

    out.write(in_line(around.look, kind, lines, paging.window_size(out, around.env)[0]))
    out.flush()


def page(around: Surroundings, kind: Kind, lines: list[str]) -> None:
    """Show clean lines on a screen of their own, or write them to standard output."""
    out = around.streams.stdout
    if not around.on_screen:
        console.say(out, lines)
        return
    from dbtcoach.drawing.listed import on_page

    glyphs = for_encoding(out.encoding)
    columns, rows = paging.window_size(out, around.env)
    plain = [glyphs.say(line) for line in lines]
    plain = plain if kind == "trends" else paging.fit(plain, columns)
    paging.show(around.streams, around.env, plain, on_page(around.look, kind, lines, columns, rows))


def is_drawn(around: Surroundings) -> bool:
    """Tell whether what is written to standard output is drawn."""
    return around.streams.stdout.isatty() and not around.plain
