"""Work in a process of its own that dies at a step: what lies on the disk then is what a crash leaves."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def struck(work: Callable[[], object], stop_at: int) -> int:
    """Do it in a process that dies at a step (0: never); return its exit code, 9 for one that was struck.

    A step is a call that changes the disk; a write that is struck has written half.
    """
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    taken = 0

    def strike(name: str) -> None:
        really = getattr(os, name)

        def step(*args: object, **options: object) -> object:
            nonlocal taken
            taken += 1
            if taken == stop_at:
                if name == "write":
                    really(args[0], bytes(args[1])[: len(bytes(args[1])) // 2])  # type: ignore[call-overload]
                os._exit(9)
            return really(*args, **options)

        setattr(os, name, step)

    for name in ("write", "replace", "unlink", "link", "rename", "fsync"):
        strike(name)
    try:
        work()
    except BaseException:  # noqa: BLE001 - nothing may come back into pytest from this process
        os._exit(1)
    os._exit(0)
