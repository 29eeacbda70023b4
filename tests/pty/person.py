"""A person at a terminal of their own: types, presses keys, looks at the screen, never sleeps blindly."""

from __future__ import annotations

import copy
import ctypes
import json
import os
import signal
import sys
import termios
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pexpect
import pyte

from dbtcoach.disk.home import Home
from dbtcoach.journal.state import update_state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROGRAM = str(Path(sys.executable).parent / "dbtcoach")
PATIENCE = 20.0  # seconds: generous, because several test runs may share this machine
KEYS = {
    "enter": "\r",
    "alt-enter": "\x1b\r",
    "shift-tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "page-down": "\x1b[6~",
    "page-up": "\x1b[5~",
    "space": " ",
    "backspace": "\x7f",
    **{f"ctrl-{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
ALTERNATE = 1049


class Glass(pyte.Screen):
    """What a terminal shows, with the alternate screen that pyte does not know."""

    answer: Callable[[str], None]
    behind: tuple[Any, Any] | None = None

    def set_mode(self, *modes: int, **how: Any) -> None:
        if how.get("private") and ALTERNATE in modes and self.behind is None:
            self.behind = (copy.deepcopy(self.buffer), copy.copy(self.cursor))
            self.erase_in_display(2)
        super().set_mode(*modes, **how)

    def reset_mode(self, *modes: int, **how: Any) -> None:
        super().reset_mode(*modes, **how)
        if how.get("private") and ALTERNATE in modes and self.behind is not None:
            self.buffer, self.cursor = self.behind
            self.behind = None

    def write_process_input(self, data: str) -> None:
        self.answer(data)


def squeezed(text: str) -> str:
    """Return the text on one line, with single blanks: however it was wrapped, it compares equal."""
    return " ".join(text.split())


def settle(home: Path) -> None:
    """Answer the first-run question beforehand: everything is kept."""
    update_state(Home(str(home)), lambda state: replace(state, first_run="save"))


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of somebody whose home folder is this one."""
    return {
        "HOME": str(folder),
        "PATH": f"{Path(PROGRAM).parent}:{os.environ['PATH']}",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        **more,
    }


class Person:
    """Somebody at a terminal that runs the installed program.

    The terminal's other end stays open here as well, so that its modes can be read when the program is
    gone: a pty forgets them when nobody has it open any more.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        rows: int = 24,
        columns: int = 80,
        env: Mapping[str, str] | None = None,
        known: bool = True,
        command: tuple[str, ...] = (),
    ) -> None:
        self.home = folder / ".local" / "share" / "dbtcoach"
        if known:
            settle(self.home)
        self.glass = Glass(columns, rows)
        self.stream = pyte.ByteStream(self.glass)
        self.raw = b""
        self.drawn: str | None = None  # the screen as text, until something is written or its size changes
        command = command or (PROGRAM,)
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            command[0],
            [*command[1:], *arguments],
            env=environment(folder, **(env or {})),
            cwd=str(folder),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        self.child.delaybeforesend = None
        ptsname = ctypes.CDLL(None).ptsname
        ptsname.restype = ctypes.c_char_p
        self.line = os.open(ptsname(self.child.fileno()), os.O_RDWR | os.O_NOCTTY)
        self.glass.answer = self.type

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
        os.close(self.line)
        self.child.close()

    @property
    def screen(self) -> str:
        """What can be read, line by line."""
        if self.drawn is None:
            self.drawn = "\n".join(line.rstrip() for line in self.glass.display).rstrip()
        return self.drawn

    def look(self, seconds: float = 0.05) -> bool:
        """Take in what the program has written, waiting so long for it; say if there was any."""
        try:
            data = self.child.read_nonblocking(65536, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self.stream.feed(data)
        self.drawn = None
        return True

    def wait_for(self, holds: Callable[[], bool], what: str) -> None:
        """Look at the screen until something holds; fail with the screen as it is when it never does."""
        until = time.monotonic() + PATIENCE
        while not holds():
            gone = not self.child.isalive()
            if self.look():
                continue
            if gone and not holds():
                raise AssertionError(f"The program ended; never seen: {what}\n{self.screen}")
            if time.monotonic() > until:
                raise AssertionError(f"Not seen in time: {what}\n{self.screen}")

    def see(self, *texts: str) -> None:
        """Wait until all these texts can be read, however they are wrapped."""
        wanted = [squeezed(text) for text in texts]

        def there() -> bool:
            shown = squeezed(self.screen)
            return all(text in shown for text in wanted)

        self.wait_for(there, repr(wanted))

    def see_no_more(self, text: str) -> None:
        """Wait until a text is gone from the screen."""
        self.wait_for(lambda: squeezed(text) not in squeezed(self.screen), f"the end of {text!r}")

    def type(self, text: str) -> None:
        """Type a text."""
        self.child.send(text)

    def press(self, *keys: str) -> None:
        """Press keys by name, or single letters."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def resize(self, rows: int, columns: int) -> None:
        """Make the window another size; the program is told by the terminal."""
        self.glass.resize(rows, columns)
        self.glass.reset()
        self.drawn = None
        self.child.setwinsize(rows, columns)

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self.child.kill(number)

    def wait_exit(self) -> int:
        """Wait until the program has ended and return its exit code."""
        self.wait_for(lambda: not self.child.isalive(), "the end of the program")
        while self.look(0):
            pass
        assert "Traceback" not in self.raw.decode("utf-8", "replace")
        if self.child.exitstatus is None:
            return -int(self.child.signalstatus or 0)
        return int(self.child.exitstatus)

    def has_its_terminal_back(self) -> bool:
        """Say whether the terminal echoes and reads lines, as a shell expects it."""
        flags = termios.tcgetattr(self.line)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)

    def entries(self) -> list[dict[str, Any]]:
        """Return what is in the journal."""
        path = self.home / "journal.json"
        if not path.exists():
            return []
        found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
        return found

    def draft(self, exercise: str) -> Path:
        """Return where a draft of the exercise would be."""
        return self.home / "drafts" / f"{exercise}.json"
