"""The program, halted where a function of its own begins: ``python halted.py FOLDER PLACE ARGUMENTS...``.

``FOLDER/there`` says that it stands at PLACE, a module and a function such as ``overture._begin``; it goes
on when somebody opens the FIFO ``FOLDER/go``. Signals are heeded meanwhile as they would be in that place.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


def main() -> None:
    """Run the program with the arguments after the place."""
    folder, place = Path(sys.argv[1]), sys.argv[2]
    module, _, function = place.rpartition(".")
    sys.argv = ["dbtcoach", *sys.argv[3:]]

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or code.co_name != function:
            return
        if code.co_filename.removesuffix(".py").replace(os.sep, ".").endswith(f".{module}"):
            sys.setprofile(None)
            (folder / "there").touch()
            os.close(os.open(folder / "go", os.O_RDONLY))

    sys.setprofile(watch)
    from dbtcoach.overture import main as program

    program()


if __name__ == "__main__":
    main()
