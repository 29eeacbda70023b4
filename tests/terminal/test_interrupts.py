"""Ctrl-C as a signal, at the moments in which no page or the page before would take it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit import Application
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import DummyOutput

from dbtcoach.terminal.interrupts import run_page
from dbtcoach.terminal.modes import hold_interrupts, raise_interrupts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.input import PipeInput
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    raise_interrupts()
    yield
    hold_interrupts(held=False)
    signal.signal(signal.SIGINT, before)


def ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def page(typed: PipeInput, *, late: bool = False) -> Application[str]:
    """A page that x answers and Ctrl-C leaves; ``late`` sends Ctrl-C when x has answered it."""
    keys = KeyBindings()

    @keys.add("x")
    def _answer(event: KeyPressEvent) -> None:
        event.app.exit(result="answered")
        if late:
            ctrl_c()

    @keys.add(Keys.SIGINT)
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit(result="left")

    return Application(key_bindings=keys, input=typed, output=DummyOutput())


def test_one_that_comes_while_a_page_is_up_is_its_key() -> None:
    with create_pipe_input() as typed:
        assert run_page(page(typed), ctrl_c) == "left"
    hold_interrupts(held=False)  # none waits


def test_one_that_comes_between_two_pages_is_the_key_of_the_next() -> None:
    hold_interrupts(held=True)
    ctrl_c()
    with create_pipe_input() as typed:
        assert run_page(page(typed), lambda: None) == "left"
    hold_interrupts(held=False)


@pytest.mark.parametrize("time", range(3))
def test_one_that_comes_behind_the_key_that_answers_is_not_lost(time: int) -> None:  # noqa: ARG001 - each is one
    with create_pipe_input() as typed:
        typed.send_text("x")
        assert run_page(page(typed, late=True), lambda: None) == "answered"
    with pytest.raises(KeyboardInterrupt):
        hold_interrupts(held=False)
