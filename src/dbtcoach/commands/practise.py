"""The command of an exercise: built from its file's first lines, before anything of it is read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperOption

from dbtcoach.cleaning import clean
from dbtcoach.commands.completing import harmless
from dbtcoach.commands.lazy import TOO_MANY, plain
from dbtcoach.commands.options import DAYS
from dbtcoach.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.disk.home import Home
    from dbtcoach.script.catalogue import Listed
    from dbtcoach.world.surroundings import Surroundings

DUE = "dbtcoach: today's page is still open."


class Practice(TyperCommand):
    """The command of one exercise."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the options; a word too many may be somebody's sentence, so it is not repeated."""
        parsed = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            ctx.fail(TOO_MANY)
        return parsed

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return what can follow; the words of a variant come from a file."""
        return harmless(super().shell_complete(ctx, incomplete))


def exercise_command(around: Surroundings, name: str) -> TyperCommand:
    """Return the command of an exercise, with an option for each of its variants."""
    listed = around.catalogue.named(name)
    variants = around.catalogue.options(name)
    daily = listed.head.get("daily") == "true"

    def call(**given: Any) -> None:
        raise typer.Exit(_call(around, name, variants, given))

    return Practice(
        name=name,
        help=f"{clean(listed.summary)}\n\nExample: dbtcoach {name}",
        rich_markup_mode=None,
        callback=call,
        context_settings={"allow_extra_args": True},
        params=[*_options(variants), *(_daily_options() if daily else [])],
    )


def _call(around: Surroundings, name: str, variants: dict[str, Listed], given: dict[str, Any]) -> int:
    from dbtcoach.journal.entry import day_of

    today = day_of(around.clock())
    if given.get("due"):
        line = due_line(around.home, today, name)
        around.streams.stdout.write(f"{line}\n" if line else "")
        return 0
    answers: str | None = given["answers"]
    if given["json"] and answers is None:
        raise UsageError("--json goes with --answers FILE.")
    text, save = given.get("date"), not given["no_save"]
    day = None if text is None else day_given(text, today)
    exercise = around.catalogue.read(_picked(name, variants, given))
    if answers is not None:
        from dbtcoach.sitting.from_file import play_script

        return play_script(around, exercise, answers, as_json=given["json"], save=save, day=day)
    from dbtcoach.sitting.live import Wishes, practise

    return practise(around, exercise, Wishes(save=save, fresh=given["fresh"], day=day))


def due_line(home: Home, today: date, name: str) -> str:
    """Return one neutral line when a daily exercise is due, else an empty text."""
    from dbtcoach.journal.state import read_state

    # A day ahead is somebody who flew west; a later one comes from a clock that was wrong.
    done = {today.isoformat(), (today + timedelta(days=1)).isoformat()}
    return "" if read_state(home).done(name) in done else DUE


def day_given(text: str, today: date) -> date:
    """Return the day that was asked for; raise UsageError when it is none, or has not been yet."""
    from dbtcoach.insight.days import EARLIEST, read_day

    day = read_day(text, today)
    if day > today:
        raise UsageError("--date needs a day that has been. Today's page is: dbtcoach reflect")
    if day < EARLIEST:
        raise UsageError(f"--date needs a day since {EARLIEST.isoformat()}. Look at the year: {day.year:04}")
    return day


def _picked(name: str, variants: dict[str, Listed], chosen: dict[str, Any]) -> str:
    picked = [option for option in variants if chosen.get(option.replace("-", "_"))]
    if len(picked) > 1:
        raise UsageError("Choose one of: " + ", ".join(f"--{option}" for option in picked))
    return variants[picked[0]].name if picked else name


def _flag(name: str, text: str) -> TyperOption:
    return TyperOption(param_decls=[f"--{name}"], is_flag=True, default=False, help=text)


def _options(variants: dict[str, Listed]) -> list[TyperOption]:
    return [
        *(_flag(option, clean(item.summary)) for option, item in variants.items()),
        TyperOption(
            param_decls=["--answers"],
            metavar="FILE",
            help="Take the answers from a YAML or JSON file, step id to value ('-' is standard input).",
        ),
        _flag("json", "With --answers: print the saved entry and nothing else."),
        _flag("no-save", "Keep nothing: no entry, no draft."),
        plain(),
        _flag("fresh", "Begin anew; drop what was begun before."),
    ]


def _daily_options() -> list[TyperOption]:
    return [
        TyperOption(param_decls=["--date"], metavar="DAY", help=f"Fill in a past day: {DAYS}."),
        _flag("due", "Print one line when today's check-in is due, and nothing when it is not."),
    ]
