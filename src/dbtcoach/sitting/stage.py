"""Which front end meets the person, and how the terminal is given back, whatever happens."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, NoReturn, Protocol, runtime_checkable

from dbtcoach.errors import LeaveError, NoTerminalError, QuickExitError
from dbtcoach.frozen import Frozen
from dbtcoach.terminal.modes import end_with_signals, wiped

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.practice.page import Terminal
    from dbtcoach.script.model import Choice
    from dbtcoach.sitting.country import Atlas
    from dbtcoach.terminal.people import People
    from dbtcoach.terminal.screen import Screen
    from dbtcoach.terminal.streams import Streams
    from dbtcoach.world.keyring import Ask
    from dbtcoach.world.surroundings import Surroundings


@runtime_checkable
class KeyHolder(Protocol):
    """A front end that can keep keys for a later page."""

    def hold_keys(self) -> None:
        """Keep what is typed before the next page is on the screen."""

    def give_keys(self) -> None:
        """Let the page after this have it."""


@runtime_checkable
class LineKeeper(Protocol):
    """A front end that hands over what stands on a line that is being written."""

    stands: Callable[[str, str], None] | None  # takes the id of the step and the line

    def hand_over(self) -> None:
        """Hand over what stands there now."""


@runtime_checkable
class ShowsPeople(Protocol):
    """A front end that shows people to call at any page."""

    people: People | None


@runtime_checkable
class Closing(Protocol):
    """A front end that changes the modes of its terminal."""

    def close(self) -> None:
        """Give them back."""


class Stage(Frozen):
    """A front end and its screen, None in line mode; ``dumb`` says that the terminal cannot clear its own."""

    terminal: Terminal
    screen: Screen | None
    streams: Streams
    dumb: bool = False

    def hold_keys(self) -> None:
        """Keep keys that were typed before a question was on the screen from answering it.

        People type ahead, and what they mean is the exercise: it asks the same things each time. What may
        come before it (what to keep on this computer, an unfinished draft to drop, another window) comes
        unexpected, and an Enter or a 2 that was meant for the exercise would decide it unread. So these
        keys wait for ``give_keys``, and do in every run what they do in most.
        """
        if isinstance(self.terminal, KeyHolder):
            self.terminal.hold_keys()

    def give_keys(self) -> None:
        """Let the next page have the keys that were held."""
        if isinstance(self.terminal, KeyHolder):
            self.terminal.give_keys()

    def keep_lines(self, stands: Callable[[str, str], None] | None) -> None:
        """Let ``stands`` have what stands on a line: within a second, when it is left, and at every end."""
        if isinstance(self.terminal, LineKeeper):
            self.terminal.stands = stands
            end_with_signals(self._end)

    def show_people(self, people: People) -> None:
        """Let these people be shown at any page from here on."""
        if isinstance(self.terminal, ShowsPeople):
            self.terminal.people = people

    def _end(self) -> None:
        """Give the terminal back, then see to the last words: a signal ends us."""
        self.leave()
        self._hand_over()

    def _hand_over(self) -> None:
        if isinstance(self.terminal, LineKeeper):
            with contextlib.suppress(Exception):  # this is the end, in the middle of anything
                self.terminal.hand_over()

    def leave(self) -> None:
        """Give the terminal back."""
        if self.screen is not None:
            self.screen.leave()
        elif isinstance(self.terminal, Closing):
            self.terminal.close()

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
        people = self.terminal.people if isinstance(self.terminal, ShowsPeople) else None
        if people is not None:
            words = "\r\n".join(people.people().split("\n"))
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

            shown = f"\n{prompt}" if self.screen is None else _page(title, prompt, self.screen.fd)
            typed = read_secret(self.streams.stdin, out, shown, lambda: self._tell_people(shown))
            if self.screen is not None:
                out.write(f"{wiped(self.screen.fd)}Opening…{TOP}")  # deriving the key takes a second
                out.flush()
            elif typed.strip() == ":quit":
                raise QuickExitError
            return typed

        return ask


def open_stage(around: Surroundings, *, plain: bool, screen: Screen | None = None) -> Stage:
    """Return the front end for this terminal, its alternate screen entered, unless it is already.

    Raises NoTerminalError when there is nobody to ask; line mode also reads from a pipe.
    """
    stage = _stage(around, plain=plain, screen=screen)
    stage.show_people(_Nearby(around, stage))
    return stage


class _Nearby(Frozen):
    """People to call before it is known what may be kept; looked up when somebody asks."""

    around: Surroundings
    stage: Stage

    def _atlas(self) -> Atlas:
        from dbtcoach.sitting.country import Atlas
        from dbtcoach.terminal.people import TITLE

        return Atlas(self.around, lambda: False, dict, self.stage.ask_secret(TITLE))

    def people(self, wanted: str = "") -> str:
        return self._atlas().people(wanted)

    def choices(self) -> tuple[Choice, ...]:
        return self._atlas().choices()

    def move(self, code: str) -> object:
        return self._atlas().move(code)

    def has_plan(self) -> bool:
        return self._atlas().has_plan()

    def plan(self) -> str:
        return self._atlas().plan()


def _stage(around: Surroundings, *, plain: bool, screen: Screen | None) -> Stage:
    streams = around.streams
    if around.plain(asked=plain):
        from dbtcoach.terminal.line_mode import Lines

        stage = Stage(Lines(streams), None, streams, around.dumb)
        end_with_signals(stage.leave)
        return stage
    if not (streams.stdin.isatty() and streams.stdout.isatty()):
        raise NoTerminalError(
            "This needs a terminal to ask you.\n"
            "With answers in a file: --answers FILE. With answers from a pipe, one a line: --plain."
        )
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
    return Stage(prompts, screen, streams)


def _page(title: str, prompt: str, fd: int) -> str:
    """Return a screen with this prompt below the title, wrapped as every page is."""
    from dbtcoach.drawing.wrapping import opening_lines

    return wiped(fd) + opening_lines(fd, title, prompt.rstrip()) + " "
