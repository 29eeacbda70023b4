"""What is read has the terminal's own colours, whatever Questionary would choose."""

from __future__ import annotations

import pytest

from dbtcoach.terminal.styles import LOOKS, STYLE

NAMES = {name for name, _look in STYLE.style_rules}


@pytest.mark.parametrize("name", sorted(NAMES - {"accent"}))
def test_no_words_have_a_colour_that_a_background_could_hide(name: str) -> None:
    look = LOOKS.get_attrs_for_style_str(f"class:{name}")
    assert look.color in {"", "default"}
    assert look.bgcolor in {"", "default"}
