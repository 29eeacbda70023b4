"""``dbtcoach exercises check``: what is wrong in exercise files, and whether their names can be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.coach.model import KINDS
from dbtcoach.commands import completing
from dbtcoach.commands.table import NAMES
from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.practice.endings import HELP_NOW
from dbtcoach.script.catalogue import Catalogue, read_bytes, shipped_folder, shown_path
from dbtcoach.script.decode import decode
from dbtcoach.script.facts import NAME
from dbtcoach.script.link import drills, link
from dbtcoach.script.model import Scale, walk
from dbtcoach.script.nodes import Items, Node, Scalar, Table, read, shown
from dbtcoach.script.problems import Mark, Problems, nearest
from dbtcoach.script.skills import FOLDER as SKILLS
from dbtcoach.script.skills import cards, read_skill
from dbtcoach.sitting.rule_loading import rule_files
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dbtcoach.coach.rules import Ruled, Rules
    from dbtcoach.script.model import Exercise

RULES = "coach"  # the folder of coach rules, among exercises


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Exercise files or names; all when none is given.",
            show_default=False,
            autocompletion=completing.exercises,
        ),
    ] = None,
) -> None:
    """Check these files, or everything; raises ScriptError with all problems."""
    around = Surroundings()
    catalogue = around.catalogue
    paths = catalogue.paths()
    named = [
        paths[str(file)][0] if str(file) in paths else _existing(file, list(paths)) for file in files or ()
    ]
    found = [check_file(catalogue, file) for file in named] if files else check_all(catalogue)
    problems = [problem for problem in found if problem]
    if problems:
        raise ScriptError("\n".join(problems))
    typer.echo(f"{len(found)} file{'' if len(found) == 1 else 's'} checked. No problems.")
    own = [path for path, is_own in paths.values() if is_own]
    around.tell(*(line for file in named or own for line in unshown(catalogue, file)))
    used = {path.resolve() for path, _own in paths.values()}
    for file in named:
        if file.resolve() not in used and file.parent.name not in (RULES, SKILLS):
            around.tell(_elsewhere(file, catalogue))


def _elsewhere(file: Path, catalogue: Catalogue) -> str:
    """Return how a file that is no command becomes one."""
    goal = (catalogue.own or file.parent) / f"{file.stem}.yaml"
    return f"{shown_path(file)} is no command yet. It is one as {shown(str(goal), 200)}"


def _existing(file: Path, names: list[str]) -> Path:
    if not file.exists():
        near = nearest(str(file), names)
        raise UsageError(f"There is no file and no exercise called '{file}'{near}")
    return file.absolute()


def broken(catalogue: Catalogue) -> dict[str, str]:
    """Return the own exercises that cannot be used, with the first line of why."""
    own = [path for path, own in catalogue.paths().values() if own]
    problems = {path.stem: check_file(catalogue, path) for path in own}
    return {name: problem.split("\n", 1)[0] for name, problem in problems.items() if problem}


def check_all(catalogue: Catalogue) -> list[str]:
    """Return the problems of every exercise, skill and folder of coach rules as lines, or an empty text."""
    paths = [path for path, _own in catalogue.paths().values()]
    found = [check_file(catalogue, path) for path in (*paths, *catalogue.hidden())]
    found += [
        f"{shown_path(path)}:1:1: only a name of a-z, 0-9 and - that ends in .yaml is used"
        for path in _misnamed(catalogue)
    ]
    skills = cards(catalogue)
    every = [*(path for path, _own in skills.paths().values()), *skills.hidden()]
    found += [check_skill(catalogue, path) for path in every]
    folders = [folder / RULES for folder in (catalogue.shipped, catalogue.own) if folder is not None]
    return [*found, *(check_rules(folder) for folder in folders if folder.is_dir())]


def check_skill(catalogue: Catalogue, path: Path) -> str:
    """Return the problems of a skill card as lines, or an empty text."""
    try:
        read_skill(path, catalogue)
    except ScriptError as error:
        return str(error)
    if path in cards(catalogue).hidden():
        return (
            f"{shown_path(path)}:1:1: '{path.stem}' is a shipped skill, so this file is not used; rename it"
        )
    return ""


def _misnamed(catalogue: Catalogue) -> list[Path]:
    """Return the files among one's own exercises that nothing reads, though they look like exercises."""
    folders = [] if catalogue.own is None else [catalogue.own, catalogue.own / SKILLS]
    found = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]
    return [
        path
        for path in found
        if path.suffix == ".yml" or (path.suffix == ".yaml" and not NAME.fullmatch(path.stem))
    ]


def check_rules(folder: Path) -> str:
    """Return the problems of the coach rules in a folder as lines, or an empty text."""
    from dbtcoach.coach.load import load

    shipped = shipped_folder() / RULES
    try:
        if folder.resolve() == shipped.resolve():
            load(rule_files(shipped))
            return ""
        ours = load(rule_files(shipped), own=())
        theirs = load(rule_files(shipped), own=rule_files(folder))
    except ScriptError as error:
        return str(error)
    return "\n".join(f"{shown_path(folder)}: {line}" for line in _unkept(ours, theirs))


def _unkept(ours: Rules, theirs: Rules) -> list[str]:
    """Return a line for each sample of one's own rules that its rule does not answer as it says."""
    from dbtcoach.commands.samples import broken

    def ids(rules: Rules) -> set[str]:
        parts: tuple[tuple[Ruled, ...], ...] = (rules.rules, rules.dangers, rules.praises)
        return {each.id for part in parts for each in part}

    own = ids(theirs) - ids(ours)
    return [line for line in broken(theirs) if line.partition(":")[0] in own] if own else []


def check_file(catalogue: Catalogue, path: Path) -> str:
    """Return the problems of one file as lines, or an empty text; what it runs may lie beside it.

    A file in the folder of own exercises must have a name, and as a variant an option, that is free.
    """
    if path.parent.name == RULES:
        return check_rules(path.parent)
    if path.parent.name == SKILLS:
        return check_skill(catalogue, path)
    beside = Catalogue(catalogue.shipped, path.parent)

    def load(name: str) -> Exercise | None:
        try:
            return beside.decode(name) or catalogue.decode(name)
        except ScriptError:
            return None  # its own problems are told when it is checked itself

    file = shown_path(path)
    try:
        source = read_bytes(path)
        exercise = link(decode(source, file, whole=True), load)
        problems = Problems()
        root = read(source, file, problems)
        _check_coaches(root, problems)
        _check_next(root, {*catalogue.paths(), *beside.paths(), HELP_NOW}, problems)
        _check_scenes(exercise, beside, problems)
        problems.raise_if_any()
    except ScriptError as error:
        return str(error)
    taken = _taken(catalogue, path, exercise) if path.parent == catalogue.own else ""
    return f"{file}:1:1: {taken}" if taken else ""


def unshown(catalogue: Catalogue, path: Path) -> Iterator[str]:
    """Yield a line for each number of an exercise that no trend and no report will show."""
    other = path.parent.name in (RULES, SKILLS)
    exercise = None if other else Catalogue(catalogue.shipped, path.parent).decode(path.stem)
    for step in walk(exercise.steps) if exercise is not None else ():
        if isinstance(step, Scale) and step.keep and not step.role.startswith("distress_"):
            yield (
                f"{shown_path(path)}: the number of '{step.id}' is shown in no trend and no report.\n"
                "  A row of a 'scales' step is shown, and so is a number with a distress role."
            )


def _check_coaches(node: Node | None, problems: Problems) -> None:
    """Note every ``coach`` that is no kind of text: a run would ignore it, and its author never know."""
    match node:
        case Items(nodes):
            for inner in nodes:
                _check_coaches(inner, problems)
        case Table(pairs=pairs):
            for key, value in pairs:
                if key.text == "coach" and isinstance(value, Scalar) and value.text not in KINDS:
                    near = problems.nearest(value.text, KINDS)
                    problems.add(value.mark, f"there is no coach for '{shown(value.text)}'{near}")
                _check_coaches(value, problems)
        case _:
            pass


def _check_next(root: Node | None, names: Collection[str], problems: Problems) -> None:
    """Note everything to go on with that is not there: a run leaves it out, and its author never knows."""
    listed = root.get("next") if isinstance(root, Table) else None
    for each in listed.nodes if isinstance(listed, Items) else ():
        wanted = each.get("exercise") if isinstance(each, Table) else None
        if isinstance(wanted, Scalar) and wanted.text not in names:
            near = problems.nearest(wanted.text, sorted(names))
            problems.add(wanted.mark, f"there is no exercise called '{shown(wanted.text)}'{near}")


def _check_scenes(exercise: Exercise, beside: Catalogue, problems: Problems) -> None:
    """Note every drill whose scenes cannot be read: a run would only find out in front of somebody."""
    for drill in drills(exercise):
        try:
            beside.scenes(drill.scenes)
        except ScriptError as error:
            problems.add(drill.mark or Mark(exercise.name, 1, 1), str(error).split("\n", 1)[0])


def _taken(catalogue: Catalogue, path: Path, exercise: Exercise) -> str:
    """Return why a file in the folder of own exercises cannot be used under its name, or an empty text."""
    name = path.stem
    if name in NAMES:
        return f"'{name}' is a command of dbtcoach; give the file another name"
    if path in catalogue.hidden():
        return f"'{name}' is a shipped exercise, so this file is not used; give it another name"
    parent, option = shown(exercise.variant_of), shown(exercise.option)
    if not parent:
        return ""
    if parent not in catalogue.paths():
        return f"it is a variant of '{parent}', and there is no such exercise"
    if not name.startswith(f"{parent}-"):
        return f"a variant of '{parent}' needs a file name that starts with '{parent}-'"
    used = catalogue.options(parent).get(option)
    if used is None or used.path != path:
        whose = "" if used is None else f" from '{used.name}'"
        return f"'{parent}' has an option --{option}{whose} already; choose another"
    return ""
