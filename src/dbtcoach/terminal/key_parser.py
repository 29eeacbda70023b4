"""What a terminal sends becomes keys: letters, named keys, pastes. What means nothing is swallowed whole.

A terminal sends keys, and answers to questions that somebody else asked it, as sequences that may arrive
torn at any byte. Reads no clock and imports nothing that takes time; who feeds it says when it is quiet.
"""

from __future__ import annotations

from typing import Literal

from dbtcoach.frozen import Frozen

QUIET = 0.5  # seconds without a byte after which half a sequence is given up
RUSH = 0.05  # seconds in which text behind a line break means that the whole is a paste
FAST = 0.015  # seconds between two keys that no hand is fast enough for

_CONTROLS = {
    "\r": "Enter", "\n": "Ctrl-J", "\t": "Tab", "\x08": "Backspace", "\x7f": "Backspace",
    "\x1f": "Ctrl-_", "\0": "Ctrl-Space",
}  # fmt: skip
_ARROWS = {"A": "Up", "B": "Down", "C": "Right", "D": "Left", "H": "Home", "F": "End", "Z": "Shift-Tab"}
_TILDES = {
    1: "Home", 2: "Insert", 3: "Delete", 4: "End", 5: "PageUp", 6: "PageDown", 7: "Home", 8: "End",
}  # fmt: skip
_KEYPAD = dict(zip("pqrstuvwxyjklmnoX", "0123456789*+,-./=", strict=True))
_NAMED = {8: "Backspace", 9: "Tab", 13: "Enter", 27: "Escape", 127: "Backspace", 57414: "Enter"}
_DIGITS = {57399 + digit: str(digit) for digit in range(10)}  # of the keypad
_SHIFT, _ALT, _CTRL = 1, 2, 4
_LET_GO = 3  # the event of a key that comes up again
_OTHER_KEYS = 27
_LATIN, _PRIVATE, _LAST = 0xA0, 0xD800, 0x10FFFF
# How what stands in a string sequence begins, where a terminal sent it and not a hand that holds Alt.
_STRINGS = {"]": "0123456789", "P": "0123456789>!$+=", "_": "G", "^": ""}
_LONGEST = 1 << 20  # letters of an answer or a paste that are waited for


class Key(Frozen):
    """A ``key`` by its name, a ``letter``, or words that came at once as a ``paste``."""

    kind: Literal["key", "letter", "paste"]
    text: str


class Parser:
    """Takes text as it comes and returns the keys that are complete; ``flush`` when nothing more came."""

    def __init__(self) -> None:
        self._held = ""  # the beginning of a sequence
        self._pasting = False  # inside a bracketed paste
        self._tail: list[Key] = []  # line breaks at the end of a burst: sent, or part of a paste
        self._last = 0.0  # when the last letter came
        self._mouse = 0  # bytes of an old mouse report that are still to come

    @property
    def waits(self) -> float:
        """Seconds after which ``flush`` is due when nothing more comes."""
        return RUSH if self._tail and not self._held else QUIET

    @property
    def waits_for_more(self) -> bool:
        """Whether half a sequence came."""
        return bool(self._held or self._mouse)

    def feed(self, data: str, now: float = 0.0, *, ahead: bool = False) -> list[Key]:
        """Return the keys in this data, in order; typed ``ahead`` of a prompt each is a key of its own."""
        found: list[Key] = []
        if self._pasting and data in ("\x03", "\x11"):  # somebody leaves: they wait for no end of a paste
            self._pasting, self._held = False, ""
        data, self._held = self._held + data, ""
        at = 0
        while at < len(data):
            if self._mouse:
                self._mouse, at = self._mouse - 1, at + 1
                continue
            if self._pasting:
                at = self._paste(data, at, found)
                continue
            end = self._one(data, at, found)
            if end == at:  # it goes on in what comes next
                self._held = data[at:]
                break
            at = end
        return found if ahead else self._gathered(found, now)

    def flush(self) -> list[Key]:
        """Return what was waited with, now that nothing more came; half a sequence is no key.

        A paste whose end was lost ends here, or no Enter would send again.
        """
        found, self._tail = self._tail, []
        if self._pasting and self._held:
            found = [*found, Key("paste", _lines(self._held))]
        self._held, self._mouse, self._pasting = "", 0, False
        return found

    def _paste(self, data: str, at: int, found: list[Key]) -> int:
        mark = "\x1b[201~"
        end = data.find(mark, at)
        if end < 0 and len(data) - at < _LONGEST:
            self._held = data[at:]
            return len(data)
        self._pasting = end < 0
        text = data[at:] if end < 0 else data[at:end]
        if text:
            found.append(Key("paste", _lines(text)))
        return len(data) if end < 0 else end + len(mark)

    def _one(self, data: str, at: int, found: list[Key]) -> int:
        """Take one key from here; return where it ends, or ``at`` when it is not complete."""
        letter = data[at]
        if letter != "\x1b":
            if letter == " " or (letter > " " and not "\x7f" <= letter <= "\x9f"):
                found.append(Key("letter", letter))
            elif letter < " " or letter == "\x7f":
                found.append(Key("key", control(letter)))
            return at + 1
        if at + 1 == len(data):
            return at
        kind = data[at + 1]
        if kind == "[":
            return self._csi(data, at, found)
        if kind == "O":
            return self._ss3(data, at, found)
        if kind in _STRINGS:
            return self._string(data, at, found)
        if kind < " " and kind not in "\r\n\x08":  # Escape, and then something else
            return at + 1
        found.append(Key("key", _with_alt(kind)))
        return at + 2

    def _csi(self, data: str, at: int, found: list[Key]) -> int:
        end = at + 2
        while end < len(data) and " " <= data[end] < "@":
            end += 1
        if end == len(data):
            return at if end - at < _LONGEST else end
        body, final = data[at + 2 : end], data[end]
        if not "@" <= final <= "~":  # torn off: what broke in is a key of its own
            return end
        if final == "[" and not body:  # the function keys of the Linux console
            return end + 2 if end + 1 < len(data) else at
        if final == "M" and not body:
            self._mouse = 3
            return end + 1
        if (body, final) == ("200", "~"):
            self._pasting = True
            return end + 1
        key = _sequence(body, final)
        if key is not None:
            found.append(key)
        return end + 1

    def _ss3(self, data: str, at: int, found: list[Key]) -> int:
        end = at + 2
        while end < len(data) and data[end] in "0123456789;":
            end += 1
        if end == len(data):
            return at
        if not "@" <= data[end] <= "~":
            return end
        if data[end] in _KEYPAD:
            found.append(Key("letter", _KEYPAD[data[end]]))
        elif data[end] == "M":
            found.append(Key("key", "Enter"))
        elif data[end] in _ARROWS:
            modifiers = int(data[end - 1]) - 1 if data[end - 1] in "12345678" else 0
            found.append(Key("key", _modified(_ARROWS[data[end]], modifiers)))
        return end + 1

    def _string(self, data: str, at: int, found: list[Key]) -> int:
        if at + 2 == len(data):
            return at
        begins = _STRINGS[data[at + 1]]
        if begins and data[at + 2] not in begins:
            found.append(Key("key", _with_alt(data[at + 1])))
            return at + 2
        for end in range(at + 2, len(data)):
            if data[end] in "\x07\x9c":
                return end + 1
            if data[end] == "\x1b":
                if end + 1 == len(data):
                    return at
                return end + 2 if data[end + 1] == "\\" else end
            if data[end] < " " and data[end] != "\t":  # somebody presses a key: this was no answer
                return end
        return at if len(data) - at < _LONGEST else len(data)

    def _gathered(self, keys: list[Key], now: float) -> list[Key]:
        """Return what came at once with its letters together, and as a paste where text follows a break."""
        if not keys:
            return []
        fast = now - self._last < FAST
        words = all(key.kind == "letter" or (key.kind == "key" and key.text in _BREAKS) for key in keys)
        tail, self._tail = self._tail, []
        if not words:
            return [*tail, *_runs(keys)]
        self._last = now
        keys = [*tail, *keys]
        end = max((at + 1 for at, key in enumerate(keys) if key.kind == "letter"), default=0)
        body, rest = keys[:end], keys[end:]
        text = "".join(key.text if key.kind == "letter" else _BREAKS[key.text] for key in body)
        found = [Key("paste", text)] if "\n" in text else _runs(body)
        if rest and (fast or len(keys) > 1):
            self._tail = rest
            return found
        return [*found, *rest]


_BREAKS = {"Enter": "\n", "Ctrl-J": "\n", "Tab": " "}


def _runs(keys: list[Key]) -> list[Key]:
    """Return the keys with letters that came side by side as one paste: none of them was pressed alone."""
    found: list[Key] = []
    for key in keys:
        if found and key.kind == "letter" and found[-1].kind != "key":
            found[-1] = Key("paste", found[-1].text + key.text)
        else:
            found.append(key)
    return found


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")  # as Tab in a burst


def control(letter: str) -> str:
    """Return the name of the key that sends a control character."""
    return _CONTROLS.get(letter) or f"Ctrl-{chr(ord(letter) + 64)}"


def _with_alt(letter: str) -> str:
    if letter in "\r\n":
        return "Alt-Enter"
    if letter in "\x08\x7f":
        return "Alt-Backspace"
    return f"Alt-Shift-{letter}" if letter.isupper() else f"Alt-{letter.upper()}"


def _modified(name: str, modifiers: int) -> str:
    """Return the name of a key that is pressed with others, which are bits: Shift 1, Alt 2, Ctrl 4."""
    held = [word for bit, word in ((_CTRL, "Ctrl-"), (_ALT, "Alt-"), (_SHIFT, "Shift-")) if modifiers & bit]
    return "".join([*held, name])


def _sequence(body: str, final: str) -> Key | None:
    """Return the key that a control sequence means; None for an answer, a report, or a key let go."""
    if not all(letter in "0123456789;:" for letter in body):
        return None
    numbers = [[int(number or 0) for number in part.split(":")[:2]] for part in body[:64].split(";")]
    first, held = numbers[0][0], numbers[1] if len(numbers) > 1 else [1]
    if len(held) > 1 and held[1] == _LET_GO:
        return None
    modifiers = max(0, held[0] - 1) & 7
    if final == "u" and body:
        return _coded(first, modifiers)
    if final == "~":
        if first == _OTHER_KEYS and len(numbers) == 3:  # noqa: PLR2004 - 27;modifiers;code
            return _coded(numbers[2][0], modifiers)
        return Key("key", _modified(_TILDES[first], modifiers)) if first in _TILDES else None
    if final in _ARROWS and first <= 1:
        return Key("key", _modified(_ARROWS[final], modifiers))
    return None


def _coded(code: int, modifiers: int) -> Key | None:
    """Return the key of a code point with modifiers, as newer terminals send it."""
    if code in _NAMED:
        plain = modifiers == _SHIFT and _NAMED[code] == "Backspace"
        return Key("key", _modified(_NAMED[code], 0 if plain else modifiers))
    if code in _DIGITS:
        return Key("letter", _DIGITS[code])
    if not " " <= chr(min(code, _LAST)) <= "~" and not _LATIN <= code < _PRIVATE:
        return None
    letter = chr(code)
    if modifiers in (0, _SHIFT):
        return Key("letter", letter.upper() if modifiers else letter)
    if modifiers == _CTRL and letter.isascii() and letter.isalpha():
        return Key("key", control(chr(ord(letter.upper()) - 64)))
    if modifiers == _CTRL and letter in "_/-":
        return Key("key", "Ctrl-_")
    return Key("key", _with_alt(letter)) if modifiers == _ALT else None
