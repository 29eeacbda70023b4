"""Write the opening words and first questions of the shipped exercises to modules that need no YAML.

Run after changing an opening or a first step: ``python -m docs.shipped_words``
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbtcoach.practice.messages import message
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.facts import references
from dbtcoach.script.model import Scale
from dbtcoach.sitting.door import QUESTION, TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.script.model import Exercise

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "dbtcoach" / "shipped"
TODAY = {"that_day": "today"}  # an exercise that opens at once is about today
FIX = "python -m docs.shipped_words"


def sources() -> dict[Path, str]:
    """Return the texts of the modules of ``dbtcoach.shipped``, by their paths."""
    catalogue = Catalogue(shipped_folder())
    exercises = [catalogue.read(item.name) for item in catalogue.listed() if not item.variant_of]
    opened = [exercise for exercise in exercises if exercise.opening and "$" not in exercise.opening]
    words = {"": (TITLE, QUESTION)} | {each.name: (each.title, *each.opening.split("\n")) for each in opened}
    first = {each.name: found for each in opened if (found := first_question(each)) is not None}
    return {
        PACKAGE / "openings.py": (
            f'"""Opening words by exercise; none is the door. Written by ``{FIX}``."""\n\n'
            f"OPENINGS = {_literal(words)}\n"
        ),
        PACKAGE / "first_questions.py": (
            f'"""First questions by exercise. Written by ``{FIX}``."""\n\n'
            "from __future__ import annotations\n\nfrom typing import Any\n\n"
            f"FIRST: dict[str, dict[str, Any]] = {_literal(first)}\n"
        ),
    }


def first_question(exercise: Exercise) -> dict[str, Any] | None:
    """Return the first step of an exercise as data, or None when it is more than a question for a number."""
    step = exercise.steps[0]
    if not isinstance(step, Scale) or step.when or "$" in step.help:
        return None
    if set(references(step.message)) - set(TODAY):
        return None
    said = message(start(exercise, TODAY, ""), step)
    given = {each.name: getattr(step, each.name) for each in fields(step)}
    changed = {each.name: given[each.name] for each in fields(step) if given[each.name] != each.default}
    return changed | ({} if said == step.message else {"said": said})


def _literal(values: Mapping[str, object]) -> str:
    return "".join(["{\n", *(f"    {name!r}: {value!r},\n" for name, value in values.items()), "}"])


if __name__ == "__main__":
    for path, text in sources().items():
        path.write_text(text, encoding="utf-8")
