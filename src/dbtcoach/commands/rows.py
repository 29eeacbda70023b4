"""``dbtcoach rows``: the rows of the daily check-in, shown and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands.options import AsJson
from dbtcoach.errors import LeaveError, UsageError
from dbtcoach.terminal.environment import wants_plain
from dbtcoach.world.console import say, say_json_array
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.journal.entry import Json

CHANGES = "To change them: dbtcoach rows at a terminal. With answers from a pipe, one a line: --plain"


def command(
    *,
    card: Annotated[
        str,
        typer.Option(
            "--card",
            metavar="NAME",
            help="Take a ready-made card instead: short, diary or couple.",
            show_default=False,
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="With --card: do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the rows and change them."""
    if card and as_json:
        raise UsageError("Choose one of: --card, --json")
    around = Surroundings()
    if card:
        _take(around, card, yes=yes)
    elif as_json:
        _print(around)
    elif not _can_ask(around):
        from dbtcoach.sitting.own_card import card_lines

        say(around.streams.stdout, card_lines(around))
        around.tell("", CHANGES)
    else:
        from dbtcoach.sitting.changing_rows import open_rows

        raise typer.Exit(open_rows(around))


def _can_ask(around: Surroundings) -> bool:
    """Tell whether somebody is at a terminal, or a pipe has their answers, as ``--plain`` says."""
    if not around.streams.stdin.isatty():
        return wants_plain(around.env)
    return around.streams.stdout.isatty()


def _take(around: Surroundings, name: str, *, yes: bool) -> None:
    from dbtcoach.sitting.own_card import KEPT, NOT_KEPT, card_lines, keep_rows, named

    card = named(name)
    if not yes:
        asked = "It takes the place of the rows you have now. Numbers that are kept stay. Take it? (y/N) "
        if not around.agrees(asked, "This needs a terminal to ask you. Without one: --card NAME --yes"):
            around.tell("Nothing was changed.")
            raise LeaveError
    if not keep_rows(around, card.rows):
        raise UsageError(NOT_KEPT)
    say(around.streams.stdout, card_lines(around))
    around.tell(KEPT)


def _print(around: Surroundings) -> None:
    from dataclasses import asdict

    from dbtcoach.sitting.rows import rows_of_card

    def data(row: object) -> Json:
        return {key: value for key, value in asdict(row).items() if key != "act_kind"}  # type: ignore[call-overload]

    say_json_array(around.streams.stdout, map(data, rows_of_card(around)))
