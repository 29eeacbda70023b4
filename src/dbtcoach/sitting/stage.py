"""Which front end meets the person, and how the terminal is given back, whatever happens."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, NoReturn, Protocol

from dbtcoach.errors import LeaveError, NoTerminalError, QuickExitError
from dbtcoach.frozen import Frozen
from dbtcoach.practice.page import Terminal
from dbtcoach.terminal.modes import end_with_signals, wiped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dbtcoach.sitting.country import Atlas
    from dbtcoach.terminal.people import People
    from dbtcoach.terminal.screen import Screen
    from dbtcoach.terminal.streams import Streams
    from dbtcoach.world.keyring import Ask
    from dbtcoach.world.surroundings import Surroundings


NOBODY = "This needs a terminal to ask you."
OUT = "Ctrl-C leaves. Ctrl-Q hides all. Ctrl-G shows people to call."
PIPED = "With answers from a pipe, one a line: --plain"


class FrontEnd(Terminal, Protocol):
    """What every front end that meets a person can do beside showing a page."""

    stands: Callable[[str, str], None] | None  # takes what stands on a line: the id of the step and the line
    people: Callable[[], People] | None  # gives whom to call, to be shown at any page

    def hold_keys(self) -> None:
        """Keep what is typed before the next page is on the screen."""

    def give_keys(self) -> None:
        """Let the page after this have it."""

    def hand_over(self) -> None:
        """Hand over what stands on the line now."""


class Stage(Frozen):
    """A front end and its screen, None in line mode; ``dumb`` says that the terminal cannot clear its own."""

    terminal: FrontEnd
    screen: Screen | None
    streams: Streams
    leave: Callable[[], None]  # gives the terminal back
    dumb: bool = False

    def hold_keys(self) -> None:
        """Keep keys that were typed before a question was on the screen from answering it.

        People type ahead, and what they mean is the exercise: it asks the same things each time. What may
        come before it (what to keep on this computer, an unfinished draft to drop, another window) comes
        unexpected, and an Enter or a 2 that was meant for the exercise would decide it unread. So these
        keys wait for ``give_keys``, and do in every run what they do in most.
        """
        self.terminal.hold_keys()

    def give_keys(self) -> None:
        """Let the next page have the keys that were held."""
        self.terminal.give_keys()

    def keep_lines(self, stands: Callable[[str, str], None] | None) -> None:
        """Let ``stands`` have what stands on a line: within a second, when it is left, and at every end."""
        self.terminal.stands = stands
        end_with_signals(self._end)

    def show_people(self, people: Callable[[], People]) -> None:
        """Let these people be shown at any page from here on; they are asked for when somebody wants them."""
        self.terminal.people = people

    def _end(self) -> None:
        """Give the terminal back, then see to the last words: a signal ends us."""
        self.leave()
        self._hand_over()

    def _hand_over(self) -> None:
        with contextlib.suppress(Exception):  # this is the end, in the middle of anything
            self.terminal.hand_over()

    @contextlib.contextmanager
    def given_back(self) -> Iterator[None]:
        """Give the terminal back whatever is raised within; Ctrl-C leaves, and Ctrl-Q ends the process."""
        try:
            yield
        except QuickExitError:
            self.vanish()
        except KeyboardInterrupt:
            self.leave()
            raise LeaveError from None
        except BaseException:
            self.leave()
            raise

    def vanish(self) -> NoReturn:
        """Clear screen and scrollback and end the process at once, with exit code 0."""
        from dbtcoach.terminal.modes import CLEAR

        if self.screen is not None:
            self.screen.vanish()
        else:
            if self.streams.stdout.isatty() and not self.dumb:
                self.streams.stdout.write(CLEAR)
                self.streams.stdout.flush()
            self.leave()
        self._hand_over()  # when nothing can be read any more
        os._exit(0)  # nothing that Python does at its end may delay this

    def _tell_people(self, shown: str) -> None:
        """Write people to call, and below them what stood there: a passphrase is asked for."""
        people = self.terminal.people
        if people is not None:
            words = "\r\n".join(people().people().split("\n"))
            before = "\r\n\r\n" if self.screen is None else wiped(self.screen.fd)
            self.streams.stdout.write(f"{before}{words}\r\n\r\n{shown.lstrip().removeprefix(before)}")
            self.streams.stdout.flush()

    def ask_secret(self, title: str) -> Ask:
        """Return how to ask for a passphrase on this stage, under a title; the end of input leaves."""

        def ask(prompt: str) -> str:
            out = self.streams.stdout
            if not self.streams.stdin.isatty():
                out.write(f"\n{prompt}\n")
                line = self.streams.stdin.readline()
                if not line:
                    raise LeaveError
                return line.rstrip("\r\n")
            from dbtcoach.terminal.modes import TOP
            from dbtcoach.terminal.secret import read_secret

            prompt = f"{OUT}\n\n{prompt}"
            shown = f"\n{prompt}" if self.screen is None else _page(title, prompt, self.screen.fd)
            typed = read_secret(self.streams.stdin, out, shown, lambda: self._tell_people(shown))
            if self.screen is not None:
                out.write(f"{wiped(self.screen.fd)}Opening…{TOP}")  # deriving the key takes a second
                out.flush()
            elif typed.strip() == ":quit":
                raise QuickExitError
            return typed

        return ask


def open_stage(around: Surroundings, screen: Screen | None = None, *, instead: str = "") -> Stage:
    """Return the front end for this terminal, its alternate screen entered, unless it is already.

    Raises NoTerminalError when there is nobody to ask; line mode also reads from a pipe. ``instead`` says
    what else works then.
    """
    streams = around.streams
    if not (around.plain or (streams.stdin.isatty() and streams.stdout.isatty())):
        raise NoTerminalError("\n".join(filter(None, [NOBODY, instead, PIPED])))
    stage = _stage(around, screen)

    def nearby() -> Atlas:
        """Return people to call before it is known what may be kept."""
        from dbtcoach.sitting.country import Atlas
        from dbtcoach.terminal.people import TITLE

        return Atlas(around, lambda: False, dict, stage.ask_secret(TITLE))

    stage.show_people(nearby)
    return stage


def _stage(around: Surroundings, screen: Screen | None) -> Stage:
    streams = around.streams
    if around.plain:
        from dbtcoach.terminal.line_mode import Lines

        lines = Lines(streams)
        end_with_signals(lines.close)
        return Stage(lines, None, streams, lines.close, around.dumb)
    from dbtcoach.terminal.prompts import Prompts
    from dbtcoach.terminal.screen import Screen

    screen = screen or Screen(streams.stdout)
    prompts = Prompts(
        streams,
        screen.suspend,
        animated=around.settings.animation,
        look=lambda: around.look,
        back="Shift-Tab" if around.env.get("TMUX") else "Ctrl-B",  # which tmux keeps for itself
    )
    prompts.bell = around.settings.bell
    if screen.entered:
        screen.go_on()  # the first page is drawn over the opening words, not below them
    else:
        screen.enter()
    screen.hide_when_stopped()
    return Stage(prompts, screen, streams, screen.leave)


def _page(title: str, prompt: str, fd: int) -> str:
    """Return a screen with this prompt below the title, wrapped as every page is."""
    from dbtcoach.drawing.wrapping import opening_lines

    return wiped(fd) + opening_lines(fd, title, prompt.rstrip()) + " "
