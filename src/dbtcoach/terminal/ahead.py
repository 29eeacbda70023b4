"""Keys that were typed before a question was on the screen, when they were not meant for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead

from dbtcoach.terminal.keyboard import name_of

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyPress

_AT_ONCE = ("Ctrl-C", "Ctrl-D", "Ctrl-G", "Ctrl-Q")


class TypedAhead:
    """Keys kept back from the question that came up, for one that comes later."""

    def __init__(self, source: Input) -> None:
        self.source = source
        self.keys: list[KeyPress] = get_typeahead(self.source)  # read already, behind the last answer

    def keep_back(self) -> None:
        """Keep back what was typed so far; called when a question is about to be drawn and has read no key.

        A key that leaves or asks for people is not kept back: wherever it was typed, it means now.
        """
        while typed := [*self.source.read_keys(), *self.source.flush_keys()]:
            self.keys += typed
        wanted = [key for key in self.keys if name_of(key) in _AT_ONCE]
        if wanted:
            app = get_app()
            app.key_processor.feed_multiple(wanted[:1])
            app.key_processor.process_keys()

    def give(self) -> None:
        """Let the next question read what was kept back, before anything that was typed since."""
        later = get_typeahead(self.source)
        store_typeahead(self.source, [*self.keys, *later])
        self.keys = []
