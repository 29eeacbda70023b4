"""From a journal in the clear to a sealed one, and back, with its drafts and what was kept of damage.

All or nothing: everything is written under temporary names first, and the journal's rename is the moment
from which it is locked. ``recipient.txt``, which is what says so, comes after it; ``key.age``, which opens
it, comes before anything is sealed and goes last. So whatever is sealed can be opened with what lies there,
whenever the power fails, and the same command goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from dbtcoach.disk.access import (
    make_private_folder,
    read_whole,
    refuse_linked_folder,
    remove_file,
)
from dbtcoach.disk.atomic import rename, replace_whole, sweep, sync_folder
from dbtcoach.disk.failure import Explained, explain
from dbtcoach.disk.home import shown
from dbtcoach.disk.lock import Lock
from dbtcoach.errors import JournalError
from dbtcoach.journal import drafts, plan
from dbtcoach.journal.key import key_file, recipient_file
from dbtcoach.journal.later import Later
from dbtcoach.journal.names import draft_files, journal_files, key_files, plan_files
from dbtcoach.journal.scan import is_sealed_piece, is_tombstone
from dbtcoach.journal.seal import is_locked, is_sealed, seal_bytes, seal_line, sealed_session
from dbtcoach.journal.unseal import open_piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dbtcoach.disk.home import Home
    from dbtcoach.journal.entry import Json
    from dbtcoach.journal.scan import Piece
    from dbtcoach.journal.seal import Opener

_KEPT = ".damaged-"
_SEALED_END = ".age"
_UNFINISHED = ".tmp"  # of atomic.temporary
MEANWHILE = "The journal was locked in another window meanwhile, so nothing was changed here."
UNFINISHED = "The journal is locked now, but not all else is sealed. To finish: dbtcoach data lock"


@dataclass(slots=True)
class Conversion:
    """What was converted: records, drafts and damaged files; and what could not be decrypted."""

    records: int = 0
    drafts: int = 0
    kept: list[str] = field(default_factory=list)
    undecryptable: list[str] = field(default_factory=list)  # a name for each thing that the key did not open


def seal_home(home: Home, wrapped: bytes, recipient: str, now: datetime, *, new: bool = False) -> Conversion:
    """Seal everything that holds words, to ``recipient``; ``wrapped`` becomes ``key.age``.

    What is sealed already stays as it is, so that an interrupted run can be repeated. A ``new`` key is taken
    only where no other has sealed anything: it would take the place of the one that opens it. Raises
    JournalError.
    """
    done = Conversion()

    def sealed(pieces: Iterable[Piece]) -> Iterator[bytes]:
        for piece in pieces:
            if is_sealed_piece(piece) or is_tombstone(piece):
                yield piece.raw
            else:
                done.records += 1
                yield seal_line(str(piece.found["id"]), piece.raw, recipient).encode()

    with Explained(home.journal, "lock"), _alone(home) as locked:
        if locked and new:
            raise JournalError(MEANWHILE)
        later = Later()
        with later.or_nothing():
            later.stage(recipient_file(home), [recipient.encode() + b"\n"])
            if not locked:
                replace_whole(key_file(home), [wrapped])
                later.made(key_file(home))
            later.stage_journal(home.journal, now, sealed)
            _seal_drafts(home, recipient, now, later, done)
            _seal_plan(home, recipient, now, later)
            _seal_kept(home, recipient, later, done)
            later.put_journal()
        try:
            later.put()
            if locked:
                replace_whole(key_file(home), [wrapped])
        except OSError as error:
            raise JournalError(f"{explain(error, home.folder, 'finish locking')} {UNFINISHED}") from error
    return done


def unseal_home(home: Home, opener: Opener, now: datetime) -> Conversion:
    """Put everything in the clear again and remove the key; the reverse of seal_home.

    What ``opener`` cannot open stays as it is, and then the key is kept too, under another name.
    """
    done = Conversion()

    def opened(pieces: Iterable[Piece]) -> Iterator[bytes]:
        for piece in pieces:
            inner = open_piece(piece, opener) if is_sealed_piece(piece) else None
            if inner is not None:
                done.records += 1
                yield inner.raw
                continue
            if is_sealed_piece(piece):
                done.undecryptable.append(str(piece.found["id"]))
            yield piece.raw

    with Explained(home.journal, "unlock"), _alone(home):
        later = Later()
        with later.or_nothing():
            later.stage_journal(home.journal, now, opened)
            _open_drafts(home, opener, now, later, done)
            _open_plan(home, opener, now, later, done)
            _open_kept(home, opener, later, done)
            later.put_journal()
        later.put()
        sweep(recipient_file(home))
        remove_file(recipient_file(home))
        sync_folder(home.folder)
        if done.undecryptable and os.path.lexists(key_file(home)):
            rename(key_file(home), os.path.join(home.folder, f"key.kept-{now:%Y%m%d-%H%M%S}.age"))
        else:
            remove_file(key_file(home))
        sync_folder(home.folder)
    return done


@contextlib.contextmanager
def _alone(home: Home) -> Iterator[bool]:
    """Hold the journal and every draft, and sweep what a crash left of them; yield whether it was locked."""
    make_private_folder(home.folder)
    refuse_linked_folder(home.drafts)
    with contextlib.ExitStack() as held:
        claimed = begun(home)
        for exercise in claimed:
            claim = drafts.claim(home, exercise)
            if claim is None:
                raise JournalError(
                    "dbtcoach is open in another window. Finish or leave there first, then try again."
                )
            held.enter_context(claim)
        held.enter_context(Lock(home.journal))
        locked = is_locked(
            home
        )  # asked before the sweep: what an interrupted lock left is part of the answer
        # Only what these locks are for: an exercise may be begun at this moment, and the state has its own.
        torn = [*journal_files(home), *key_files(home), *plan_files(home)]
        torn += [path for exercise, path in draft_files(home) if exercise in claimed]
        for path in torn:
            if path.endswith(_UNFINISHED):
                remove_file(path)
        yield locked


def begun(home: Home) -> list[str]:
    """Return the exercises that have a draft, a torn one too, or are open in some window."""
    return sorted({exercise for exercise, path in draft_files(home) if _KEPT not in os.path.basename(path)})


def _seal_drafts(home: Home, recipient: str, now: datetime, later: Later, done: Conversion) -> None:
    for exercise, draft in _drafts(home, now):
        if not is_sealed(draft.session):
            sealed = sealed_session(draft.session, recipient)
            title, saved = draft.header.title, _saved(draft, now)
            later.stage(home.draft(exercise), [drafts.content(exercise, title, sealed, saved)])
            done.drafts += 1


def _open_drafts(home: Home, opener: Opener, now: datetime, later: Later, done: Conversion) -> None:
    for exercise, draft in _drafts(home, now):
        if is_sealed(draft.session):
            session = opener.session(draft.session)
            if session is None:
                done.undecryptable.append(shown(home.draft(exercise)))
                continue
            title, saved = draft.header.title, _saved(draft, now)
            later.stage(home.draft(exercise), [drafts.content(exercise, title, session, saved)])
            done.drafts += 1


def _seal_plan(home: Home, recipient: str, now: datetime, later: Later) -> None:
    found = _made_plan(home, now)
    if found is not None and not is_sealed(found):
        later.stage(home.plan, [plan.content(sealed_session(found, recipient))])


def _open_plan(home: Home, opener: Opener, now: datetime, later: Later, done: Conversion) -> None:
    found = _made_plan(home, now)
    if found is not None and is_sealed(found):
        opened = opener.session(found)
        if opened is None:
            done.undecryptable.append(shown(home.plan))
        else:
            later.stage(home.plan, [plan.content(opened)])


def _made_plan(home: Home, now: datetime) -> Mapping[str, Json] | None:
    """Return what the plan's file holds; one that cannot be read is kept aside, another program's is left."""
    if home.plan not in plan_files(home):
        return None
    plan.make_room(home, now)
    return plan.peek(home)


def _drafts(home: Home, now: datetime) -> Iterator[tuple[str, drafts.Draft]]:
    for exercise in begun(home):
        found = drafts.load(home, exercise, now)
        if isinstance(found, drafts.Draft):
            yield exercise, found


def _saved(draft: drafts.Draft, now: datetime) -> datetime:
    try:
        return datetime.fromisoformat(draft.header.saved)
    except ValueError:
        return now


def kept_files(home: Home) -> list[str]:
    """Return the paths of the damaged files that were kept, sealed or not."""
    return [
        path for path in _beside(home) if _KEPT in os.path.basename(path) and not path.endswith(_UNFINISHED)
    ]


def _beside(home: Home) -> list[str]:
    """Return the paths of all that belongs to the journal, the plan or the drafts."""
    return [*journal_files(home), *plan_files(home), *(path for _exercise, path in draft_files(home))]


def _seal_kept(home: Home, recipient: str, later: Later, done: Conversion) -> None:
    for path in kept_files(home):
        if not path.endswith(_SEALED_END):
            later.stage(path + _SEALED_END, [seal_bytes(read_whole(path), recipient)], instead_of=path)
            done.kept.append(path + _SEALED_END)


def _open_kept(home: Home, opener: Opener, later: Later, done: Conversion) -> None:
    for path in kept_files(home):
        if path.endswith(_SEALED_END):
            found = opener.file(read_whole(path))
            if found is None:
                done.undecryptable.append(shown(path))
                continue
            later.stage(path.removesuffix(_SEALED_END), [found], instead_of=path)
            done.kept.append(path.removesuffix(_SEALED_END))


def in_the_clear(home: Home) -> list[str]:
    """Return the paths of drafts, a plan and kept files that hold words anybody can read."""
    found = [path for path in kept_files(home) if not path.endswith(_SEALED_END)]
    if home.plan in plan_files(home):
        made = plan.peek(home)
        found += [] if made is not None and is_sealed(made) else [home.plan]
    for exercise, path in draft_files(home):
        if path == home.draft(exercise):
            with contextlib.suppress(JournalError):
                draft = drafts.peek(home, exercise)
                found += [path] if draft is None or not is_sealed(draft.session) else []
    return found
