"""What holds for the whole suite: no test reaches the network, and figures are shown at its end."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INTERNET = {socket.AF_INET, socket.AF_INET6}
MEETINGS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
FIGURE = "figure"

# Under nohup, or behind an & in a script, some signals are ignored. What is started inherits that, but no
# handler: with one here, the tests go on as they would, and what they start can be hung up on or interrupted.
for name in ("SIGHUP", "SIGINT", "SIGQUIT"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, lambda _number, _frame: None)

settings.register_profile("no clock", deadline=None)  # the machine may be busy, or slow
settings.load_profile("no clock")

reached: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every way to the internet; a refusal that somebody swallows is remembered all the same."""
    if event == "socket.getaddrinfo" or (event in MEETINGS and arguments[0].family in INTERNET):
        reached.append(event)
        raise PermissionError(f"{event}: the tests stay offline, as the program does")


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def offline() -> Iterator[None]:
    """Fail a test in whose time something tried to reach the internet."""
    reached.clear()
    yield
    assert not reached, f"something reached for the network: {reached}"


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Let this process collect what a command that ran in it has set aside for its own short life."""
    yield
    gc.unfreeze()
    gc.set_threshold(2_000)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that keeps a line for the end of the run: what a test has counted."""

    def keep(line: str) -> None:
        request.node.user_properties.append((FIGURE, line))

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was counted, in the order of the tests."""
    lines: dict[tuple[str, str], None] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, line in report.user_properties:
                    if name == FIGURE:
                        lines[report.nodeid, line] = None
    if lines:
        terminalreporter.section("figures")
        for _test, line in sorted(lines):
            terminalreporter.write_line(line)
