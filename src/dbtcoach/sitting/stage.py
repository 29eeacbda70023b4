"""Which front end meets the person, and how the terminal is given back, whatever happens."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from dbtcoach.errors import NoTerminalError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from dbtcoach.practice.page import Terminal
    from dbtcoach.sitting.surroundings import Surroundings
    from dbtcoach.terminal.screen import Screen


@dataclass(frozen=True, slots=True)
class Stage:
    """A front end and its screen, None in line mode."""

    terminal: Terminal
    screen: Screen | None

    def leave(self) -> None:
        """Give the terminal back."""
        if self.screen is not None:
            self.screen.leave()

    def vanish(self, around: Surroundings) -> NoReturn:
        """Clear screen and scrollback and end the process at once, with exit code 0."""
        from dbtcoach.terminal.modes import CLEAR

        if self.screen is not None:
            self.screen.vanish()
        elif around.streams.stdout.isatty() and around.env.get("TERM") != "dumb":
            around.streams.stdout.write(CLEAR)
            around.streams.stdout.flush()
        os._exit(0)  # nothing that Python does at its end may delay this


def open_stage(around: Surroundings, *, plain: bool, opened: bool = False, modes: Any = None) -> Stage:
    """Return the front end for this terminal, its alternate screen entered.

    Raises NoTerminalError when there is nobody to ask; line mode also reads from a pipe.
    """
    streams = around.streams
    if around.plain(asked=plain):
        from dbtcoach.terminal.line import Lines

        stage = Stage(Lines(streams), None)
        end_with_signals(stage.leave)
        return stage
    if not (streams.stdin.isatty() and streams.stdout.isatty()):
        raise NoTerminalError(
            "This needs a terminal to ask you.\n"
            "With answers in a file: --answers FILE. With answers from a pipe, one a line: --plain."
        )
    from dbtcoach.terminal.prompts import Prompts
    from dbtcoach.terminal.screen import Screen

    screen = Screen(streams.stdout, modes)
    prompts = Prompts(
        streams, screen.suspend, animated=around.settings.animation, colour=not around.env.get("NO_COLOR")
    )
    stage = Stage(prompts, screen)
    end_with_signals(stage.leave)
    screen.enter(already=opened)
    screen.hide_when_stopped()
    return stage


def end_with_signals(give_back: Callable[[], None]) -> None:
    """Let SIGTERM and SIGHUP give the terminal back and end the process with their exit codes.

    The draft is written after every answer, so nothing is left to do: an exception that is raised in
    the middle of somebody's event loop might be swallowed or printed there.
    """
    if sys.platform == "win32":
        return
    import signal

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        give_back()
        os._exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, end)
