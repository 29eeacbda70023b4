"""The file that an option ``-o`` names: never one of ours, never overwritten unasked, for this user alone."""
# ruff: noqa: PTH100  - plain paths, as in dbtcoach.disk.home

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from dbtcoach.disk.export import put
from dbtcoach.disk.home import shown
from dbtcoach.errors import JournalError, UsageError
from dbtcoach.journal.backup import parts
from dbtcoach.journal.key import key_file, recipient_file

if TYPE_CHECKING:
    from dbtcoach.disk.home import Home


def check_output(home: Home, file: str, *, force: bool) -> None:
    """Raise UsageError where something is there already, or where a file of dbtcoach itself is meant.

    Standard output, ``-``, is neither.
    """
    if file == "-":
        return
    own = [home.journal, home.state, home.config, home.plan, key_file(home), recipient_file(home)]
    own += [path for _name, path in parts(home)]
    if os.path.realpath(file) in {os.path.realpath(path) for path in own}:
        raise UsageError(f"{shown(file)} is a file of dbtcoach itself. Name another file.")
    if not force and os.path.lexists(file):
        raise taken(file)


def write_output(file: str, data: bytes, *, force: bool) -> None:
    """Write all of it, or nothing; raise UsageError or JournalError that says what stands in the way."""
    path = os.path.abspath(file)
    try:
        put(path, data, force=force)
    except FileExistsError:
        raise taken(path) from None
    except OSError as error:
        raise JournalError(f"Could not write {shown(path)}: {_why(error)}. Name another file.") from error
    except JournalError as error:
        raise UsageError(str(error)) from None


def _why(error: OSError) -> str:
    """Return what stands in the way of a file that may lie anywhere."""
    if error.errno == errno.ENOENT:
        return "there is no such folder"
    return (error.strerror or "the system gives no reason").lower()


def taken(file: str) -> UsageError:
    """Return what to say where something is there already."""
    return UsageError(f"{shown(file)} is there already. Name another file, or overwrite it with --force.")
