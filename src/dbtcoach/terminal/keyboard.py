"""The keyboard behind every drawn prompt: our parser in the place of prompt_toolkit's, and one binding.

prompt_toolkit asks an ``Input`` for keys, and any class may be one. This one gives letters, pastes and the
names of ``key_table``; a single eager binding takes all of them, so that none of the several hundred
bindings of the library can accept an answer, search in it or open an editor.
"""

from __future__ import annotations

import select
import sys
import time
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.input import Input
from prompt_toolkit.input.posix_utils import PosixStdinReader
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys

from dbtcoach.terminal.key_parser import QUIET, Key, Parser
from dbtcoach.terminal.line_reader import with_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

# What prompt_toolkit calls the keys of a Windows console, which come parsed.
_CONSOLE = {
    **{f"c-{letter}": f"Ctrl-{letter.upper()}" for letter in "abcdefgklnopqrstuvwxyz"},
    "c-m": "Enter", "c-j": "Ctrl-J", "c-h": "Backspace", "c-i": "Tab", "s-tab": "Shift-Tab", "c-_": "Ctrl-_",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End",
    "delete": "Delete", "pageup": "PageUp", "pagedown": "PageDown", "c-left": "Ctrl-Left",
    "c-right": "Ctrl-Right", "c-delete": "Ctrl-Delete", "<sigint>": "Ctrl-C",
}  # fmt: skip


class Keyboard(Input):
    """The keys of ``source``, parsed by ourselves where they come as bytes."""

    def __init__(self, source: Input, encoding: str = "utf-8") -> None:
        self.source = source
        self.parser = Parser()
        self._encoding = "latin-1" if encoding.lower().startswith("utf") else encoding
        self._reader = PosixStdinReader(source.fileno()) if isinstance(source, Vt100Input) else None
        self._ahead = False  # what comes next was typed before this prompt was up

    def read_keys(self) -> list[KeyPress]:
        """Return what was typed since."""
        if self._reader is None:
            return [_from_console(press) for press in self.source.read_keys()]
        data = ""
        while part := self._reader.read():
            data += part
        ahead, self._ahead = self._ahead, False
        found = self.parser.feed(with_letters(data, self._encoding), time.monotonic(), ahead=ahead)
        get_app().ttimeoutlen = self.parser.waits
        return [_press(key) for key in found]

    def flush_keys(self) -> list[KeyPress]:
        """Return what was waited with, now that nothing came for a while."""
        if self._reader is None:
            return [_from_console(press) for press in self.source.flush_keys()]
        get_app().ttimeoutlen = QUIET
        return [_press(key) for key in self.parser.flush()]

    def attach(self, input_ready_callback: Callable[[], None]) -> AbstractContextManager[None]:
        """Listen; what waits already was typed ahead, and is no paste."""
        if sys.platform != "win32":
            self._ahead = bool(select.select([self.fileno()], [], [], 0)[0])
        return self.source.attach(input_ready_callback)

    def detach(self) -> AbstractContextManager[None]:
        """Listen no more."""
        return self.source.detach()

    def raw_mode(self) -> AbstractContextManager[None]:
        """Take every key."""
        return self.source.raw_mode()

    def cooked_mode(self) -> AbstractContextManager[None]:
        """Let the terminal edit lines."""
        return self.source.cooked_mode()

    def fileno(self) -> int:
        """Return the descriptor that is listened to."""
        return self.source.fileno()

    def typeahead_hash(self) -> str:
        """Return the name under which keys are kept for the next prompt."""
        return self.source.typeahead_hash()

    @property
    def closed(self) -> bool:
        """Whether nothing can come any more."""
        return self.source.closed or (self._reader is not None and self._reader.closed)


def one_binding(handlers: Mapping[str, Callable[[KeyPressEvent], None]]) -> KeyBindings:
    """Return the binding that takes every key; ``handlers`` are by the name of a key, ``type`` is for words.

    A key without a handler does nothing. A letter with one of its own needs to be pressed alone.
    """
    bindings = KeyBindings()
    words = handlers.get("type")

    @bindings.add(Keys.SIGINT, eager=True)
    @bindings.add(Keys.Any, eager=True, save_before=lambda _event: False)
    def _take(event: KeyPressEvent) -> None:
        press = event.key_sequence[0]
        name = "Ctrl-C" if press.key is Keys.SIGINT else "Space" if press.data == " " else press.data
        own = handlers.get(name) if press.key is not Keys.BracketedPaste else None
        if own is not None:
            own(event)
        elif words is not None and press.key is not Keys.Any and press.key is not Keys.SIGINT:
            words(event)

    return bindings


def name_of(press: KeyPress) -> str:
    """Return the name of a named key, or an empty text for words."""
    return press.data if press.key is Keys.Any else ""


def _press(key: Key) -> KeyPress:
    match key.kind:
        case "key":
            return KeyPress(Keys.Any, key.text)
        case "letter":
            return KeyPress(key.text, key.text)
        case "paste":
            return KeyPress(Keys.BracketedPaste, key.text)


def _from_console(press: KeyPress) -> KeyPress:
    key = press.key
    if isinstance(key, Keys):
        return press if key is Keys.BracketedPaste else KeyPress(Keys.Any, _CONSOLE.get(key.value, ""))
    return press
