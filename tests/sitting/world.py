"""Somebody in line mode at nine in the evening, whose input, output and clock are a test's."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.pty.person import settle

from dbtcoach.journal.entry import day_of
from dbtcoach.sitting.prepare import completed, facts_of, scenes_for
from dbtcoach.terminal.streams import Streams
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from dbtcoach.script.model import Exercise
    from dbtcoach.sitting.known_facts import KnownFacts

EVENING = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


class Written(io.StringIO):
    """A stream with a terminal's encoding, whose text can be read afterwards."""

    encoding = "utf-8"


def world(home: Path, *lines: str, now: datetime = EVENING, known: bool = True) -> Surroundings:
    """Return a world whose standard input is a pipe that holds these lines.

    ``known`` people were asked everything that is asked once.
    """
    if known:
        settle(home)
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    streams = Streams(
        stdin=typed, stdout=Written(), stderr=Written(), wait_for_line=lambda _stdin, _seconds: True
    )
    env = {"DBTCOACH_HOME": str(home), "LANG": "C.UTF-8", "DBTCOACH_PLAIN": "1"}
    return Surroundings(env=env, streams=streams, clock=lambda: now)


def facts_now(around: Surroundings) -> KnownFacts:
    """Return what an exercise may know in this world."""
    return facts_of(around, around.clock())


def dealt_today(around: Surroundings, name: str) -> tuple[Exercise, dict[str, tuple[str, ...]]]:
    """Return an exercise as it is today, with the scenes that were drawn for it."""
    exercise = around.catalogue.read(name)
    drawn = scenes_for(exercise, around.catalogue, around.home, day_of(around.clock()))
    return completed(exercise, drawn, around.catalogue, around.settings), drawn


def printed(around: Surroundings) -> str:
    """Return what was written to standard output."""
    stream: Any = around.streams.stdout
    return str(stream.getvalue())


def told(around: Surroundings) -> str:
    """Return what was written to standard error."""
    stream: Any = around.streams.stderr
    return str(stream.getvalue())
