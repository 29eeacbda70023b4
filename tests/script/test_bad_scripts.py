"""Each bad script beside this file, against the messages that its author should see."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbtcoach.errors import ScriptError
from dbtcoach.script.decode import decode
from dbtcoach.script.problems import SHOWN

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def messages(path: Path) -> str:
    with pytest.raises(ScriptError) as raised:
        decode(path.read_bytes(), f"bad/{path.name}")
    return str(raised.value)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_script_gets_its_messages(path: Path) -> None:
    assert messages(path).splitlines() == path.with_suffix(".txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_messages_come_in_file_order_and_point_into_the_file(path: Path) -> None:
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    places = []
    for message in messages(path).splitlines()[:SHOWN]:
        file, line, col, _words = message.split(":", 3)
        assert file == f"bad/{path.name}"
        assert 1 <= int(line) <= len(lines)
        assert 1 <= int(col) <= len(lines[int(line) - 1]) + 1
        places.append((int(line), int(col)))
    assert places == sorted(places)


def test_there_are_bad_scripts_and_no_message_without_one() -> None:
    assert len(BAD) > 25
    assert {path.stem for path in BAD} == {
        path.stem for path in (Path(__file__).parent / "bad").glob("*.txt")
    }
