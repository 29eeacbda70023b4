"""Write the opening words of the shipped exercises to a module that can be read without YAML.

Run after changing an opening: ``python -m dbtcoach.sitting.openings``
"""

from __future__ import annotations

import json
from pathlib import Path

from dbtcoach.script.catalogue import Catalogue, shipped_folder

TARGET = Path(__file__).resolve().parent.parent / "openings.py"


def source() -> str:
    """Return the text of the module ``dbtcoach.openings``."""
    catalogue = Catalogue(shipped_folder())
    lines = [
        '"""Title and opening words by exercise. Written by ``python -m dbtcoach.sitting.openings``."""',
        "",
        "OPENINGS = {",
    ]
    for item in catalogue.listed():
        exercise = catalogue.decode(item.name)
        if (
            exercise is not None
            and not exercise.variant_of
            and exercise.opening
            and "$" not in exercise.opening
        ):
            words = (exercise.title, *exercise.opening.split("\n"))
            lines += [f'    "{item.name}": (', *(f"        {json.dumps(line)}," for line in words), "    ),"]
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
