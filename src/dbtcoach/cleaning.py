"""Text from a person or a file becomes safe to show and to keep."""

from __future__ import annotations

import re

HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Return the text with every control, direction and surrogate character replaced by U+FFFD.

    Line breaks of other systems become ``\n``; tabs and line breaks stay.
    """
    return HIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
