"""``dbtcoach review``: a message is read before it is sent; the coach's notes as a page or as JSON."""

from __future__ import annotations

import codecs
import errno
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TextIO, cast

import typer

from dbtcoach.cleaning import hidden
from dbtcoach.coach.model import GRAVE, KINDS, Kind, Review
from dbtcoach.coach.review import review
from dbtcoach.commands.notes_page import drawn, page, whom_to_call
from dbtcoach.commands.why import why_data, why_page
from dbtcoach.disk.access import open_outside
from dbtcoach.disk.home import shown
from dbtcoach.drawing.glyphs import for_encoding
from dbtcoach.drawing.window_size import WIDEST
from dbtcoach.drawing.wrapping import fitted
from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.sitting.rule_loading import load_rules
from dbtcoach.terminal.streams import read_whole_lines
from dbtcoach.world import showing
from dbtcoach.world.paging import window_of
from dbtcoach.world.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dbtcoach.coach.rules import Rules

LARGEST = 1024 * 1024  # bytes of one text
OWN_LEFT_OUT = "Your own coach rules could not be used, so only the shipped ones were:"
NO_FILE = (
    "There is no file of that name. A text is not given here: others on this computer could see it.\n"
    "Run this alone, and paste the text: dbtcoach review"
)
_NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)


def command(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A text file; standard input when none is given.")
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="KIND",
            help="describe, express, assert, reinforce, reply, apology or message (the default).",
            show_default=False,
            autocompletion=lambda: [*KINDS],
        ),
    ] = "message",
    as_json: Annotated[bool, typer.Option("--json", help="Print the notes as JSON.")] = False,  # noqa: FBT002
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help="Read and print one JSON object a line."),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Name the rules, and the words they go by.")] = False,  # noqa: FBT002
) -> None:
    """Print the coach's notes on a text, or on each text of a file."""
    if ctx.args:
        raise UsageError(NO_FILE)
    around = Surroundings()
    wanted = kind_of(kind)
    stdin, out = around.streams.stdin, around.streams.stdout
    if batch is not None:
        if file is not None:
            raise UsageError("--batch names its file itself, so there is no place for another one.")
        if why:
            raise UsageError("--why is for one text: leave out --batch.")
        rules = rules_with(around.catalogue.own, around.tell)
        wrong = 0
        for data in read_batch(stdin.buffer if batch == "-" else _opened(batch), wanted, rules, around.tell):
            out.write(f"{as_json_line(data, out.encoding)}\n")
            wrong += "error" in data
        if wrong:
            raise UsageError(f"{wrong} line{'' if wrong == 1 else 's'} could not be used.")
        return
    text = read_text(stdin, file, around.tell)
    rules = rules_with(around.catalogue.own, around.tell)
    found = in_its_order(review(text, wanted, rules))
    reasons = why_data(text, wanted, rules) if why else []
    if as_json:
        data = as_data(text, wanted, found) | ({"why": reasons} if why else {})
        out.write(f"{as_json_line(data, out.encoding)}\n")
        return
    window = window_of(out, around.env)
    width = WIDEST if window is None else min(WIDEST, window[0])
    called = whom_to_call(found.safety, around.country, around.clock().date())
    call = called if found.safety in GRAVE else ""
    # What standard output cannot hold is written in letters that it can, or as a question mark.
    glyphs = for_encoding(out.encoding)
    is_drawn = showing.is_drawn(around)
    out.write(
        drawn(around.look, text, found, width, call)
        if is_drawn
        else glyphs.say(page(text, found, width, call))
    )
    if why:
        out.write(fitted(glyphs.say(why_page(text, reasons)), out))


def in_its_order(found: Review) -> Review:
    """Return a review with its notes in the order of the text: all of them are read here, not two."""
    return replace(found, notes=tuple(sorted(found.notes, key=lambda note: (note.start, note.end))))


def kind_of(word: str) -> Kind:
    """Return the kind of text that a word names; raise UsageError when it names none."""
    for kind in KINDS:
        if kind == word:
            return kind
    raise UsageError(f"--as takes one of: {', '.join(KINDS)}.")


def read_text(stdin: TextIO, file: str | None, tell: Callable[[str], None]) -> str:
    r"""Return the text of a file, or of standard input; a terminal is told how to end it.

    Line ends of other systems become ``\n``, UTF-16 is known by its first bytes, and what comes after the
    first megabyte is left out, which ``tell`` is told. Raises UsageError for bytes that are no text.
    """
    if file is None or file == "-":
        if stdin.isatty():
            tell("Paste your message. On a line of its own, Ctrl-D ends it.")
        data = read_whole_lines(stdin, LARGEST + 1)
    else:
        with _opened(file) as source:
            data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        tell("Only the first megabyte was read.")
    return decoded(data[:LARGEST], cut=len(data) > LARGEST).replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes, *, cut: bool = False) -> str:
    """Return UTF-8, or UTF-16 with its mark, as text; ``cut``: it may end within a letter.

    Raises UsageError where it is neither: nothing can be said about what was not read.
    """
    name = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = codecs.getincrementaldecoder(name)().decode(data, final=not cut)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"Line {line} is no UTF-8 text, so it was not read. Save it as UTF-8.") from None
    if "\0" in text:
        raise UsageError("This is no text, so it was not read. Save it as UTF-8.")
    return text


def rules_with(own: Path | None, tell: Callable[[str], None]) -> Rules:
    """Return the shipped rules with the person's own; own ones that are broken are left out and told.

    Somebody waits to send a message: ``exercises check`` is the place to be strict. Needs no home folder.
    """
    try:
        return load_rules(own)
    except ScriptError as error:
        if own is None:
            raise
        found = load_rules(None)  # where these are wrong, that is the failure
        tell(f"{OWN_LEFT_OUT}\n{error}")
        return found


def _opened(file: str) -> BinaryIO:
    try:
        return open_outside(file)
    except OSError as error:
        if error.errno in _NO_FILE:  # it may be the text itself
            raise UsageError(NO_FILE) from None
        raise UsageError(f"{shown(file)}: cannot be read: {error.strerror}.") from None


def as_data(text: str, kind: Kind, found: Review) -> dict[str, Any]:
    """Return a review as the data that ``--json`` and ``--batch`` print."""
    return {
        "text": text,
        "as": kind,
        "notes": [
            {
                "rule": note.rule,
                "level": note.level,
                "start": note.start,
                "end": note.end,
                "message": note.message,
            }
            for note in found.notes
        ],
        # One word for everything that brings people to call, but for those who are hurt by another.
        "safety": "crisis" if found.safety == "violence" else found.safety,
    }


def read_batch(
    source: BinaryIO, kind: Kind, rules: Rules, tell: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Yield the review of each line of JSON as data; a line may name its own kind in ``as``.

    For a line that cannot be used, its number and an ``error`` are yielded; ``tell`` is told of unknown keys.
    """
    with source:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            try:
                text, wanted = _wanted(line, kind, lambda words: tell(f"line {number}: {words}"))  # noqa: B023
            except UsageError as error:
                yield {"line": number, "error": str(error)}
                continue
            yield as_data(text, wanted, in_its_order(review(text, wanted, rules)))


def as_json_line(data: dict[str, Any], encoding: str) -> str:
    """Return data as JSON that an encoding can hold; what it cannot is written as its escape."""
    # What could act on a terminal is escaped too: it is JSON all the same, and the offsets still hold.
    line = hidden().sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, ensure_ascii=False))
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(data)
    return line


def _wanted(line: bytes, kind: Kind, tell: Callable[[str], None]) -> tuple[str, Kind]:
    expected = 'expected an object such as {"text": "…", "as": "describe"}'
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise UsageError(f"this is not JSON; {expected}") from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise UsageError(expected)
    wanted = found.get("as", kind)
    if wanted not in KINDS:
        raise UsageError(f'"as" takes one of: {", ".join(KINDS)}')
    if not found.keys() <= {"text", "as"}:  # an unknown key may be a word of somebody's: it is not repeated
        tell('only "text" and "as" are read here.')
    return found["text"], cast("Kind", wanted)
