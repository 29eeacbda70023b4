"""The table of keys: one meaning a key, a way out of everything, and a page that is written from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs.keys_page import page
from prompt_toolkit.application import application

from dbtcoach.drawing.key_table import KINDS, TABLE, Kind, acts
from dbtcoach.terminal import asking

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_has_one_meaning_and_there_is_a_way_out(kind: Kind) -> None:
    keys = [key for meaning in TABLE if kind in meaning.on for key in meaning.keys]
    assert len(keys) == len(set(keys))
    assert {acts(kind)["Ctrl-C"], acts(kind)["Ctrl-Q"]} == {"leave", "hide"}


def test_the_committed_page_is_written_from_the_table() -> None:
    written = page().rstrip() + "\n"
    assert PAGE.read_text("utf-8") == written, "python -m docs.keys_page > docs/keys.md"


def test_nothing_of_the_library_is_bound() -> None:
    assert issubclass(asking.Asker, object)
    assert application.load_key_bindings().bindings == []  # type: ignore[attr-defined]
