"""The marks that the program draws itself, and what stands for them where there is no Unicode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbtcoach.frozen import Frozen

if TYPE_CHECKING:
    from io import TextIOWrapper

_STAND_IN = "dbtcoach.stand-in"
_PLAIN = str.maketrans(
    {
        "…": "...",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "·": "-",
        "→": "->",
        "≥": ">=",
        "×": "x",
        "━": "=",
        "▎": "|",
        "☐": "[ ]",
        "☑": "[x]",
        "─": "-",
        "●": "*",
        "■": "#",
        "□": "+",
        "«": "<",
        "»": ">",
        "○": "o",
        "█": "#",
        "▀": "#",
        "▄": "#",
        "░": ".",
        "›": ">",
        "↑": "up",
        "↓": "down",
        "é": "e",
        "\u00a0": " ",
    }
)


class Glyphs(Frozen):
    """Draws with Unicode, or with ASCII alone."""

    unicode: bool = True

    def say(self, text: str) -> str:
        """Return our own words as this terminal can show them."""
        return text if self.unicode else text.translate(_PLAIN).encode("ascii", "replace").decode("ascii")


def replace_unencodable(stream: TextIOWrapper) -> None:
    """Let a stream write a stand-in for each letter that its encoding does not have, instead of failing."""
    import codecs

    codecs.register_error(_STAND_IN, _stand_in)
    stream.reconfigure(errors=_STAND_IN)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return Glyphs(unicode=False).say(error.object[error.start : error.end]), error.end


def for_encoding(encoding: str | None) -> Glyphs:
    """Return the glyphs for an output encoding."""
    return Glyphs((encoding or "").lower().replace("-", "").startswith("utf"))
