"""The coach with its rules, which are read in a thread while the first words are typed."""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dbtcoach.errors import ScriptError
from dbtcoach.script.catalogue import read_bytes, shipped_folder, shown_path

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.coach.model import Kind, Review, Safety
    from dbtcoach.coach.rules import Rules


def rule_files(*folders: Path) -> list[tuple[str, bytes]]:
    """Return the name and content of every rule file and word list in some folders."""
    found: list[tuple[str, bytes]] = []
    for folder in folders:
        listed = sorted([*folder.glob("*.yaml"), *folder.glob("lists/*.txt")])
        # Opening a FIFO would wait for somebody to write into it, and nobody would be asked anything.
        paths = [path for path in listed if path.is_file()]
        found += [(shown_path(path), read_bytes(path)) for path in paths]
    return found


def load_rules(own: Path | None) -> Rules:
    """Return the shipped rules with the person's own; raise ScriptError with every problem in them."""
    from dbtcoach.coach.load import load
    from dbtcoach.coach.second_reader import FILE

    folder = shipped_folder() / "coach"
    own_files = rule_files(own / "coach") if own is not None else ()
    gc.disable()  # much is made and kept: to look for cycles in it takes a third of the time, now and later
    try:
        return load(rule_files(folder), own_files, (folder / FILE).read_bytes())
    finally:
        gc.freeze()
        gc.enable()


HEAD_START = 0.3  # seconds for the next page to come up before reading rules slows it down


@dataclass(slots=True)
class ShippedCoach:
    """Reads with the shipped rules and the person's own; own ones that are broken are left out and told."""

    own: Path
    notes: bool = True
    problem: str = ""
    _rules: list[Rules] = field(default_factory=list)
    _thread: threading.Thread | None = None
    _wanted: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """Load the rules in the background, while the person reads and types."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._load, daemon=True)
            self._thread.start()

    def review(self, text: str, kind: Kind) -> Review:
        """Return the notes on a text; none when they are turned off."""
        from dbtcoach.coach.model import Review
        from dbtcoach.coach.review import review

        rules = self._ready()
        if rules is None or not self.notes:
            return Review()
        return review(text, kind, rules)

    def danger(self, text: str, kind: Kind = "message") -> Safety | None:
        """Return what kind of danger a text may be about; this cannot be turned off."""
        from dbtcoach.coach.review import danger

        rules = self._ready()
        return danger(text, rules, kind) if rules is not None else None

    def _ready(self) -> Rules | None:
        self._wanted.set()
        self.begin()
        if self._thread is not None:
            self._thread.join()
        return self._rules[0] if self._rules else None

    def _load(self) -> None:
        self._wanted.wait(HEAD_START)
        for own in (self.own, None):
            try:
                self._rules.append(load_rules(own))
            except ScriptError as error:
                self.problem = self.problem or str(error)
            except OSError as error:  # a folder of one's own that may not be looked into
                self.problem = self.problem or f"{shown_path(self.own)}: cannot be read: {error.strerror}"
            else:
                return
