"""How the parts of a page look."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from prompt_toolkit.styles import DEFAULT_ATTRS, Attrs, BaseStyle, Style, default_ui_style, merge_styles

if TYPE_CHECKING:
    from collections.abc import Hashable

# No meaning hangs on a colour, and the one accent is for rules and bars only: it reads on light and dark.
STYLE = Style(
    [
        ("title", "bold"),
        ("message", "bold"),
        ("error", "bold"),
        ("chosen", "bold reverse"),
        ("accent", "ansicyan"),
        ("marked", "underline bold"),
        ("quiet", ""),
        ("help", ""),
        ("qmark", "fg:default"),  # Questionary has colours of its own, an orange among them that white hides
        ("question", ""),
        ("answer", "fg:default nobold"),
        ("instruction", ""),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "noreverse"),
        ("text", ""),
        ("placeholder", "italic"),
    ]
)


class Looks(BaseStyle):
    """Ours over the toolkit's own, worked out once: every question is drawn anew, and they all look alike."""

    def __init__(self, *styles: BaseStyle) -> None:
        self._merged = merge_styles([default_ui_style(), *styles])
        self._attrs = functools.cache(self._merged.get_attrs_for_style_str)

    def get_attrs_for_style_str(self, style_str: str, default: Attrs = DEFAULT_ATTRS) -> Attrs:
        """Return how text of this style looks."""
        return self._attrs(style_str, default)

    @property
    def style_rules(self) -> list[tuple[str, str]]:
        """The rules in the order in which they apply."""
        return self._merged.style_rules

    def invalidation_hash(self) -> Hashable:
        """Return the same value always: these looks never change."""
        return id(self)


LOOKS = Looks(STYLE)
