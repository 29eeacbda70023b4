"""The console script's entry: the first words, before anything heavy is imported.

Somebody in distress waits for nothing. When the command is exactly the name of a shipped exercise at a
terminal, its opening words are on the screen after about the time that Python itself takes to start, and
the imports run while the person reads. What this module does not know exactly goes to Typer untouched.
"""

import gc
import os
import sys

from dbtcoach import __version__
from dbtcoach.terminal.environment import wants_ascii, wants_plain

DOOR = ""  # no command at all: it asks what is going on


def main() -> None:
    """Run the program and leave with its exit code."""
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # in the middle of an import
        code = 130
    raise SystemExit(code)


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        try:
            os.write(1, f"dbtcoach {__version__}\n".encode())
        except OSError:  # full, gone, or never there
            os._exit(1)
        return 0
    name = arguments[0] if arguments else DOOR
    if len(arguments) <= 1 and _may_open(name):
        return _begin(name)
    from dbtcoach.commands.boundary import run

    return run()


def _may_open(name: str) -> bool:
    """Say whether the opening words of this exercise, or of the door, can be shown at once."""
    from dbtcoach.shipped.openings import OPENINGS

    env = os.environ
    if name not in OPENINGS or env.get("TERM", "dumb") == "dumb":
        return False
    if env.get("_DBTCOACH_COMPLETE") or wants_plain(env):
        return False
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return False
    except (AttributeError, ValueError):  # a stream that is closed, or not there at all
        return False
    from dbtcoach.disk.access import may_be_set
    from dbtcoach.disk.home import find_home
    from dbtcoach.errors import CoachError

    try:
        home = find_home(env, sys.platform)
    except CoachError:
        return False
    # A draft comes with a question instead, and settings are Typer's side to read: they may say plain.
    return (name == DOOR or not home.has_draft(name)) and not may_be_set(home.config)


def _begin(name: str) -> int:
    """Show the opening words, then import the rest, which takes over on the same screen."""
    from dbtcoach.terminal.screen import LEFT, Screen

    gc.disable()  # collecting while modules are imported costs a twelfth of the time to the first question
    screen = Screen(sys.stdout)
    try:
        screen.enter(_opening_page(name, screen.fd), left=LEFT)
        from dbtcoach.commands.boundary import guarded
        from dbtcoach.sitting.handover import go_on

        return guarded(lambda: go_on(name, screen))
    finally:
        screen.leave()


def _opening_page(name: str, fd: int) -> str:
    """Return title and opening as the first page shows them, for the width of this terminal."""
    from dbtcoach.drawing.wrapping import opening_lines
    from dbtcoach.shipped.openings import OPENINGS

    title, *opening = OPENINGS[name]
    text = opening_lines(fd, title, "\n".join(opening)) + "\r\n"
    if wants_ascii(os.environ) or not (sys.stdout.encoding or "").lower().startswith("utf"):
        from dbtcoach.drawing.glyphs import Glyphs

        return Glyphs(unicode=False).say(text)
    return text
