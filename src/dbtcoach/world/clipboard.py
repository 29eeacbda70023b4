"""The clipboard: of the terminal, and of the system where there is a program for it."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbtcoach.terminal.streams import Streams

# What it is called, what has to be there for it to work, and its letters. They take the words from standard
# input: an argument could be read by every user of the computer.
_PROGRAMS = (
    ("wl-copy", "WAYLAND_DISPLAY", "utf-8"),
    ("xclip -selection clipboard", "DISPLAY", "utf-8"),
    ("pbcopy", "", "utf-8"),
    ("clip.exe", "", "utf-16-le"),
)
_PATIENCE = 3.0  # seconds


TAKEN, ASKED, NOWHERE = "taken", "asked", ""


def copy(streams: Streams, env: Mapping[str, str], text: str) -> str:
    """Put a text on the clipboards that there are; return whether one took it, or was only asked to."""
    terminal = _to_terminal(streams, text)
    return TAKEN if _to_system(env, text) else ASKED if terminal else NOWHERE


def _to_terminal(streams: Streams, text: str) -> bool:
    """Ask the terminal for it (OSC 52); whether it does is not told."""
    stream = next((each for each in (streams.stdout, streams.stderr) if each.isatty()), None)
    if stream is None or os.environ.get("TERM") in ("dumb", "linux"):
        return False
    stream.write(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07")
    stream.flush()
    return True


def _to_system(env: Mapping[str, str], text: str) -> bool:
    import shutil
    import subprocess

    for line, needed, letters in _PROGRAMS:
        name, *options = line.split()
        found = shutil.which(name, path=env.get("PATH"))
        if found is None or (needed and not env.get(needed)):
            continue
        try:
            done = subprocess.run(  # noqa: S603 - one of four names, and no word of the person
                [found, *options],
                input=text.encode(letters, "replace"),
                stdout=subprocess.DEVNULL,  # the ones that stay would keep ours open
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if done.returncode == 0:
            return True
    return False
