"""The styles of the theme under the names that prompt_toolkit and Questionary have for them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from prompt_toolkit.styles import DEFAULT_ATTRS, Attrs, BaseStyle, Style, default_ui_style, merge_styles

from dbtcoach.drawing.theme import STYLES

if TYPE_CHECKING:
    from collections.abc import Hashable

    from dbtcoach.drawing.theme import Look

# Questionary has colours of its own, an orange among them that white hides; none of them is left.
_OTHERS = {
    "message": "question",
    "quiet": "hint",
    "help": "plain",
    "qmark": "accent",
    "question": "plain",
    "answer": "mine",
    "instruction": "hint",
    "placeholder": "example",
    "text": "plain",
    "pointer": "pointed",
    "highlighted": "pointed",
    "selected": "plain",
}


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


@functools.cache
def looks_of(look: Look) -> Looks:
    """Return the styles for what a terminal can show."""
    names = {name: name for name in STYLES} | _OTHERS
    return Looks(Style([(name, f"noreverse {look.style(ours)}") for name, ours in names.items()]))
