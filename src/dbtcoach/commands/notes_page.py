"""The coach's notes on a text as a person reads them: plain, or drawn at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.cleaning import clean, quoted
from dbtcoach.drawing.wrapping import columns, lines_of, wrap
from dbtcoach.practice.coaching import ABUSE, CRISIS, VIOLENCE
from dbtcoach.script.countries import say_lines

if TYPE_CHECKING:
    from datetime import date

    from dbtcoach.coach.model import Review, Safety
    from dbtcoach.drawing.theme import Look
    from dbtcoach.script.countries import Country

HEAVY = "If this is heavy: dbtcoach help-now shows people to talk to."
NOTHING = "Nothing stands out. That does not mean that it will land well."
EMPTY = "There was nothing to read.\n"
LONGEST_DRAWN = 20_000  # letters: to lay out more takes longer than anybody waits


def drawn(look: Look, text: str, found: Review, width: int, call: str) -> str:
    """Return the review for a terminal: their words, underlined where a note speaks of them, and why."""
    from dbtcoach.drawing.listed import in_line, reviewed
    from dbtcoach.practice.page import Remark

    if not text.strip() or len(text) > LONGEST_DRAWN:
        return look.glyphs.say(page(text, found, width, call))
    remarks = tuple(
        Remark(note.start, note.end, quoted(note.message), quoted(clean(note.pattern)))
        for note in found.notes
    )
    if call:
        return reviewed(look, text.rstrip("\n"), (), "", [], width) + in_line(
            look, "people", call.split("\n"), width
        )
    said = ([] if remarks else [NOTHING]) + ([HEAVY] if found.safety == "soft" else [])
    return reviewed(look, text.rstrip("\n"), remarks, found.strength or "", said, width)


def page(text: str, found: Review, width: int, call: str) -> str:
    """Return the review as plain lines: their words with marks, whom to ``call``, and below it why."""
    if not text.strip():
        return EMPTY
    marks = bytearray(len(text))
    for note in found.notes:
        marks[note.start : note.end] = b"\1" * (note.end - note.start)
    lines: list[str] = []
    for line, at in lines_of(text.rstrip("\n"), width):
        lines.append(clean(line))
        if carets := "".join(map(_caret, line, marks[at : at + len(line)])).rstrip():
            lines.append(carets)
    lines.append("")
    if call:
        return "\n".join([*lines, *wrap(call, width)])
    quiet = [*wrap(HEAVY, width), ""] if found.safety == "soft" else []
    lines += wrap(found.strength, width) if found.strength else []
    if not found.notes:
        return "\n".join([*lines, *wrap(NOTHING, width), *(quiet or [""])])
    return "\n".join([*lines, *([""] if found.strength else []), *_notes(text, found, width), *quiet])


def whom_to_call(safety: Safety | None, country: Country, today: date) -> str:
    """Return what is said where a text speaks of danger, with the people to call."""
    known = {"abuse": (ABUSE, country.abuse), "violence": (VIOLENCE, country.stopping)}
    words, called = known.get(safety or "", (CRISIS, country.crisis))
    called = called or country.crisis
    return f"{words}\n\n{say_lines(country, called, today)}\n"


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


def _caret(letter: str, mark: int) -> str:
    """Return what stands below a letter: as many columns as it takes itself."""
    if letter == "\t":
        return "\t"
    return ("^" if mark else " ") * columns(letter)
