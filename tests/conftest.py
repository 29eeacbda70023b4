"""What the tests of several rooms share: the stand-ins for a person and a shell, importable by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# Tests are no package (pytest's importlib mode), so the folder of their stand-ins is named here, once.
sys.path.insert(0, str(Path(__file__).parent / "pty"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home folder of this test's own, and clear what would choose a front end or its colours."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DBTCOACH_HOME", str(folder))
    for name in ("DBTCOACH_PLAIN", "ACCESSIBLE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder
