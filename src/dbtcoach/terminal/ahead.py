"""Keys that were typed before a question was on the screen, when they were not meant for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app, get_app_session
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.keys import Keys

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPress

_LEAVING = (Keys.ControlC, Keys.ControlD, Keys.ControlQ)


class TypedAhead:
    """Keys kept back from the question that came up, for one that comes later."""

    def __init__(self, source: Input | None) -> None:
        self.source = source or get_app_session().input
        self.keys: list[KeyPress] = get_typeahead(self.source)  # read already, behind the last answer

    def keep_back(self) -> None:
        """Keep back what was typed so far; called when a question is about to be drawn and has read no key.

        A key that leaves is not kept back: wherever it was typed, it means now.
        """
        while typed := [*self.source.read_keys(), *self.source.flush_keys()]:
            self.keys += typed
        leaving = [key for key in self.keys if key.key in _LEAVING]
        if leaving:
            app = get_app()
            app.key_processor.feed_multiple(leaving[:1])
            app.key_processor.process_keys()

    def give(self) -> None:
        """Let the next question read what was kept back, before anything that was typed since."""
        later = get_typeahead(self.source)
        store_typeahead(self.source, [*self.keys, *later])
        self.keys = []
