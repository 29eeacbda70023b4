"""One class for each expected failure, each with the exit code that the program ends with."""

from __future__ import annotations


class CoachError(Exception):
    """An expected failure: its text is shown to the person and says what to do next."""

    exit_code = 1


class UsageError(CoachError):
    """The command was called with something it cannot use."""

    exit_code = 2


class ScriptError(CoachError):
    """An exercise or rule file is wrong; the text lists every problem as ``file:line:col: message``."""

    exit_code = 3


class NoTerminalError(CoachError):
    """The exercise needs somebody to ask, and there is no terminal."""

    exit_code = 4


class JournalError(CoachError):
    """The journal could not be read or written; nothing is half-written."""


class LeaveError(CoachError):
    """The person left, or the input ended: the draft stays."""

    exit_code = 130


class QuickExitError(CoachError):
    """The person wants everything off the screen at once."""

    exit_code = 0
