"""A question that is no step of the exercise: asked until the answer fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from dbtcoach.practice.answers import InvalidAnswerError, check, parse
from dbtcoach.practice.page import ON, Given, Go, Page, Terminal, Typed
from dbtcoach.script.model import Asked

if TYPE_CHECKING:
    from dbtcoach.practice.session import Value


def asked(terminal: Terminal, page: Page) -> Value | Go:
    """Ask what a page asks until the answer fits; return it, or where the person went instead.

    A required question is not passed over. Raises TypeError for a page that asks nothing.
    """
    step = page.step
    if not isinstance(step, Asked):
        raise TypeError
    while True:
        move = terminal.present(page)
        try:
            match move:
                case Typed(text):
                    return parse(step, text)
                case Given(value):
                    return check(step, value)
                case Go():
                    if move != ON or not step.required:
                        return move
                    page = replace(page, error="Please choose one.")
                case _:
                    assert_never(move)
        except InvalidAnswerError as wrong:
            page = replace(page, error=str(wrong))
