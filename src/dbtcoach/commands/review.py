"""``dbtcoach review``: a message is read before it is sent."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.errors import UsageError
from dbtcoach.world.surroundings import Surroundings


def review(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A text file; standard input when none is given.")
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="KIND",
            help="describe, express, assert, reinforce, reply or message (the default).",
            show_default=False,
            autocompletion=completing.kinds,
        ),
    ] = "message",
    as_json: Annotated[bool, typer.Option("--json", help="Print the notes as JSON.")] = False,  # noqa: FBT002
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help="Read and print one JSON object a line."),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Name the rules, and the words they go by.")] = False,  # noqa: FBT002
) -> None:
    """Read a message before you send it.

    Example: dbtcoach review --as reply draft.txt
    """
    from dbtcoach.coach.review import review as read
    from dbtcoach.commands import reviewing
    from dbtcoach.commands.why import why_data, why_page
    from dbtcoach.terminal.glyphs import for_encoding

    around = Surroundings()
    wanted = reviewing.kind_of(kind)
    out = around.streams.stdout
    if batch is not None:
        if file is not None:
            raise UsageError("--batch names its file itself, so there is no place for another one.")
        if why:
            raise UsageError("--why is for one text: leave out --batch.")
        rules = reviewing.rules_for(around)
        for line in reviewing.batch(around, batch, wanted, rules):
            out.write(f"{line}\n")
        return
    text = reviewing.read_text(around, file)
    rules = reviewing.rules_for(around)
    found = read(text, wanted, rules)
    reasons = why_data(text, wanted, rules) if why else []
    if as_json:
        import json

        data = reviewing.as_data(text, wanted, found) | ({"why": reasons} if why else {})
        out.write(f"{reviewing.whole(json.dumps(data, ensure_ascii=False), out.encoding)}\n")
    else:
        out.write(reviewing.pretty(around, text, found))
        if why:
            out.write(for_encoding(out.encoding).say(why_page(text, reasons)))
