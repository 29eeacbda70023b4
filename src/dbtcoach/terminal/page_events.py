"""What happens around a page: the first drawing, and a drawing that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.application import Application


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
