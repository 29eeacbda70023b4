"""A message is read before it is sent: the coach's notes as lines, as JSON, or for a batch of texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from dbtcoach.cleaning import clean, hidden, quoted
from dbtcoach.coach.model import KINDS, Kind, Review
from dbtcoach.coach.review import review
from dbtcoach.disk.home import shown
from dbtcoach.disk.outside import open_outside
from dbtcoach.errors import ScriptError, UsageError
from dbtcoach.practice.coaching import ABUSE, CRISIS, SOFT
from dbtcoach.script.lines import say_lines
from dbtcoach.sitting.rule_loading import load_rules
from dbtcoach.terminal.glyphs import for_encoding
from dbtcoach.terminal.wrapping import WIDEST, columns, fitted, lines_of, wrap
from dbtcoach.world.paging import window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbtcoach.coach.rules import Rules
    from dbtcoach.world.surroundings import Surroundings

LARGEST = 1024 * 1024  # bytes of one text
OWN_LEFT_OUT = "Your own coach rules could not be used, so only the shipped ones were:"
_UNDERLINED, _PLAIN = "\x1b[4m", "\x1b[24m"


def kind_of(word: str) -> Kind:
    """Return the kind of text that a word names; raise UsageError when it names none."""
    for kind in KINDS:
        if kind == word:
            return kind
    raise UsageError(f"--as takes one of: {', '.join(KINDS)}.")


def read_text(around: Surroundings, file: str | None) -> str:
    r"""Return the text of a file, or of standard input; a terminal is told how to end it.

    Line ends of other systems become ``\n``, what is no UTF-8 becomes U+FFFD, and what comes after the
    first megabyte is left out, which is said on standard error.
    """
    if file is None or file == "-":
        if around.streams.stdin.isatty():
            around.tell("Paste your message. On a line of its own, Ctrl-D ends it.")
        return _normal(around.streams.stdin.buffer.read(LARGEST + 1), around)
    with _opened(file) as source:
        return _normal(source.read(LARGEST + 1), around)


def rules_for(around: Surroundings) -> Rules:
    """Return the shipped rules with the person's own; own ones that are broken are left out and told.

    Somebody waits to send a message: ``exercises check`` is the place to be strict. Needs no home folder.
    """
    own = around.catalogue.own
    try:
        return load_rules(own)
    except ScriptError as error:
        if own is None:
            raise
        found = load_rules(None)  # where these are wrong, that is the failure
        around.tell(f"{OWN_LEFT_OUT}\n{error}")
        return found


def _normal(data: bytes, around: Surroundings) -> str:
    if len(data) > LARGEST:
        around.tell("Only the first megabyte was read.")
        data = data[:LARGEST]
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _opened(file: str) -> BinaryIO:
    try:
        return open_outside(file)
    except OSError as error:
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
        "safety": found.safety,
    }


def batch(around: Surroundings, file: str, kind: Kind, rules: Rules) -> Iterator[str]:
    """Yield a line of JSON for each line of a file; a line may name its own kind in ``as``.

    Raises UsageError that names the first line that cannot be used, before anything is yielded for it.
    """
    source = around.streams.stdin.buffer if file == "-" else _opened(file)
    with source:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            text, wanted = _wanted(line, number, kind)
            data = as_data(text, wanted, review(text, wanted, rules))
            yield whole(json.dumps(data, ensure_ascii=False), around.streams.stdout.encoding)


def whole(line: str, encoding: str = "utf-8") -> str:
    """Return a line of JSON that an encoding can hold; what it cannot is written as its escape."""
    # What could act on a terminal is escaped too: it is JSON all the same, and the offsets still hold.
    line = hidden().sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(json.loads(line))
    return line


def _wanted(line: bytes, number: int, kind: Kind) -> tuple[str, Kind]:
    expected = 'expected an object such as {"text": "…", "as": "describe"}'
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise UsageError(f"line {number}: this is not JSON; {expected}.") from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise UsageError(f"line {number}: {expected}.")
    wanted = found.get("as", kind)
    if wanted not in KINDS:
        raise UsageError(f'line {number}: "as" takes one of: {", ".join(KINDS)}.')
    return found["text"], cast("Kind", wanted)


def pretty(around: Surroundings, text: str, found: Review) -> str:
    """Return the review as a person reads it: their words with marks, and below them why.

    What standard output cannot hold is written in letters that it can, or as a question mark.
    """
    return for_encoding(around.streams.stdout.encoding).say(_page(around, text, found))


def _page(around: Surroundings, text: str, found: Review) -> str:
    window = window_of(around)
    width = WIDEST if window is None else min(WIDEST, window[0])
    if not text.strip():
        return "There was nothing to read.\n"
    styled = around.streams.stdout.isatty() and not around.plain(asked=False)
    marks = bytearray(len(text))
    for note in found.notes:
        marks[note.start : note.end] = b"\1" * (note.end - note.start)
    lines: list[str] = []
    for line, start in lines_of(text.rstrip("\n"), width):
        lines += _marked(line, marks[start : start + len(line)], styled=styled)
    lines.append("")
    if found.safety is not None:
        care = fitted("\n".join(_care(around, found.safety)), around.streams.stdout)
        return "\n".join([*lines, care, *(_notes(text, found, width))])
    if not found.notes:
        nothing = "Nothing stands out. That does not mean that it will land well."
        return "\n".join([*lines, *wrap(f"{found.strength}\n{nothing}".lstrip("\n"), width), ""])
    if found.strength:
        lines += [*wrap(found.strength, width), ""]
    return "\n".join([*lines, *_notes(text, found, width)])


def _care(around: Surroundings, safety: str) -> list[str]:
    country, today = around.country, around.clock().date()
    words = {"crisis": CRISIS, "abuse": ABUSE, "soft": SOFT}[safety]
    called = country.abuse or country.crisis if safety == "abuse" else country.crisis
    return [*words.split("\n"), "", *say_lines(called, country.emergency, today).split("\n"), ""]


def _notes(text: str, found: Review, width: int) -> list[str]:
    lines: list[str] = []
    for note in found.notes:
        words = " ".join(clean(text[note.start : note.end]).split())
        lines += wrap(f"“{words}”", width)
        lines += wrap(f"  {quoted(note.message)}", width, "  ")
        if note.pattern:
            lines += wrap(f"  Try: {quoted(clean(note.pattern))}", width, "  ")
        lines.append("")
    return lines


def _marked(line: str, marks: bytearray, *, styled: bool) -> list[str]:
    """Return a line with its marked words underlined, or with a line of carets under it."""
    if not any(marks):
        return [clean(line)]
    if not styled:
        carets = "".join(map(_caret, line, marks)).rstrip()
        return [clean(line), carets] if carets else [clean(line)]
    parts: list[str] = []
    before = 0
    for letter, mark in zip(line, marks, strict=True):
        if mark != before:
            parts.append(_UNDERLINED if mark else _PLAIN)
        parts.append(clean(letter))
        before = mark
    return ["".join(parts) + (_PLAIN if before else "")]


def _caret(letter: str, mark: int) -> str:
    """Return what stands below a letter: as many columns as it takes itself."""
    if letter == "\t":
        return "\t"
    return ("^" if mark else " ") * columns(letter)
