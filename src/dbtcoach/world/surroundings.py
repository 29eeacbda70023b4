"""The outside world of one run: home, settings, exercises, streams, clock. Built at call time."""

from __future__ import annotations

import os
import sys
from dataclasses import field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dbtcoach.disk.home import NOWHERE, Home, find_home
from dbtcoach.frozen import Frozen
from dbtcoach.terminal.environment import wants_plain
from dbtcoach.terminal.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dbtcoach.drawing.theme import Look
    from dbtcoach.journal.entries import Entries
    from dbtcoach.journal.seal import Opener
    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.script.countries import Country
    from dbtcoach.world.keyring import Keyring
    from dbtcoach.world.settings import Settings


def local_now() -> datetime:
    """Return the time here, with its offset."""
    return datetime.now().astimezone()


class Surroundings(Frozen):
    """Everything that is neither an exercise nor an answer."""

    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    platform: str = sys.platform
    streams: Streams = field(default_factory=Streams)
    clock: Callable[[], datetime] = local_now
    randomness: Callable[[int], bytes] = os.urandom
    home_needed: bool = True  # an exercise also goes on where nothing can be kept

    @cached_property
    def home(self) -> Home:
        """Where this person's things are; NOWHERE for somebody without a folder, if that will do."""
        from dbtcoach.errors import UsageError

        try:
            home = find_home(self.env, self.platform)
        except UsageError:
            if self.home_needed:
                raise
            return NOWHERE
        if os.path.isdir(home.editing):  # noqa: PTH112 - pathlib takes longer than the look
            from dbtcoach.disk.editing import sweep_editing

            sweep_editing(home)
        return home

    @cached_property
    def settings(self) -> Settings:
        """What this person has set; what is wrong in the file is told when it is first read.

        Without a home folder nothing is set: whatever has to be kept there says so itself.
        """
        from dbtcoach.errors import UsageError
        from dbtcoach.world.settings import Settings, read_settings

        try:
            home = self.home
        except UsageError:
            return Settings()
        found = read_settings(home)
        self.tell(*found.problems)
        return found

    @cached_property
    def catalogue(self) -> Catalogue:
        """The exercises there are; without a home folder the shipped ones, so that --help still helps."""
        from pathlib import Path

        from dbtcoach.errors import UsageError
        from dbtcoach.script.catalogue import Catalogue, shipped_folder

        try:
            own = Path(self.home.exercises)
        except UsageError:
            own = None
        return Catalogue(shipped_folder(), own)

    @cached_property
    def country(self) -> Country:
        """The help lines for where this person seems to be."""
        from dbtcoach.world.help_lines import here

        return here(self.env, self.settings.country)

    def people(self) -> str:
        """Return people to call as plain lines, wherever a line or a passphrase is asked for."""
        from dbtcoach.errors import CoachError
        from dbtcoach.world.help_lines import LAST_RESORT, numbers

        try:
            return numbers(self.country, self.clock().date())
        except CoachError:  # even the file of lines cannot be read
            return "\n".join(LAST_RESORT)

    def move(self, country: Country) -> None:
        """Show the help lines of this country from here on."""
        self.__dict__["country"] = country

    @cached_property
    def keyring(self) -> Keyring:
        """The key of a locked journal, asked for at most once."""
        from dbtcoach.terminal.secret import unseen
        from dbtcoach.world.keyring import Keyring, asker

        stdin = self.streams.stdin
        return Keyring(
            self.home, asker(self.streams, opens=True, people=self.people), self.tell, lambda: unseen(stdin)
        )

    @cached_property
    def entries(self) -> Entries:
        """The entries of the journal; the passphrase is asked for where one is met that is locked."""
        from dbtcoach.journal.entries import Entries

        return Entries(self.home.journal, self._opener, self.tell)

    def _opener(self) -> Opener:
        return self.keyring.opener()  # imported, with what seals, only where something is sealed

    @cached_property
    def look(self) -> Look:
        """What the terminal of standard output can show, and on which ground; imports Rich."""
        from dbtcoach.drawing.theme import look_of

        return look_of(self.env, self.settings.theme, self.streams.stdout.encoding)

    @property
    def dumb(self) -> bool:
        """Whether the terminal can neither move its cursor nor clear its screen."""
        return self.env.get("TERM") == "dumb"

    @property
    def plain(self) -> bool:
        """Whether to use line mode; ``--plain`` says so in the environment."""
        return wants_plain(self.env) or self.dumb or self.settings.plain

    @property
    def on_screen(self) -> bool:
        """Whether words get a screen of their own: a person at a terminal, who did not ask otherwise."""
        return not self.plain and self.streams.stdout.isatty() and self.streams.stdin.isatty()

    def ask_line(self, prompt: str, *, aside: bool = False) -> str:
        """Ask for a line at the terminal, on standard error: standard output may be read by another program.

        ``aside`` leaves nothing of it on the screen. Raises LeaveError and QuickExitError, as read_line does.
        """
        from dbtcoach.terminal.ask_line import read_line

        stdin, err = self.streams.stdin, self.streams.stderr
        aside = aside and err.isatty()
        return read_line(stdin, err, prompt, aside=aside, dumb=self.dumb, people=self.people)

    def agrees(self, question: str, alone: str = "") -> bool:
        """Ask for a yes or no as ``ask_line`` does; raise NoTerminalError(alone) where nobody is there."""
        if not self.streams.stdin.isatty():
            from dbtcoach.errors import NoTerminalError

            raise NoTerminalError(alone)
        return self.ask_line(question).strip().lower() in ("y", "yes")

    def tell(self, *lines: str) -> None:
        """Write messages to standard error; a closed one is no reason to fail."""
        from dbtcoach.world.console import tell

        tell(self.streams.stderr, *lines)
