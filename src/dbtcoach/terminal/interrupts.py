"""What comes from outside while a page is up: Ctrl-C as a signal, its first drawing, a drawing that fails."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

from dbtcoach.terminal.modes import hold_interrupts, take_interrupt, wake_with_interrupts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit import Application

T = TypeVar("T")


def run_page(app: Application[T], begin: Callable[[], None]) -> T:
    """Run a page; a Ctrl-C that comes when it was answered waits until ``hold_interrupts`` lets it come.

    Left to prompt_toolkit, one that comes between the key that answers and the end of the page's event loop
    would go to a page that is over, and nobody would hear of it.
    """

    def heed() -> None:
        if app.is_running and not app.is_done and take_interrupt():
            app.key_processor.send_sigint()

    def start() -> None:
        loop = asyncio.get_running_loop()

        def wake() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is over, and the next page will look
                loop.call_soon_threadsafe(heed)

        wake_with_interrupts(wake)
        loop.call_soon(heed)  # it may have come before
        begin()

    hold_interrupts(held=True)
    try:
        return app.run(pre_run=start, set_exception_handler=False, handle_sigint=False)
    finally:
        wake_with_interrupts(None)


def once(action: Callable[[], None]) -> Callable[[object], None]:
    """Return a handler that runs the action the first time it is called."""
    left = [action]

    def handler(_sender: object) -> None:
        if left:
            left.pop()()

    return handler


def failed(app: Application[Any], context: Mapping[str, Any]) -> None:
    """Let what goes wrong in a drawing end the page as an error, not in a message above a broken prompt."""
    error = context.get("exception")
    if isinstance(error, BaseException) and not app.is_done:
        app.exit(exception=error)
