"""The manual page, built from the commands: ``python -m docs.manual > docs/dbtcoach.1``."""

from __future__ import annotations

import re
import sys
from typing import Any

import typer

from dbtcoach import __version__
from dbtcoach.commands.app import app
from dbtcoach.commands.table import EXERCISES, FIRST, MORE, PRACTISE, SECTIONS

FILES = (
    ("journal.json", "What you finished, as a JSON array with one entry a line."),
    ("drafts/", "What you have begun."),
    ("state.json", "Dates and marks; no words."),
    ("config.yaml", "Settings: plain, animation, bell, theme, coach, save, country, emotions, urges, rows."),
    ("exercises/", "Exercises of your own; each becomes a command."),
)
CODES = (
    ("0", "done"),
    ("1", "failed; nothing is half-written"),
    ("2", "the command was used in a way that it does not know"),
    ("3", "an exercise or rule file is wrong"),
    ("4", "it needs a terminal; --answers and --plain do without"),
    ("129, 130, 143", "hung up; left with Ctrl-C, Ctrl-D or at the end of input; terminated"),
)
ENVIRONMENT = (
    ("DBTCOACH_HOME", "The folder for everything above."),
    ("DBTCOACH_PLAIN, ACCESSIBLE", "Set to 1: one thing a line, as with --plain. 0 and false are off."),
    ("NO_COLOR", "When not empty: no colour."),
)


def page() -> str:
    """Return the manual page in roff; commands in the order of ``--help``."""
    root: Any = typer.main.get_command(app)
    context = root.make_context("dbtcoach", [], resilient_parsing=True)
    lines = [
        f'.TH DBTCOACH 1 "" "dbtcoach {__version__}" "User Commands"',
        ".nh",  # a hyphen at a line's end would become part of a command that somebody copies
        ".SH NAME",
        f"dbtcoach \\- {_plain('practise DBT skills, offline and in private')}",
        ".SH SYNOPSIS",
        ".B dbtcoach",
        "[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]",
        ".SH DESCRIPTION",
        _plain(
            "Without a command it asks what is going on and leads to an exercise. "
            "It is a practice aid, not therapy, and it cannot keep anyone safe. "
            "dbtcoach help-now shows people to call."
        ),
    ]
    practices = {PRACTISE: FIRST, MORE: tuple(name for name in EXERCISES if name not in FIRST)}
    for title, section in SECTIONS.items():
        lines += [f".SH {_plain(title.upper())}"]
        for name in practices.get(title, section):
            lines += _command(root.get_command(context, name), f"dbtcoach {name}", context)
    for title, rows in (("FILES", FILES), ("ENVIRONMENT", ENVIRONMENT), ("EXIT STATUS", CODES)):
        lines.append(f".SH {title}")
        for name, text in rows:
            lines += [".TP", f".B {_plain(name)}", _plain(text)]
    return "\n".join([*lines, ""])


def _command(listed: Any, path: str, above: Any) -> list[str]:
    context = listed.make_context(path, [], parent=above, resilient_parsing=True)
    command = context.command  # the one that is run, with its options
    summary, _, example = " ".join((command.help or "").split()).partition(" Example: ")
    lines = [".TP", f".B {_plain(path)}", _plain(summary)]
    if example:
        lines += [".br", f"Example: \\fB{_plain(example)}\\fR"]
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and "--help" not in record[0]:
            option, text = record
            lines += [".RS", ".TP", f"\\fB{_plain(option)}\\fR", _plain(" ".join(text.split())), ".RE"]
    for name, inner in getattr(command, "commands", {}).items():
        lines += _command(inner, f"{path} {name}", context)
    return lines


def _plain(text: str) -> str:
    """Return a text that roff shows as it is, in ASCII: not every formatter is told of UTF-8."""
    escaped = text.replace("\\", "\\e")
    for mark, name in (("-", "\\-"), ("'", "\\(aq"), ("~", "\\(ti")):
        escaped = escaped.replace(mark, name)
    escaped = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in escaped)
    return re.sub(r"^\.", r"\\&.", escaped, flags=re.MULTILINE)


if __name__ == "__main__":
    sys.stdout.write(page())
