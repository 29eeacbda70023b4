"""Text from a person or a file becomes safe to show and to keep."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re


@cache
def hidden() -> re.Pattern[str]:
    """Return the pattern of every control, direction and surrogate character but tab and line break.

    Compiled when it is first needed: most texts never need it, and it is 3 ms before the first question.
    """
    import re

    return re.compile(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
    )


def clean(text: str) -> str:
    r"""Return the text with every control, direction and surrogate character replaced by U+FFFD.

    Line breaks of other systems become ``\n``; tabs and line breaks stay.
    """
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return hidden().sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def quoted(text: str) -> str:
    """Return the text with each pair of straight double quotes as the ones that the screen uses: “…”."""
    parts = text.split('"')
    if len(parts) % 2 == 0:  # one without its partner: nobody knows which
        return text
    return "".join(part if place % 2 == 0 else f"“{part}”" for place, part in enumerate(parts))
