"""What completion left in a shell's settings goes, and nothing else of that file does."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from dbtcoach.world import completion_traces
from dbtcoach.world.completion_traces import remove, traces

if TYPE_CHECKING:
    from pathlib import Path

OWN = b"alias ll='ls -l'\nexport EDITOR=vi\n"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    found = tmp_path / ".bashrc"
    found.write_bytes(OWN + b"source '" + bytes(tmp_path) + b"/.bash_completions/dbtcoach.sh'\n")
    return found


def test_only_the_line_goes(settings: Path) -> None:
    (trace,) = traces({"HOME": str(settings.parent)})
    assert remove(trace)
    assert settings.read_bytes() == OWN
    assert [path.name for path in settings.parent.iterdir()] == [".bashrc"]


def test_settings_that_cannot_be_read_this_time_are_left(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settings.read_bytes()
    (trace,) = traces({"HOME": str(settings.parent)})

    def refused(path: str, _most: int) -> bytes:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), path)

    monkeypatch.setattr(completion_traces, "read_whole", refused)
    assert not remove(trace)
    assert settings.read_bytes() == before


def test_settings_longer_than_what_is_read_are_left(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings.read_bytes()
    (trace,) = traces({"HOME": str(settings.parent)})
    monkeypatch.setattr(completion_traces, "_LARGEST", len(before) - 1)
    assert not remove(trace)
    assert settings.read_bytes() == before
