"""Write the opening words and first questions of the shipped exercises to a module that needs no YAML.

Run after changing an opening or a first step: ``python -m dbtcoach.sitting.openings``
"""

from __future__ import annotations

from pathlib import Path
from pprint import pformat
from typing import TYPE_CHECKING, Any

from dbtcoach.practice.progress import remaining
from dbtcoach.practice.session import start
from dbtcoach.script.catalogue import Catalogue, shipped_folder
from dbtcoach.script.model import Scale, Scales
from dbtcoach.sitting.door import QUESTION, TITLE

if TYPE_CHECKING:
    from dbtcoach.script.model import Exercise

TARGET = Path(__file__).resolve().parent.parent / "openings.py"
FIX = "python -m dbtcoach.sitting.openings"


def source() -> str:
    """Return the text of the module ``dbtcoach.openings``."""
    catalogue = Catalogue(shipped_folder())
    exercises = [catalogue.read(item.name) for item in catalogue.listed() if not item.variant_of]
    opened = [exercise for exercise in exercises if exercise.opening and "$" not in exercise.opening]
    words = {"": (TITLE, QUESTION)} | {each.name: (each.title, *each.opening.split("\n")) for each in opened}
    first = {each.name: found for each in opened if (found := first_question(each)) is not None}
    return (
        f'"""Opening words and first questions by exercise. Written by ``{FIX}``."""\n\n'
        "from __future__ import annotations\n\nTYPE_CHECKING = False\n"
        "if TYPE_CHECKING:\n    from typing import Any\n\n"
        f"OPENINGS = {_literal(words)}\n\nFIRST: dict[str, dict[str, Any]] = {_literal(first)}\n"
    )


def first_question(exercise: Exercise) -> dict[str, Any] | None:
    """Return the first step of an exercise as data, or None when it is more than a question for numbers."""
    step = exercise.steps[0]
    if not isinstance(step, Scale | Scales) or step.when or "$" in step.message + step.help:
        return None
    data: dict[str, Any] = {
        "id": step.id,
        "message": step.message,
        "help": step.help,
        "role": step.role,
        "required": step.required,
        "low": step.low,
        "high": step.high,
        "low_label": step.low_label,
        "high_label": step.high_label,
        "left": remaining(start(exercise, {}, "")),
    }
    if isinstance(step, Scales):
        data["rows"] = [(row.id, row.label) for row in step.rows]
        data["own"] = step.own
    return data


def _literal(value: object) -> str:
    return pformat(value, width=100, sort_dicts=False)


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
