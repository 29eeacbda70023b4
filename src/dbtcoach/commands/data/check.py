"""``dbtcoach data check``: what is wrong with a person's files, where, and the command that mends it."""
# ruff: noqa: PTH112, PTH114, PTH116  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, NamedTuple

from dbtcoach.commands.data.where import count
from dbtcoach.commands.exercises.check import broken, check_rules, check_skill
from dbtcoach.disk.access import read_whole
from dbtcoach.disk.home import shown
from dbtcoach.errors import CoachError, JournalError
from dbtcoach.journal import drafts, plan, state
from dbtcoach.journal.backup import backups
from dbtcoach.journal.convert import in_the_clear, kept_files
from dbtcoach.journal.copies import copies_before_merges, goes_on
from dbtcoach.journal.file import check_writable
from dbtcoach.journal.key import key_file, read_wrapped
from dbtcoach.journal.names import (
    conflict_copies,
    draft_files,
    journal_files,
    key_files,
    plan_files,
    restored_folders,
    state_files,
)
from dbtcoach.journal.seal import is_key_missing, is_locked, read_recipient, was_interrupted
from dbtcoach.script.skills import cards
from dbtcoach.world.completion_traces import traces
from dbtcoach.world.console import say
from dbtcoach.world.settings import decode_settings
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.disk.home import Home

LOCK = "dbtcoach data lock"
EXPORT = "look at it, and remove it when nothing in it is missing"


class Fault(NamedTuple):
    """Something wrong: where, what, and what mends it."""

    place: str
    what: str
    mend: str


def command() -> None:
    """Look at everything and change nothing; exit with 1 where something is wrong."""
    around = Surroundings()
    found = list(faults(around))
    told: list[str] = []
    for fault in found:
        told += [shown(fault.place), f"  {fault.what}", f"  To mend it: {fault.mend}"]
    told += [f"{line}" for line in notes(around.home)]
    say(around.streams.stdout, told or ["Everything is as it should be."])
    if found:
        number = "One thing needs" if len(found) == 1 else f"{len(found)} things need"
        raise JournalError(f"{number} looking after. Nothing was changed.")


def faults(around: Surroundings) -> Iterator[Fault]:
    """Yield what is wrong; no word that somebody wrote is in it."""
    home = around.home
    for look in (_folder, _journal, _keys, _drafts, _plan, _state, _settings, _left_over):
        yield from look(home)
    yield from _without_exercise(around)
    yield from _exercises(around)
    found = traces(around.env)
    installed = [trace.path for trace in found if not trace.line]
    for trace in found:
        if trace.line and not any(os.fsencode(path) in trace.line for path in installed):
            yield Fault(trace.path, "A line calls a completion script that is gone.", "remove that line")


def notes(home: Home) -> Iterator[str]:
    """Yield what is worth knowing and nothing wrong."""
    for copy in copies_before_merges(home.journal):
        until = goes_on(copy)
        when = f" until {until:%Y-%m-%d}" if until is not None else ""
        yield f"The journal from before a merge is kept{when}. To take it back: dbtcoach data merge --undo"
    yield from (f"A backup lies in the home folder itself: {shown(path)}" for path in backups(home))


def _folder(home: Home) -> Iterator[Fault]:
    try:
        check_writable(home.journal)
    except JournalError as error:
        yield Fault(home.folder, str(error), "see above")
    if sys.platform == "win32":
        return
    for path in (home.folder, home.drafts):
        if os.path.isdir(path) and not os.path.islink(path) and os.stat(path).st_mode & 0o077:
            yield Fault(path, "Other users of this computer can look into it.", f"chmod 700 {shown(path)}")
    files = [
        *journal_files(home),
        *key_files(home),
        *state_files(home),
        *plan_files(home),
        *dict(draft_files(home)).values(),
    ]
    for path in (*files, home.config):
        if os.path.isfile(path) and stat.S_IMODE(os.stat(path).st_mode) & 0o077:  # noqa: PTH113
            yield Fault(path, "Other users of this computer may read it.", f"chmod 600 {shown(path)}")


def _journal(home: Home) -> Iterator[Fault]:
    try:
        amount = count(home.journal)
    except (CoachError, OSError) as error:
        yield Fault(home.journal, _said(error), "move away what is in its place")
        return
    if amount.lost:
        part = "A part" if amount.entries or amount.deleted else "All of it is damaged, and"
        what = f"{part} cannot be read. The next save keeps it in a file of its own."
        yield Fault(home.journal, what, "dbtcoach data restore FILE, if a backup has it")
    locked = is_locked(home)
    if locked and amount.sealed != amount.entries:
        yield Fault(home.journal, "Some entries are not sealed yet.", LOCK)
    if not locked and amount.sealed:
        what = "Some entries are sealed, and their key is not here."
        yield Fault(home.journal, what, "put key.age and recipient.txt back, then: dbtcoach data unlock")


def _keys(home: Home) -> Iterator[Fault]:
    try:
        read_recipient(home)
        if is_locked(home):
            read_wrapped(key_file(home))
    except (CoachError, OSError) as error:
        yield Fault(home.folder, _said(error), LOCK)
    if is_key_missing(home):
        what = "It is missing: no passphrase opens what is locked, and new entries are sealed all the same."
        yield Fault(key_file(home), what, f"put it back from a backup; with the recovery key: {LOCK}")
    if was_interrupted(home):
        yield Fault(home.folder, "Locking was interrupted.", LOCK)


def _drafts(home: Home) -> Iterator[Fault]:
    if os.path.islink(home.drafts):
        yield Fault(home.drafts, "It is a link, so no draft is kept.", "move the link away")
        return
    for exercise, path in draft_files(home):
        if path == home.draft(exercise):
            try:
                found = drafts.peek(home, exercise)
            except (JournalError, OSError) as error:
                yield Fault(path, _said(error), "move away what is in its place")
                continue
            if found is None:
                yield Fault(path, "It cannot be read. The next run keeps it aside.", _begins(exercise))
    if is_locked(home):
        for path in in_the_clear(home):
            yield Fault(path, "It is not sealed, though the journal is locked.", LOCK)


def _without_exercise(around: Surroundings) -> Iterator[Fault]:
    """Yield what was begun in an exercise that is gone: nobody is asked whether to go on with it."""
    known = around.catalogue.paths()
    for draft in drafts.waiting(around.home):
        if draft.exercise not in known and not draft.exercise.startswith(drafts.CHANGE):
            what = "It was begun in an exercise that is not there any more, so it cannot be gone on with."
            yield Fault(around.home.draft(draft.exercise), what, EXPORT)


def _begins(draft: str) -> str:
    """Return the command that takes the draft of this name up."""
    entry = draft.removeprefix(drafts.CHANGE)
    return f"dbtcoach log edit {entry}" if entry != draft else f"dbtcoach {draft}"


def _plan(home: Home) -> Iterator[Fault]:
    if plan.there_is(home) and home.plan not in plan_files(home):
        yield Fault(home.plan, "It is no plan of dbtcoach, so none can be kept.", "move it away")
    elif home.plan in plan_files(home) and plan.peek(home) is None:
        yield Fault(home.plan, "It cannot be read as a plan. The next one keeps it aside.", "dbtcoach plan")


def _state(home: Home) -> Iterator[Fault]:
    try:
        if not os.path.lexists(home.state) or state.peek(home) is not None:
            return
    except (CoachError, OSError) as error:
        yield Fault(home.state, _said(error), "move away what is in its place")
        return
    what = "It cannot be read: who uses this computer is asked again, and what was asked about is forgotten."
    yield Fault(home.state, what, "the next exercise writes it anew")


def _settings(home: Home) -> Iterator[Fault]:
    if not os.path.lexists(home.config):
        return
    try:
        found = decode_settings(read_whole(home.config), shown(home.config))
    except (CoachError, OSError) as error:
        yield Fault(home.config, _said(error), "move away what is in its place")
        return
    for problem in found.problems:
        yield Fault(home.config, problem, "change that line")


def _exercises(around: Surroundings) -> Iterator[Fault]:
    catalogue = around.catalogue
    for name, problem in broken(catalogue).items():
        yield Fault(around.home.exercises, problem, f"dbtcoach exercises check {name}")
    for path, own in cards(catalogue).paths().values():
        problem = check_skill(catalogue, path).split("\n", 1)[0] if own else ""
        if problem:
            yield Fault(str(path), problem, "dbtcoach exercises check")
    if catalogue.own is not None and (catalogue.own / "coach").is_dir():
        problems = check_rules(catalogue.own / "coach")
        if problems:
            yield Fault(around.home.exercises, problems.split("\n", 1)[0], "dbtcoach exercises check")


def _left_over(home: Home) -> Iterator[Fault]:
    every = [*journal_files(home), *key_files(home), *state_files(home), *plan_files(home)]
    every += [path for _exercise, path in draft_files(home)]
    for path in every:
        if path.endswith(".tmp") and not (was_interrupted(home) and "recipient" in path):
            yield Fault(path, "An interrupted save left it. It may hold words.", "the next save removes it")
    for path in kept_files(home):
        yield Fault(path, "What could not be read was kept here.", EXPORT)
    for path in conflict_copies(home):
        yield Fault(path, "A copy of the journal, made by a sync tool.", "dbtcoach data merge")
    for path in restored_folders(home):
        what = "A backup was restored beside what was there."
        yield Fault(path, what, f"dbtcoach data merge {shown(path)}/journal.json, then remove the folder")


def _said(error: CoachError | OSError) -> str:
    return f"It cannot be read: {error.strerror}." if isinstance(error, OSError) else str(error)
