"""A home that is locked, and what tests need to open it.

Deriving a key from a passphrase takes a second on purpose. ``WRAPPED`` is a ``key.age`` for which it takes
milliseconds: an age file whose scrypt work factor is 4 where pyrage writes 18.
"""

from __future__ import annotations

import base64
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dbtcoach.disk.home import Home
from dbtcoach.journal.convert import seal_home
from dbtcoach.journal.key import Key
from dbtcoach.journal.seal import Opener
from dbtcoach.terminal.streams import Streams
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "my own words"  # noqa: S105 - of a key that opens nothing but tests
KEY = Key("AGE-SECRET-KEY-14A5KWT2VJNXXT4J3UX7KG7YG54C7ERPJ9FMSNR07J695TJPLV9KQJR705P")
OPENER = Opener([KEY])
WRAPPED = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBCMHVKMWdIKzZ6a2ZFUWRKL3BER2RBIDQKRUorQ3pINCtRbW"
    "k1ZHBKT2JYZGFhYU9IaEVUQkpkV0V6QlJHRldHcG16RQotLS0gSVpHdHh3cDhHTThNWWJINXlWbEs2NVpjcGM2NWov"
    "QU8zR3Y0US80Z0JQWQrUpVLWqPueBI15upfU9Q8GyICkCmnC4JWT6Y9f1epSBV23QgePUgRWLHyigTOAIiGuVEVOgV"
    "98zwPFugPKuaxhzcw/XDYBLtFZBczqN7/c2KzGEu/VjIsCtZ73YvZ+zloH+9jCWZh7WqmMwOGrAoeUFfey40rc/cWl"
    "3Big/Lz8ptWrxJaW8ofq2cVLb3/iQFJWIcH5jkUrt/UMqUyFBHGjYCtCo97ASs3q9IjSlDqNO+mT7JgeVP70"
)


class Said(io.StringIO):
    """A stream with a terminal's encoding, whose text can be read afterwards."""

    encoding = "utf-8"


def surroundings(home: Path, *lines: str) -> Surroundings:
    """Return a world whose standard input is a pipe that holds these lines."""
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    streams = Streams(stdin=typed, stdout=Said(), stderr=Said(), wait_for_line=lambda _stdin, _seconds: True)
    return Surroundings(env={"DBTCOACH_HOME": str(home), "LANG": "C.UTF-8"}, streams=streams)


def said(around: Surroundings) -> str:
    """Return what was written to standard error."""
    stream: Any = around.streams.stderr
    return str(stream.getvalue())


def printed(around: Surroundings) -> str:
    """Return what was written to standard output."""
    stream: Any = around.streams.stdout
    return str(stream.getvalue())


def lock_home(path: Path) -> Home:
    """Lock the home at this path with the key of these tests."""
    home = Home(str(path))
    seal_home(home, WRAPPED, KEY.recipient, datetime(2026, 11, 23, 21, 0, tzinfo=UTC))
    return home


def opened_entries(path: Path) -> list[dict[str, Any]]:
    """Return every entry of the locked journal in this home, opened."""
    found = json.loads((path / "journal.json").read_bytes())
    lines = [OPENER.text(record["age"]) for record in found]
    assert None not in lines
    return [json.loads(line) for line in lines if line is not None]


def files_with(folder: Path, word: bytes) -> list[str]:
    """Return the names of the files in a folder and below that hold this word."""
    return [path.name for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]
