"""What holds for the whole suite: no test reaches the network, and figures are shown at its end."""

from __future__ import annotations

import gc
import inspect
import multiprocessing
import signal
import socket
import subprocess
import sys
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

import pyrage
import pytest
from hypothesis import settings
from tests.acceptance.share import share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INTERNET = {socket.AF_INET, socket.AF_INET6}
MEETINGS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
FIGURE = "figure"
STARTED = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}
STARTERS = ("tests.shell", "tests.pty", "tests.acceptance", "pexpect", "multiprocessing")

# Under nohup, or behind an & in a script, some signals are ignored. What is started inherits that, but no
# handler: with one here, the tests go on as they would, and what they start can be hung up on or interrupted.
for name in ("SIGHUP", "SIGINT", "SIGQUIT"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, lambda _number, _frame: None)

# The machine may be busy, or slow: no clock, and in every run a share of what ``.ci/run --full`` tries.
settings.register_profile("no clock", deadline=None, max_examples=share(40, 100))
settings.load_profile("no clock")

reached: list[str] = []
started: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every way to the internet; a refusal that somebody swallows is remembered all the same."""
    if event in STARTED:
        started.append(event)
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
def quick_is_quick(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that starts a process and is not marked so: the quick tests are chosen by these marks."""
    started.clear()
    yield
    marked = any(request.node.get_closest_marker(name) for name in ("process", "pty", "slow"))
    assert marked or not started, f"not marked as one that starts a process: {started}"


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Let this process collect what a command that ran in it has set aside for its own short life."""
    yield
    gc.unfreeze()
    gc.set_threshold(2_000)


@pytest.fixture
def passphrases_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase that is set in this process take no time: what it opens is remembered, not derived.

    The library makes each one take a second or more of work. What was sealed before is opened as ever.
    """
    opened: dict[bytes, tuple[bytes, str]] = {}
    derived = pyrage.passphrase.decrypt

    def encrypt(text: bytes, words: str) -> bytes:
        sealed = b"age-encryption.org/v1\n-> scrypt none 18\n--- %d" % len(opened)
        opened[sealed] = text, words
        return sealed

    def decrypt(sealed: bytes, words: str) -> bytes:
        if sealed not in opened:
            return bytes(derived(sealed, words))
        text, right = opened[sealed]
        if words != right:
            raise pyrage.DecryptError
        return text

    monkeypatch.setattr(pyrage.passphrase, "encrypt", encrypt)
    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that keeps a line for the end of the run: what a test has counted."""

    def keep(line: str) -> None:
        request.node.user_properties.append((FIGURE, line))

    return keep


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses, by itself or by a helper beside it, what starts another process."""
    for item in items:
        if isinstance(item, pytest.Function) and _starts(item.function, item.fixturenames, set()):
            item.add_marker(pytest.mark.process)


def _starts(function: Any, fixtures: list[str], seen: set[str]) -> bool:
    """Say whether a function uses something that starts a process, as far as names tell."""
    module = inspect.unwrap(function).__globals__
    names = {*_names(inspect.unwrap(function).__code__), *fixtures} - seen
    seen |= names
    for name in names:
        used = module.get(name)
        home = used.__name__ if isinstance(used, ModuleType) else getattr(used, "__module__", "") or ""
        if used in (subprocess, multiprocessing) or home.startswith(STARTERS):
            return True
        beside = getattr(used, "__wrapped__", used)
        if home == module["__name__"] and inspect.isfunction(beside) and _starts(beside, [], seen):
            return True
    return False


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


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
