"""The alternate screen by hand: what stops the program while modules are still being imported."""

from __future__ import annotations

import signal
import sys
import types

import pytest

from dbtcoach.terminal.modes import leaving, wiped
from dbtcoach.terminal.screen import Screen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")


@pytest.mark.parametrize("known", [[], ["get_app_or_none"], ["run_in_terminal"]])
def test_a_stop_in_the_middle_of_an_import_hides_the_screen(
    monkeypatch: pytest.MonkeyPatch, known: list[str]
) -> None:
    half = types.ModuleType("prompt_toolkit.application")
    for name in known:
        setattr(half, name, lambda: None)
    monkeypatch.setitem(sys.modules, "prompt_toolkit.application", half)
    stopped: list[bool] = []
    screen = Screen(sys.__stdout__)  # type: ignore[arg-type]  # pytest leaves it open
    monkeypatch.setattr(screen, "suspend", lambda: stopped.append(True))
    before = signal.getsignal(signal.SIGTSTP)
    try:
        screen.hide_when_stopped()
        handler = signal.getsignal(signal.SIGTSTP)
        assert callable(handler)
        handler(signal.SIGTSTP, None)
    finally:
        signal.signal(signal.SIGTSTP, before)
    assert stopped == [True]


def test_a_screen_is_cleared_line_by_line() -> None:
    cleared = wiped(-1)
    assert "\x1b[2J" not in leaving(-1)
    assert "\x1b[J" not in leaving(-1)
    assert cleared.count("\x1b[2K") == 200  # of a terminal that does not tell its size
