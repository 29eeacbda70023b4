"""Print pip constraints: the lowest version of each dependency that pyproject.toml allows."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

for dependency in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]:
    found = re.fullmatch(r"([\w.-]+)>=([\w.]+)(,[^;]*)?(;.*)?", dependency)
    if found is None:
        raise SystemExit(f"'{dependency}' does not begin with its lowest version")
    print(f"{found[1]}=={found[2]}")
