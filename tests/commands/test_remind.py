"""Reminders: each is given to what would read it, and runs with stand-ins for what it calls."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.pty.person import PROGRAM
from tests.shell import run

from dbtcoach.commands.practise import DUE
from dbtcoach.commands.remind import SYSTEMS, TITLE, reminder
from dbtcoach.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

AWKWARD = (
    '50% o\'clock $HOME \\ "x" `y`'  # a folder's name that every one of these systems reads in its own way
)
TELLING = ("dbt skill", "diary", "feel", "mood", "emotion", "urge", "therapy", "reflect", "coach")


@pytest.fixture(params=["plain", AWKWARD], ids=["plain", "awkward"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A stand-in for the console script, in a folder of this name; it says what a test puts beside it."""
    folder = tmp_path / str(request.param)
    folder.mkdir()
    script = folder / "dbtcoach"
    script.write_text('#!/bin/sh\n[ "$*" = "reflect --due" ] && cat "$(dirname "$0")/says"\n', "utf-8")
    script.chmod(0o755)
    return script


def reminded(command: list[str], program: Path, says: str, tmp_path: Path) -> str:
    """Run a command where notifications are written down; return them."""
    (program.parent / "says").write_text(says, "utf-8")
    bin_folder, notes = tmp_path / "bin", tmp_path / "notes"
    bin_folder.mkdir(exist_ok=True)
    notes.unlink(missing_ok=True)
    for name in ("notify-send", "osascript"):
        stub = bin_folder / name
        stub.write_text(f'#!/bin/sh\nprintf "%s|" {name} "$@" >>"{notes}"\n', "utf-8")
        stub.chmod(0o755)
    done = subprocess.run(
        command,
        env={"PATH": f"{bin_folder}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return notes.read_text("utf-8") if notes.exists() else ""


def cron_command(text: str) -> tuple[list[str], str]:
    """The times and the command of a crontab's line, as cron reads it: ``\\%`` is %, % alone ends it."""
    (line,) = [line for line in text.splitlines() if line and not line.startswith("#")]
    *times, command = line.split(" ", 5)
    assert not re.search(r"(?<!\\)%", command)
    return times, command.replace("\\%", "%")


def test_cron_reminds_when_it_is_due_and_only_then(program: Path, tmp_path: Path) -> None:
    times, command = cron_command(reminder("cron", "7:05", str(program)))
    assert times == ["5", "7", "*", "*", "*"]
    assert reminded(["sh", "-c", command], program, f"{DUE}\n", tmp_path) == f"notify-send|{TITLE}|"
    assert reminded(["sh", "-c", command], program, "", tmp_path) == ""


def test_cron_finds_the_desktop_that_it_knows_nothing_of(program: Path) -> None:
    _times, command = cron_command(reminder("cron", "7:05", str(program)))
    assert "XDG_RUNTIME_DIR=/run/user/$(id -u) notify-send" in command


def test_launchd_reminds_when_it_is_due_and_only_then(program: Path, tmp_path: Path) -> None:
    unit = plistlib.loads(reminder("launchd", "20:30", str(program)).encode())
    assert unit["StartCalendarInterval"] == {"Hour": 20, "Minute": 30}
    command = unit["ProgramArguments"]
    wanted = f'osascript|-e|display notification "{TITLE}"|'
    assert reminded(command, program, f"{DUE}\n", tmp_path) == wanted
    assert reminded(command, program, "", tmp_path) == ""


def units(text: str) -> dict[str, str]:
    """The files that a systemd reminder consists of."""
    parts = re.split(r"^# ~/\.config/systemd/user/(\S+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def condition(service: str) -> str:
    """The shell command of a service's condition, as systemd takes it apart (systemd.service(5))."""
    found = re.search(r"^ExecCondition=/bin/sh -c '([^']*)'$", service, re.MULTILINE)
    assert found is not None
    text = re.sub(r"\\(x27|\\)", lambda at: "'" if at[1] == "x27" else "\\", found[1])
    assert not re.search(r"(?<!%)%(?:%%)*(?!%)", text)
    return text.replace("%%", "%").replace("$$", "$")


def test_systemd_asks_whether_it_is_due(program: Path, tmp_path: Path) -> None:
    command = condition(units(reminder("systemd", "20:30", str(program)))["evening-note.service"])
    for says, code in ((f"{DUE}\n", 0), ("", 1)):
        (program.parent / "says").write_text(says, "utf-8")
        done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_accepts_the_units(program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "units"
    folder.mkdir()
    for name, text in units(reminder("systemd", "6:07", str(program))).items():
        (folder / name).write_text(text, "utf-8")
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["evening-note.service", "evening-note.timer"]
    for name in names:
        done = subprocess.run(
            ["systemd-analyze", "verify", "--user", str(folder / name)],
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "evening-note" not in done.stderr, done.stderr
    assert "OnCalendar=*-*-* 06:07:00\n" in (folder / "evening-note.timer").read_text("utf-8")


def test_schtasks_is_one_command_with_two_digits_an_hour() -> None:
    lines = [line for line in reminder("schtasks", "7:05", "x").splitlines() if not line.startswith("rem ")]
    assert lines == [f'schtasks /Create /SC DAILY /ST 07:05 /TN "Evening note" /TR "msg %USERNAME% {TITLE}"']


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_may_stand_on_a_lock_screen_tells_nothing(system: str) -> None:
    assert [word for word in TELLING if word in TITLE.casefold()] == []
    assert TITLE in reminder(system, "20:30", "/bin/x")


@pytest.mark.parametrize("system", ["systemd", "cron", "launchd"])
def test_a_home_that_only_the_shell_knows_is_told(system: str, tmp_path: Path) -> None:
    home = tmp_path / AWKWARD
    script = tmp_path / "dbtcoach"
    script.write_text('#!/bin/sh\nprintf %s "$DBTCOACH_HOME" >"$(dirname "$0")/asked"\n', "utf-8")
    script.chmod(0o755)
    text = reminder(system, "20:30", str(script), str(home))
    if system == "systemd":
        command = condition(units(text)["evening-note.service"])
    elif system == "cron":
        command = cron_command(text)[1].partition(" || ")[0]
    else:
        command = str(plistlib.loads(text.encode())["ProgramArguments"][2]).partition(" || ")[0]
    subprocess.run(["/bin/sh", "-c", command], check=False, env={"PATH": "/usr/bin:/bin"})
    assert (tmp_path / "asked").read_text("utf-8") == str(home)


@pytest.mark.parametrize("name", ["DBTCOACH_HOME", "XDG_DATA_HOME"])
def test_the_command_passes_on_a_home_from_the_environment(name: str, tmp_path: Path) -> None:
    done = run(tmp_path, "remind", "--print", "cron", env={name: str(tmp_path / "mine")}, known=False)
    assert f"DBTCOACH_HOME={tmp_path / 'mine'}" in done.stdout


@pytest.mark.parametrize(
    "time",
    ["24:00", "8", "20:60", "half eight", "", "\N{ARABIC-INDIC DIGIT ZERO}8:00", "20:30\n0 0 * * * rm"],
)
@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_no_time_is_refused(system: str, time: str) -> None:
    with pytest.raises(UsageError, match="such as 20:30"):
        reminder(system, time, "/bin/x")


def test_another_system_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="systemd, cron, launchd, schtasks"):
        reminder("at", "20:30", "/bin/x")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_command_prints_it_and_installs_nothing(system: str, tmp_path: Path) -> None:
    done = run(tmp_path, "remind", "--print", system, "--at", "20:30", known=False)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout == reminder(system, "20:30", PROGRAM)
    assert list(tmp_path.iterdir()) == []


def test_without_a_system_the_command_says_which_there_are(tmp_path: Path) -> None:
    done = run(tmp_path, "remind", known=False)
    assert done.returncode == 2
    assert "--print" in done.stderr
