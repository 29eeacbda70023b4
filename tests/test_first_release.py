"""Homes that the first release made open unchanged: clear, and locked with the passphrase below."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.shell import home_of, run

MADE = Path(__file__).parent / "first_release"
PASSPHRASE = "four plain words"  # noqa: S105 - of nothing but the fixture
ANSWERS = Path(__file__).parent / "answers" / "pause.yaml"


def opened(folder: Path, kind: str) -> Path:
    home = home_of(folder)
    shutil.copytree(MADE / kind, home)
    for path in (home, *home.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return home


@pytest.mark.parametrize("kind", ["clear", "sealed"])
def test_it_is_read_whole_and_left_as_it_was(tmp_path: Path, kind: str) -> None:
    home = opened(tmp_path, kind)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    typed = f"{PASSPHRASE}\n"
    listed = json.loads(run(tmp_path, "log", "list", "--json", typed=typed, known=False).stdout)
    names = {entry["exercise"] for entry in listed}
    assert {"pause", "dear-man", "connect", "validate", "reflect"} <= names
    shown = run(tmp_path, "log", "show", "last", "--json", typed=typed, known=False)
    assert json.loads(shown.stdout)["exercise"] == "reflect"
    checked = run(tmp_path, "data", "check", known=False)
    assert (checked.returncode, checked.stdout) == (0, "Everything is as it should be.\n")
    assert "evening-walk" in run(tmp_path, "exercises", "list", known=False).stdout
    assert json.loads(run(tmp_path, "data", "where", "--json", known=False).stdout)["waiting"] == 1
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("kind", ["clear", "sealed"])
def test_a_save_adds_to_it_and_changes_nothing_else(tmp_path: Path, kind: str) -> None:
    home = opened(tmp_path, kind)
    before = (home / "journal.json").read_bytes()
    assert run(tmp_path, "pause", "--answers", str(ANSWERS), known=False).returncode == 0
    after = (home / "journal.json").read_bytes()
    assert after.startswith(before.removesuffix(b"]\n"))
    records = json.loads(after)
    assert len(records) == len(json.loads(before)) + 1
    assert ("age" in records[-1]) == (kind == "sealed")
