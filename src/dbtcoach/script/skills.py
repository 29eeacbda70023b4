"""Skills by name: what is on the card of each, which there are, and which one somebody meant.

A card is a file of its own, named as the skill is. To list them or to find one by name, only the first
lines of each file are read: the time of a YAML parser is spent on the card that is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.errors import UsageError
from dbtcoach.frozen import Frozen
from dbtcoach.script.catalogue import Catalogue, read_bytes, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dbtcoach.script.catalogue import Listed
    from dbtcoach.script.fields import Fields
    from dbtcoach.script.problems import Problems

FOLDER = "skills"  # among the exercises
FORMAT = 1
MODULES = ("mindfulness", "distress tolerance", "emotion regulation", "interpersonal effectiveness")
FEWEST, MOST = 3, 5  # lines of how to do it
_LEAST_ALIKE = 0.6
_NOT_MEANT = ("the", "my", "dbt", "skill", "skills")  # words around a name
UNKNOWN = "There is no skill of that name.{}\nTo see them all: dbtcoach skills"


class Skill(Frozen):
    """One skill, as its card says it; ``exercise`` is what is typed after the program's name."""

    name: str
    title: str
    module: str
    summary: str
    what_for: str
    how: tuple[str, ...]
    not_when: str
    example: str
    exercise: str
    also: str = ""  # other names of it, with commas between


def cards(catalogue: Catalogue) -> Catalogue:
    """Return the files of skills that lie among these exercises."""
    own = catalogue.own / FOLDER if catalogue.own is not None else None
    return Catalogue(catalogue.shipped / FOLDER, own)


def listed(catalogue: Catalogue, mine: Iterable[str] = ()) -> list[Listed]:
    """Return every skill by module and title, in each module those that are ``mine`` first."""
    marked = set(mine)

    def place(item: Listed) -> tuple[int, bool, str]:
        module = module_of(item)
        known = MODULES.index(module) if module in MODULES else len(MODULES)
        return (known, item.name not in marked, title_of(item).casefold())

    return sorted(cards(catalogue).listed(), key=place)


def my_skills(catalogue: Catalogue, mine: Iterable[str]) -> list[tuple[str, str]]:
    """Return name and title of the skills that somebody picked, in the order of the list.

    What is picked and has no card any more is left out.
    """
    marked = set(mine)
    return [(item.name, title_of(item)) for item in listed(catalogue, marked) if item.name in marked]


def title_of(item: Listed) -> str:
    """Return what a listed skill is called on the screen."""
    return item.head.get("title", "") or item.name


def module_of(item: Listed) -> str:
    """Return the module that a listed skill belongs to; empty where its file does not say it plainly."""
    return item.head.get("module", "")


def find(catalogue: Catalogue, wanted: str) -> Listed:
    """Return the skill of this name, title or other name; raise UsageError with the nearest otherwise.

    Blanks, hyphens, capitals and the word “skill” make no difference. The words are not repeated: they may
    be somebody's sentence.
    """
    names = by_any_name(listed(catalogue))
    word = plain(wanted)
    if word in names:
        return names[word]
    near = _nearest(word, names)
    meant = f" Did you mean: dbtcoach skills {near.name}" if near is not None else ""
    raise UsageError(UNKNOWN.format(meant))


def plain(name: str) -> str:
    """Return a name as it is compared: letters and digits alone."""
    words = "".join(c if c.isalnum() else " " for c in name.replace("'", "").casefold()).split()
    kept = [word for word in words if word not in _NOT_MEANT]
    return "".join(kept or words)


def by_any_name(items: Iterable[Listed]) -> dict[str, Listed]:
    """Return the skills by each name they have; what is a title wins over another one's second name."""
    found: dict[str, Listed] = {}
    for item in items:
        found.update({plain(item.name): item, plain(title_of(item)): item})
    for item in list(found.values()):
        for name in item.head.get("also", "").split(","):
            found.setdefault(plain(name), item)
    found.pop("", None)
    return found


def _nearest(word: str, names: Mapping[str, Listed]) -> Listed | None:
    import difflib

    close = difflib.get_close_matches(word[:80], names, n=1, cutoff=_LEAST_ALIKE)
    return names[close[0]] if close else None


def read_skill(path: Path, exercises: Catalogue | None = None) -> Skill:
    """Return the skill in this file; raise ScriptError with every problem in it.

    With ``exercises``, it is a problem as well when the card names one that is not among them.
    """
    return decode_skill(read_bytes(path), shown_path(path), path.stem, exercises)


def decode_skill(source: bytes | str, file: str, name: str, exercises: Catalogue | None = None) -> Skill:
    """Return the skill that a YAML text describes, as ``read_skill`` does."""
    from dbtcoach.script.fields import decoded

    return decoded(source, file, lambda fields: _skill(fields, name, exercises), whole=True)


def _skill(fields: Fields, name: str, exercises: Catalogue | None) -> Skill:
    from dbtcoach.script.fields import texts_of
    from dbtcoach.script.nodes import as_value

    number = fields.node("format", required=True)
    if number is not None and (as_value(number) is True or as_value(number) != FORMAT):
        fields.problems.add(number.mark, f"this program reads format {FORMAT}")
    module = fields.node("module", required=True)
    how = fields.items("how", required=True)
    if "how" in fields.given() and not FEWEST <= len(how) <= MOST:
        fields.problems.add(fields.mark_of("how"), f"a card has {FEWEST} to {MOST} lines of how to do it")
    skill = Skill(
        name=name,
        title=fields.text("title", required=True),
        module=fields.word("module", MODULES) if module is not None else "",
        summary=fields.text("summary", required=True),
        what_for=fields.text("what_for", required=True),
        how=tuple(text for item in how for text in texts_of(item, fields.problems)),
        not_when=fields.text("not_when", required=True),
        example=fields.text("example", required=True),
        exercise=fields.text("exercise", required=True),
        also=fields.text("also"),
    )
    fields.close()
    if exercises is not None and skill.exercise:
        wrong = _no_exercise(skill.exercise, exercises, fields.problems)
        if wrong:
            fields.problems.add(fields.mark_of("exercise"), wrong)
    return skill


def file_of(exercise: str, exercises: Catalogue) -> str | None:
    """Return the file of what is typed after the program's name: ``ground-short`` for ``ground --short``."""
    name, _, option = exercise.partition(" --")
    if name not in exercises.paths() or not option:
        return name if name in exercises.paths() else None
    variant = exercises.options(name).get(option)
    return variant.name if variant is not None else None


def _no_exercise(exercise: str, exercises: Catalogue, problems: Problems) -> str:
    from dbtcoach.script.nodes import shown

    if file_of(exercise, exercises) is not None:
        return ""
    known = [item.name for item in exercises.listed() if not item.variant_of]
    known += [f"{name} --{option}" for name in known for option in exercises.options(name)]
    return f"there is no exercise called '{shown(exercise)}'{problems.nearest(exercise, known)}"
