from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dbtcoach.disk.home import Home
from dbtcoach.errors import JournalError
from dbtcoach.journal.state import FollowUp, State, read_state, update_state

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = State(
    checked_in="2026-11-23",
    scenes=("late-for-breakfast", "the-phone"),
    follow_up=FollowUp("0190-id", "2026-11-25", stopped=True),
    first_run="save",
    unknown={"later": [1, {"x": None}]},
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(str(tmp_path / "home"))


def test_a_state_comes_back_as_it_was(home: Home) -> None:
    assert read_state(home) == State()
    assert not Path(home.folder).exists()
    assert update_state(home, lambda _: FULL) == FULL
    assert read_state(home) == FULL
    assert stat.S_IMODE(Path(home.state).stat().st_mode) == 0o600


def test_a_change_leaves_the_rest_and_what_it_does_not_know(home: Home) -> None:
    update_state(home, lambda _: FULL)
    update_state(home, lambda state: replace(state, checked_in="2026-11-24"))
    assert read_state(home) == replace(FULL, checked_in="2026-11-24")
    assert json.loads(Path(home.state).read_bytes())["later"] == [1, {"x": None}]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 200_000,
        b"9" * 5000,
        bytes(4096),
        b'{"checked_in":3,"scenes":{"a":1},"follow_up":[],"first_run":null}',
        b'{"follow_up":{"entry":1,"due":"2026-11-25"}}',
        b'{"scenes":[1,null]}',
    ],
)
def test_damage_falls_back_to_empty_and_is_mended_by_the_next_change(home: Home, content: bytes) -> None:
    update_state(home, lambda _: FULL)
    Path(home.state).write_bytes(content)
    assert read_state(home) == State()
    assert Path(home.state).read_bytes() == content
    update_state(home, lambda state: replace(state, first_run="nothing"))
    assert read_state(home) == State(first_run="nothing")


LINKS: dict[str, Callable[[Path], None]] = {
    "link": lambda path: path.symlink_to("/etc/passwd"),
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
}


@pytest.mark.parametrize("kind", LINKS)
def test_anything_but_a_file_is_read_as_empty_and_never_replaced(home: Home, kind: str) -> None:
    Path(home.folder).mkdir()
    LINKS[kind](Path(home.state))
    assert read_state(home) == State()
    with pytest.raises(JournalError, match="Move it away"):
        update_state(home, lambda _: FULL)


def test_changes_at_the_same_time_do_not_undo_each_other(home: Home) -> None:
    def see(number: int) -> None:
        update_state(home, lambda state: replace(state, scenes=(*state.scenes, f"scene-{number}")))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(see, range(40)))
    assert sorted(read_state(home).scenes) == sorted(f"scene-{number}" for number in range(40))
