"""Whose help lines are shown: asked under numbers that stand there already, and kept in the settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean
from dbtcoach.disk.access import make_private_folder, read_whole
from dbtcoach.disk.atomic import replace_whole
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import CoachError, UsageError
from dbtcoach.journal.state import read_state
from dbtcoach.script.countries import ELSEWHERE, find_country, say_lines
from dbtcoach.script.model import Choice
from dbtcoach.sitting.questions import NOTHING
from dbtcoach.terminal.ask_line import read_line
from dbtcoach.world import showing
from dbtcoach.world.console import tell
from dbtcoach.world.help_lines import ABOUT, LAST_RESORT, SAFETY, countries, no_lines, numbers, text
from dbtcoach.world.paging import window_of
from dbtcoach.world.settings import with_setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.seal import Opener
    from dbtcoach.practice.session import Facts
    from dbtcoach.script.countries import Country
    from dbtcoach.world.keyring import Ask
    from dbtcoach.world.settings import Settings
    from dbtcoach.world.surroundings import Surroundings


ASKED = "Country, or Enter to end: "
PLAN = "p"  # what is typed for the plan; no country is called so
PLANNED = "Type p for your own plan. Enter ends: "
ASKED_TOO = "Country, p for your own plan, or Enter to end: "
UNREADABLE = "Your plan could not be read. The numbers above are right all the same."


@dataclass(frozen=True, slots=True)
class Atlas:
    """The countries that somebody can choose from in the middle of an exercise."""

    around: Surroundings
    keeps: Callable[[], bool]  # whether this sitting keeps anything
    facts: Callable[[], Facts]
    ask: Ask | None = None  # for the passphrase of a plan that is sealed

    def has_plan(self) -> bool:
        """Tell whether there is a plan to be shown below the numbers."""
        return has_plan(self.around)

    def plan(self) -> str:
        """Return whom to call in a crisis and the plan below, or why it cannot be shown."""
        return plan_words(self.around, lambda: self.around.keyring.opener(self.ask))

    def choices(self) -> tuple[Choice, ...]:
        """Return each country that has lines of its own, and one for all others."""
        return tuple(
            Choice(each.code, "Another country" if each.code == ELSEWHERE else each.name)
            for each in countries()
        )

    def move(self, code: str) -> Facts:
        """Show the lines of this country from now on, and keep it if anything is kept; return the facts."""
        self.show(next(each for each in countries() if each.code == code))
        return self.facts()

    def show(self, country: Country) -> None:
        """Show the lines of this country from now on, and keep it if anything is kept."""
        self.around.move(country)
        if self.keeps():
            keep(self.around, country)

    def people(self, wanted: str = "") -> str:
        """Return people to call as plain lines: of the country that is known, or of the one wanted now."""
        known = countries()
        if wanted:
            found = find_country(known, wanted)
            if found is None:
                return no_lines(known)
            self.show(found)
        return numbers(self.around.country, self.around.clock().date())


def keep(around: Surroundings, country: Country) -> bool:
    """Write a country into ``config.yaml``, whose other lines stay as they are; return whether it is kept."""
    return may_keep(around) and keep_setting(around.home, around.settings, "country", country.code)


def may_keep(around: Surroundings) -> bool:
    """Tell whether anything may be kept: there is a home, and nobody said that nothing is to be kept."""
    try:
        return around.settings.save is not False and read_state(around.home).first_run != NOTHING
    except CoachError:
        return False


def keep_setting(home: Home, settings: Settings, key: str, value: str) -> bool:
    """Write one setting into ``config.yaml``, the other lines as they are; return whether it is kept."""
    return keep_settings(home, settings, lambda source: with_setting(source, key, value))


def keep_settings(home: Home, settings: Settings, change: Callable[[bytes], bytes | None]) -> bool:
    """Write ``config.yaml`` as ``change`` returns it; return whether it is kept.

    Nothing is written where the file has something in it that cannot be read, and where it cannot be written.
    """
    if settings.unsure:
        return False
    try:
        make_private_folder(home.folder)
        with Lock(home.state):
            try:
                source = read_whole(home.config)
            except FileNotFoundError:
                source = b""
            changed = change(source)
            if changed is not None:
                replace_whole(home.config, [changed])
    except (OSError, CoachError):
        return False
    return changed is not None


def present(around: Surroundings, asked: str = "") -> None:
    """Write the numbers; then, to somebody at a terminal, offer below them what else there is.

    That is another country, where this one was only guessed, and a plan of their own, where there is one.

    For a country without lines of its own the numbers that hold in many are written, and then UsageError is
    raised. When even the file of lines cannot be read, what still helps is written.
    """
    today, window = around.clock().date(), window_of(around.streams.stdout, around.env)

    def write(words: str) -> None:
        showing.say(around, "people", words.split("\n"))

    try:
        known = countries()
    except CoachError:
        write("\n".join([*SAFETY, "", *LAST_RESORT, "", *ABOUT]))
        return
    found = find_country(known, asked) if asked else around.country
    there = (
        around.streams.stdin.isatty() and around.streams.stdout.isatty() and around.streams.stderr.isatty()
    )
    asks = there and not asked and find_country(known, around.settings.country) is None
    planned = there and has_plan(around)
    elsewhere = next(each for each in known if each.code == ELSEWHERE)
    unknown = no_lines(known) if found is None else ""
    write(text(found or elsewhere, today, window, asks=asks or planned, below=unknown))
    if found is None:
        raise UsageError(unknown)
    while asks or planned:
        chosen = _asked(around, known, found, asks=asks, planned=planned)
        if chosen is None:
            return
        around.move(chosen)
        write(f"\n{text(chosen, today, window, asks=planned)}")
        if keep(around, chosen):
            around.tell("Kept for next time, as “country” in config.yaml.")
        asks, found = False, chosen


def _asked(
    around: Surroundings, known: tuple[Country, ...], shown: Country, *, asks: bool, planned: bool
) -> Country | None:
    """Ask under the numbers which country it is, until it is one with lines or nothing is typed."""
    streams = around.streams
    guessed = f"Country: {shown.name}. Somewhere else? Type where."
    tell(streams.stderr, "")
    if asks:
        tell(streams.stderr, "Which country are you in?" if shown.code == ELSEWHERE else guessed)
    prompt = (ASKED_TOO if asks else PLANNED) if planned else ASKED
    while typed := clean(read_line(streams.stdin, streams.stderr, prompt, dumb=around.dumb)).strip():
        if planned and typed.casefold() == PLAN:
            # The numbers again and the plan below them: on a screen of its own, where there is one.
            showing.page(around, "people", plan_words(around, around.keyring.opener).split("\n"))
            continue
        found = find_country(known, typed)
        if found is not None:
            return found
        tell(streams.stderr, no_lines(known))
    return None


def has_plan(around: Surroundings) -> bool:
    """Tell whether there is a plan, by one look at the folder and without opening it."""
    try:
        return os.path.lexists(around.home.plan)
    except CoachError:  # no home folder
        return False


def plan_words(around: Surroundings, opener: Callable[[], Opener]) -> str:
    """Return whom to call in a crisis, and the plan below; where it cannot be read or opened, why."""
    from dbtcoach.insight.plan_lines import plan_lines
    from dbtcoach.journal.plan import read

    country = around.country
    try:
        plan = read(around.home, opener)
        words = UNREADABLE if plan is None else "\n".join(plan_lines(plan))
    except CoachError as error:
        words = str(error)
    return f"{say_lines(country, country.crisis, around.clock().date())}\n\n{words}"
