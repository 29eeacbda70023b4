"""What line mode says before a question, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.script.model import Asked, Scale, Scales
from dbtcoach.terminal.captions import HEAVY, begun, noted, options, range_of, shortened
from dbtcoach.terminal.rows_by_line import how

if TYPE_CHECKING:
    from dbtcoach.practice.page import Page

PEOPLE = ":help-now"  # alone, or with a country


def question(page: Page) -> list[str]:
    """Return what is said between the words of a page and its answer; after an error the choices again."""
    lines = noted(page)
    if isinstance(page.step, Asked) and page.step.recall:  # what is on the card is heard when asked for
        lines += recalled(page)
    if begun(page) and not page.error:
        lines.append(f"It goes on from: {begun(page)} …")
    lines += [*notices(page), *_choices(page)]
    if page.placeholder and page.offered is None and not page.error:
        lines.append(f"For example: {page.placeholder}")
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


def _choices(page: Page) -> list[str]:
    lines = [range_of(page.step)] if isinstance(page.step, Scale) else []
    lines += how(page.step) if isinstance(page.step, Scales) else []
    listed = enumerate(options(page), 1)
    return [*lines, *(f"{0 if value == 'done' else number}. {label}" for number, (value, label) in listed)]
