"""What stands for our own marks where there is no Unicode."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbtcoach.drawing.glyphs import Glyphs, for_encoding

SOURCE = Path(__file__).parents[2] / "src" / "dbtcoach"


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8", "UTF_8".replace("_", "-"), "utf-16"])
def test_unicode_where_it_can_be_shown(encoding: str) -> None:
    assert for_encoding(encoding) == Glyphs(unicode=True)
    assert for_encoding(encoding).say("“a” — 日") == "“a” — 日"


@pytest.mark.parametrize("encoding", [None, "", "ascii", "ANSI_X3.4-1968", "iso-8859-1", "cp1252", "latin-1"])
def test_ascii_everywhere_else(encoding: str | None) -> None:
    assert for_encoding(encoding) == Glyphs(unicode=False)
    assert for_encoding(encoding).say("“it’s” 0 … 10 · █░ ↑") == '"it\'s" 0 ... 10 - #. up'


@given(st.text())
def test_plain_is_ascii_whatever_comes(text: str) -> None:
    assert Glyphs(unicode=False).say(text).isascii()
    assert Glyphs(unicode=True).say(text) == text


def test_every_mark_that_the_pages_draw_has_a_stand_in() -> None:
    texts = [
        path.read_text("utf-8") for room in ("drawing", "terminal") for path in (SOURCE / room).glob("*.py")
    ]
    drawn = {char for char in "".join(texts) if not char.isascii()}
    assert {"█", "░", "›", "━"} <= drawn
    assert [char for char in sorted(drawn) if "?" in Glyphs(unicode=False).say(char)] == []
