"""A node tree becomes an Exercise, or a list of everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.script import nodes
from dbtcoach.script.facts import NAME
from dbtcoach.script.fields import Fields, decoded
from dbtcoach.script.guards import decode_when
from dbtcoach.script.model import Exercise, Next
from dbtcoach.script.nodes import shown
from dbtcoach.script.references import check_references
from dbtcoach.script.steps import decode_steps

if TYPE_CHECKING:
    from dbtcoach.script.problems import Mark, Problems

FORMAT = 1
RESERVED_OPTIONS = ("answers", "json", "no-save", "plain", "fresh", "date", "due", "help", "h")


def decode(source: bytes | str, file: str, *, whole: bool = False) -> Exercise:
    """Return the exercise that a YAML text describes, as ``fields.decoded`` does.

    Raises ScriptError with every problem as ``file:line:col: message``. Other exercises that it runs
    and scenes that it draws are not read here: see ``link``.
    """
    return decoded(source, file, lambda fields: _exercise(fields, file), whole=whole)


def _exercise(fields: Fields, file: str) -> Exercise:
    problems = fields.problems
    number = fields.node("format", required=True)
    if number is not None and (nodes.as_value(number) is True or nodes.as_value(number) != FORMAT):
        problems.add(number.mark, f"this program reads format {FORMAT}")
    name = fields.text("name", required=True)
    _check_name(name, fields.mark_of("name"), file, problems)
    variant_of = fields.text("variant_of")
    option = fields.text("option")
    also = fields.text("also")
    if bool(variant_of) != bool(option):
        problems.add(fields.mark, "'variant_of' and 'option' go together")
    for key, value in (("variant_of", variant_of), ("option", option), ("also", also)):
        if value and not NAME.fullmatch(value):
            problems.add(fields.mark_of(key), f"'{shown(value)}' is no name: use a-z, 0-9 and -")
    if option in RESERVED_OPTIONS:
        problems.add(fields.mark_of("option"), f"every exercise has an option --{option} already")
    exercise = Exercise(
        name=name,
        title=fields.text("title", required=True),
        summary=fields.text("summary", required=True),
        skill=fields.text("skill"),
        minutes=fields.number("minutes", 5, 1, 120),
        source=fields.text("source"),
        opening=fields.text("opening").strip(),
        variant_of=variant_of,
        option=option,
        daily=fields.flag("daily"),
        follow_up=fields.flag("follow_up"),
        author=fields.text("author"),
        also=also,
        asks_to_keep=fields.text("asks_to_keep").strip(),
        steps=decode_steps(fields.items("steps", required=True), problems),
        next=tuple(_next(each) for each in fields.tables("next")),
    )
    steps = fields.table.get("steps")
    if isinstance(steps, nodes.Items) and not steps.nodes:
        problems.add(fields.mark_of("steps"), "an exercise needs at least one step")
    fields.close()
    check_references(fields, problems)
    return exercise


def _next(fields: Fields) -> Next:
    found = Next(
        label=fields.text("label", required=True),
        exercise=fields.text("exercise", required=True),
        when=decode_when(fields.node("when"), fields.problems),
    )
    fields.close()
    return found


def _check_name(name: str, mark: Mark, file: str, problems: Problems) -> None:
    if not name:
        return
    if not NAME.fullmatch(name):
        problems.add(mark, f"'{shown(name)}' is no name: use a-z, 0-9 and -")
        return
    stem = file.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".yaml")
    if file.endswith(".yaml") and stem != name:
        problems.add(mark, f"the file is called '{shown(stem)}.yaml', so the name must be '{shown(stem)}'")
