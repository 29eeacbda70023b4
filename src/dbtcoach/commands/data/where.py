"""``dbtcoach data where``: what lies where, and how much: without a word of it, and without a passphrase."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from dbtcoach.disk.access import open_to_read
from dbtcoach.disk.home import shown
from dbtcoach.errors import CoachError
from dbtcoach.journal import drafts
from dbtcoach.journal.backup import backups
from dbtcoach.journal.convert import UNFINISHED, in_the_clear, kept_files
from dbtcoach.journal.copies import copies_before_merges
from dbtcoach.journal.names import conflict_copies, plan_files, restored_folders
from dbtcoach.journal.read import read_pieces
from dbtcoach.journal.scan import Lost, Piece, is_sealed_piece, is_tombstone
from dbtcoach.journal.seal import KEY_MISSING, is_key_missing, is_locked, read_recipient, was_interrupted
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from dbtcoach.disk.home import Home
    from dbtcoach.journal.entry import Json

_SEALED = b',"age":"'
_DELETED = b',"deleted":"'
_EMPTY = len(b"[\n]\n")
_BEGINS = (b"{", b",{")
_ENDS = (b"}\n", b"}\r\n", b"}")
_AROUND = (b"[", b"]", b"")  # lines that hold no entry
DAMAGED = (
    "A part of the journal cannot be read. Everything else can.\n"
    "The next save puts that part in a file of its own beside it. Nothing is thrown away."
)
NOTHING = (
    "Nothing in the journal can be read. The next save keeps it aside.\n"
    "If you have a backup: dbtcoach data restore FILE"
)


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,  # noqa: FBT002
) -> None:
    """Show where everything is, and how much of it there is."""
    around = Surroundings()
    found = where(around.home)
    if as_json:
        from dbtcoach.world.console import say_json

        say_json(around.streams.stdout, found)
    else:
        typer.echo("\n".join(lines(found)))


@dataclass(frozen=True, slots=True)
class Amount:
    """A journal by the numbers: bytes, entries that are there, those of them that are sealed, deletions."""

    size: int = 0
    entries: int = 0
    sealed: int = 0
    deleted: int = 0
    lost: bool = False  # a part cannot be read


def count(path: str) -> Amount:
    """Return how much a journal holds by looking at how its lines begin, which is cheap.

    One that a formatter wrote anew is read as a whole. Raises JournalError and OSError as open_to_read does.
    """
    entries = sealed = deleted = odd = 0
    try:
        with os.fdopen(open_to_read(path), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            for line in file:
                if line.startswith(_BEGINS) and line.startswith(b'"v"', line.index(b"{") + 1):
                    head = line[:120]
                    if _DELETED in head:
                        deleted += 1
                    else:
                        entries += 1
                        sealed += _SEALED in head
                    odd += not line.endswith(_ENDS)
                else:
                    odd += line.strip() not in _AROUND
    except FileNotFoundError:
        return Amount()
    amount = Amount(size, entries, sealed, deleted)
    readable = not odd and size and (entries or deleted or size <= _EMPTY)
    return amount if readable else _count_whole(path, size)


def _count_whole(path: str, size: int) -> Amount:
    found = list(read_pieces(path))
    pieces = [piece for piece in found if isinstance(piece, Piece)]
    lost = any(isinstance(piece, Lost) for piece in found)
    deleted = sum(is_tombstone(piece) for piece in pieces)
    sealed = sum(is_sealed_piece(piece) for piece in pieces)
    return Amount(size, len(pieces) - deleted, sealed, deleted, lost)


def where(home: Home) -> dict[str, Json]:
    """Return where everything is, as data for JSON: no word, no name, no feeling."""
    found: dict[str, Json] = {
        "folder": shown(home.folder),
        "journal": shown(home.journal),
        "drafts": shown(home.drafts),
        "exercises": shown(home.exercises),
        "config": shown(home.config),
        "plan": shown(home.plan) if home.plan in plan_files(home) else "",
        "locked": is_locked(home),
        "open": _is_open(home.folder),
        "waiting": len(drafts.waiting(home)),
        "damaged": [shown(path) for path in kept_files(home)],
        "copies": [shown(path) for path in conflict_copies(home)],
        "before_merge": [shown(path) for path in copies_before_merges(home.journal)],
        "backups": [shown(path) for path in backups(home)],
        "restored": [shown(path) for path in restored_folders(home)],
    }
    try:
        amount = count(home.journal)
        found |= {"entries": amount.entries, "sealed": amount.sealed, "bytes": amount.size}
        damaged = DAMAGED if amount.entries or amount.deleted else NOTHING
        found["problem"] = damaged if amount.lost else ""
        read_recipient(home)
        if is_key_missing(home):
            found["problem"] = KEY_MISSING
        elif is_locked(home) and (was_interrupted(home) or in_the_clear(home)):
            found["problem"] = UNFINISHED
    except (CoachError, OSError) as error:
        found |= {"entries": 0, "sealed": 0, "bytes": 0} | found
        found["problem"] = (
            str(error) if isinstance(error, CoachError) else f"It cannot be read: {error.strerror}."
        )
    return found


def _is_open(folder: str) -> bool:
    """Tell whether other users of this computer may look into a folder."""
    try:
        return sys.platform != "win32" and bool(os.stat(folder).st_mode & 0o077)  # noqa: PTH116
    except OSError:
        return False


def lines(found: dict[str, Json]) -> list[str]:
    """Return the same for a person to read."""
    entries, sealed, size = found["entries"], found["sealed"], found["bytes"]
    locked = "locked" if found["locked"] else "not locked"
    shown_lines = [
        str(found["folder"]),
        f"journal   {found['journal']}",
        f"          {_many(entries, 'entry', 'entries')}, {_size(size)}, {locked}",
        f"drafts    {found['drafts']}",
        f"          {_many(found['waiting'], 'waits', 'wait')}",
        f"own       {found['exercises']}",
        f"settings  {found['config']}",
    ]
    if found["plan"]:
        shown_lines.append(f"plan      {found['plan']}")
    shown_lines += [f"damaged   {path}" for path in _paths(found["damaged"])]
    shown_lines += [f"copy      {path} (dbtcoach data merge)" for path in _paths(found["copies"])]
    shown_lines += [
        f"before    {path} (dbtcoach data merge --undo)" for path in _paths(found["before_merge"])
    ]
    shown_lines += [f"backup    {path}" for path in _paths(found["backups"])]
    shown_lines += [f"restored  {path}" for path in _paths(found["restored"])]
    if found["locked"] and sealed != entries and not found["problem"]:
        shown_lines.append("Some entries are not sealed yet. To finish: dbtcoach data lock")
    if not found["locked"] and sealed:
        shown_lines.append(
            "Some entries are still sealed. If you have their key, name it key.age and unlock again."
        )
    if found["open"]:
        shown_lines.append(
            "Others can look into this folder. The next save closes it, unless other files lie in it too.\n"
            f"To close it now: chmod 700 {found['folder']}"
        )
    if found["problem"]:
        shown_lines.append(str(found["problem"]))
    return shown_lines


def _many(number: Json, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _size(size: Json) -> str:
    if not isinstance(size, int) or size < 1000:  # noqa: PLR2004 - a thousand bytes are a kilobyte
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"  # noqa: PLR2004


def _paths(listed: Json) -> list[str]:
    return [str(path) for path in listed] if isinstance(listed, list) else []
