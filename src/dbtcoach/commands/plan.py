"""``dbtcoach plan``: a plan of one's own for bad moments."""

from __future__ import annotations

from typing import Annotated

import typer

from dbtcoach.errors import LeaveError, UsageError
from dbtcoach.world.surroundings import Surroundings


def command(
    *,
    change: Annotated[bool, typer.Option("--change", help="Go through the questions again.")] = False,
    paper: Annotated[
        bool, typer.Option("--print", help="A page for paper: your plan, or an empty one.")
    ] = False,
    delete: Annotated[bool, typer.Option("--delete", help="Remove the plan, after asking.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --delete: do not ask.")] = False,
) -> None:
    """Show the plan, or make one."""
    if change + paper + delete > 1:
        raise UsageError("Choose one of: --change, --print, --delete")
    around = Surroundings()
    if paper:
        _print(around)
    elif delete:
        _delete(around, yes=yes)
    elif not change and not around.streams.stdout.isatty() and _written(around):
        return
    else:
        from dbtcoach.sitting.plan import open_plan

        raise typer.Exit(open_plan(around, change=change))


def _print(around: Surroundings) -> None:
    from dbtcoach.insight.plan_lines import paper
    from dbtcoach.journal.plan import read
    from dbtcoach.sitting.plan import asks, blank
    from dbtcoach.world.console import say_page
    from dbtcoach.world.help_lines import numbers

    made = {part.name: part for part in read(around.home, around.keyring.opener) or ()}
    parts = tuple(made.pop(part.name, part) for part in blank())
    page = paper((*parts, *made.values()), asks(), numbers(around.country, around.clock().date()))
    say_page(around.streams.stdout, page, "dbtcoach plan --print > plan.html")


def _delete(around: Surroundings, *, yes: bool) -> None:
    from dbtcoach.journal.plan import remove, there_is
    from dbtcoach.sitting.plan import REMOVED

    if not there_is(around.home):
        raise UsageError("There is no plan.")
    if not yes:
        alone = "This needs a terminal to ask you. Without one: --delete --yes"
        if not around.agrees("Remove your plan? (y/N) ", alone):
            around.tell("Nothing was removed.")
            raise LeaveError
    remove(around.home)
    around.tell(REMOVED)


def _written(around: Surroundings) -> bool:
    """Write the plan to standard output, where there is one that can be read."""
    from dbtcoach.insight.plan_lines import plan_lines
    from dbtcoach.journal.plan import read
    from dbtcoach.world.console import say

    made = read(around.home, around.keyring.opener)
    if made is None:
        return False
    say(around.streams.stdout, plan_lines(made))
    return True
