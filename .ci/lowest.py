"""Print a pip constraint for each dependency of the program: its lowest version that pyproject.toml allows."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
for dependency in project["dependencies"]:
    found = re.fullmatch(r"([\w.-]+)>=([\w.]+)(,.*)?", dependency)
    if found is None:
        raise SystemExit(f"'{dependency}' does not begin with its lowest version")
    print(f"{found[1]}=={found[2]}")  # noqa: T201 - it is what this prints
