"""Several files that change together: written under temporary names, and named only when all are written."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from dbtcoach.disk.access import refuse_other_kinds, remove_file
from dbtcoach.disk.atomic import put_in_place, rename, stage, sweep, sync_folder, temporary
from dbtcoach.journal.copies import copies_before_merges
from dbtcoach.journal.repair import stage_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from dbtcoach.journal.scan import Piece


class Later:
    """Files that are written under temporary names and get their own together, the journal first."""

    def __init__(self) -> None:
        self._journal = ""
        self._staged: os.stat_result | None = None  # the file that is to be the journal
        self._paths: list[str] = []
        self._made: list[str] = []
        self._then_gone: list[str] = []

    @contextlib.contextmanager
    def or_nothing(self) -> Iterator[None]:
        """Take away all that was made where the block fails, unless the journal has its name by then.

        Then what is in it may need a file that was made, the key above all, and the same command goes on.
        """
        try:
            yield
        except BaseException:
            if self._holds():
                raise
            for path in [*self._paths, *filter(None, [self._journal])]:
                sweep(path)
            for path in self._made:
                remove_file(path)
            raise

    def made(self, path: str) -> None:
        """Note a file that is new: it goes where the block fails."""
        self._made.append(path)

    def stage(self, path: str, parts: Iterable[bytes], instead_of: str = "") -> None:
        """Write ``parts`` for ``path``; the file ``instead_of`` goes when that has its name."""
        refuse_other_kinds(path)
        self._paths.append(path)
        stage(path, parts)
        if instead_of:
            self._then_gone.append(instead_of)

    def stage_journal(
        self, path: str, now: datetime, make: Callable[[Iterator[Piece]], Iterable[bytes]]
    ) -> None:
        """Write what ``make`` makes of the journal and of its copies."""
        for copy in copies_before_merges(path):
            self._paths.append(copy)
            stage_lines(copy, now, make)
        if os.path.lexists(path):
            self._journal = path
            stage_lines(path, now, make)
            self._staged = os.stat(temporary(path))

    def put_journal(self) -> None:
        """Give the journal its name: from here on the change holds."""
        if self._journal:
            put_in_place(self._journal)

    def _holds(self) -> bool:
        """Tell whether the journal is the new one: an error or Ctrl-C may come up just behind its rename."""
        try:
            return self._staged is not None and os.path.samestat(self._staged, os.stat(self._journal))
        except OSError:
            return False

    def put(self) -> None:
        """Give every file its name; one that cannot get it keeps its temporary one, and is told last."""
        failed: OSError | None = None
        for path in self._paths:
            try:
                rename(temporary(path), path)
                sync_folder(os.path.dirname(path))
            except OSError as error:
                failed = failed or error
        if failed is not None:
            raise failed
        for path in self._then_gone:
            remove_file(path)
