"""``dbtcoach log``: what was kept, to list, read, search, delete and take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.errors import UsageError
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.insight.select import Wanted

app = typer.Typer(
    help="Your entries: list, read, search, delete, export.", no_args_is_help=True, rich_markup_mode=None
)

Since = Annotated[
    str, typer.Option("--since", metavar="DAY", help="From a day on, such as 2026-11-23.", show_default=False)
]
Until = Annotated[
    str, typer.Option("--until", metavar="DAY", help="Up to a day, that day included.", show_default=False)
]
Practised = Annotated[
    str,
    typer.Option(
        "--exercise",
        metavar="NAME",
        help="Of this exercise only.",
        show_default=False,
        autocompletion=completing.exercises,
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Plain = Annotated[bool, typer.Option("--plain", help="Print plain lines, on no screen of its own.")]
Name = Annotated[
    str,
    typer.Argument(metavar="ID", help="The start of an id, or: last", autocompletion=completing.entries),
]


def _wanted(since: str, until: str, exercise: str) -> Wanted:
    from dbtcoach.insight.days import Span, read_day
    from dbtcoach.insight.select import Wanted

    return Wanted(
        Span(read_day(since) if since else None, read_day(until) if until else None), exercise.strip()
    )


@app.callback()
def group() -> None:
    """Your entries: list, read, search, delete, export."""


@app.command("list")
def list_(
    *,
    since: Since = "",
    until: Until = "",
    exercise: Practised = "",
    limit: Limit = 20,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """List entries, the newest first: day, exercise, distress, id. No words.

    Example: dbtcoach log list --since 2026-11-01
    """
    from dbtcoach.commands import looking_back

    wanted = _wanted(since, until, exercise)
    looking_back.list_entries(Surroundings(), wanted, limit, as_json=as_json, plain=plain)


@app.command()
def show(name: Name, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """Read one entry, on a screen of its own.

    Example: dbtcoach log show last
    """
    from dbtcoach.commands import looking_back

    looking_back.show_entry(Surroundings(), name, as_json=as_json, plain=plain)


@app.command(context_settings={"allow_extra_args": True})
def search(  # noqa: PLR0913 - its options
    ctx: typer.Context,
    *,
    since: Since = "",
    until: Until = "",
    exercise: Practised = "",
    limit: Limit = 20,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Search for words you wrote. You are asked for them; a pipe can send them too.

    Example: dbtcoach log search
    """
    if ctx.args:
        raise UsageError(
            "The words are not given here: the shell would keep them in its history, and others on this\n"
            "computer could see them. Run this alone, and type them when you are asked: dbtcoach log search"
        )
    from dbtcoach.commands import looking_back

    wanted = _wanted(since, until, exercise)
    looking_back.search(Surroundings(), wanted, limit, as_json=as_json, plain=plain)


@app.command()
def delete(
    name: Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete one entry, after asking.

    Example: dbtcoach log delete last
    """
    from dbtcoach.commands import looking_back

    looking_back.delete(Surroundings(), name, sure=yes)


@app.command()
def export(  # noqa: PLR0913 - its options
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="md, html, csv or json.", autocompletion=completing.forms
        ),
    ],
    since: Since = "",
    until: Until = "",
    exercise: Practised = "",
    file: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Write to a file.", show_default=False)
    ] = "",
    with_words: Annotated[bool, typer.Option("--with-words", help="With what you wrote.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Take entries along: a report of the last 30 days (md, html), or a table of everything (csv, json).

    Example: dbtcoach log export --format md -o report.md
    """
    from dbtcoach.commands.exporting import export as write

    wanted = _wanted(since, until, exercise)
    write(Surroundings(), form, wanted, file, with_words=with_words, force=force)
