"""``dbtcoach remind``: a reminder for another program to give, with neutral wording, and never installed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from typing import Annotated, Literal, get_args

import typer

from dbtcoach.commands import completing
from dbtcoach.commands.options import daily_ones
from dbtcoach.errors import UsageError
from dbtcoach.journal.versions import CHECK_IN
from dbtcoach.world.surroundings import Surroundings

System = Literal["systemd", "cron", "launchd", "schtasks"]
SYSTEMS: tuple[str, ...] = get_args(System)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
TITLE = "A minute for yourself"  # it may appear on a lock screen: it names nothing


def command(
    system: Annotated[
        str,
        typer.Option(
            "--print",
            metavar="SYSTEM",
            help="One of: systemd, cron, launchd, schtasks.",
            autocompletion=lambda: [*SYSTEMS],
        ),
    ],
    at: Annotated[str, typer.Option("--at", metavar="TIME", help="The time of day.")] = "20:30",
    exercise: Annotated[
        str,
        typer.Option(
            "--exercise",
            metavar="NAME",
            help="Of a daily exercise of your own.",
            show_default=False,
            autocompletion=completing.exercises,
        ),
    ] = CHECK_IN,
) -> None:
    """Print what a system needs to remind somebody, with how to install it as comments."""
    around = Surroundings()
    if exercise not in daily_ones(around):
        around.catalogue.read(exercise)  # which says it where there is none
        raise UsageError(f"'{exercise}' is no daily exercise. In its file: daily: true")
    program = os.path.abspath(shutil.which("dbtcoach") or sys.argv[0])  # noqa: PTH100 - a link stays a link
    elsewhere = any(os.environ.get(name) for name in ("DBTCOACH_HOME", "XDG_DATA_HOME"))
    home = os.path.abspath(around.home.folder) if elsewhere else ""  # noqa: PTH100 - the same
    typer.echo(reminder(system, at, program, home, exercise), nl=False)


def reminder(system: str, at: str, program: str, home: str = "", exercise: str = CHECK_IN) -> str:
    """Return the unit for a system that reminds at a time of day, with how to install it as comments.

    Raises UsageError for an unknown system or time. ``program`` is the path of the console script;
    ``home`` is where it keeps things when only the shell's environment says so.
    """
    found = _TIME.fullmatch(at)
    if found is None:
        raise UsageError("--at needs a time such as 20:30.")
    hour, minute = int(found.group(1)), int(found.group(2))
    # Where no shell of the person's is read, the program is told its home.
    own = f"DBTCOACH_HOME={shlex.quote(home)} " if home else ""
    asked = f"$({own}{shlex.quote(program)} {exercise} --due)"
    match system:
        case "systemd":
            return _systemd(hour, minute, asked)
        case "cron":
            return _cron(hour, minute, asked)
        case "launchd":
            return _launchd(hour, minute, asked)
        case "schtasks":
            return _schtasks(hour, minute)
        case _:
            raise UsageError(f"--print takes one of: {', '.join(SYSTEMS)}.")


def _systemd(hour: int, minute: int, asked: str) -> str:
    # systemd reads quotes, escapes, % and $ itself before the shell sees the line.
    check = f'test -n "{asked}"'
    for mark, escaped in (("\\", "\\\\"), ("'", "\\x27"), ("%", "%%"), ("$", "$$")):
        check = check.replace(mark, escaped)
    return f"""\
# ~/.config/systemd/user/evening-note.service
[Unit]
Description={TITLE}

[Service]
Type=oneshot
ExecCondition=/bin/sh -c '{check}'
ExecStart=/usr/bin/env notify-send "{TITLE}"

# ~/.config/systemd/user/evening-note.timer
[Unit]
Description={TITLE}

[Timer]
OnCalendar=*-*-* {hour:02d}:{minute:02d}:00
Persistent=true

[Install]
WantedBy=timers.target

# Save both parts as the files that they name, then:
#   systemctl --user daemon-reload && systemctl --user enable --now evening-note.timer
"""


def _cron(hour: int, minute: int, asked: str) -> str:
    # cron knows nothing of the desktop: notify-send finds its bus through the runtime folder.
    notify = f'XDG_RUNTIME_DIR=/run/user/$(id -u) notify-send "{TITLE}"'
    check = f'test -z "{asked}" || {notify}'.replace("%", r"\%")
    return f"""\
# Add this line with: crontab -e
{minute} {hour} * * * {check}
"""


def _launchd(hour: int, minute: int, asked: str) -> str:
    from xml.sax.saxutils import escape

    script = f"display notification &quot;{TITLE}&quot;"
    check = escape(f'test -z "{asked}" || osascript -e ').replace('"', "&quot;")
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!-- Save as ~/Library/LaunchAgents/local.evening-note.plist, then:
     launchctl load ~/Library/LaunchAgents/local.evening-note.plist -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>local.evening-note</string>
  <key>ProgramArguments</key>
  <array><string>/bin/sh</string><string>-c</string><string>{check}'{script}'</string></array>
  <key>StartCalendarInterval</key>
  <dict><key>Hour</key><integer>{hour}</integer><key>Minute</key><integer>{minute}</integer></dict>
</dict>
</plist>
"""


def _schtasks(hour: int, minute: int) -> str:
    return f"""\
rem Run this once in a command prompt. It shows a small window every evening.
schtasks /Create /SC DAILY /ST {hour:02d}:{minute:02d} /TN "Evening note" /TR "msg %USERNAME% {TITLE}"
rem To remove it: schtasks /Delete /TN "Evening note"
"""
