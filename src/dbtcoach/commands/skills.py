"""``dbtcoach skills``: skills by name, each on a card of one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands import completing
from dbtcoach.commands.options import AsJson
from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.script.skills import MODULES, find, listed, module_of, plain, read_skill, title_of
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Collection

    from dbtcoach.journal.entry import Json
    from dbtcoach.script.catalogue import Listed
    from dbtcoach.script.skills import Skill

_WIDEST = 40  # letters of a title in the list: an own one that is longer moves no other line
OWN = "*"  # stands before what is marked as mine
HINT = 'One of them on a card: dbtcoach skills "opposite action"'
MARKS = f"{OWN} is what you marked as mine."


def command(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="A skill, by any of its names, or a module.",
            show_default=False,
            autocompletion=completing.skills,
        ),
    ] = None,
    *,
    mine: Annotated[
        bool | None,
        typer.Option(
            "--mine/--not-mine", help="Mark this one as mine, or no more; without a name, list mine."
        ),
    ] = None,
    paper: Annotated[bool, typer.Option("--print", help="A page for paper, four cards on a sheet.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the skills, or show the card of one."""
    around = Surroundings(home_needed=False)
    wanted = " ".join(name or ())
    module = next((each for each in MODULES if plain(each) == plain(wanted)), "")
    if wanted and not module:
        _one(around, find(around.catalogue, wanted), mine=mine, paper=paper, as_json=as_json)
        return
    if mine is False:
        raise UsageError("Which one? For example: dbtcoach skills stop --not-mine")
    own = around.settings.skills if around.settings.shows_memory or mine or as_json else ()
    found = listed(around.catalogue, own)
    if mine:
        found = [item for item in found if item.name in own]
    if module:
        found = [item for item in found if module_of(item) == module]
    if paper or as_json:
        _whole(around, found, paper=paper)
    else:
        _list(around, found, own)


def _one(around: Surroundings, item: Listed, *, mine: bool | None, paper: bool, as_json: bool) -> None:
    """Mark one skill, or show its card in the form that is wanted."""
    from dbtcoach.cleaning import clean
    from dbtcoach.insight.skill_lines import card_lines
    from dbtcoach.sitting.skill_card import MARKED, NOT_KEPT, UNMARKED, mark, show, uses
    from dbtcoach.world.console import say, say_json

    out = around.streams.stdout
    if mine is not None:
        if not mark(around, item.name, mine=mine):
            raise UsageError(NOT_KEPT)
        around.tell(MARKED if mine else UNMARKED)
        return
    skill = read_skill(item.path, around.catalogue)
    if paper:
        _whole(around, [item], paper=True)
    elif as_json:
        say_json(out, _as_json(around, item, skill))
    elif out.isatty() and around.streams.stdin.isatty():
        raise typer.Exit(show(around, skill))
    else:
        practise = f"To practise it: dbtcoach {clean(skill.exercise)}"
        say(out, [clean(skill.title), *card_lines(skill, uses(around, skill)), practise])


def _whole(around: Surroundings, found: list[Listed], *, paper: bool) -> None:
    """Write the cards themselves: as a page, or as JSON. Of several, a broken one costs only itself."""
    read: list[tuple[Listed, Skill]] = []
    for item in found:
        try:
            read.append((item, read_skill(item.path, around.catalogue)))
        except ScriptError as error:
            if len(found) == 1:
                raise
            around.tell(str(error))
    if paper:
        from dbtcoach.insight import skill_lines
        from dbtcoach.world.console import say_page

        say_page(
            around.streams.stdout,
            skill_lines.paper([skill for _, skill in read]),
            "dbtcoach skills --print > skills.html",
        )
        return
    from dbtcoach.world.console import say_json_array

    say_json_array(around.streams.stdout, (_as_json(around, item, skill) for item, skill in read))


def _list(around: Surroundings, found: list[Listed], own: Collection[str]) -> None:
    """Write a line for each skill, under its module; what the file does not say plainly is left out."""
    from dbtcoach.cleaning import clean
    from dbtcoach.world import showing

    width = min(_WIDEST, max((len(title_of(item)) for item in found), default=0))
    lines: list[str] = []
    above = ""
    for item in found:
        if module_of(item) != above:
            above = module_of(item)
            lines += [*([""] if lines else []), clean(above).capitalize()]
        mark = OWN if item.name in own else " "
        lines.append(clean(f"{mark} {title_of(item):{width}}  {item.summary}").rstrip())
    showing.say(around, "skills", lines or ["You have marked none as mine yet."])
    marked = any(item.name in around.settings.skills for item in found)
    around.tell("", HINT, *([MARKS] if marked else []))


def _as_json(around: Surroundings, item: Listed, skill: Skill) -> dict[str, Json]:
    return {
        "name": skill.name,
        "title": skill.title,
        "module": skill.module,
        "summary": skill.summary,
        "also": [name for each in skill.also.split(",") if (name := each.strip())],
        "what_for": skill.what_for,
        "how": list(skill.how),
        "not_when": skill.not_when,
        "example": skill.example,
        "exercise": skill.exercise,
        "own": item.own,
        "mine": skill.name in around.settings.skills,
    }
