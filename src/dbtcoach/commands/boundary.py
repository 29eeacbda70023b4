"""The one place where an error becomes a message and an exit code."""

from __future__ import annotations

import errno
import gc
import os
import sys
from io import TextIOWrapper

from dbtcoach.errors import CoachError, LeaveError, QuickExitError
from dbtcoach.terminal.environment import wants_ascii, wants_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Importing makes objects by the ten thousand and no garbage; looking through them for some, as Python does
# after every 700, takes a tenth of the time of a short command. What is read comes and goes without circles.
_MANY = 50_000


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    gc.set_threshold(_MANY)
    from dbtcoach.commands.app import application

    gc.freeze()  # modules stay; nothing in them needs looking at again
    return guarded(lambda: application(sys.argv[1:] if arguments is None else arguments))


def guarded(action: Callable[[], int]) -> int:
    """Run an action; every way in which it can fail becomes a message and an exit code."""
    if not _complete_streams():
        return 1
    _replace_unencodable_letters()
    try:
        code = action()
        sys.stdout.flush()
    except QuickExitError:
        return 0
    except LeaveError as left:
        return left.exit_code
    except CoachError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return LeaveError.exit_code
    except BrokenPipeError:
        _close_stdout()
        return 1
    except Exception as error:  # noqa: BLE001 - the last place before a traceback, which could hold words
        if isinstance(error, OSError) and (_stdout_takes_no_more() or _nothing_kept_was_meant(error)):
            _say(f"What should be shown could not be written: {error.strerror}.")
        else:
            _say(_fault(error))
        return 1
    else:
        return code


def _complete_streams() -> bool:
    """Put an empty one in the place of a closed standard stream (``<&-``); say if there is an output.

    Python leaves None there, and the next file that is opened, a journal perhaps, would get its number.
    """
    missing = [name for name in ("stdin", "stdout", "stderr") if getattr(sys, name) is None]
    for name in missing:
        mode = "r" if name == "stdin" else "w"
        setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays
    return "stdout" not in missing


def _replace_unencodable_letters() -> None:
    """Let no letter end the program: what an encoding does not have, or cannot mean, gets a stand-in."""
    ascii_alone = wants_ascii(os.environ)
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if ascii_alone:
            stream.reconfigure(encoding="ascii")
        if not stream.encoding.lower().startswith("utf"):
            from dbtcoach.drawing.glyphs import replace_unencodable

            replace_unencodable(stream)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # as Python itself does in the locale C


def _fault(error: Exception) -> str:
    """Return where an unexpected error happened; never its text, which could hold a person's words."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = ""
    if place is not None:
        name = place.tb_frame.f_code.co_filename.replace("\\", "/").rsplit("/", 1)[-1]
        where = f" in {name}, line {place.tb_lineno}"
    return (
        f"Something went wrong inside dbtcoach ({type(error).__name__}{where}).\n"
        "It is not your fault. A draft, if there was one, is still there."
    )


def _say(text: str) -> None:
    from dbtcoach.cleaning import clean
    from dbtcoach.drawing.wrapping import fitted

    try:
        sys.stderr.write(_drawn(text) or f"{fitted(clean(text), sys.stderr)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def _drawn(text: str) -> str:
    """Return a message as it is drawn at a terminal; empty where it is to be plain."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or wants_plain(os.environ):
        return ""
    from dbtcoach.disk.home import find_home
    from dbtcoach.drawing.listed import in_line
    from dbtcoach.drawing.theme import look_of
    from dbtcoach.drawing.window_size import size_of
    from dbtcoach.world.settings import Settings, read_settings

    try:
        settings = read_settings(find_home(os.environ, sys.platform))
    except CoachError:
        settings = Settings()
    if settings.plain:
        return ""
    look = look_of(os.environ, settings.theme, sys.stderr.encoding)
    return in_line(look, "problem", text.split("\n"), size_of(sys.stderr.fileno())[0] or 80)


def _stdout_takes_no_more() -> bool:
    """Say whether standard output is full or gone; then what still waits for it is dropped."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        _close_stdout()
        return True
    return False


def _nothing_kept_was_meant(error: OSError) -> bool:
    """Say whether a full disk is that of standard output: what is kept has errors of its own.

    An unbuffered stream (PYTHONUNBUFFERED) has already dropped what it could not write.
    """
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO) and error.filename is None


def _close_stdout() -> None:
    """Let Python end without a second complaint about the same stream."""
    try:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
