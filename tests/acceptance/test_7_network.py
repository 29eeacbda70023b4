"""Nothing leaves this computer: no socket of the internet, in any exercise or command."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.share import LONG, some
from tests.acceptance.stops import SHIPPED
from tests.pty.person import PROGRAM, environment, settle
from tests.pty.walker import Route
from tests.shell import TRACES, home_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(LONG),
    pytest.mark.skipif(sys.platform != "linux", reason="strace and network namespaces are of Linux"),
]

INTERNET = re.compile(r"AF_INET6?\b")
COMMANDS: list[tuple[list[str], str]] = [
    (["--version"], ""),
    (["--help"], ""),
    (["help-now"], ""),
    (["review"], "You never listen to me.\n"),
    (["trends"], ""),
    (["log", "list"], ""),
    (["log", "show", "last"], ""),
    (["log", "search"], "words\n"),
    (["log", "export", "--format", "html", "--with-words"], ""),
    (["data", "where"], ""),
    (["data", "lock"], "four words for tests\nfour words for tests\n"),
    (["data", "unlock"], "four words for tests\n"),
    (["exercises", "list"], ""),
    (["exercises", "check"], ""),
    (["exercises", "print", "dear-man"], ""),
    (["remind", "--print", "cron"], ""),
    (["reflect", "--due"], ""),
]


def whole_runs(folder: Path, part: int) -> Iterator[tuple[list[str], str]]:
    """Yield exercises from their first line to their last, and commands, with what is typed."""
    settle(home_of(folder))
    for name in some(list(SHIPPED), part):
        arguments, plan = SHIPPED[name]
        lines = Route(home_of(folder), name, plan).lines()
        yield [*arguments, "--plain", "--fresh"], "".join(f"{line}\n" for line in lines)
    yield from some(COMMANDS, part)


def go(folder: Path, before: list[str], arguments: list[str], typed: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*before, PROGRAM, *arguments],
        input=typed,
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, (arguments, done.stderr)
    assert not any(trace in done.stderr for trace in TRACES)
    return done


def works(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0


def test_no_system_call_names_the_internet(tmp_path: Path, figure: Callable[[str], None]) -> None:
    if not works("strace", "-f", "-e", "trace=%network"):
        pytest.skip("needs strace, and the right to trace")
    log = tmp_path / "calls"
    runs = calls = 0
    for arguments, typed in whole_runs(tmp_path, 2):
        runs += 1
        go(tmp_path, ["strace", "-f", "-e", "trace=%network", "-o", str(log)], arguments, typed)
        found = log.read_text("utf-8", "replace")
        assert "exited with" in found
        assert INTERNET.search(found) is None, (arguments, found)
        calls += sum("(" in line for line in found.split("\n"))
    figure(f"strace: {runs} whole runs, {calls} network calls, 0 of AF_INET or AF_INET6")


def test_everything_works_without_a_network(tmp_path: Path, figure: Callable[[str], None]) -> None:
    if not works("unshare", "-rn"):
        pytest.skip("this user may not make a network namespace")
    runs = 0
    for arguments, typed in whole_runs(tmp_path, 3):
        runs += 1
        go(tmp_path, ["unshare", "-rn"], arguments, typed)
    figure(f"unshare -rn: {runs} whole runs without a network, all to their end")


def test_the_watch_over_the_suite_sees_a_connection() -> None:
    import socket

    from tests import conftest

    with socket.socket(socket.AF_INET) as one, pytest.raises(PermissionError):
        one.connect(("127.0.0.1", 9))
    assert conftest.reached != []
    conftest.reached.clear()
