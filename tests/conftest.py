"""What the tests of several rooms share: the stand-ins for a person and a shell, importable by name."""

from __future__ import annotations

import sys
from pathlib import Path

# Tests are no package (pytest's importlib mode), so the folder of their stand-ins is named here, once.
sys.path.insert(0, str(Path(__file__).parent / "pty"))
