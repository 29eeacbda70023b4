"""The marks that the program draws itself, and what stands for them where there is no Unicode."""

from __future__ import annotations

from dataclasses import dataclass

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
        "━": "-",
        "─": "-",
        "●": "*",
        "█": "#",
        "░": ".",
        "›": ">",
        "↑": "up",
        "↓": "down",
        "é": "e",
        "\u00a0": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Draws with Unicode, or with ASCII alone."""

    unicode: bool = True

    def say(self, text: str) -> str:
        """Return our own words as this terminal can show them."""
        return text if self.unicode else text.translate(_PLAIN).encode("ascii", "replace").decode("ascii")


def for_encoding(encoding: str | None) -> Glyphs:
    """Return the glyphs for an output encoding."""
    return Glyphs((encoding or "").lower().replace("-", "").startswith("utf"))
