"""What line mode says before a question, line by line, and how it asks for the rows of several numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.drawing.captions import (
    HEAVY,
    begun,
    numbers_of,
    options,
    range_beside,
    range_of,
    range_shared,
    shortened,
)
from dbtcoach.practice.page import ON, Move, Typed
from dbtcoach.practice.written import written
from dbtcoach.script.model import Asked, Scale, Scales
from dbtcoach.terminal.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from dbtcoach.practice.page import Page

PEOPLE = ":help-now"  # alone, or with a country
ALL_AT_ONCE = "All rows in one line: 2 0 3, with a - for one to leave out."


def question(page: Page) -> list[str]:
    """Return what is said before a line is read: all of it once, the choices again after an error."""
    lines = [] if page.error else [page.message]
    lines += _remarks(page)
    if isinstance(page.step, Asked) and page.step.recall:  # what is on the card is heard when asked for
        lines += recalled(page)
    if begun(page) and not page.error:
        lines.append(f"It goes on from: {begun(page)} …")
    lines += [*notices(page), *_choices(page)]
    if page.placeholder and page.offered is None and not page.error:
        lines.append(f"For example: {page.placeholder}")
    so_far = page.line or ("" if page.offered is None else written(page.offered, _names(page)))
    if page.remarks:
        lines.append("Write it anew, or press Enter to keep it. Both are fine.")
    elif so_far and not page.error:
        lines += [f"Your answer so far: {so_far}", "Enter keeps it."]
    return lines


def recalled(page: Page) -> list[str]:
    """Return the earlier words that stay in mind."""
    return [
        f"{each.label}: {shortened(each.words)}" if each.label else shortened(each.words)
        for each in page.recalled
    ]


def notices(page: Page) -> list[str]:
    """Return what is quiet to know."""
    footnote = page.footnote.split("\n") if page.footnote else []
    return [*footnote, *([HEAVY.format(PEOPLE)] if page.heavy else [])]


def _remarks(page: Page) -> list[str]:
    lines = [f"You wrote: {page.text}", *([page.strength] if page.strength else [])] if page.remarks else []
    for remark in page.remarks:
        lines += [f"The words “{page.text[remark.start : remark.end]}”:", remark.why]
        lines += [f"Try: {remark.instead}"] if remark.instead else []
    return lines


def _names(page: Page) -> dict[str, str]:
    """Return what the stored values of an answer are called on the page."""
    rows = page.step.rows if isinstance(page.step, Scales) else ()
    return dict(options(page)) | {row.id: row.label for row in rows}


def _choices(page: Page) -> list[str]:
    lines = [range_of(page.step)] if isinstance(page.step, Scale) else []
    lines += how(page.step) if isinstance(page.step, Scales) else []
    listed = zip(numbers_of(page), options(page), strict=True)
    return [*lines, *(f"{number}. {label}" for number, (_value, label) in listed)]


def how(step: Scales) -> list[str]:
    """Return the scale of the rows, if they share one, and how they are answered."""
    shared = range_shared(step)
    many = f"{len(step.rows)} rows. " if len(step.rows) > 1 else ""
    return [*([shared] if shared else []), f"{many}Enter or - leaves one out, :skip all."]


def ask_rows(
    page: Page,
    step: Scales,
    read: Callable[[str, str], str],
    meaning: Callable[[str], tuple[bool, Move | None]],
    tell: Callable[[str], None],
) -> Move:
    """Ask for the rows and return the move; ``read`` gets the prompt and what stands in the rows so far.

    ``meaning`` says whether a line is a command, and which move it is, if it is one.
    """
    rows = Rows.on(page, step)
    while not rows.full:
        row = step.rows[rows.at]
        beside = range_beside(step, row)
        scale = f", {beside}" if beside else ""
        before = f" ({rows.values[rows.at]})" if rows.values[rows.at] else ""
        line = read(f"{row.label}{scale}{before}: ", rows.line)
        command, move = meaning(line)
        if command:
            if move is not None:
                return move
        elif wrong := rows.fill(line):
            tell(wrong)
    return Typed(rows.line) if rows.line else ON
