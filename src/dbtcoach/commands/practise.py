"""The command of an exercise: built from its file's first lines, before anything of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperOption

from dbtcoach.cleaning import clean
from dbtcoach.commands.completing import harmless
from dbtcoach.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.script.catalogue import Listed
    from dbtcoach.world.surroundings import Surroundings


class Practice(TyperCommand):
    """The command of one exercise."""

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return what can follow; the words of a variant come from a file."""
        return harmless(super().shell_complete(ctx, incomplete))


def exercise_command(around: Surroundings, name: str) -> TyperCommand:
    """Return the command of an exercise, with an option for each of its variants."""
    listed = around.catalogue.named(name)
    variants = around.catalogue.options(name)
    daily = listed.head.get("daily") == "true"

    def call(**given: Any) -> int:
        return _call(around, name, variants, given)

    return Practice(
        name=name,
        help=_help(listed),
        rich_markup_mode=None,
        callback=call,
        params=[*_options(variants), *(_daily_options() if daily else [])],
    )


def _call(around: Surroundings, name: str, variants: dict[str, Listed], given: dict[str, Any]) -> int:
    if given.get("due"):
        return _say_due(around)
    answers: str | None = given["answers"]
    if given["json"] and answers is None:
        raise UsageError("--json goes with --answers FILE.")
    day, save = _day(around, given.get("date")), not given["no_save"]
    exercise = around.catalogue.read(_picked(name, variants, given))
    if answers is not None:
        from dbtcoach.sitting.scripted import ScriptWishes, play_script

        return play_script(around, exercise, answers, ScriptWishes(as_json=given["json"], save=save, day=day))
    from dbtcoach.sitting.live import Wishes, practise

    return practise(around, exercise, Wishes(plain=given["plain"], save=save, fresh=given["fresh"], day=day))


def _help(listed: Listed) -> str:
    return f"{clean(listed.summary)}\n\nExample: dbtcoach {listed.name}"


def _picked(name: str, variants: dict[str, Listed], chosen: dict[str, Any]) -> str:
    picked = [option for option in variants if chosen.get(option.replace("-", "_"))]
    if len(picked) > 1:
        raise UsageError("Choose one of: " + ", ".join(f"--{option}" for option in picked))
    return variants[picked[0]].name if picked else name


def _say_due(around: Surroundings) -> int:
    from dbtcoach.commands.daily import due_line

    line = due_line(around)
    if line:
        around.streams.stdout.write(f"{line}\n")
    return 0


def _day(around: Surroundings, text: str | None) -> date | None:
    from dbtcoach.commands.daily import day_given

    return None if text is None else day_given(around, text)


def _flag(name: str, words: str) -> TyperOption:
    return TyperOption(param_decls=[f"--{name}"], is_flag=True, default=False, help=words)


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
        _flag("plain", "One thing a line: for screen readers and simple terminals."),
        _flag("fresh", "Begin anew; drop what was begun before."),
    ]


def _daily_options() -> list[TyperOption]:
    return [
        TyperOption(param_decls=["--date"], metavar="DAY", help="Fill in a past day, such as 2026-11-22."),
        _flag("due", "Print one line when today's check-in is due, and nothing when it is not."),
    ]
