"""Text from a person or a file becomes safe to show and to keep."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re


_JOINER, _NOT_JOINED = "\u200d", "\u200c"
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@cache
def hidden() -> re.Pattern[str]:
    """Return the pattern of what no screen may show: control, override, isolate and surrogate characters.

    Tabs and line breaks may be shown, and so may the plain direction marks (U+200E, U+200F): keyboards for
    Hebrew and Arabic type them, and they turn nothing round. Compiled when
    it is first needed: most texts never need it, and it is 3 ms before the first question.
    """
    import re

    return re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Return the text as a screen may show it: what is ``hidden`` becomes U+FFFD.

    Line breaks of other systems become ``\n``; tabs and line breaks stay.
    """
    return _replaced(text, "")


def apart(text: str) -> str:
    """Return the text with emoji that are joined into one standing apart, letter for letter.

    Terminals show such a one in two columns, and the library that draws a page counts each of its parts: on a
    page that is drawn over another, letters behind it would stay, and a cursor would stand beside its place.
    """
    if _JOINER not in text:
        return text
    import re

    return re.sub(f"(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]){_JOINER}", _NOT_JOINED, text)


def storable(text: str) -> str:
    """Return the text as it may be kept: as ``clean``, but all that steers the direction of letters stays."""
    return _replaced(text, _DIRECTIONS)


def _replaced(text: str, allowed: str) -> str:
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return hidden().sub(lambda found: found[0] if found[0] in allowed else "\ufffd", whole)


def quoted(text: str) -> str:
    """Return the text with each pair of straight double quotes as the ones that the screen uses: “…”."""
    parts = text.split('"')
    if len(parts) % 2 == 0:  # one without its partner: nobody knows which
        return text
    return "".join(part if place % 2 == 0 else f"“{part}”" for place, part in enumerate(parts))
