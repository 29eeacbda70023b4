"""What is read has the terminal's own colours, whatever Questionary would choose."""

from __future__ import annotations

import pytest
from prompt_toolkit.styles import merge_styles
from questionary.constants import DEFAULT_STYLE

from dbtcoach.terminal.styles import STYLE

NAMES = {name for name, _look in STYLE.style_rules}


@pytest.mark.parametrize("name", sorted(NAMES - {"accent"}))
def test_no_words_have_a_colour_that_a_background_could_hide(name: str) -> None:
    look = merge_styles([DEFAULT_STYLE, STYLE]).get_attrs_for_style_str(f"class:{name}")
    assert look.color in {"", "default"}
    assert look.bgcolor in {"", "default"}
