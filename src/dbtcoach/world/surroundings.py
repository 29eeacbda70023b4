"""The outside world of one run: home, settings, exercises, streams, clock. Built at call time."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dbtcoach.disk.home import NOWHERE, Home, find_home
from dbtcoach.terminal.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dbtcoach.script.catalogue import Catalogue
    from dbtcoach.script.lines import Country
    from dbtcoach.world.keyring import Keyring
    from dbtcoach.world.settings import Settings


def local_now() -> datetime:
    """Return the time here, with its offset."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Surroundings:
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
            return find_home(self.env, self.platform)
        except UsageError:
            if self.home_needed:
                raise
            return NOWHERE

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

    @cached_property
    def keyring(self) -> Keyring:
        """The key of a locked journal, asked for at most once."""
        from dbtcoach.world.keyring import Keyring

        return Keyring(self)

    def plain(self, *, asked: bool) -> bool:
        """Say whether to use line mode."""
        wanted = asked or any(self.env.get(name) for name in ("DBTCOACH_PLAIN", "ACCESSIBLE"))
        return wanted or self.env.get("TERM") == "dumb" or self.settings.plain

    def tell(self, *lines: str) -> None:
        """Write messages to standard error; a closed one is no reason to fail."""
        from dbtcoach.cleaning import clean
        from dbtcoach.terminal.wrapping import fitted

        try:
            for line in lines:
                self.streams.stderr.write(f"{fitted(clean(line), self.streams.stderr)}\n")
            self.streams.stderr.flush()
        except (OSError, ValueError):
            return
