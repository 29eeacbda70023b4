"""``dbtcoach data forget``: remove everything, after asking twice and saying what stays."""
# ruff: noqa: PTH106, PTH108, PTH112, PTH114, PTH118  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.commands.options import Yes
from dbtcoach.disk.access import read_whole
from dbtcoach.disk.home import Home, shown
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError, LeaveError, UsageError
from dbtcoach.journal import drafts
from dbtcoach.journal.backup import backups
from dbtcoach.journal.convert import begun
from dbtcoach.journal.names import (
    conflict_copies,
    draft_files,
    editing_files,
    journal_files,
    key_files,
    names_in,
    plan_files,
    restored_folders,
    state_files,
)
from dbtcoach.world.completion_traces import Trace, remove, traces
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WORD = "forget"
_ENOUGH = 1 << 16  # bytes of a config.yaml, which may have no more
STAYS = (
    "This removes your journal, drafts, plan, settings and key from this computer. It cannot be undone.",
    "",
    "It cannot remove:",
    "- the commands in your shell's history",
    "- backups, and copies that a sync service made",
    "- what is left in old parts of the disk, or in a terminal that is still open",
    "",
    "A history that is suddenly gone can itself be noticed.",
    "If somebody checks this computer, think first about what is safer for you.",
)


def command(
    yes: Yes = False,  # noqa: FBT002
    own_exercises: Annotated[  # noqa: FBT002
        bool, typer.Option("--own-exercises", help="Remove your own exercises too.")
    ] = False,
) -> None:
    """Remove what dbtcoach made, and own exercises where that is wished for, after asking twice."""
    around = Surroundings()
    around.tell(*STAYS)
    if not yes:
        alone = "This needs a terminal to ask you. Without one: dbtcoach data forget --yes"
        sure = around.agrees("Remove everything? (y/N) ", alone)
        if sure and not own_exercises and os.path.lexists(around.home.exercises):
            own_exercises = around.agrees("Your own exercises as well? (y/N) ")
        if not (sure and around.ask_line(f"To be sure, type the word {WORD}: ").strip().lower() == WORD):
            around.tell("Nothing was removed.")
            raise LeaveError
    installed = traces(around.env)
    forget(around.home, around.tell, own=own_exercises, installed=installed)


def forget(
    home: Home, tell: Callable[[str], None], *, own: bool = False, installed: Sequence[Trace] = ()
) -> None:
    """Remove everything, ``own`` exercises only if that is wished for, and tell what was left.

    ``installed`` is what completion left outside the home. Works whatever state the files are in. Raises
    JournalError that names what could not be removed.
    """
    _refuse_open_windows(home)
    away = [f"  {shown(os.path.realpath(path))}" for path in _links(home, own=own) if os.path.islink(path)]
    with _no_saves(home):
        left = [path for path in remains(home, own=own) if not _removed(path)]
        left += [trace.path for trace in installed if not remove(trace)]
    folders = _folders(home, own=own)
    for folder in (*folders, home.folder):
        _remove_if_empty(folder)
    if away:
        tell("\n".join(["There was a link to this place. What lies there was left:", *away]))
    if left:
        names = "\n".join(f"  {shown(path)}" for path in dict.fromkeys(left))
        raise JournalError(f"These could not be removed. You can remove them by hand:\n{names}")
    others = [f"  {shown(path)}" for path in _others(home, folders)]
    if others:
        tell(
            "\n".join(["What dbtcoach made was removed. These are not from it, so they were left:", *others])
        )
    elif not own and names_in(home.exercises):
        tell(f"Everything else was removed. Your own exercises stay: {shown(home.exercises)}")
    else:
        tell("Everything was removed.")


@contextlib.contextmanager
def _no_saves(home: Home) -> Iterator[None]:
    """Hold the journal's lock meanwhile, where that can be: a save that waits then begins a new journal."""
    lock = Lock(home.journal)
    try:
        lock.__enter__()
    except (JournalError, OSError):  # whatever is wrong there, it is about to go
        yield
        return
    try:
        yield
    finally:
        lock.remove()


def _links(home: Home, *, own: bool) -> tuple[str, ...]:
    return (home.drafts, home.exercises) if own else (home.drafts,)


def _refuse_open_windows(home: Home) -> None:
    """Raise JournalError while an exercise is open: its next answer would write a draft again."""
    for exercise in () if os.path.islink(home.drafts) else begun(home):
        try:
            claim = drafts.claim(home, exercise)
        except (JournalError, UsageError):  # whatever is wrong there, it is about to go
            continue
        if claim is None:
            raise JournalError(
                "dbtcoach is open in another window. Leave there first, then try again. Nothing was removed."
            )
        claim.release()


def remains(home: Home, *, own: bool) -> Iterator[str]:
    """Yield the path of every file that the program may have made, what holds words first.

    Other programs may use the same folder: only whole names that are known, or what begins as ours does.
    """
    for folder in restored_folders(home):
        yield from remains(Home(folder), own=True)
        yield Home(folder).journal + ".lock"
        yield from _folders(Home(folder), own=True)
        yield folder
    yield from backups(home)
    yield from (path for path in journal_files(home) if path != home.journal + ".lock")  # held: see _no_saves
    yield from conflict_copies(home)
    yield from (path for _exercise, path in draft_files(home))
    yield from plan_files(home)
    yield from editing_files(home)
    yield from key_files(home)
    yield from state_files(home)
    if os.path.lexists(home.config) and _is_ours(home.config):
        yield home.config
    yield from (
        path for path in _links(home, own=own) if os.path.islink(path)
    )  # it goes, and is not followed
    if own:
        for folder, end in _own(home):
            yield from (os.path.join(folder, name) for name in names_in(folder) if name.endswith(end))


def _own(home: Home) -> tuple[tuple[str, str], ...]:
    """Return the folders of own exercises, the inner ones first, each with how our files in it end."""
    rules = os.path.join(home.exercises, "coach")
    return (
        (os.path.join(rules, "lists"), ".txt"),
        (rules, ".yaml"),
        (os.path.join(home.exercises, "data"), ".yaml"),
        (os.path.join(home.exercises, "skills"), ".yaml"),
        (home.exercises, ".yaml"),
    )


def _folders(home: Home, *, own: bool) -> list[str]:
    return [home.drafts, *(folder for folder, _end in (_own(home) if own else ()))]


def _is_ours(config: str) -> bool:
    """Tell whether a ``config.yaml`` may be settings of dbtcoach; one that cannot be read is taken for it."""
    from dbtcoach.world.settings import may_be_settings

    try:
        return may_be_settings(read_whole(config, _ENOUGH))
    except (OSError, JournalError):
        return True


def _others(home: Home, folders: list[str]) -> Iterator[str]:
    """Yield what lies where things of ours were, or looks like them by its name, and was left."""
    for name in names_in(home.folder):
        if name.startswith(("journal", "plan.", "config.yaml", "key.")):
            yield os.path.join(home.folder, name)
    inner = set(folders)
    for folder in folders:
        for name in names_in(folder):
            if (path := os.path.join(folder, name)) not in inner:
                yield path


def _removed(path: str) -> bool:
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            os.rmdir(path)
        else:
            os.unlink(path)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _remove_if_empty(folder: str) -> None:
    if os.path.isdir(folder) and not names_in(folder):
        _removed(folder)
